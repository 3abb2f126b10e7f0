/**
 * City: a part of a city in this process, street by street, and its evidence.
 *
 * At unlimited speed one street runs after the other, so memory does not grow with their number; at
 * a stated speed, as at a broker outside, all run side by side.
 */
import { readImage } from "../../hosts/virtual/engine/image.js";
import { projectRoot } from "../../lib/root.mjs";
import { DAY } from "../../lib/spans.js";
import type { CityPart } from "../cli/citypart.js";
import { FAILED, onInterrupt, refuse } from "../cli/ending.js";
import type { Options } from "../cli/options.js";
import { progressTo } from "../cli/progress.js";
import type { Shelf } from "../images/catalogue.js";
import type { OutFile } from "../results/outfile.js";
import { sayAdmission, silenceOf, wasAdmitted } from "../run/admission.js";
import { runOf } from "../run/made.js";
import { exitCodeOf, type Run } from "../run/run.js";
import { prepare } from "../run/scenario.js";
import { stageOf } from "../run/stage.js";
import { Clock } from "../street/clock.js";
import type { Admission } from "../street/network.js";
import type { StreetEvidence } from "./evidence.js";
import { type Evidence, evidenceOf, sayEvidence, streetEvidence, textOf } from "./evidence.js";
import { type CityStreet, streetsIn, streetsOf } from "./streets.js";
import { cityWords, versionOf } from "./version.js";

interface Wanted {
	readonly options: Options;
	readonly city: CityPart;
	readonly words: readonly string[];
	readonly shelf: Shelf | undefined;
	readonly trace: OutFile | undefined;
	readonly summary: OutFile | undefined;
}

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** @returns the exit code */
export async function liveCity(wanted: Wanted): Promise<number> {
	const { options, city, words } = wanted;
	const all = streetsOf({ ...options, streets: city.streets });
	const streets = streetsIn(all, city.shard ?? { nth: 1, of: 1 });
	const isTogether = options.speed < Infinity && streets.length > 1;
	if (isTogether && wanted.trace)
		return refuse("--trace: only with --speed max, or a part of one street");
	const silence = await silenceOf(options);
	if (silence !== undefined) return refuse(silence);
	const life = new CityLife(wanted, streets.length);
	const release = onInterrupt(() => life.stop());
	try {
		const lived = await life.live(streets, isTogether);
		if (!lived) return interrupted();
		const about = { version: versionOf(readImage(projectRoot())), city: cityWords(words) };
		const evidence = evidenceOf(about, lived, city.streets);
		wanted.summary?.write(textOf(evidence));
		for (const line of sayEvidence(evidence)) print(line);
		return life.codeOf(evidence);
	} finally {
		life.end();
		release();
	}
}

function interrupted(): number {
	process.stderr.write("interrupted: the evidence is not whole, and no summary is written\n");
	return FAILED;
}

/** The streets of a part as they live. */
class CityLife {
	readonly #clock: Clock;
	readonly #running = new Set<Run>();
	readonly #hide: () => void;
	readonly #admissions: [Admission, Run][] = [];
	#done = 0;
	#end = Infinity; // of each street, virtual ms
	#isStopped = false;

	constructor(
		private readonly wanted: Wanted,
		count: number,
	) {
		this.#clock = new Clock(wanted.options.speed);
		this.#hide = progressTo(() => {
			const running = [...this.#running].map(({ street }) => street.reached / this.#end);
			return running.reduce((sum, share) => sum + share, this.#done) / count;
		}, wanted.options.duration ?? DAY);
	}

	stop(): void {
		this.#isStopped = true;
		for (const { street } of this.#running) street.stop();
	}

	end(): void {
		this.#hide();
	}

	/** Undefined if it was stopped. */
	async live(
		streets: readonly CityStreet[],
		isTogether: boolean,
	): Promise<readonly StreetEvidence[] | undefined> {
		if (isTogether) {
			const all = await Promise.all(streets.map((street) => this.#street(street)));
			return this.#isStopped ? undefined : all;
		}
		const lived: StreetEvidence[] = [];
		for (const street of streets) {
			lived.push(await this.#street(street));
			if (this.#isStopped) return undefined;
		}
		return lived;
	}

	async #street(street: CityStreet): Promise<StreetEvidence> {
		const { options: city, shelf, trace } = this.wanted;
		const { seed, first, number } = street;
		const options = { ...city, seed, part: { ...city.part, first } };
		const scenario = prepare(options);
		if (typeof scenario === "string") throw new Error(scenario);
		this.#end = scenario.end;
		const speed = options.speed === Infinity ? new Clock(Infinity) : this.#clock;
		const stage = await stageOf(options, scenario, { clock: speed, print });
		trace?.write(
			`# street ${number}, lamps ${first} to ${first + options.lamps - 1}, seed ${seed}\n`,
		);
		const { run } = runOf(stage, shelf, trace?.write);
		this.#running.add(run);
		const why = await run.go();
		this.#running.delete(run);
		this.#done++;
		const admission = stage.network.admission;
		await stage.network.close();
		if (why !== undefined) throw new Error(why);
		if (admission) this.#admissions.push([admission, run]);
		const online = admission && { online: admission.online };
		const summary = { ...run.summary(), ...online };
		stage.fleet.dispose();
		return streetEvidence(street, summary, trace?.cut());
	}

	/** 1: a check failed, or a lamp did not come online. */
	codeOf(evidence: Evidence): number {
		const { options } = this.wanted;
		let code = exitCodeOf(evidence.totals);
		for (const [admission, run] of this.#admissions) {
			for (const line of sayAdmission(admission, options, run.summary())) print(line);
			if (!wasAdmitted(admission, options.lamps, run.street.reached)) code = Math.max(code, 1);
		}
		return code;
	}
}
