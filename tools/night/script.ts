/**
 * Night script: the inputs of one night as lines, for a lamp on any host.
 *
 * The grammar is that of hosts/desktop/scripted.ts. No two inputs fall on one millisecond, and none
 * on a whole second, where the lamp's own alarms lie: hosts may order simultaneous inputs
 * differently.
 */
import { random } from "../../lib/random.js";
import { HOUR } from "../../lib/spans.js";
import { nightSettings } from "./settings.js";

const SECOND = 1000;
const START = Date.UTC(2026, 10, 24, 15, 30);
const LENGTH = 17 * HOUR;
const PASSES = 60;
/** A reading each five minutes around dusk and dawn: as a clear sky darkens. */
const LUX_STEP = 300 * SECOND;

export interface Line {
	readonly at: number;
	readonly input: "movement" | "stillness" | "illuminance" | "temperature" | "time";
	readonly value: number;
}

export interface NightScript {
	/** Keys and texts of the store before power on. */
	readonly stored: readonly (readonly [key: string, text: string])[];
	readonly lines: readonly Line[];
	readonly end: number;
}

/** The night of a seed, with the settings of its last digit: the same lines for the same number. */
export function nightScript(seed: number): NightScript {
	const { sections, start = START, dusk = 0.4, dawn = 15.6, ...world } = nightSettings(seed);
	const { next: chance } = random(seed, "night script");
	const odd = (at: number) => Math.floor(at / SECOND) * SECOND + 1 + Math.floor(chance() * 990);
	const lines: Line[] = [];
	const add = (at: number, input: Line["input"], value = 0) =>
		lines.push({ at: odd(at), input, value });
	for (let step = 0; step < 12; step += 1) {
		const lux = Number(((world.brightest ?? 300) * (world.fall ?? 0.66) ** step).toFixed(1));
		add(dusk * HOUR + step * LUX_STEP, "illuminance", lux);
		add(dawn * HOUR + (11 - step) * LUX_STEP, "illuminance", lux);
	}
	for (let hour = 0; hour < LENGTH / HOUR; hour += 1) {
		const at = odd(hour * HOUR + 60 * SECOND);
		lines.push({ at, input: "time", value: start + at });
		add(hour * HOUR + 90 * SECOND, "temperature", Math.round((world.warmest ?? 8) - 6 * chance()));
	}
	for (let pass = 0; pass < PASSES; pass += 1) {
		const from = (pass + chance() * 0.6) * (LENGTH / PASSES);
		add(from, "movement");
		add(from + (2 + 90 * chance()) * SECOND, "stillness");
	}
	lines.sort((a, b) => a.at - b.at);
	const isGiven = ({ input }: Line) =>
		!(world.hasNoTime && input === "time") && !(world.hasNoLight && input === "illuminance");
	const stored = Object.entries(sections).map(
		([section, values]) => [`set.${section}`, JSON.stringify(values)] as const,
	);
	return { stored, lines: lines.filter(isAlone).filter(isGiven), end: LENGTH };
}

/** The script as standard input of a headless lamp. */
export function textOf({ stored, lines, end }: NightScript): string {
	const head = stored.map(([key, text]) => `store ${key} ${text}`);
	const body = lines.map(({ at, input, value }) => `${at} ${input} ${value}`);
	return [...head, ...body, `${end} end`, ""].join("\n");
}

function isAlone(line: Line, index: number, lines: readonly Line[]): boolean {
	return line.at !== lines[index - 1]?.at;
}
