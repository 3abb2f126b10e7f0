/** Join: one module of many, by esbuild, which leaves out what nothing uses. */
import { dirname, resolve } from "node:path";
import { type BuildFailure, build, type Message, type Plugin } from "esbuild";
import type { Job, Sources } from "../../lib/joinjob.js";

const IMAGE = "image";

/**
 * As in tsconfig.json: fields are written where the constructor runs. A declared field would have XS
 * keep a function for the fields of each class, twelve slots, and call it for each object.
 */
const FIELDS_IN_CONSTRUCTOR = { compilerOptions: { useDefineForClassFields: false } };

/** By specifier and by file; all else is a module of the SDK. */
function resolver({ modules, external = [] }: Job): Plugin {
	const outside = new Set(external);
	const files = new Map(
		Object.entries(modules).map(([name, { file }]) => [file.replace(/\.[tj]s$/, ""), name]),
	);
	const nameOf = (path: string, importer: string): string => {
		const from = modules[importer]?.file;
		if (!path.startsWith(".") || from === undefined) return path;
		const name = files.get(resolve(dirname(from), path.replace(/\.js$/, "")));
		if (name === undefined) throw new Error(`${from}: no module for "${path}"`);
		return name;
	};
	return {
		name: IMAGE,
		setup(bundler) {
			bundler.onResolve({ filter: /.*/ }, ({ path, importer }) => {
				const name = nameOf(path, importer);
				const isInside = name in modules && !outside.has(name);
				return isInside ? { path: name, namespace: IMAGE } : { path: name, external: true };
			});
			bundler.onLoad({ filter: /.*/, namespace: IMAGE }, ({ path }) => {
				const { file, source } = modules[path]!;
				return { contents: source, loader: file.endsWith(".ts") ? "ts" : "js" };
			});
		},
	};
}

function lineOf(modules: Sources, { text, location }: Message): string {
	const file = modules[location?.file.replace(`${IMAGE}:`, "") ?? ""]?.file;
	return file ? `${file}:${location?.line}: ${text}` : text;
}

/** The modules of a job as one. Rejects with a line that names the file. */
export async function joined(job: Job): Promise<string> {
	try {
		const { outputFiles, warnings } = await build({
			stdin: { contents: job.entry, loader: "js" },
			bundle: true,
			write: false,
			format: "esm",
			target: "es2022",
			treeShaking: true,
			legalComments: "none",
			charset: "utf8",
			logLevel: "silent",
			tsconfigRaw: FIELDS_IN_CONSTRUCTOR,
			plugins: [resolver(job)],
		});
		if (warnings[0]) throw new Error(lineOf(job.modules, warnings[0])); // of a name that is undefined
		return outputFiles[0]!.text;
	} catch (error) {
		const [first] = (error as Partial<BuildFailure>).errors ?? [];
		throw first ? new Error(lineOf(job.modules, first)) : error;
	}
}
