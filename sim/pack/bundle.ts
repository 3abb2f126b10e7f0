/** Bundle: the worker of the simulation as one script, with the libraries of its broker. */
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { projectRoot } from "../../lib/root.mjs";

/**
 * Modules of Node that the broker's libraries ask for: a package, or the few functions that they use. And the
 * reader of tables: a recorded street is refused before (sim/browser/kit.ts), because there are no files.
 */
const INSTEAD: Readonly<Record<string, string>> = {
	buffer: 'module.exports = require("buffer/");',
	events: 'module.exports = require("events/");',
	stream: 'module.exports = require("readable-stream");',
	process: "module.exports = process;",
	assert: "module.exports = (isRight, why) => { if (!isRight) throw new Error(why); };",
	util: `exports.inherits = (child, parent) => Object.setPrototypeOf(child.prototype, parent.prototype);
exports.promisify = (act) => (...given) => new Promise((resolve, reject) =>
	act(...given, (error, result) => (error ? reject(error) : resolve(result))));`,
	"csv-parse/sync": 'exports.parse = () => { throw new Error("a browser reads no tables"); };',
	crypto: `exports.randomUUID = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");`,
};
const MODULES = new RegExp(`^(node:)?(${Object.keys(INSTEAD).join("|")})/?$`);
/** A package's module loads that of Node by the package of the same name. */
const OF_A_PACKAGE = /^(buffer|events)\/$/;

const libraries: Plugin = {
	name: "libraries",
	setup({ onResolve, onLoad }) {
		onResolve({ filter: MODULES }, ({ path, namespace }) => {
			if (namespace === "instead" && OF_A_PACKAGE.test(path)) return undefined;
			const [, , name] = MODULES.exec(path)!;
			return { path: name!, namespace: "instead" };
		});
		onLoad({ filter: /.*/, namespace: "instead" }, ({ path }) => ({
			contents: INSTEAD[path]!,
			resolveDir: projectRoot(),
		}));
	},
};

/** The script and what is in it. Rejects if our own code asks for a module of Node that is not above. */
export async function bundleWorker(): Promise<{ script: string; inputs: Metafile["inputs"] }> {
	const folder = join(projectRoot(), "sim", "browser");
	const { outputFiles, metafile } = await build({
		entryPoints: [join(folder, "worker.ts")],
		bundle: true,
		write: false,
		metafile: true,
		format: "iife",
		target: "es2022",
		minify: true,
		inject: [join(folder, "globals.ts")],
		plugins: [libraries],
		logLevel: "error",
	});
	return { script: outputFiles[0]!.text, inputs: metafile.inputs };
}
