/**
 * Wasm: the part of the WebAssembly JavaScript interface in use, missing in Node's types.
 */
declare namespace WebAssembly {
	interface Memory {
		readonly buffer: ArrayBuffer;
		grow(pages: number): number;
	}
	interface Global {
		value: number;
	}
	class Module {
		private constructor();
	}
	class Instance {
		constructor(
			module: Module,
			imports: Record<string, Record<string, (...args: never[]) => unknown>>,
		);
		readonly exports: Record<string, unknown>;
	}
	class CompileError extends Error {}
	function compile(bytes: Uint8Array): Promise<Module>;
}
