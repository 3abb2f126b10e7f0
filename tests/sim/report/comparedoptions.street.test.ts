/**
 * Options: time below full class, of streets whose light at each instant follows from their program.
 *
 * Promise: The figures by which options are compared are those of their light.
 */
import { expect, test } from "@jest/globals";
import type { ComparedOption } from "../../../lib/lightingoptions/options.js";
import { readOptions } from "../../../sim/cli/words.js";
import { stageOf } from "../../../sim/files/stage.js";
import type { Options } from "../../../sim/options/options.js";
import { outcomeOf } from "../../../sim/report/comparedoptions.js";
import { simulate } from "../../../sim/report/simulated.js";
import { Observation } from "../../../sim/run/observation.js";
import type { RunParts } from "../../../sim/run/parts.js";
import { prepare } from "../../../sim/run/scenario.js";
import { playWorld } from "../../../sim/run/withoutmachines.js";
import { together } from "../../../sim/street/witness.js";

const WORDS = "--lamps 2 --seed 7 --procession bicycle@15/60s --duration 20m";

/** Today's options under the same sky and traffic, in a street without machines. */
function playedAlone(options: Options) {
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const { played } = new Observation({ options, scenario } as RunParts, () => 0);
	playWorld(options, scenario, together(played.witnesses));
	return played.figuresAt(scenario.end);
}

async function shareBelow(
	option: ComparedOption,
	start: string,
	...more: string[]
): Promise<number> {
	const args = ["--headless", ...WORDS.split(" "), "--start", `2026-11-24T${start}+01:00`];
	const answer = readOptions([...args, ...more]);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const data = await simulate(answer.options, option, "", stageOf);
	if (typeof data === "string") throw new Error(data);
	expect(data.today).toEqual(playedAlone(answer.options));
	const { person_s, below_s } = outcomeOf(option, data);
	expect(person_s).toBeGreaterThan(30);
	return below_s / person_s;
}

test.each([
	["full class all night: nobody", "full", "22:05", 0, []],
	["dimmed by program, before 22:00: nobody", "profile", "21:35", 0, []],
	["dimmed by program, after 22:00: everybody", "profile", "22:05", 1, []],
	[
		"a presence level below the full class: everybody",
		"street",
		"22:05",
		1,
		["--set", "light.presenceLevel=80"],
	],
] as const)("%s", async (_, option, start, share, more) => {
	expect(await shareBelow(option, start, ...more)).toBeCloseTo(share, 2);
});

test("the LED at full class as machines and as played: the same light; the machines' standby more", async () => {
	const commandLine = "--headless --lamps 2 --seed 7 --start 2026-11-24T22:00+01:00 --duration 30m";
	const answer = readOptions(commandLine.split(" "));
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const data = await simulate(answer.options, "full", "", stageOf);
	if (typeof data === "string") throw new Error(data);
	const { lampFigures: own, today } = data;
	expect(own.passed).toEqual(today.full.passed);
	expect(own.person_s).toBeCloseTo(today.full.person_s, 6);
	const node_kWh = (2 * 0.5 * 0.5) / 1000; // two lamps, half a watt, half an hour
	const boot_kWh = (2 * 37 * 2) / 3_600_000; // not lit for 2 s at most
	expect(Math.abs(own.energy_kWh - today.full.energy_kWh - node_kWh)).toBeLessThan(boot_kWh);
});

/** Watts of a lamp with controller at 100 %, 60 % and 40 % (docs/energy.md). */
const [FULL, HALF, FLOOR] = [37.5, 37 * (0.51 + 0.2 * 0.49) + 0.5, 37 * (0.06 + 0.8 * 0.45) + 0.5];

/** Mean watts of a lamp that `count` road users an hour light for `lit` seconds, then for 30 at 60 %. */
function expected(count: number, lit: number): number {
	const since = (seconds: number) => 1 - Math.exp((-count * seconds) / 3600);
	const [full, both] = [since(lit), since(lit + 30)];
	return full * FULL + (both - full) * HALF + (1 - both) * FLOOR;
}

test.each([
	["presence", 36],
	["neighbours", 48],
] as const)(
	"%s: four hours use what the year's expectation says, within the model's 10 %%",
	async (option, lit) => {
		const commandLine =
			"--headless --lamps 6 --seed 7 --start 2026-11-24T20:00+01:00 --duration 4h";
		const answer = readOptions(commandLine.split(" "));
		if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
		const data = await simulate(answer.options, option, "", stageOf);
		if (typeof data === "string") throw new Error(data);
		const hours = data.hours.slice(0, 4).map(({ counts }) => Object.values(counts));
		const watts = hours.map((counts) =>
			expected(
				counts.reduce((a, b) => a + b),
				lit,
			),
		);
		const wanted = (6 * watts.reduce((sum, watt) => sum + watt)) / 1000;
		expect(data.lampFigures.energy_kWh / wanted).toBeGreaterThan(0.9);
		expect(data.lampFigures.energy_kWh / wanted).toBeLessThan(1.1);
	},
);
