/**
 * Town years: a year of old lamps against the sun of another ephemeris.
 *
 * Promise: A town's old lamps draw their watts for as long as another ephemeris has the sun below the setting.
 */
import { expect, test } from "@jest/globals";
import { HOUR } from "../../../lib/spans.js";
import { yearsOf } from "../../../town/nights/townyears.js";
import type { TypicalStreet } from "../../../town/nights/typicalstreets.js";
import { passageOf } from "../../support/ephemeris.js";

const LIEGE = { latitude: 50.63, longitude: 5.57 };
const EVENING = {
	...LIEGE,
	zone: "Europe/Brussels",
	start: "2026-11-24T14:00:00Z",
	length_s: 3600,
	seed: 1,
};
/** The setting `darkElevation`, degrees. */
const DARK = -2;

/** Hours of 2026 in which the sun is below `DARK`, for nights that begin in it. */
function darkHours(): number {
	const site = [LIEGE.latitude, LIEGE.longitude] as const;
	let hours = 0;
	for (let noon = Date.UTC(2026, 0, 1, 12); noon < Date.UTC(2027, 0, 1); noon += 24 * HOUR) {
		const dusk = passageOf(site, DARK, noon, "sinks");
		hours += (passageOf(site, DARK, dusk, "rises") - dusk) / HOUR;
	}
	return hours;
}

test("old lamps burn at their watts while the sun is below the setting, within 0.5 %", async () => {
	const street = { isRoad: false, vehicles: 458, walkers: 205 } as TypicalStreet;
	const years = await yearsOf([street], EVENING);
	const lights = [0, 1, 2].map((light) => [light, 0] as const);
	const { low, mid, high } = years.mwhOf("sodium", lights, Float32Array.of(83, 118, Number.NaN))!;
	const oracle = ((83 + 118) * darkHours()) / 1e6;
	expect(Math.abs(mid / oracle - 1)).toBeLessThan(0.005);
	expect([low / mid, high / mid]).toEqual([expect.closeTo(0.9), expect.closeTo(1.1)]);
	expect(years.mwhOf("sodium", lights.slice(2), Float32Array.of(83, 118, Number.NaN))).toBe(
		undefined,
	);
});
