/**
 * Image: the modules to be flashed, named by manifest.json, as one.
 *
 * The module is made as for the device (`tools/compression/`), so that both run the same
 * code.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { interfacesOf } from "../../../lib/interfaces.js";
import type { Job } from "../../../lib/joinjob.js";
import { projectRoot } from "../../../lib/root.mjs";
import type { Creation, Image, ImageModule } from "../fleet/fleet.js";
import { MachineError } from "../fleet/fleet.js";

export interface ImageOptions {
	/** JavaScript modules that are loaded after the manifest's. */
	readonly extraModules?: readonly ImageModule[];
	/** Edits to the source of a module before it is compiled. */
	readonly replace?: Readonly<Record<string, (source: string) => string>>;
	/** A module of `hosts/virtual/lamp` that is started in place of `main`. */
	readonly start?: string;
	/** The modules are joined and not compressed, for comparison. */
	readonly isAsWritten?: boolean;
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

const MAIN = "host/main";
const LAMP = "hosts/virtual/lamp";
const COMPRESSION = "tools/compression";
const RUN = "tools/run.mjs";
const PROGRAM = `${COMPRESSION}/main.ts`;
const VERSION = "luminode/version";
/** A text compiled by another version is another text. */
const COMPILERS = ["esbuild", "@swc/core", "typescript"] as const;

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => require(`${name}/package.json`).version;

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

/** Slots beside the manifest's, by the module that is started: a driver on a bus takes 97. */
const MORE_SLOTS: Readonly<Record<string, number>> = { zhaga: 112 };

/** Sizes of a machine, by the manifest in `root`. */
export function creationIn(root: string, start = "", manifest = readManifest(root)): Creation {
	const virtual = manifest.platforms?.virtual;
	const creation = creationOf(virtual?.creation ? virtual : manifest);
	return { ...creation, slots: creation.slots + (MORE_SLOTS[start] ?? 0) };
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

/** The modules as one; the text is kept by the hash of all that it is made of. */
function compress(job: Job, cache: string): string {
	const folder = join(projectRoot(), COMPRESSION);
	const hash = createHash("sha256");
	for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
	for (const name of COMPILERS) hash.update(`${name} ${versionOf(name)}\n`);
	const { modules, ...rest } = job;
	hash.update(
		JSON.stringify([rest, Object.entries(modules).map(([name, { source }]) => [name, source])]),
	);
	const path = join(cache, `${hash.digest("hex").slice(0, 24)}.js`);
	if (existsSync(path)) return readFileSync(path, "utf8");
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[join(projectRoot(), RUN), PROGRAM],
		{
			input: JSON.stringify(job),
			encoding: "utf8",
			maxBuffer: 1 << 26,
		},
	);
	if (status !== 0) throw broken(stderr.trim());
	mkdirSync(cache, { recursive: true });
	writeFileSync(`${path}.${process.pid}`, stdout);
	renameSync(`${path}.${process.pid}`, path);
	return stdout;
}

/** Throws MachineError `imageBroken`, naming the module or file. */
export function readImage(
	root: string,
	{ extraModules = [], replace = {}, start, isAsWritten = false }: ImageOptions = {},
): Image {
	const manifest = readManifest(root);
	const virtual = manifest.platforms?.virtual ?? {};
	const modules = new Modules(root, { ...manifest.modules, ...virtual.modules });
	const specifiers = [...(manifest.preload ?? []), ...(virtual.preload ?? [])];
	const files = new Map(specifiers.map((specifier) => [specifier, modules.fileOf(specifier)]));
	const main = start === undefined ? MAIN : `host/${start}`;
	if (start !== undefined) files.set(main, join(root, LAMP, `${start}.ts`));
	for (const specifier of Object.keys(replace))
		if (!files.has(specifier)) throw broken(`no module "${specifier}" to replace in`);
	const read = ([specifier, file]: readonly [string, string]) => {
		const written = readFileSync(file, "utf8");
		const source = replace[specifier]?.(written) ?? written;
		return [specifier, { file, source }] as const;
	};
	const sources = Object.fromEntries([...files].map(read));
	const entry = `export { default } from ${JSON.stringify(main)};`;
	const job = { entry, modules: sources, outside: interfacesOf(root), isAsWritten };
	const source = compress(job, join(root, ".cache", "image"));
	const version = /SW_VERSION = "([^"]+)"/.exec(sources[VERSION]?.source ?? "")?.[1];
	return {
		modules: [{ specifier: MAIN, source }, ...extraModules],
		main: MAIN,
		creation: creationIn(root, start, manifest),
		computronBudget: COMPUTRON_BUDGET,
		...(version === undefined ? {} : { version }),
	};
}
