/** Street clock: programs that run beside a street at a raised speed have its time, by a file. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** ms of the street that a program's clock may be ahead of the latest message. */
const AHEAD = 20_000;
/** ms between two writes, and between two reads. */
const WRITE_EACH = 50;
const READ_EACH = 20;

export class StreetClock {
	/** Words of Node for such a program. */
	readonly nodeOptions: readonly string[];
	readonly #path: string;
	/** By part of the street; of one that has ended Infinity. */
	readonly #latest: number[];
	#written = 0;

	constructor(
		folder: string,
		/** The latest instant that a message had. */
		public now: number,
		speed: number,
		parts: number,
	) {
		this.#latest = Array.from({ length: parts }, () => now);
		this.#path = join(folder, "now");
		const module = join(folder, "clock.mjs");
		this.nodeOptions = ["--import", module];
		writeFileSync(
			module,
			`import { readFileSync } from "node:fs";
const real = Date.now;
let latest = ${now};
let looked = 0;
Date.now = () => {
	const now = real();
	if (now - looked < ${READ_EACH}) return latest;
	looked = now;
	try {
		const [at, wall] = readFileSync(${JSON.stringify(this.#path)}, "utf8").split(" ").map(Number);
		latest = Math.max(latest, at + Math.min((now - wall) * ${speed}, ${AHEAD}) || 0);
	} catch {} // none was written yet
	return latest;
};
`,
		);
	}

	/** `at`: of a message of that part; Infinity: it has ended. */
	follow(at: number, part: number): void {
		if (!(at > this.#latest[part]!)) return;
		this.#latest[part] = at;
		const slowest = Math.min(...this.#latest);
		if (!(slowest > this.now) || slowest === Infinity) return;
		this.now = slowest;
		const wall = Date.now();
		if (wall - this.#written < WRITE_EACH) return;
		this.#written = wall;
		writeFileSync(this.#path, `${this.now} ${wall}`);
	}

	/** ms by which a part is ahead of the slowest. */
	ahead(part: number): number {
		return this.#latest[part]! - Math.min(...this.#latest);
	}
}
