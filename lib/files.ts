/**
 * Files: written whole or not at all, by one program at a time.
 *
 * A program of ours holds `NAME.lock`. A browser that writes in place has a swap file beside the file
 * instead (Chromium: `NAME.crswap`, `NAME.1.crswap`), and renames it when all is written. Each shows
 * its own before it looks for the other's (tools/pole/client/vaultplace.ts), so none overwrites what
 * it has not read.
 */
import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
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
/**
 * ms after which the lock of another computer, on a shared folder, is abandoned: whether its program
 * still runs cannot be seen from here. The longest work under a lock is a derivation of keys.
 */
const FOREIGN_LOCK_WITHIN = 60_000;
/** ms after its last change from which a browser's swap file was left behind by a crash. */
const SWAP_WITHIN = 30_000;
/** The second one beside a file that was left behind, and so on. */
const SWAPS = [".crswap", ".1.crswap", ".2.crswap", ".3.crswap"];

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
	replaceIf(path, content, () => true);
}

/**
 * Replaces the text of the file by what `work` makes of it. `work` gets undefined where there is no
 * file, returns undefined to leave it as it is, and runs again if another program has changed the
 * file meanwhile. Throws `Trouble` if others hold the file for longer than `within` ms.
 */
export function changeFile(
	path: string,
	work: (before: string | undefined) => string | undefined,
	within = LOCK_WITHIN,
): void {
	const until = performance.now() + within;
	const change = () => {
		for (;;) {
			for (let swap = swapOf(path); swap !== undefined; swap = swapOf(path))
				pause(until, path, swap);
			const before = textIfThere(path);
			const after = work(before);
			if (after === undefined) return;
			const isFree = () => swapOf(path) === undefined && textIfThere(path) === before;
			if (replaceIf(path, after, isFree)) return;
			pause(until, path, path);
		}
	};
	locked(path, change, within);
}

/** Replaces the file if `isFree` says so once the new text is on the disk. @returns whether it did */
function replaceIf(path: string, content: string, isFree: () => boolean): boolean {
	const beside = `${path}.new`;
	try {
		writeThrough(beside, "w", content);
		if (!isFree()) {
			rmSync(beside, { force: true });
			return false;
		}
		renameSync(beside, path);
	} catch (error) {
		rmSync(beside, { force: true });
		throw error instanceof Trouble ? error : unwritable(path, error);
	}
	syncFolder(dirname(path));
	return true;
}

function textIfThere(path: string): string | undefined {
	return existsSync(path) ? textOfFile(path) : undefined;
}

/** The swap file of a browser that is writing the file now; undefined: none is. */
function swapOf(path: string): string | undefined {
	return SWAPS.map((end) => `${path}${end}`).find((swap) => {
		const facts = statSync(swap, { throwIfNoEntry: false });
		return facts !== undefined && Date.now() - facts.mtimeMs < SWAP_WITHIN;
	});
}

/** Waits a moment for `holder`. */
function pause(until: number, path: string, holder: string): void {
	if (performance.now() > until) throw new Trouble(text("held", path, holder));
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EACH);
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
	while (!takeLock(lock)) pause(until, path, lock);
	try {
		work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function takeLock(lock: string): boolean {
	try {
		writeThrough(lock, "wx", `${process.pid} ${hostname()}`);
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
	let host: string;
	let age: number;
	try {
		const [pid, name = hostname()] = readFileSync(lock, "utf8").split(" ");
		[owner, host] = [Number(pid), name];
		age = Date.now() - statSync(lock).mtimeMs;
	} catch {
		return false; // released just now
	}
	if (!(owner > 0)) return age > LOCK_WRITTEN_WITHIN; // being written, or the writer was killed
	if (host !== hostname()) return age > FOREIGN_LOCK_WITHIN;
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
