/**
 * Fade program: the C of the pole controller's light (hosts/esp32/fade.c), built by Debian's compiler with
 * sanitizers, under a clock of the test; and other C of that host likewise.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ROOT } from "./programs.js";

const FLAGS = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-g", "-O1"];
const SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
/** The interrupt's own, microseconds. */
export const EVERY = 5_000;
const COUNTER = 2 ** 32;
/** As in fade.h. */
const PHASES = ["rests", "moves", "returns", "waits"] as const;

export type Point = readonly [at_ms: number, duty: number];

export interface Moment {
	/** Milliseconds from the script's start. */
	readonly at: number;
	readonly duty: number;
	readonly phase: (typeof PHASES)[number];
	readonly wantsBeats: boolean;
}

/** Calls in the order of time; instants in milliseconds from the script's start. */
export class Script {
	private readonly lines: string[] = [];
	private readonly instants: number[] = [];
	private now = 0;

	/** @param begin of the counter, microseconds; it wraps. */
	constructor(
		duty: number,
		private readonly begin = 0,
	) {
		this.add("hold", duty);
	}

	private add(word: string, value: number, rest = ""): this {
		this.lines.push(`${word} ${value}${rest}`);
		this.instants.push(this.now);
		return this;
	}

	private get counter(): number {
		return (this.begin + Math.round(this.now * 1000)) % COUNTER;
	}

	start(path: readonly Point[]): this {
		return this.add("start", this.counter, path.map(([at, duty]) => ` ${at}:${duty}`).join(""));
	}

	hold(duty: number): this {
		return this.add("hold", duty);
	}

	stop(): this {
		return this.add("stop", this.counter);
	}

	beat(): this {
		return this.add("beat", this.counter);
	}

	/** Interrupts for so long; a beat each 500 ms if JavaScript lives. `late` of each, microseconds. */
	run(
		time_ms: number,
		lives: "beats" | "is silent",
		late: (index: number) => number = () => 0,
	): this {
		const until = this.now + time_ms;
		let beatAt = this.now + 500;
		for (let index = 0; this.now < until; index += 1) {
			this.now = Math.min(until, this.now + (EVERY + late(index)) / 1000);
			this.add("step", this.counter);
			if (lives === "beats" && this.now >= beatAt) {
				this.beat();
				beatAt += 500;
			}
		}
		return this;
	}

	get text(): string {
		return `${this.lines.join("\n")}\n`;
	}

	moments(answers: readonly string[]): readonly Moment[] {
		return answers.map((line, index) => {
			const [duty, phase, wants] = line.split(" ").map(Number);
			const at = this.instants[index]!;
			return { at, duty: duty!, phase: PHASES[phase!]!, wantsBeats: wants === 1 };
		});
	}
}

/**
 * A file of hosts/esp32 with its driver of the same name, which answers line by line. The driver's folder
 * has what the file includes of ESP-IDF.
 */
export class CProgram {
	private readonly folder = mkdtempSync(join(tmpdir(), "luminode-"));
	private readonly path = join(this.folder, "program");

	/** `others`: files that it calls. */
	constructor(name: string, others: readonly string[] = []) {
		const host = join(ROOT, "hosts/esp32");
		const folder = join(ROOT, "tests/slow/support", basename(name));
		const sources = [
			join(folder, "driver.c"),
			...[name, ...others].map((file) => join(host, `${file}.c`)),
		];
		const all = [...FLAGS, ...SANITIZERS, `-I${host}`, `-I${folder}`, ...sources, "-o", this.path];
		const { status, stderr } = spawnSync("gcc", all, { encoding: "utf8" });
		if (status !== 0) throw new Error(stderr);
	}

	/** Fails with the sanitizer's report. */
	answers(input: string): readonly string[] {
		const how = { input, encoding: "utf8", maxBuffer: 1 << 26 } as const;
		const { stdout, stderr, status } = spawnSync(this.path, [], how);
		if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
		return stdout.trimEnd().split("\n");
	}

	remove(): void {
		rmSync(this.folder, { recursive: true });
	}
}

export class FadeProgram extends CProgram {
	constructor() {
		super("fade");
	}

	run(script: Script): readonly Moment[] {
		return script.moments(this.answers(script.text));
	}
}
