/**
 * Jobs: tasks over several processes of the same program; from any number of processes the results
 * come in the order of the tasks.
 *
 * A child is the program itself with a mark in its environment: it calls `servesJobs` first, and does
 * nothing else. A task and its result are plain values.
 */
import { type ChildProcess, fork } from "node:child_process";

const MARK = "LUMINODE_JOB";

interface Asked<T> {
	readonly nth: number;
	readonly task: T;
}

interface Answered<R> {
	readonly nth: number;
	readonly result?: R;
	/** The task threw. */
	readonly error?: string;
}

type Work<T, R> = (task: T) => Promise<R>;

/** Whether this process is a child: it runs the tasks that come, until its parent ends. */
export function servesJobs<T, R>(run: Work<T, R>): boolean {
	if (process.env[MARK] === undefined || process.send === undefined) return false;
	const answer = (one: Answered<R>) => void process.send!(one);
	process.on("message", ({ nth, task }: Asked<T>) => {
		run(task).then(
			(result) => answer({ nth, result }),
			(error: unknown) => answer({ nth, error: (error as Error).stack ?? String(error) }),
		);
	});
	process.on("disconnect", () => process.exit());
	return true;
}

/** The result of each task, in their order; `jobs` 1: in this process. */
export async function* overJobs<T, R>(
	tasks: readonly T[],
	jobs: number,
	run: Work<T, R>,
): AsyncGenerator<R> {
	if (jobs <= 1) {
		for (const task of tasks) yield await run(task);
		return;
	}
	const pool = new Pool<T, R>(tasks, Math.min(jobs, tasks.length));
	try {
		for (let nth = 0; nth < tasks.length; nth++) yield await pool.result(nth);
	} finally {
		pool.end();
	}
}

class Pool<T, R> {
	readonly #children: ChildProcess[];
	readonly #results = new Map<number, R>();
	#next = 0;
	#failure: Error | undefined;
	#wake: () => void = () => {};

	constructor(
		private readonly tasks: readonly T[],
		count: number,
	) {
		this.#children = Array.from({ length: count }, () => this.#start());
	}

	async result(nth: number): Promise<R> {
		while (!this.#results.has(nth)) {
			if (this.#failure) throw this.#failure;
			await new Promise<void>((wake) => (this.#wake = wake));
		}
		const result = this.#results.get(nth)!;
		this.#results.delete(nth);
		return result;
	}

	end(): void {
		for (const child of this.#children) {
			child.removeAllListeners("exit");
			child.kill();
		}
	}

	#start(): ChildProcess {
		const child = fork(process.argv[1]!, [], { env: { ...process.env, [MARK]: "1" } });
		child.on("message", ({ nth, result, error }: Answered<R>) => {
			if (error !== undefined) this.#fail(error);
			else this.#results.set(nth, result!);
			this.#ask(child);
			this.#wake();
		});
		child.on("exit", (code, signal) => this.#fail(`a process ended (${signal ?? code})`));
		this.#ask(child);
		return child;
	}

	#fail(why: string): void {
		this.#failure ??= new Error(why);
		this.#wake();
	}

	/** Gives it the next task. */
	#ask(child: ChildProcess): void {
		if (this.#next < this.tasks.length)
			child.send({ nth: this.#next, task: this.tasks[this.#next++]! });
	}
}
