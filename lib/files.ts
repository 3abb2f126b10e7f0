/** Files: written whole or not at all, by one program at a time. */
import {
	closeSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { text } from "./text/texts.js";
import { Trouble } from "./text/trouble.js";

/** Readable by the owner only. */
const MODE = 0o600;
/** ms that another program may hold the file. */
const LOCK_WITHIN = 5_000;
const LOOK_EACH = 20;
/** ms from the creation of a lock to its owner's number in it. */
const LOCK_WRITTEN_WITHIN = 1_000;

/** The contents of the file. */
export function bytesOfFile(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Trouble(
			code === "ENOENT" ? text("noFile", path) : text("unreadable", path, code ?? ""),
		);
	}
}

export function unwritable(path: string, error: unknown): Trouble {
	return new Trouble(text("unwritable", path, (error as NodeJS.ErrnoException).code ?? ""));
}

export function textOfFile(path: string): string {
	return bytesOfFile(path).toString("utf8");
}

/** Replaces the file by `content`; after a power cut it holds the old text or the new one. */
export function replaceFile(path: string, content: string): void {
	const beside = `${path}.new`;
	try {
		writeThrough(beside, "w", content);
		renameSync(beside, path);
	} catch (error) {
		rmSync(beside, { force: true });
		throw unwritable(path, error);
	}
	syncFolder(dirname(path));
}

/** A file that is written in parts, and is there as a whole once it is finished. */
export class GrowingFile {
	readonly #path: string;
	readonly #file: number;

	constructor(path: string) {
		this.#path = path;
		try {
			this.#file = openSync(`${path}.new`, "w", MODE);
		} catch (error) {
			throw unwritable(path, error);
		}
	}

	add(text: string): void {
		try {
			writeFileSync(this.#file, text);
		} catch (error) {
			throw unwritable(this.#path, error);
		}
	}

	finish(): void {
		fsyncSync(this.#file);
		closeSync(this.#file);
		renameSync(`${this.#path}.new`, this.#path);
		syncFolder(dirname(this.#path));
	}
}

/** Adds `content` at the end; it is on the disk when this returns. */
export function addToFile(path: string, content: string): void {
	try {
		writeThrough(path, "a", content);
	} catch (error) {
		throw unwritable(path, error);
	}
}

/** Runs `work` while no other caller of this function may. */
export function locked(path: string, work: () => void, within = LOCK_WITHIN): void {
	const lock = `${path}.lock`;
	const until = performance.now() + within;
	while (!takeLock(lock)) {
		if (performance.now() > until) throw new Trouble(text("held", path, lock));
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
		if (code !== "EEXIST") throw unwritable(lock, error);
		if (isAbandoned(lock)) rmSync(lock, { force: true });
		return false;
	}
}

/** Whether the process that took it has ended. */
function isAbandoned(lock: string): boolean {
	let owner: number;
	let age: number;
	try {
		owner = Number(readFileSync(lock, "utf8"));
		age = Date.now() - statSync(lock).mtimeMs;
	} catch {
		return false; // released just now
	}
	if (!(owner > 0)) return age > LOCK_WRITTEN_WITHIN; // being written, or the writer was killed
	try {
		process.kill(owner, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "ESRCH";
	}
}

function writeThrough(path: string, flags: string, content: string): void {
	const file = openSync(path, flags, MODE);
	try {
		writeFileSync(file, content);
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
