/** Files: written whole or not at all, by one program at a time. */
import {
	closeSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { Trouble } from "./line.js";

/** Readable by the owner only. */
const MODE = 0o600;
/** ms that another program may hold the file. */
const LOCK_WITHIN = 5_000;
const LOOK_EACH = 20;

/** The contents of the file. */
export function bytesOfFile(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Trouble(
			`${path}: ${code === "ENOENT" ? "no such file" : `cannot be read (${code})`}`,
		);
	}
}

export function textOfFile(path: string): string {
	return bytesOfFile(path).toString("utf8");
}

/** Replaces the file by `text`; after a power cut it holds the old text or the new one. */
export function replaceFile(path: string, text: string): void {
	const beside = `${path}.new`;
	try {
		writeThrough(beside, "w", text);
		renameSync(beside, path);
	} catch (error) {
		rmSync(beside, { force: true });
		throw new Trouble(`${path}: cannot be written (${(error as NodeJS.ErrnoException).code})`);
	}
	syncFolder(dirname(path));
}

/** Adds `text` at the end; it is on the disk when this returns. */
export function addToFile(path: string, text: string): void {
	try {
		writeThrough(path, "a", text);
	} catch (error) {
		throw new Trouble(`${path}: cannot be written (${(error as NodeJS.ErrnoException).code})`);
	}
}

/** Runs `work` while no other caller of this function may. */
export function locked(path: string, work: () => void, within = LOCK_WITHIN): void {
	const lock = `${path}.lock`;
	const until = performance.now() + within;
	while (!takeLock(lock)) {
		if (performance.now() > until)
			throw new Trouble(`${path}: another program holds it; if none does, delete ${lock}`);
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EACH);
	}
	try {
		work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function takeLock(lock: string): boolean {
	try {
		writeThrough(lock, "wx", String(process.pid));
		return true;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code !== "EEXIST") throw new Trouble(`${lock}: cannot be written (${code})`);
		if (isAbandoned(lock)) rmSync(lock, { force: true });
		return false;
	}
}

/** Whether the process that took it has ended. */
function isAbandoned(lock: string): boolean {
	let owner: number;
	try {
		owner = Number(readFileSync(lock, "utf8"));
	} catch {
		return false; // released just now
	}
	if (!(owner > 0)) return false; // being written
	try {
		process.kill(owner, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "ESRCH";
	}
}

function writeThrough(path: string, flags: string, text: string): void {
	const file = openSync(path, flags, MODE);
	try {
		writeFileSync(file, text);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

function syncFolder(path: string): void {
	if (process.platform === "win32") return; // on Windows a folder cannot be opened
	const folder = openSync(path, "r");
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
