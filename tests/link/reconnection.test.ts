/** A city comes back to its broker within the bounds of docs/broker.md, a quarter as large. */
import { describe, expect, test } from "@jest/globals";
import { CITY, type City, returnOf, SCENARIOS } from "../support/reconnection/city.js";

const QUARTER: City = { ...CITY, lamps: CITY.lamps / 4, accepts: CITY.accepts / 4 };
const EVEN = (QUARTER.lamps / QUARTER.spread) * 1000;

describe("2,500 lamps and a broker that lets in 50 a second (seed 20261124)", () => {
	test.each(SCENARIOS)("after $name", (scenario) => {
		const { tally, allBack } = returnOf(scenario, QUARTER);
		expect(tally.backs).toBe(QUARTER.lamps);
		expect(tally.peak).toBeLessThanOrEqual(1.5 * EVEN);
		expect(allBack).toBeLessThanOrEqual(QUARTER.spread + 60_000);
		expect(allBack).toBeGreaterThan(QUARTER.spread / 2); // and nobody hurried
	});
});
