/**
 * Fuzz tally: inputs of one program of the city, what became of them, and the CPU that the dearest of
 * them took; the soak prints it.
 */
import { performance } from "node:perf_hooks";
import { scaled } from "./scale.js";

/** µs of CPU for one input: a program that takes more has stopped for all others. */
const HELD_MOST = 1_000_000;
/** Inputs between two lines. */
const PART = 100_000;

export class FuzzTally {
	readonly #name: string;
	readonly #begin = performance.now();
	readonly #ends = new Map<string | number, number>();
	#inputs = 0;
	/** µs */
	#longest = 0;
	#total = 0;

	constructor(name: string) {
		this.#name = name;
	}

	get inputs(): number {
		return this.#inputs;
	}

	/** Of these ends one more, e.g. of a status. */
	count(end: string | number, more = 1): void {
		this.#ends.set(end, (this.#ends.get(end) ?? 0) + more);
	}

	/** Works on some inputs; throws if they hold the CPU for a second. */
	async brief<T>(inputs: number, work: () => T | Promise<T>): Promise<T> {
		const before = process.cpuUsage();
		const result = await work();
		const { user, system } = process.cpuUsage(before);
		const part = Math.floor(this.#inputs / PART);
		this.#inputs += inputs;
		this.#total += user + system;
		this.#longest = Math.max(this.#longest, user + system);
		if (Math.floor(this.#inputs / PART) > part) this.say();
		if (user + system >= HELD_MOST)
			throw new Error(`${inputs} inputs took ${(user + system) / 1000} ms of CPU`);
		return result;
	}

	/** Prints it, in the soak. */
	say(): void {
		const ends = [...this.#ends].sort(([a], [b]) => (`${a}` < `${b}` ? -1 : 1));
		const counts = ends.map(([end, count]) => `${end}: ${count}`).join(", ");
		const cpu = `${Math.round(this.#total / 1_000_000)} s in all`;
		const took = `${Math.round((performance.now() - this.#begin) / 1000)} s`;
		const longest = `${this.#longest / 1000} ms of CPU at most at a time, ${cpu}`;
		const line = `${this.#name}: ${this.#inputs} inputs, ${counts}; ${longest}, ${took}\n`;
		if (scaled(false, true)) process.stdout.write(line);
	}
}
