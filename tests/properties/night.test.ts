/**
 * Night: what must hold in random nights of one lamp, read from the PWM and the world.
 *
 * LUMINODE_NIGHTS nights for each property, 80 unless said; tests/slow/soak has thousands.
 */
import { describe, expect, test } from "@jest/globals";
import { leastOf, SITUATIONS, type Tally, tooSeldom } from "./coverage.js";
import { holds, PROPERTIES } from "./properties.js";

const SEED = 20261124;
const NIGHTS = Number(process.env.LUMINODE_NIGHTS ?? 80);

describe(`${NIGHTS} random nights each (seed ${SEED})`, () => {
	const tally: Tally = new Map();
	test.each(PROPERTIES)("$name", (property) => holds(property, SEED, NIGHTS, tally));

	test("what these nights must have brought about came often enough", () => {
		expect(tooSeldom(tally, NIGHTS)).toEqual([]);
	});
	test("a generator that makes one of them no more is found out", () => {
		const expected = Object.keys(SITUATIONS) as (keyof typeof SITUATIONS)[];
		for (const situation of expected.filter((one) => leastOf(one, NIGHTS) > 0))
			expect(tooSeldom(new Map([...tally].filter(([name]) => name !== situation)), NIGHTS)).toEqual(
				[`${situation}: 0 of ${NIGHTS} nights`],
			);
	});
});
