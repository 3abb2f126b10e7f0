/**
 * Trial: puts the drawn mutants of a room to its tests, in a process that it ends when one hangs.
 */
import { type ChildProcess, fork } from "node:child_process";
import type { Numbered } from "./instrument.js";
import type { Question, Record, Reply } from "./worker.js";

/** Word by which this program starts itself as the worker. */
export const WORKER = "--worker";

export interface Judged {
	readonly mutant: Numbered;
	/** Test that saw it, `hangs` or `crashes`; absent: it survived. */
	readonly by?: string;
	readonly isReached: boolean;
}

/** A mutant hangs if it takes longer than this, and than its tests by far. */
const LIMIT_MS = 8000;
const TIMES_AS_LONG = 4;
/** For the first run of all tests, some of which start the engine. */
const PREPARE_LIMIT_MS = 480_000;
const MEMORY_MB = 1536;

/** The verdicts in the order of the mutants; `record` is called with the tests that ran. */
export async function tried(
	mutants: readonly Numbered[],
	tests: readonly string[],
	seen: (judged: Judged) => void,
): Promise<Record> {
	let worker = start();
	let reply = await ask(worker, { kind: "prepare", mutants, tests }, PREPARE_LIMIT_MS);
	if (reply === "hangs" || reply === "crashes" || reply.kind !== "ready")
		throw new Error(`the tests do not run without a mutant: ${JSON.stringify(reply)}`);
	const { record } = reply;
	for (const mutant of mutants) {
		const { number } = mutant;
		const reaches = record.reaches.filter(({ reached }) => reached.includes(number));
		if (reaches.length === 0) {
			seen({ mutant, isReached: false });
			continue;
		}
		const usual = reaches.reduce((sum, { took }) => sum + took, 0);
		reply = await ask(worker, { kind: "judge", number }, LIMIT_MS + TIMES_AS_LONG * usual);
		if (typeof reply === "string") {
			seen({ mutant, isReached: true, by: reply });
			worker = start();
			await ask(worker, { kind: "prepare", mutants, tests, record }, PREPARE_LIMIT_MS);
		} else if (reply.kind === "verdict")
			seen({ mutant, isReached: true, ...(reply.by === undefined ? {} : { by: reply.by }) });
	}
	worker.kill("SIGKILL");
	return record;
}

function start(): ChildProcess {
	return fork(process.argv[1] as string, [WORKER], {
		execArgv: [`--max-old-space-size=${MEMORY_MB}`, "--no-warnings"],
		stdio: ["ignore", "ignore", "ignore", "ipc"],
	});
}

function ask(
	worker: ChildProcess,
	question: Question,
	limit: number,
): Promise<Reply | "hangs" | "crashes"> {
	return new Promise((resolve) => {
		const end = (reply: Reply | "hangs" | "crashes") => {
			clearTimeout(timer);
			worker.removeAllListeners();
			if (typeof reply === "string") worker.kill("SIGKILL");
			resolve(reply);
		};
		const timer = setTimeout(() => end("hangs"), limit);
		worker.once("message", (reply: Reply) => end(reply));
		worker.once("exit", () => end("crashes"));
		worker.send(question);
	});
}
