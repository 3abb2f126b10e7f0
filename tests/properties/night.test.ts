/**
 * Night: what must hold in random nights of one lamp, read from the PWM and the world.
 *
 * LUMINODE_NIGHTS nights for each property, 60 unless said; tests/slow/soak has thousands.
 */
import { describe, expect, test } from "@jest/globals";
import { Node } from "../../src/node.js";
import { leastOf, SITUATIONS, type Tally, tooSeldom } from "./coverage.js";
import type { Happening } from "./happenings.js";
import type { Night } from "./night.js";
import { holds, PROPERTIES } from "./properties.js";

const SEED = 20261125;
const NIGHTS = Number(process.env.LUMINODE_NIGHTS ?? 60);

describe(`${NIGHTS} random nights each (seed ${SEED})`, () => {
	const tally: Tally = new Map();
	test.each(PROPERTIES)("$name", (property) => holds(property, SEED, NIGHTS, tally));

	test("what these nights must have brought about came often enough", () => {
		expect(tooSeldom(tally, NIGHTS)).toEqual([]);
	});
	test("a generator that makes one of them no more is found out", () => {
		const expected = Object.keys(SITUATIONS) as (keyof typeof SITUATIONS)[];
		for (const situation of expected.filter((candidate) => leastOf(candidate, NIGHTS) > 0))
			expect(tooSeldom(new Map([...tally].filter(([name]) => name !== situation)), NIGHTS)).toEqual(
				[`${situation}: 0 of ${NIGHTS} nights`],
			);
	});
});

/** A protected lamp of 60 %, occupied by nobody. */
const STREET: Omit<Night, "photocell" | "start" | "happenings"> = {
	sky: 0.5,
	heat: { start: 40, level: 10 },
	switched: false,
	row: false,
	points: [],
	firstLevel: 0,
	ignorePresence: false,
	relay: false,
	light: {
		floorLevel: 0,
		fullLevel: 60,
		presenceLevel: 60,
		lingerLevel: 0,
		lightProtected: true,
		hold: 5,
		linger: 0,
		settleTime: 0,
		riseTime: 0,
		fallTime: 1,
		systemFailureLevel: 60,
	},
};

describe("a night that was judged wrongly", () => {
	test.each<[why: string, property: string, night: Night]>([
		[
			"a light within the half minute in which a misled lamp would see the dark",
			"whoever is there, and the street, has the light it is owed",
			{
				...STREET,
				photocell: true,
				start: 1767279600000,
				happenings: [
					{ what: "sensor", at: 4483454, length: 367474, lux: 54612 },
					{ what: "flash", at: 4880927, length: 70274, lux: 1070 },
				],
			},
		],
		[
			"a clock chip that ran on over a loss of power, before two answers agreed",
			"whoever is there, and the street, has the light it is owed",
			{
				...STREET,
				photocell: false,
				start: 1774710000000,
				happenings: [
					{ what: "time", at: 0, error: 0 },
					{ what: "cut", at: 60000, length: 60000 },
					{ what: "time", at: 120001, error: 0 },
					{ what: "restart", at: 120001, cause: "brownout" },
					{ what: "time", at: 120002, error: 960000 },
				] satisfies Happening[],
			},
		],
		[
			"two stays that touch and together keep a PIR active for more than an hour",
			"energy is that of a lamp that is given the road users",
			{
				...STREET,
				light: { ...STREET.light, fullLevel: 83, lightProtected: false },
				photocell: false,
				relay: true,
				start: 1767279600000,
				happenings: [
					{ what: "time", at: 11824, error: 0 },
					{ what: "stay", at: 14985001, length: 1882916 },
					{ what: "stay", at: 16867917, length: 2400000 },
				],
			},
		],
	])("%s", (_why, property, night) => {
		const found = PROPERTIES.find(({ name }) => name === property)!;
		expect(found.check(night, Node)).toBeUndefined();
	});
});
