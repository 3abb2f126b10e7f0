/**
 * Joined image: copies of the project's manifests for the SDK, with the project's modules as one.
 *
 * The copies are manifests without our TypeScript, the module `luminode/all`, which is preloaded, and
 * `main`, which starts it. Modules that the SDK imports by name keep it, and so do their imports.
 * mcconfig reads JavaScript only, so it starts no compiler.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { interfacesOf } from "../../lib/interfaces.js";
import type { Sources } from "../../lib/joinjob.js";
import { oneModule } from "../compression/onemodule.js";
import { isOurs, type Json, listOf, type Manifest, type Part, partsOf } from "./manifests.js";
import { type Import, importsOf } from "./modules.js";
import { missingIn, readRecord } from "./sdkmodules.js";

const ALL = "luminode/all";
const MAIN = "main";
/** Names that no module of the SDK imports. */
const OWN_NAME = /^(luminode|host|moddable)\/|^suncalc$/;

/** Files of ours in TypeScript by module name; a pattern stands for the files of one folder. */
function sourcesIn(parts: readonly Part[]): Sources {
	const files: [string, string][] = [];
	for (const { path, json } of parts)
		for (const [name, value] of Object.entries(json.modules ?? {})) {
			if (typeof value !== "string" || !isOurs(value)) continue;
			const file = join(dirname(path), value);
			const found = [".ts", ".js"].map((kind) => file + kind).find((each) => existsSync(each));
			if (found) files.push([name, found]);
			else if (name.endsWith("/*") && existsSync(dirname(file)))
				for (const each of readdirSync(dirname(file)).filter((fileName) =>
					fileName.endsWith(".ts"),
				))
					files.push([name.replace("*", each.slice(0, -3)), join(dirname(file), each)]);
		}
	const read = ([name, file]: [string, string]) =>
		[name, { file: join(process.cwd(), file), source: readFileSync(file, "utf8") }] as const;
	return Object.fromEntries(files.map(read));
}

/** The modules that keep their names: those without a name of ours, and all that they import. */
function apartIn(sources: Sources): Set<string> {
	const byFile = new Map(
		Object.entries(sources).map(([name, { file }]) => [file.slice(0, -3), name]),
	);
	const apart = new Set<string>();
	const visit = (name: string): void => {
		const module = sources[name];
		if (!module || apart.has(name)) return;
		apart.add(name);
		for (const { specifier, typeOnly } of importsOf(module.source))
			if (!typeOnly) visit(nameOf(specifier, module.file, byFile));
	};
	for (const name of Object.keys(sources)) if (name !== MAIN && !OWN_NAME.test(name)) visit(name);
	return apart;
}

const nameOf = (specifier: Import["specifier"], file: string, names: ReadonlyMap<string, string>) =>
	names.get(join(dirname(file), specifier.replace(/\.js$/, ""))) ?? specifier;

/** The imports of `main` from modules of ours, as the exports of one module. */
function entryFor(main: string, sources: Sources): string {
	const imports = main.matchAll(/^import (\{[^}]*\}) from "([^"]+)";/gm);
	return [...imports]
		.filter(([, , specifier]) => specifier! in sources)
		.map(([, names, specifier]) => [names!.replace(/\btype \w+,? ?/g, ""), specifier])
		.map(([names, specifier]) => `export ${names} from ${JSON.stringify(specifier)};`)
		.join("\n");
}

