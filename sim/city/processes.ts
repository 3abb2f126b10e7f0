/**
 * Processes: this program several times at once, each with words of its own, and their progress: each
 * sends the share of its work that is done, 0 to 1 (sim/cli/progress.ts).
 */
import { type ChildProcess, fork } from "node:child_process";

export interface ProcessEnd {
	/** Undefined: it was killed. */
	readonly code: number | undefined;
	readonly signal: string | null;
	readonly output: string;
}

export interface Processes {
	/** Of all together, 0 to 1. */
	readonly share: number;
	readonly ends: Promise<readonly ProcessEnd[]>;
	/** The first that failed; undefined: none so far. */
	readonly failed: number | undefined;
	/** Asks each to stop, as Ctrl-C does. */
	stop(): void;
}

/** Starts all at once. If one fails with `isFatal`, the others are stopped. */
export function startProcesses(
	words: readonly (readonly string[])[],
	isFatal: (end: ProcessEnd) => boolean,
): Processes {
	const shares = words.map(() => 0);
	const running = new Set<ChildProcess>();
	let failed: number | undefined;
	const stop = () => {
		for (const child of running) child.kill("SIGTERM");
	};
	const start = (its: readonly string[], nth: number) =>
		new Promise<ProcessEnd>((resolve, reject) => {
			const child = fork(process.argv[1]!, its, {
				stdio: ["ignore", "pipe", "inherit", "ipc"],
				execArgv: ["--enable-source-maps"],
			});
			running.add(child);
			let output = "";
			child.stdout!.setEncoding("utf8").on("data", (text: string) => {
				output += text;
			});
			child.on("message", (share) => {
				shares[nth] = Number(share);
			});
			child.once("error", reject);
			child.once("close", (code, signal) => {
				running.delete(child);
				const end = { code: code ?? undefined, signal, output };
				if (isFatal(end)) {
					failed ??= nth;
					stop();
				}
				resolve(end);
			});
		});
	return {
		get share() {
			return shares.reduce((sum, share) => sum + share, 0) / shares.length;
		},
		get failed() {
			return failed;
		},
		ends: Promise.all(words.map(start)),
		stop,
	};
}
