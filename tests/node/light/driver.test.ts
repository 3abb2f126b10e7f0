/** Driver: the duty that a level gives, on a PWM of 12 to 20 bits. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Driver } from "../../../src/node/light/driver.js";
import type { Percent } from "../../../src/units.js";
import { evenly } from "../../support/evenly.js";
import { percent } from "../../support/percent.js";

const SEED = 20261124;
const PLAIN = {
	virtualLightOutput: 100 as Percent,
	cleaningFactor: 100 as Percent,
	cleaningPeriod: 0,
	cleanedAt: 0,
	depreciation: "",
	hoursBefore: 0,
	minimumDuty: 0,
	deratingStart: 80,
	deratingLevel: 100 as Percent,
};

/** What a driver without a relay wrote last, after it showed each level; the pin is low at boot. */
function dutyOf(levels: readonly number[], resolution: number): number {
	let written = 0;
	const dimmer = { resolution, write: (duty: number) => (written = duty) };
	const driver = new Driver({ serial: "L1", relay: "notAvailable", dimmer }, PLAIN, 0, 0);
	for (const level of levels) driver.show(percent(level), 0);
	return written;
}

describe("duty", () => {
	test.each([
		[0, 12, 0],
		[0.001, 12, 1], // only off is 0
		[20, 12, 819],
		[50, 12, 2048],
		[100, 12, 4095],
		[100, 14, 16383],
		[20, 16, 13107],
		[100, 20, 1048575],
	])("%f %% on %i bits is %i", (level, resolution, duty) => {
		expect(dutyOf([level], resolution)).toBe(duty);
	});
	test(`more light is never less duty, never beyond the PWM, whatever was shown before (seed ${SEED})`, () => {
		const level = evenly(0, 100);
		const property = (a: number, b: number, resolution: number) => {
			const low = dutyOf([Math.max(a, b), Math.min(a, b)], resolution);
			const high = dutyOf([Math.min(a, b), Math.max(a, b)], resolution);
			expect(low).toBeLessThanOrEqual(high);
			expect(high).toBeLessThanOrEqual(2 ** resolution - 1);
			expect(low === 0).toBe(Math.min(a, b) === 0);
		};
		const bits = fc.integer({ min: 12, max: 20 });
		fc.assert(fc.property(level, level, bits, property), { seed: SEED });
	});
});
