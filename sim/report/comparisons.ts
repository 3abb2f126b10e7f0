/**
 * Compare: nights of the street in other options, each in a process of its own that ends
 * with the run, also with one that is killed.
 */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { ComparedOption } from "../../lib/lightingoptions/options.js";
import { projectRoot } from "../../lib/root.mjs";
import type { Outcome } from "../results/optionnight.js";

/** A comparison is of so many lamps at most, and of one night: it must be over while somebody waits. */
const COMPARED_LAMPS = 24;
const COMPARED_SPAN = "18h";
/** A decision's night begins then, by the wall clock of the street. */
const EVENING = "15:00:00";
/** Options of a played scenario, which are none of the street. */
const PLAYED = ["--scenario", "--start", "--duration", "--fault", "--person", "--procession"];

export class Comparisons {
	readonly #running = new Set<ChildProcess>();

	/** `words` repeat the run. */
	constructor(
		private readonly args: readonly string[],
		private readonly lamps: number,
	) {}

	/** One night of the street with another option. */
	async simulate(option: ComparedOption): Promise<Outcome> {
		const kept = without(this.args, ["--lamps", "--duration"]);
		const lamps = String(Math.min(this.lamps, COMPARED_LAMPS));
		const most = ["--lamps", lamps, "--duration", COMPARED_SPAN];
		return JSON.parse(await this.#run(["--outcome", "--way", option, ...kept, ...most])) as Outcome;
	}

	/**
	 * The report of a decision about the street, HTML; `date`: of the night's evening; `inputs`: the
	 * report's own options.
	 */
	decide(date: string, inputs: Readonly<Record<string, string>>): Promise<string> {
		const street = without(this.args, PLAYED).filter((word) => word !== "--quiet");
		const given = Object.entries(inputs).map(([name, value]) => `--${name}=${value}`);
		const start = ["--start", `${date}T${EVENING}`];
		return this.#run(["--decision", "--linked", "--out", "-", ...given, ...street, ...start]);
	}

	/** The program's output; its complaint as an error. */
	#run(args: readonly string[]): Promise<string> {
		const report = join("sim", "report", "main.ts");
		const child = fork(join("tools", "run.mjs"), [report, ...args], {
			cwd: projectRoot(),
			stdio: ["ignore", "pipe", "pipe", "ipc"],
			execArgv: [],
		});
		this.#running.add(child);
		const texts = ["", ""];
		for (const [n, pipe] of [child.stdout!, child.stderr!].entries())
			pipe.setEncoding("utf8").on("data", (text: string) => {
				texts[n] += text;
			});
		return new Promise((resolve, reject) => {
			child.once("error", reject);
			child.once("close", (code) => {
				this.#running.delete(child);
				const [made, why] = texts;
				if (code === 0) resolve(made!);
				else reject(new Error(why?.trim() || "ended"));
			});
		});
	}

	/** Ends those that run. */
	stop(): void {
		for (const child of this.#running) child.kill();
	}
}

/** Without these options and their values. */
export function without(args: readonly string[], names: readonly string[]): string[] {
	return args.filter((word, n) => !names.includes(word) && !names.includes(args[n - 1] ?? ""));
}
