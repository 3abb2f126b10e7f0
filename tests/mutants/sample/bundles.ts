/**
 * Bundles: a test file with the instrumented sources of a room, as a function that lists its tests.
 */
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { build } from "esbuild";
import { expect } from "expect";
import { type Collected, collector } from "../collector.js";
import { instrumented, type Numbered, SWITCH } from "./instrument.js";

export type IsMutant = (number: number) => boolean;

/** Evaluates the bundle anew: its tests, none of them run. */
export type TestFile = (isMutant: IsMutant) => Collected;

/** A test file, with these mutants of src/. */
export async function testFile(path: string, mutants: readonly Numbered[]): Promise<TestFile> {
	const { outputFiles, metafile } = await build({
		entryPoints: [path],
		bundle: true,
		write: false,
		metafile: true,
		format: "cjs",
		platform: "node",
		packages: "external",
		logLevel: "silent",
		plugins: [
			{
				name: "mutants",
				setup: ({ onLoad }) =>
					onLoad({ filter: /\.m?[jt]s$/ }, ({ path: at }) => ({
						contents: contentsOf(at, mutants),
						loader: at.endsWith("ts") ? "ts" : "js",
					})),
			},
		],
	});
	const given = await packagesOf(metafile.outputs);
	const text = `(function(module,exports,require,${SWITCH}){${outputFiles[0]?.text}\n})`;
	const evaluate = new Script(text, { filename: path }).runInThisContext();
	return (isMutant) => {
		const collected = collector(expect);
		const require = (name: string) =>
			name === "@jest/globals" ? collected.globals : given.get(name);
		const module = { exports: {} };
		evaluate(module, module.exports, require, isMutant);
		return collected;
	};
}

function contentsOf(path: string, mutants: readonly Numbered[]): string {
	const file = relative(resolve("src"), path).replaceAll("\\", "/");
	const text = readFileSync(path, "utf8");
	if (!file.startsWith("."))
		return instrumented(
			text,
			mutants.filter(({ site }) => site.file === file),
		);
	return text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href));
}

/** The packages that a bundle asks for, imported: some are modules of ECMAScript alone. */
async function packagesOf(
	outputs: Readonly<Record<string, { imports: readonly { path: string }[] }>>,
): Promise<Map<string, object>> {
	const names = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
	const given = new Map<string, object>();
	for (const name of new Set(names))
		if (name !== "@jest/globals") {
			const module = (await import(name)) as object;
			given.set(name, { __esModule: true, ...module });
		}
	return given;
}