/** A copy at `at`: without our modules; a path leads where it led, one to a manifest of ours to its copy. */
function copyOf(
	{ path, json }: Part,
	at: string,
	sources: Sources,
	apart: Set<string>,
	copies: ReadonlyMap<string, string>,
): Json {
	const isJoined = (name: string) => name in sources && !apart.has(name);
	const { modules = {}, preload = [], typescript: _compiler, ...rest } = json;
	const kept = Object.entries(modules).filter(([name, value]) => {
		const isPattern = typeof value === "string" && isOurs(value) && name.endsWith("/*");
		return !(name in sources) && !isPattern;
	});
	const copy = {
		...rest,
		modules: Object.fromEntries(kept),
		preload: listOf(preload).filter((name) => !isJoined(name)),
	};
	return JSON.parse(JSON.stringify(copy), (_key, value) => {
		if (typeof value !== "string" || !/^\.\.?\//.test(value)) return value;
		const target = join(dirname(path), value);
		return `./${relative(at, copies.get(target) ?? target)}`;
	});
}

/** Each after what it imports, as the manifests preload them. */
const inOrder = (names: Iterable<string>, order: readonly string[]): Set<string> =>
	new Set([...names].sort((name, other) => order.indexOf(name) - order.indexOf(other)));

/** The name of a compiled module's file. */
const fileOf = (name: string): string => (name === ALL ? "all" : name.replaceAll("/", "-"));

/** The copy of the image's own manifest, with the compiled modules. */
function withModules(copy: Json, apart: ReadonlySet<string>): Json {
	const { modules, preload } = copy as Manifest & { preload: readonly string[] };
	const compiled = [...apart].map((name) => [name, `./${fileOf(name)}`] as const);
	return {
		...copy,
		modules: { ...modules, [MAIN]: "./main", [ALL]: "./all", ...Object.fromEntries(compiled) },
		preload: [...preload, ...apart, ALL],
	};
}

export interface ImageOptions {
	/** Edits the image's own manifest before it is written into the folder. */
	readonly change?: (manifest: Json, folder: string) => Json;
	/** Whether our modules are one; else each is compiled by itself, to be counted. */
	readonly isJoined?: boolean;
	/** Names and functions stay those of the sources, for comparison. */
	readonly isAsWritten?: boolean;
}

/**
 * Writes the copies of the application's manifest and of `own`, that of a board or a program, into
 * `folder`, for a platform of the SDK. Returns the path of the application's copy. Rejects with a line
 * that names a file or a module, and the error or the hole.
 */
export async function writeImage(
	manifestFile: string,
	folder: string,
	platform: string,
	{ change = (manifest) => manifest, isJoined = true, isAsWritten = false }: ImageOptions = {},
): Promise<string> {
	rmSync(folder, { recursive: true, force: true });
	const parts = partsOf(manifestFile);
	const sources = sourcesIn(parts);
	const others = Object.keys(sources).filter((other) => other !== MAIN);
	const order = parts.flatMap(({ json }) => listOf(json.preload));
	const apart = inOrder(isJoined ? apartIn(sources) : others, order);
	const common = { modules: sources, outside: interfacesOf("."), isAsWritten };
	const compiled = (entry: string, external: Iterable<string>) =>
		oneModule({ ...common, entry, external: [...external] });
	const texts = new Map<string, string>();
	for (const each of apart) {
		const hasDefault = /^export (default |\{ default \})/m.test(sources[each]!.source);
		const all = `export * from "${each}";${hasDefault ? `export { default } from "${each}";` : ""}`;
		const outside = [...apart].filter((other) => other !== each);
		texts.set(each, await compiled(all, outside));
	}
	const main = sources[MAIN]!;
	const rest = isJoined ? entryFor(main.source, sources) : "";
	texts.set(ALL, await compiled(rest, apart));
	const start = await compiled('export { default } from "main";', others);
	const isIn = (name: string) => name in sources && !apart.has(name);
	texts.set(
		MAIN,
		start.replace(/(?<=from ")[^"]+/g, (of) => (isIn(of) ? ALL : of)),
	);
	const [hole] = missingIn({ platform, parts, texts }, readRecord());
	if (hole) throw new Error(hole);

	const write = (path: string, text: string): void => {
		mkdirSync(join(folder, dirname(path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	};
	for (const [name, text] of texts) {
		write(`${fileOf(name)}.js`, text);
		const native = sources[name]?.file.replace(/\.[tj]s$/, ".c") ?? ""; // of one name, as mcconfig takes it
		if (existsSync(native)) write(`${fileOf(name)}.c`, `#include ${JSON.stringify(native)}\n`);
	}
	const copies = new Map(parts.map(({ path, copy }) => [path, join(folder, copy)]));
	for (const part of parts) {
		const at = join(folder, dirname(part.copy));
		const copy = copyOf(part, at, sources, apart, copies);
		const manifest = part.path === manifestFile ? change(withModules(copy, apart), folder) : copy;
		write(part.copy, JSON.stringify(manifest, null, "\t"));
	}
	return join(folder, parts[0]!.copy);
}
