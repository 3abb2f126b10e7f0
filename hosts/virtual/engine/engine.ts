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
	writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MachineError } from "../fleet/fleet.js";
import type { Job } from "./compilers.js";
import { chooseCompiler, compile, describeCompiler } from "./compilers.js";
import type { Package } from "./packages.js";
import { openPackage } from "./packages.js";

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
const LOCK_POLL_MS = 250;

/** The folder of package.json above this file, whether it runs from source or bundled. */
export function projectRoot(): string {
	let dir = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(dir, "package.json"))) {
		if (dir === dirname(dir)) throw new Error("no package.json above this program");
		dir = dirname(dir);
	}
	return dir;
}

function machineSources(root: string): Map<string, Buffer> {
	const dir = join(root, "hosts", "virtual", "machine");
	const names = readdirSync(dir).filter((name) => /\.[ch]$/.test(name));
	return new Map(names.sort().map((name) => [`machine/${name}`, readFileSync(join(dir, name))]));
}

function hashOf(sources: ReadonlyMap<string, Buffer>, compiler: string): string {
	const hash = createHash("sha256").update(`${XSNAP.sha512}\n${compiler}\n`);
	for (const [path, bytes] of sources) hash.update(`${path} ${bytes.length}\n`).update(bytes);
	return hash.digest("hex").slice(0, 24);
}

function jobOf(xsnap: ReadonlyMap<string, Buffer>, machine: ReadonlyMap<string, Buffer>): Job {
	const files = new Map<string, Buffer>(machine);
	for (const [path, bytes] of xsnap)
		if (path.startsWith(XS) && /\.[ch]$/.test(path))
			files.set(`xs/${path.slice(XS.length)}`, bytes);
	const isUnit = (path: string) =>
		/^(machine|xs\/sources)\/[^/]+\.c$/.test(path) && !NOT_BY_ITSELF.includes(basename(path));
	const units = [...files.keys()].filter(isUnit).sort();
	return { files, units, includes: ["machine", "xs/includes", "xs/platforms", "xs/sources"] };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}

/** Takes the lock, also from a process that has ended; returns whether this process holds it. */
function takeLock(lock: string): boolean {
	try {
		writeFileSync(lock, String(process.pid), { flag: "wx" });
		return true;
	} catch {
		const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
		if (holder && !isAlive(holder)) rmSync(lock, { force: true });
		return false;
	}
}

/** Runs `work` in one process at a time, unless another process has done it. */
async function alone(lock: string, done: () => boolean, work: () => Promise<void>): Promise<void> {
	while (!takeLock(lock)) {
		await pause(LOCK_POLL_MS);
		if (done()) return;
	}
	try {
		if (!done()) await work();
	} finally {
		rmSync(lock, { force: true });
	}
}

/**
 * The compiled engine, from the cache if present. The environment's LUMINODE_COMPILER chooses a
 * compiler (`clang`, `yowasp`). Throws MachineError `engineNotBuilt`, in one line.
 */
export async function buildEngine(progress: (line: string) => void): Promise<WebAssembly.Module> {
	const root = projectRoot();
	const kind = chooseCompiler();
	const machine = machineSources(root);
	const dir = join(root, ".cache", "engine");
	const file = join(dir, `${hashOf(machine, describeCompiler(kind))}.wasm`);
	if (!existsSync(file)) {
		mkdirSync(dir, { recursive: true });
		try {
			await alone(
				`${file}.lock`,
				() => existsSync(file),
				async () => {
					const packages = join(root, ".cache", "packages");
					const job = jobOf(await openPackage(XSNAP, packages, progress), machine);
					const work = mkdtempSync(join(dir, "work-"));
					try {
						renameSync(await compile(kind, job, work, packages, progress), file);
					} finally {
						rmSync(work, { recursive: true, force: true });
					}
					progress("the engine is ready");
				},
			);
		} catch (error) {
			throw new MachineError("engineNotBuilt", (error as Error).message);
		}
	}
	return WebAssembly.compile(readFileSync(file));
}
