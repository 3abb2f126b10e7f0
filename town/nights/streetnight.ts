/**
 * Street night: the night of one street with one option, in real machines; and with today's
 * options, which follow the clock, beside it.
 *
 * All streets of a town have the same sky. Each simulated street has its people, from a seed that
 * follows from the features of its typical street: a typical street that stays the same has the
 * same night.
 */
import type { Today } from "../../lib/lightingoptions/options.js";
import { Debt, DUSK } from "../../sim/checks/debt.js";
import { readOptions } from "../../sim/cli/words.js";
import { stageOf } from "../../sim/files/stage.js";
import { configuredAs } from "../../sim/report/comparedoptions.js";
import { trafficOf } from "../../sim/report/traffic.js";
import { METER_VALUES } from "../../sim/results/meter.js";
import { Passages } from "../../sim/results/passages.js";
import { CAUSES } from "../../sim/results/ring.js";
import { configuredOf } from "../../sim/run/configured.js";
import type { RunParts } from "../../sim/run/parts.js";
import { type NightFigures, PlayedOptions } from "../../sim/run/playedoptions.js";
import { Run } from "../../sim/run/run.js";
import { prepare } from "../../sim/run/scenario.js";
import { createSky } from "../../sim/world/sky.js";
import { FULL_DUTY, sumOf } from "../../sim/world/world.js";
import { type Course, courseOf, type Line, Recorder } from "./course.js";

const NONE = CAUSES.indexOf("none");
const PROGRAM = CAUSES.indexOf("program");

/**
 * An option that has machines of its own; *mixed* is one of them or lights out, by typical street.
 */
export type MachineOption = "presence" | "neighbours" | "hourly";
/** In the order in which they are simulated: the cheapest first, as the options by the clock come with it. */
export const MACHINE_OPTIONS: readonly MachineOption[] = ["hourly", "presence", "neighbours"];

/** One street with one option; plain values, for another process. */
export interface NightTask {
	readonly option: MachineOption;
	readonly poles: readonly number[];
	readonly vehicles: number;
	/** Absent: those of the residential street. */
	readonly walkers?: number;
	readonly seed: number;
	readonly sky: number;
	readonly latitude: number;
	readonly longitude: number;
	readonly zone: string;
	/** ISO 8601. */
	readonly start: string;
	readonly length_s: number;
}

/** Sums over the lamps and people of a street. */
export interface StreetFigures {
	readonly energy_kWh: number;
	readonly person_s: number;
	readonly below_s: number;
	readonly passed: number;
	readonly unlit: number;
	/** Mean of the lamps. */
	readonly dark_h: number;
	readonly unlit_h: number;
}

export interface StreetNight {
	readonly courses: readonly Course[];
	readonly figures: StreetFigures;
	/** Of the options by the clock: one course for all lamps. */
	readonly today: Readonly<
		Record<Today, { readonly course: Course; readonly figures: StreetFigures }>
	>;
}

/** Runs it. `onRun` receives the share that is done. */
export async function nightOf(
	task: NightTask,
	onRun: (share: () => number) => void = () => {},
): Promise<StreetNight> {
	const answer = readOptions(wordsOf(task));
	if (answer.kind !== "run") throw new Error(answer.kind === "wrong" ? answer.why : "help");
	const { options } = answer;
	const prepared = prepare(options);
	if (typeof prepared === "string") throw new Error(prepared);
	const { latitude, longitude, sky } = task;
	const scenario = { ...prepared, daylight: createSky(sky, latitude, longitude) };
	const { traffic } = trafficOf(options, scenario.epochUtc);
	const configured = configuredAs(task.option, configuredOf(options), traffic);
	const { places } = configuredOf(options);
	const stage = await stageOf(options, scenario);
	const observer = new Observer(options.lamps, scenario.epochUtc, configured);
	const { witnesses, recorder } = observer;
	const parts: RunParts = {
		...stage,
		configured: { ...configured, ...(places ? { places } : {}) },
		witnesses,
		listeners: [recorder.onEffect],
	};
	const run = new Run(parts);
	onRun(() => run.street.reached / scenario.end);
	try {
		const why = await run.go();
		if (why !== undefined) throw new Error(why);
		return observer.nightAt(run.street.reached, run.meter.energyAt(run.street.reached));
	} finally {
		stage.fleet.dispose();
		await stage.network.close();
	}
}

function wordsOf(task: NightTask): string[] {
	const { poles, vehicles, walkers, seed, latitude, longitude, zone, start, length_s } = task;
	const values = {
		poles: poles.join(","),
		vehicles,
		...(walkers === undefined ? {} : { walkers }),
		seed,
		place: `${latitude},${longitude}`,
		zone,
		start,
		duration: `${length_s}s`,
		speed: "max",
	};
	return ["--headless", ...Object.entries(values).map(([name, value]) => `--${name}=${value}`)];
}

type Configured = ReturnType<typeof configuredOf>;

class Observer {
	readonly recorder: Recorder;
	readonly #debt: Debt;
	readonly #passages: Passages;
	readonly #played: PlayedOptions;
	readonly #switched = new Map<Today, Line[]>();

	constructor(lamps: number, epochUtc: number, configured: Configured) {
		const { onLevel, offLevel, fullLevel = 100, maxLevel, zone } = configured;
		const level = Math.min(fullLevel, maxLevel);
		this.recorder = new Recorder(lamps);
		this.#debt = new Debt(lamps, { level, onLevel });
		this.#passages = new Passages(lamps, onLevel, DUSK);
		const { ledPower_W } = METER_VALUES;
		const about = { lamps, epochUtc, zone, onLevel, offLevel, ledPower_W, fullLevel: level };
		const onSwitch = (option: Today, at: number, asked: number) => this.#switch(option, at, asked);
		this.#played = new PlayedOptions({ ...about, onSwitch });
	}

	get witnesses() {
		return [this.recorder, this.#debt, this.#passages, ...this.#played.witnesses];
	}

	#switch(option: Today, at: number, level: number): void {
		const lines = this.#switched.get(option) ?? [];
		const to = (FULL_DUTY * level) / 100;
		lines.push({ at, from: to, to, until: at, cause: level > 0 ? PROGRAM : NONE });
		this.#switched.set(option, lines);
	}

	nightAt(at: number, energy_kWh: number): StreetNight {
		const { personMs, owedMs } = this.#debt;
		const { passed, unlit } = this.#passages;
		const seconds = { person_s: personMs / 1000, below_s: owedMs / 1000 };
		const streetFigures = { energy_kWh, ...seconds, passed, unlit, ...this.#passages.hoursAt(at) };
		const today = Object.entries(this.#played.figuresAt(at)).map(([name, figures]) => [
			name,
			{ course: courseOf(this.#switched.get(name as Today) ?? []), figures: summed(figures) },
		]);
		return {
			courses: this.recorder.courses,
			figures: summed(streetFigures),
			today: Object.fromEntries(today) as StreetNight["today"],
		};
	}
}

/** Kinds of road users together; rounded, so that a figure is the same text on every machine. */
function summed({ passed, unlit, ...others }: NightFigures): StreetFigures {
	const numbers = Object.entries(others).map(([name, value]) => [
		name,
		Math.round(1e4 * value) / 1e4,
	]);
	return {
		...(Object.fromEntries(numbers) as typeof others),
		passed: sumOf(passed),
		unlit: sumOf(unlit),
	};
}
