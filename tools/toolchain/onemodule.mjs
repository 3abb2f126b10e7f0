/**
 * One module: the modules of an image, joined and compressed, for the engine of a lamp.
 *
 * In flash a module costs seven slots of 16 bytes, an export one, an import one for every function
 * that uses it, and a `function` three that an arrow function does not need. So esbuild joins the
 * modules and drops what nothing uses, swc writes constants where they are used, `once.mjs` does so
 * with functions, `membernames.mjs` shortens names, and `plain.mjs` does what is particular to XS.
 * Nothing is removed that runs.
 *
 * As a program (`node onemodule.mjs < JOB`) it prints the module; the errors are one line each.
 */
import { basename, dirname, resolve } from "node:path";
import swc from "@swc/core";
import { build, transform } from "esbuild";
import { memberNames } from "./membernames.mjs";
import { once } from "./once.mjs";
import { plain, prepare } from "./plain.mjs";

const COMPRESS = {
	...{ ecma: 2022, module: true, toplevel: true, passes: 3, inline: 3 },
	// of no use in byte code, or longer there
	...{ booleans: false, sequences: false, conditionals: false, if_return: false },
	...{ join_vars: false, hoist_props: false, comparisons: false, negate_iife: false },
	...{ keep_infinity: true, const_to_let: false },
};

/** By specifier and by file; all else is a module of the SDK. */
function resolver({ modules, external = [] }) {
	const outside = new Set(external);
	const files = new Map(
		Object.entries(modules).map(([name, { file }]) => [file.replace(/\.[tj]s$/, ""), name]),
	);
	const found = (path, importer) => {
		if (!path.startsWith(".")) return path in modules ? path : undefined;
		const file = resolve(dirname(modules[importer].file), path.replace(/\.js$/, ""));
		if (files.has(file)) return files.get(file);
		throw new Error(`${modules[importer].file}: no module for "${path}"`);
	};
	return {
		name: "image",
		setup(bundler) {
			bundler.onResolve({ filter: /.*/ }, ({ path, importer }) => {
				const name = found(path, importer);
				const isOutside = name === undefined || outside.has(name);
				return isOutside
					? { path: name ?? path, external: true }
					: { path: name, namespace: "image" };
			});
			bundler.onLoad({ filter: /.*/, namespace: "image" }, ({ path }) => {
				const { file, source } = modules[path];
				return { contents: source, loader: file.endsWith(".ts") ? "ts" : "js" };
			});
		},
	};
}

const lineOf = (modules, { text, location }) => {
	const file = modules[location?.file.replace(/^image:/, "")]?.file;
	return file ? `${file}:${location.line}: ${text}` : text;
};

/** A pattern that fits these names and nothing else. */
const oneOf = (names) =>
	new RegExp(`^(?:${names.map((name) => name.replaceAll("$", "\\$")).join("|")})$`);

async function joined(job) {
	const { entry, modules } = job;
	try {
		const { outputFiles } = await build({
			stdin: { contents: entry, loader: "js" },
			...{ bundle: true, write: false, format: "esm", target: "es2022", treeShaking: true },
			...{ legalComments: "none", charset: "utf8", logLevel: "silent" },
			plugins: [resolver(job)],
		});
		return outputFiles[0].text;
	} catch (error) {
		const [first] = error.errors ?? [];
		throw first ? new Error(lineOf(modules, first)) : error;
	}
}

/** With functions where they are called once, and short names for members that classes alone have. */
async function shortened(code, job) {
	if (job.isAsWritten) return prepare(code);
	const mangleCache = memberNames(job);
	const names = Object.keys(mangleCache);
	const whole = prepare(code, (text) => once(text, names));
	const options = { mangleProps: oneOf(names), mangleCache, target: "es2022", charset: "utf8" };
	return (await transform(whole, options)).code;
}

/** @type {import("./onemodule.mjs").oneModule} */
export async function oneModule(job) {
	const format = { beautify: true, comments: false };
	const whole = await shortened(await joined(job), job);
	const { code } = await swc.minify(whole, {
		module: true,
		mangle: !job.isAsWritten && { toplevel: false },
		compress: COMPRESS,
		format,
	});
	return plain(code, job);
}

async function main() {
	let text = "";
	for await (const part of process.stdin.setEncoding("utf8")) text += part;
	try {
		process.stdout.write(await oneModule(JSON.parse(text)));
	} catch (error) {
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	}
}

// not where a bundle contains it
if (basename(process.argv[1] ?? "") === "onemodule.mjs") await main();
