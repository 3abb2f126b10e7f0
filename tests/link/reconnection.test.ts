/** A city comes back: the study of docs/reconnection.md, half as large, with its bounds. */
import { describe, expect, test } from "@jest/globals";
import { CITY, type City, ours, SCENARIOS } from "../../bench/reconnect/study.js";

const HALF: City = { ...CITY, lamps: CITY.lamps / 2, accepts: CITY.accepts / 2 };
const EVEN = (HALF.lamps / HALF.spread) * 1000;

describe("5,000 lamps and a broker that lets in 100 a second (seed 20261124)", () => {
	test.each(SCENARIOS)("after $name", (scenario) => {
		const { tally, allBack } = ours(scenario, HALF);
		expect(tally.backs).toBe(HALF.lamps);
		expect(tally.peak).toBeLessThanOrEqual(1.5 * EVEN);
		expect(allBack).toBeLessThanOrEqual(HALF.spread + 60_000);
		expect(allBack).toBeGreaterThan(HALF.spread / 2); // and nobody hurried
	});
});
