/**
 * Live lamp: the desktop's program with `--live`, which gets its inputs as lines and is read by its own.
 */

import { pause, until } from "../../support/until.js";
import { Program } from "../support/programs.js";

const STEP = 20; // ms between two looks at what it printed
/** Longer than hold and linger of broker.test.ts, ms. */
const QUIET = 8000;
/** Where `npm run host -- headless` has put the program. */
const PROGRAM = process.env.LUMINODE_HEADLESS ?? "out/bin/lin/release/luminode";

/** One printed line: the lamp's own milliseconds, a word, the rest. */
export interface Said {
	readonly at: number;
	readonly word: string;
	readonly rest: string;
}

export class LiveLamp {
	readonly #program = new Program(PROGRAM, ["--live"], "pipe");
	/** Lines that `next` has passed. */
	#read = 0;

	/** Power comes, with this in its store: sections of settings, and PEM under `tls.*`. */
	constructor(sections: Readonly<Record<string, object>>, pem: Readonly<Record<string, string>>) {
		for (const [name, values] of Object.entries(sections))
			this.send(`store set.${name} ${JSON.stringify(values)}`);
		for (const [key, text] of Object.entries(pem))
			this.send(`store ${key} ${text.trim().replaceAll("\n", " ")}`);
		this.send("begin");
	}

	send(line: string): void {
		this.#program.type(`${line}\n`);
	}

	/** All that it said, in order. */
	get said(): Said[] {
		const lines = this.#program.output.split("\n").slice(0, -1); // the last is not whole
		return lines.map((line) => {
			const [, at, word, rest] = /^(\d+) (\w+) ?(.*)$/.exec(line) ?? [];
			return { at: Number(at ?? Number.NaN), word: word ?? "", rest: rest ?? line };
		});
	}

	/** What is said from here on is what `next` looks at. */
	skip(): void {
		this.#read = this.said.length;
	}

	/** The first line from here on that starts a word so and matches; fails with what was said instead. */
	async next(word: string, pattern = /^/): Promise<Said> {
		const find = () =>
			this.said.findIndex(
				(line, index) => index >= this.#read && line.word === word && pattern.test(line.rest),
			);
		const output = () => this.#program.output.slice(-2000);
		await until(`${word} ${pattern}`, () => find() >= 0, output);
		this.#read = find() + 1;
		return this.said[this.#read - 1]!;
	}

	/** Live memory after a collection. */
	async memory(): Promise<{ slots: number; chunkBytes: number }> {
		this.send("memory");
		const [slots, chunkBytes] = (await this.next("live")).rest.split(" ").map(Number);
		return { slots: slots!, chunkBytes: chunkBytes! };
	}

	get duty(): number {
		return Number(this.last("duty"));
	}
	/** Where it stands with its broker. */
	get link(): string | undefined {
		return this.last("link");
	}
	private last(what: string): string | undefined {
		return this.said.filter(({ word }) => word === what).at(-1)?.rest;
	}

	/** Waits until the light has not changed for longer than hold or linger take. */
	async rest(): Promise<void> {
		const changes = () => this.said.filter(({ word }) => word === "duty").length;
		for (let before = -1, quiet = 0; quiet < QUIET; quiet += STEP) {
			const now = changes();
			if (now !== before) quiet = 0;
			before = now;
			await pause(STEP);
		}
	}

	/** Someone passes while the light rests: how long after it the light rose, by the lamp's clock. */
	async passBy(): Promise<number> {
		await this.rest();
		this.skip();
		const before = this.duty;
		this.send("movement");
		const { at } = await this.next("movement");
		const rise = await this.next("duty", /^/);
		if (!(Number(rise.rest) > before)) throw new Error(`duty ${before} became ${rise.rest}`);
		this.send("stillness");
		return rise.at - at;
	}

	/** Its exit status once it was asked to end; null where a signal ended it. */
	async end(): Promise<number | null> {
		this.send("end");
		return this.#program.ended();
	}

	async stop(): Promise<void> {
		await this.#program.stop("SIGKILL");
	}
}
