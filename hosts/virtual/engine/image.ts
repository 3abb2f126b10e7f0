/**
 * Image: the modules to be flashed, read from manifest.json in preload order, file by file.
 *
 * TypeScript becomes JavaScript one file at a time, as mcconfig does it for the device, so that
 * both load the same modules in the same order.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import type ts from "typescript";
import type { Creation, Image, ImageModule } from "../fleet/fleet.js";
import { MachineError } from "../fleet/fleet.js";

export interface ImageOptions {
	/** JavaScript modules that are loaded after the manifest's. */
	readonly extraModules?: readonly ImageModule[];
	/** Edits to the source of a module before it is compiled. */
	readonly replace?: Readonly<Record<string, (source: string) => string>>;
}

/** Turns of the whole firmware take some thousands; the device's task watchdog resets after 5 s. */
export const COMPUTRON_BUDGET = 20_000_000;

interface Settings {
	readonly modules?: Readonly<Record<string, string>>;
	readonly preload?: readonly string[];
	readonly creation?: {
		readonly chunk?: { readonly initial: number };
		readonly heap?: { readonly initial: number };
		readonly stack?: number;
		readonly keys?: { readonly initial: number };
	};
}
interface Manifest extends Settings {
	readonly platforms?: { readonly virtual?: Settings };
}

const DEFAULT_CREATION: Creation = {
	chunkBytes: 16384,
	slots: 768,
	stackSlots: 384,
	keys: 64,
};

const require = createRequire(import.meta.url);
/** The compiler takes half a second to load, and is needed only for text that the cache lacks. */
const compiler = (): typeof ts => require("typescript");
const { version: COMPILER_VERSION } = require("typescript/package.json") as { version: string };

/** By name, as in a tsconfig, since the compiler's enumerations are not loaded. */
const OPTIONS = {
	target: "ES2022",
	module: "ESNext",
	verbatimModuleSyntax: true,
	removeComments: true,
} as const;

const broken = (message: string) => new MachineError("imageBroken", message);

function readManifest(root: string): Manifest {
	try {
		return JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")) as Manifest;
	} catch (error) {
		throw broken(`manifest.json: ${(error as Error).message}`);
	}
}

function creationOf({ creation = {} }: Settings): Creation {
	return {
		chunkBytes: creation.chunk?.initial ?? DEFAULT_CREATION.chunkBytes,
		slots: creation.heap?.initial ?? DEFAULT_CREATION.slots,
		stackSlots: creation.stack ?? DEFAULT_CREATION.stackSlots,
		keys: creation.keys?.initial ?? DEFAULT_CREATION.keys,
	};
}

/** Source paths of specifiers, by the manifest's `modules`. */
class Modules {
	private readonly entries: readonly (readonly [string, string])[];

	constructor(
		private readonly root: string,
		map: Readonly<Record<string, string>>,
	) {
		this.entries = Object.entries(map);
	}

	fileOf(specifier: string): string {
		for (const [pattern, path] of this.entries) {
			const stem = pattern.replace(/\*$/, "");
			const rest = specifier.slice(stem.length);
			const fits = pattern === specifier || (pattern.endsWith("*") && specifier.startsWith(stem));
			if (!fits || (pattern !== specifier && rest.includes("/"))) continue;
			const base = resolve(this.root, path.replace(/\*$/, rest));
			for (const extension of [".ts", ".js"])
				if (existsSync(base + extension)) return base + extension;
		}
		throw broken(`no file for module "${specifier}"`);
	}
}

/**
 * On the device a relative import is resolved by name, which only works inside one folder tree. If
 * names and files disagree (`host/main` imports `../../src/node.js`), the name is written out.
 */
function nameImports(code: string, file: string, names: ReadonlyMap<string, string>): string {
	return code.replace(
		/^((?:import|export)\b[^"']*?)(["'])(\.{1,2}\/[^"']+)\2/gm,
		(whole, before: string, quote: string, specifier: string) => {
			const target = resolve(dirname(file), specifier.replace(/\.js$/, ""));
			const name = names.get(target);
			return name === undefined ? whole : `${before}${quote}${name}${quote}`;
		},
	);
}

function compileText(source: string, file: string, cache: string): string {
	const hash = createHash("sha256").update(`${COMPILER_VERSION}\n${JSON.stringify(OPTIONS)}\n`);
	const name = hash.update(source).digest("hex").slice(0, 24);
	const path = join(cache, `${name}.js`);
	if (existsSync(path)) return readFileSync(path, "utf8");
	const ts = compiler();
	const { outputText, diagnostics } = ts.transpileModule(source, {
		compilerOptions: {
			...OPTIONS,
			target: ts.ScriptTarget[OPTIONS.target],
			module: ts.ModuleKind[OPTIONS.module],
		},
		fileName: file,
		reportDiagnostics: true,
	});
	const [first] = diagnostics ?? [];
	if (first) throw broken(`${file}: ${ts.flattenDiagnosticMessageText(first.messageText, " ")}`);
	mkdirSync(cache, { recursive: true });
	writeFileSync(`${path}.${process.pid}`, outputText);
	renameSync(`${path}.${process.pid}`, path);
	return outputText;
}

/** Throws MachineError `imageBroken`, naming the module or file. */
export function readImage(
	root: string,
	{ extraModules = [], replace = {} }: ImageOptions = {},
): Image {
	const manifest = readManifest(root);
	const virtual = manifest.platforms?.virtual ?? {};
	const modules = new Modules(root, { ...manifest.modules, ...virtual.modules });
	const specifiers = [...(manifest.preload ?? []), ...(virtual.preload ?? [])];
	const files = new Map(specifiers.map((specifier) => [specifier, modules.fileOf(specifier)]));
	const names = new Map([...files].map(([name, file]) => [file.replace(/\.[tj]s$/, ""), name]));
	for (const specifier of Object.keys(replace))
		if (!files.has(specifier)) throw broken(`no module "${specifier}" to replace in`);
	const cache = join(root, ".cache", "image");
	const read = ([specifier, file]: readonly [string, string]): ImageModule => {
		const written = readFileSync(file, "utf8");
		const source = replace[specifier]?.(written) ?? written;
		const code = file.endsWith(".ts") ? compileText(source, relative(root, file), cache) : source;
		return { specifier, source: nameImports(code, file, names) };
	};
	return {
		modules: [...[...files].map(read), ...extraModules],
		main: "host/main",
		creation: creationOf(virtual.creation ? virtual : manifest),
		computronBudget: COMPUTRON_BUDGET,
	};
}
