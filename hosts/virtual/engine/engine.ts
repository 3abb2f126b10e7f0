/**
 * Engine: XS 13.3 compiled to WebAssembly on the user's machine and kept in the cache.
 *
 * XS comes as source from the npm registry (`@agoric/xsnap`, of which only the engine is used); the
 * code that embeds it is in `machine/`. XS's runtime is under the LGPL 3: nothing of it is in this
 * repository.
 */

import { createHash } from "node:crypto";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { projectRoot } from "../../../lib/root.mjs";
import { MachineError } from "../fleet/fleet.js";
import type { CompilerKind } from "./compilers.js";
import { chooseCompiler, compile, describeCompiler } from "./compilers.js";
import { alone, isAlive, unwritable } from "./lock.js";
import type { Package } from "./packages.js";
import { openPackage } from "./packages.js";
import { hashSources, type Job, sourcesBelow } from "./units.js";

const XSNAP: Package = {
	name: "@agoric/xsnap",
	version: "0.15.0",
	sha512:
		"sha512-ZBm4DZxbtfacxMHVVdJjZi0Y8zOxN77vpu1WwI5RWfPkaRh0aHkz/dVdTGKXalDNzWfz183lljKxlxl3/h0n+A==",
};
const XS = "package/moddable/xs/";
/** Included by files of ours, or not needed here. */
const NOT_BY_ITSELF: readonly string[] = [
	"xsRun.c",
	"xsMemory.c",
	"xsDefaults.c",
	"xsType.c",
	"xsSnapshot.c",
	"xsum.c",
];
/** Ms; no build takes as long. */
const LEFT_OVER = 3_600_000;
/** Of the disk, and not of a compiler. */
const WRITE_FAULTS: readonly string[] = ["ENOSPC", "EROFS", "EACCES", "EPERM", "EDQUOT"];

/** The code that embeds the engine, as `machine/NAME`. */
export function machineSources(root: string): Map<string, Buffer> {
	return sourcesBelow(join(root, "hosts", "virtual", "machine"), "machine");
}

function hashOf(sources: ReadonlyMap<string, Buffer>, compiler: string): string {
	const hash = createHash("sha256").update(`${XSNAP.sha512}\n${compiler}\n`);
	return hashSources(hash, sources).digest("hex").slice(0, 24);
}

/** The engine's sources with those of `machine`, and the units to compile. */
export async function engineJob(
	machine: ReadonlyMap<string, Buffer>,
	progress: (line: string) => void,
): Promise<Job> {
	const packages = join(projectRoot(), ".cache", "packages");
	const xsnap = await openPackage(XSNAP, packages, progress);
	const files = new Map<string, Buffer>(machine);
	for (const [path, bytes] of xsnap)
		if (path.startsWith(XS) && /\.[ch]$/.test(path))
			files.set(`xs/${path.slice(XS.length)}`, bytes);
	const isUnit = (path: string) =>
		/^(machine|xs\/sources)\/[^/]+\.c$/.test(path) && !NOT_BY_ITSELF.includes(basename(path));
	const units = [...files.keys()].filter(isUnit).sort();
	return { files, units, includes: ["machine", "xs/includes", "xs/platforms", "xs/sources"] };
}

/** The engine in the file; undefined: there is none, or it is damaged, and then deleted. */
export async function engineIn(
	file: string,
	progress: (line: string) => void,
): Promise<WebAssembly.Module | undefined> {
	if (!existsSync(file)) return undefined;
	try {
		return await WebAssembly.compile(readFileSync(file));
	} catch (error) {
		if (!(error instanceof WebAssembly.CompileError)) throw error;
		progress(`the engine in ${file} is damaged and is built again`);
		rmSync(file, { force: true });
		return undefined;
	}
}

/** Deletes work folders of builds that were killed: their process has ended, or they are old. */
export function sweep(dir: string, olderThan: number): void {
	for (const name of readdirSync(dir)) {
		const [, pid] = /^work-(\d+)-/.exec(name) ?? [];
		const path = join(dir, name);
		const isOver = pid !== undefined && !isAlive(Number(pid));
		if (isOver || (name.startsWith("work-") && Date.now() - statSync(path).mtimeMs > olderThan))
			rmSync(path, { recursive: true, force: true });
	}
}

/** Compiles the engine into `file`. */
async function build(
	kind: CompilerKind,
	machine: ReadonlyMap<string, Buffer>,
	{ root, file }: { readonly root: string; readonly file: string },
	progress: (line: string) => void,
): Promise<void> {
	const job = await engineJob(machine, progress);
	sweep(dirname(file), LEFT_OVER);
	const work = mkdtempSync(join(dirname(file), `work-${process.pid}-`));
	try {
		const built = await compile(kind, job, work, join(root, ".cache", "packages"), progress);
		if (!(await engineIn(built, () => {}))) throw new Error("the compiler wrote no whole engine");
		renameSync(built, file);
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
	progress("the engine is ready");
}

/** One module for each engine: `fleet/flashed.ts` keeps the loaded image with it. */
const engines = new Map<string, WebAssembly.Module>();

/**
 * The compiled engine, from the cache if present. The environment's LUMINODE_COMPILER chooses a
 * compiler (`clang`, `yowasp`). Throws MachineError `engineNotBuilt`, in one line.
 */
export async function buildEngine(progress: (line: string) => void): Promise<WebAssembly.Module> {
	const { kind, machine, ...place } = engineHere();
	const engine = engines.get(place.file) ?? (await cachedOrBuilt(kind, machine, place, progress));
	engines.set(place.file, engine);
	return engine;
}

/** The engine of these sources and this compiler, and its file; `buildEngine` makes it. */
export function engineHere() {
	const root = projectRoot();
	const kind = chooseCompiler();
	const machine = machineSources(root);
	const dir = join(root, ".cache", "engine");
	const file = join(dir, `${hashOf(machine, describeCompiler(kind))}.wasm`);
	return { root, kind, machine, dir, file };
}

async function cachedOrBuilt(
	kind: CompilerKind,
	machine: ReadonlyMap<string, Buffer>,
	{ root, dir, file }: { readonly root: string; readonly dir: string; readonly file: string },
	progress: (line: string) => void,
): Promise<WebAssembly.Module> {
	try {
		const present = await engineIn(file, progress);
		if (present) return present;
		mkdirSync(dir, { recursive: true });
		await alone(
			`${file}.lock`,
			() => existsSync(file),
			() => build(kind, machine, { root, file }, progress),
			{ say: progress },
		);
		return await WebAssembly.compile(readFileSync(file));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const why = code && WRITE_FAULTS.includes(code) ? unwritable(dir, error) : (error as Error);
		throw new MachineError("engineNotBuilt", why.message);
	}
}
