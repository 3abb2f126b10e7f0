/**
 * Jobs: tasks over several processes of the same program; from any number of processes the results
 * come in the order of the tasks.
 *
 * A child is the program itself with a mark in its environment: it calls `servesJobs` first, and does
 * nothing else. A task and its result are plain values.
 */
import { type ChildProcess, fork } from "node:child_process";

const MARK = "LUMINODE_JOB";
/** Interval of reports of progress, ms. */
const REPORTED = 250;
interface Asked<T> {
	readonly index: number;
	readonly task: T;
}

interface Answered<R> {
	readonly index: number;
	readonly result?: R;
	/** The task threw. */
	readonly error?: { readonly message: string; readonly stack: string };
	/** Of its work that is done, 0 to 1; it goes on. */
	readonly share?: number;
}

/** Of a task that runs. */
export interface Hooks {
	/** From now on the share of its work that is done, 0 to 1, is asked for. */
	report(share: () => number): void;
	/** Aborted: its result is not needed any more. */
	readonly signal: AbortSignal;
}

type Work<T, R> = (task: T, hooks: Hooks) => Promise<R>;

interface Listener {
	/** Share of all tasks together that is done. */
	onShare?(share: number): void;
	readonly signal?: AbortSignal;
}

/** A task that threw, or whose process ended. */
export class JobFailure extends Error {
	constructor(
		readonly index: number,
		{ message, stack }: { readonly message: string; readonly stack?: string | undefined },
	) {
		super(message);
		this.stack = stack ?? "";
	}
}

/** Whether this process is a child: it runs the tasks that come, until its parent ends. */
export function servesJobs<T, R>(run: Work<T, R>): boolean {
	if (process.env[MARK] === undefined || process.send === undefined) return false;
	const answer = (answered: Answered<R>) => void process.send?.(answered);
	const { signal } = new AbortController();
	process.on("message", ({ index, task }: Asked<T>) => {
		watched(run, task, signal, (share) => answer({ index, share })).then(
			(result) => answer({ index, result }),
			({ message, stack }: Error) => answer({ index, error: { message, stack: stack ?? "" } }),
		);
	});
	process.on("disconnect", () => process.exit());
	process.on("SIGINT", () => {}); // of a terminal: its parent decides
	return true;
}

async function watched<T, R>(
	run: Work<T, R>,
	task: T,
	signal: AbortSignal,
	onShare: (share: number) => void,
): Promise<R> {
	let timer: NodeJS.Timeout | undefined;
	const report: Hooks["report"] = (share) => {
		timer = setInterval(() => onShare(share()), REPORTED);
	};
	return run(task, { report, signal }).finally(() => clearInterval(timer));
}

/**
 * The result of each task, in their order, until the signal is aborted; `jobs` 1: in this process.
 * Throws `JobFailure`.
 */
export async function* overJobs<T, R>(
	tasks: readonly T[],
	jobs: number,
	run: Work<T, R>,
	{ onShare, signal = new AbortController().signal }: Listener = {},
): AsyncGenerator<R> {
	const shares = tasks.map(() => 0);
	const note = (index: number, share: number) => {
		shares[index] = share;
		onShare?.(shares.reduce((sum, of) => sum + of, 0) / shares.length);
	};
	const here = (index: number) =>
		watched(run, tasks[index]!, signal, (share) => note(index, share)).catch((error: Error) => {
			throw new JobFailure(index, error);
		});
	const pool = jobs > 1 ? new Pool<T, R>(tasks, Math.min(jobs, tasks.length), note) : undefined;
	signal.addEventListener("abort", () => pool?.end());
	try {
		for (let index = 0; index < tasks.length && !signal.aborted; index++) {
			const result = await (pool ? pool.result(index) : here(index));
			note(index, 1);
			if (result !== undefined && !signal.aborted) yield result;
		}
	} finally {
		pool?.end();
	}
}

class Pool<T, R> {
	readonly #children: ChildProcess[];
	readonly #results = new Map<number, R>();
	#next = 0;
	#failure: JobFailure | undefined;
	#isEnded = false;
	#wake: () => void = () => {};

	constructor(
		private readonly tasks: readonly T[],
		count: number,
		private readonly note: (index: number, share: number) => void,
	) {
		this.#children = Array.from({ length: count }, () => this.#start());
	}

	/** Undefined: the pool has ended. */
	async result(index: number): Promise<R | undefined> {
		while (!this.#results.has(index) && !this.#isEnded) {
			if (this.#failure) throw this.#failure;
			await new Promise<void>((wake) => (this.#wake = wake));
		}
		const result = this.#results.get(index);
		this.#results.delete(index);
		return result;
	}

	end(): void {
		this.#isEnded = true;
		for (const child of this.#children) {
			child.removeAllListeners("exit");
			child.kill();
		}
		this.#wake();
	}

	#start(): ChildProcess {
		const child = fork(process.argv[1]!, [], {
			env: { ...process.env, [MARK]: "1" },
			execArgv: [...process.execArgv, "--enable-source-maps"],
			serialization: "advanced", // typed arrays arrive as such
		});
		let index = this.#ask(child);
		child.on("message", ({ index: of, result, error, share }: Answered<R>) => {
			if (share !== undefined) return this.note(of, share);
			if (error !== undefined) this.#fail(of, error);
			else this.#results.set(of, result!);
			index = this.#ask(child);
			this.#wake();
		});
		child.on("error", (error) => this.#fail(index, error));
		child.on("exit", (code, signal) => {
			const how = signal ? `was ended by ${signal}` : `ended with ${code}`;
			this.#fail(index, { message: `its process ${how}` });
		});
		return child;
	}

	#fail(index: number, why: ConstructorParameters<typeof JobFailure>[1]): void {
		this.#failure ??= new JobFailure(index, why);
		this.#wake();
	}

	/** Gives it the next task. @returns its number */
	#ask(child: ChildProcess): number {
		const index = this.#next;
		const isNext = index < this.tasks.length;
		if (isNext) child.send({ index, task: this.tasks[this.#next++]! }, () => {}); // else its exit says why
		return index;
	}
}
