/** A city is cut between streets, and its numbers are those of the whole. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { streetsIn, streetsOf } from "../../../sim/city/streets.js";
import { cityWords } from "../../../sim/city/version.js";
import { readOptions } from "../../../sim/cli/words.js";

const part = { site: "liege", groups: [], first: 11, place: undefined };
const city = (streets: number) => streetsOf({ streets, lamps: 20, seed: 7, part });

test("the first street is that of the seed; lamps are numbered on; each has a seed of its own", () => {
	const all = city(300);
	expect(all[0]).toEqual({ number: 1, first: 11, seed: 7 });
	expect(all.at(-1)).toMatchObject({ number: 300, first: 11 + 299 * 20 });
	expect(new Set(all.map(({ seed }) => seed)).size).toBe(300);
	expect(city(30)).toEqual(all.slice(0, 30));
});

test("all parts together are all streets, each once, none is empty", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 200 }),
			fc.integer({ min: 1, max: 200 }),
			(streets, of) => {
				fc.pre(of <= streets);
				const all = city(streets);
				const parts = Array.from({ length: of }, (_, n) => streetsIn(all, { index: n + 1, of }));
				const sizes = parts.map(({ length }) => length);
				expect(parts.flat()).toEqual(all);
				expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
			},
		),
	);
});

test.each([
	["--seed 5 --lamps 3 --shard 1/2 --trace a --summary b", "--seed=5 --lamps 3"],
	["--lamps=3 --jobs 4 --neighbours --seed=5", "--seed 5 --lamps 3 --neighbours"],
	["--fault a@1h --fault b --summary=x", "--fault=b --fault=a@1h"],
])("%s makes the city of %s", (commandLine, other) => {
	expect(cityWords(commandLine.split(" "))).toEqual(cityWords(other.split(" ")));
});

describe("options of a city", () => {
	test("are read", () => {
		const args = "--headless --streets 100 --lamps 100 --shard 3/7".split(" ");
		const answer = readOptions(args);
		const read = { streets: 100, shard: { index: 3, of: 7 }, jobs: 1 };
		expect(answer).toMatchObject({ kind: "run", options: { city: read } });
	});

	test.each([
		["--streets 2", "--streets: only with --headless, for the page shows one street"],
		["--headless --shard 1/2", "--shard: only with a city, e.g. --streets 100 --shard 1/4"],
		["--headless --jobs 2", "--jobs: only with a city, e.g. --streets 100 --jobs 2"],
		["--headless --streets 0", "--streets 0: not a whole number from 1 to 8333"],
		["--headless --streets 1000 --lamps 100", "--streets 1000: not a whole number from 1 to 999"],
		["--headless --streets 4 --shard 3/2", "--shard 3/2: not a part like 1/4, up to 4/4"],
		["--headless --streets 4 --shard 0/4", "--shard 0/4: not a part like 1/4, up to 4/4"],
		["--headless --streets 4 --shard 1", "--shard 1: not a part like 1/4, up to 4/4"],
		["--headless --streets 4 --shard 1/5", "--shard 1/5: more parts than the 4 streets"],
		["--headless --streets 4 --jobs 5", "--jobs 5: more than the 4 streets"],
		[
			"--headless --streets 4 --jobs 2 --shard 1/2",
			"--jobs: not with --shard, which is one process",
		],
		["--headless --streets 4 --serial 1", "--serial: not with --streets"],
	])("%s is refused", (commandLine, why) => {
		expect(readOptions(commandLine.split(" "))).toEqual({ kind: "wrong", why });
	});
});
