/** Twilight: the paces of dusks, with the sun of suncalc as oracle. */
import { describe, expect, test } from "@jest/globals";
import { DAY, MINUTE } from "../../lib/spans.js";
import { fastestPaceAt, sinksFor, slowestPaceAt } from "../../src/sensing/twilight.js";
import { elevationAt } from "../../src/time/sun.js";
import type { UtcMillis } from "../../src/units.js";

/** Share that a clear sky loses with each degree (rooftop measurements, docs/sensing.md). */
const DEGREE_SHARE = 1.08;
const NEW_YEAR = Date.UTC(2026, 0, 1);
const LATITUDES = [-50, 0, 38, 50.6, 58];

/** Paces of the dusks of a year where the sun passes -1 degree, share a minute. */
function dusksAt(latitude: number): number[] {
	const place = { latitude, longitude: 0 };
	const sunAt = (at: number) => elevationAt(place, at as UtcMillis);
	const paces: number[] = [];
	for (let at = NEW_YEAR + DAY / 2; paces.length < 73; at += 5 * DAY) {
		let dusk = at;
		while (sunAt(dusk) > -1) dusk += MINUTE;
		paces.push(DEGREE_SHARE * (sunAt(dusk - MINUTE) - sunAt(dusk)));
	}
	return paces;
}

describe("the dusks of a year", () => {
	test.each(LATITUDES)("at %d degrees lie between the slowest and the fastest pace", (latitude) => {
		const paces = dusksAt(latitude);
		expect(Math.max(...paces)).toBeLessThan(1.01 * fastestPaceAt(latitude));
		expect(Math.max(...paces)).toBeGreaterThan(0.97 * fastestPaceAt(latitude));
		expect(Math.min(...paces)).toBeGreaterThan(0.94 * slowestPaceAt(latitude));
		expect(Math.min(...paces)).toBeLessThan(1.05 * slowestPaceAt(latitude));
	});
	test("have no slowest pace where the sun may not set", () => {
		expect([slowestPaceAt(66.6), slowestPaceAt(90)]).toEqual([0, 0]);
	});
});

test("the sun sinks by a degree in four minutes at the equator in an equinox", () => {
	expect(sinksFor(1, fastestPaceAt(0))).toBeCloseTo(4 * MINUTE, 6);
});
