/** Istanbul: the part of the instrumenter that branches.ts uses. */
declare module "istanbul-lib-instrument" {
	interface Place {
		readonly start: { readonly line?: number };
	}
	interface BranchOfFile {
		readonly type: string;
		readonly loc: Place;
		readonly locations: readonly Place[];
	}
	interface Instrumenter {
		instrumentSync(code: string, file: string): string;
		lastFileCoverage(): { readonly branchMap: Readonly<Record<string, BranchOfFile>> };
	}
	export function createInstrumenter(options: {
		readonly esModules: boolean;
		readonly compact: boolean;
		readonly parserPlugins: readonly string[];
	}): Instrumenter;
}
