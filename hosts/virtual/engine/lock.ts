/**
 * Lock: one process at a time compiles the engine; the others wait for its result.
 *
 * The lock is a file with the number of its process, which touches it while it works. A lock is
 * left over if its process has ended, or if nothing has touched it for STALE: then its number is
 * missing (the disk was full) or belongs to another program by now.
 */
import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";

const POLL = 250;
const TOUCH = 2_000;
/** Ms without a touch; a process that the compiler keeps from its timers stays below it. */
export const STALE = 60_000;
/** The portable compiler takes two minutes on a slow machine. */
const PATIENCE = 900_000;

interface LockOptions {
	/** Prints a line for the person at the terminal. */
	readonly say: (line: string) => void;
	readonly stale?: number;
	readonly patience?: number;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A line for a file that cannot be written, with its cause and the way out. */
export function unwritable(path: string, error: unknown): Error {
	const { code, message } = error as NodeJS.ErrnoException;
	const why =
		code === "ENOSPC"
			? "the disk is full"
			: code === "EROFS" || code === "EACCES" || code === "EPERM"
				? "it is read-only"
				: (message.split("\n")[0] ?? "");
	return new Error(`cannot write ${path}: ${why}; free some space, or make the folder writable`);
}

/** Whether a process of this number runs. */
export function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}

/** The number of the process that holds the lock; undefined: nobody does, or it is left over. */
function holderOf(lock: string, stale: number): number | undefined {
	try {
		const pid = Number(readFileSync(lock, "utf8"));
		const isFresh = Date.now() - statSync(lock).mtimeMs < stale;
		return isFresh && (pid === 0 || isAlive(pid)) ? pid : undefined;
	} catch {
		return undefined; // gone meanwhile
	}
}

/** Takes the lock, also one that is left over. Returns whether this process holds it. */
function take(lock: string, stale: number): boolean {
	try {
		writeFileSync(lock, String(process.pid), { flag: "wx" });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
			if (existsSync(lock)) rmSync(lock, { force: true }); // begun on a full disk
			throw unwritable(lock, error);
		}
		if (holderOf(lock, stale) === undefined) rmSync(lock, { force: true });
		return false;
	}
}

/** Runs `work` in one process at a time, unless another process has done it. */
export async function alone(
	lock: string,
	done: () => boolean,
	work: () => Promise<void>,
	{ say, stale = STALE, patience = PATIENCE }: LockOptions,
): Promise<void> {
	for (let waited = 0; !take(lock, stale); waited += POLL) {
		const holder = holderOf(lock, stale);
		if (waited === 0 && holder !== undefined)
			say(`waiting for process ${holder || "(unnamed)"}, which builds the engine`);
		if (waited >= patience)
			throw new Error(
				`process ${holder} holds ${lock} for too long: end it, or delete the file if it is no simulator`,
			);
		await pause(POLL);
		if (done()) return;
	}
	const touch = setInterval(() => {
		try {
			utimesSync(lock, new Date(), new Date());
		} catch {} // taken away: the work goes on, and its result is the same
	}, TOUCH);
	touch.unref();
	try {
		if (!done()) await work();
	} finally {
		clearInterval(touch);
		rmSync(lock, { force: true });
	}
}
