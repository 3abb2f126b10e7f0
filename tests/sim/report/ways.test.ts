/** Ways: time below full class, of streets whose light at each instant follows from their program. */
import { expect, test } from "@jest/globals";
import { readOptions } from "../../../sim/cli/options.js";
import type { ComparedWay } from "../../../sim/page/messages.js";
import { simulate } from "../../../sim/report/simulated.js";
import { outcomeOf } from "../../../sim/report/ways.js";

const WORDS = "--lamps 2 --seed 7 --procession bicycle@15/60s --duration 20m";

async function shareBelow(way: ComparedWay, start: string, ...more: string[]): Promise<number> {
	const words = ["--headless", ...WORDS.split(" "), "--start", `2026-11-24T${start}+01:00`];
	const answer = readOptions([...words, ...more]);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const data = await simulate(answer.options, way, "");
	if (typeof data === "string") throw new Error(data);
	const { person_s, below_s } = outcomeOf(way, data);
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
] as const)(
	"%s",
	async (_, way, start, share, more) => {
		expect(await shareBelow(way, start, ...more)).toBeCloseTo(share, 2);
	},
	60_000,
);
