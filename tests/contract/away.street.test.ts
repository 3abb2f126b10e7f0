/**
 * Away: a night without a broker, in real machines; the whole week is in tests/slow/soak.
 *
 * Promise: A lamp without a broker keeps its light and its events for the whole night.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { HOUR } from "../../lib/spans.js";
import { scaled } from "../support/scale.js";
import {
	type Absence,
	births,
	type Compared,
	compare,
	facts,
	GAP,
	gaps,
	hashOf,
	lost,
	reportsOf,
	shortestGap,
} from "./away.js";

const NIGHT: Absence = {
	line: "--seed 5 --start 2026-11-24T16:30:00+01:00",
	lamps: 2,
	hours: scaled(14, 18),
	cuts: [
		[1.2 * HOUR, 2],
		[2.9 * HOUR, 2],
	],
};

describe("a night without a broker", () => {
	let both: Compared;
	beforeAll(async () => {
		both = await compare(NIGHT);
	});

	// security: 5.9-1, 5.9-2
	test("the PWM of all lamps is the same to the byte", () => {
		const { near, far } = both;
		expect(near.light.length).toBeGreaterThan(500);
		expect(far.light.find((change, index) => change !== near.light[index])).toBeUndefined();
		expect(hashOf(far.light)).toBe(hashOf(near.light));
	});

	test.each([1, 2])(
		"lamp %i reports afterwards all that it would have reported at once",
		(lamp) => {
			const [near, far] = [reportsOf(both.near, lamp), reportsOf(both.far, lamp)];
			expect(gaps(far)).toEqual([]);
			expect(lost(far)).toBe(0);
			expect(facts(far)).toEqual(facts(near));
			expect(facts(far).length).toBeGreaterThanOrEqual(lamp === 2 ? 12 : 6);
			expect(far.filter(({ suffix }) => suffix === "telemetry").length).toBeGreaterThanOrEqual(12);
		},
	);

	test.each([1, 2])("lamp %i gives each message the time of what it reports", (lamp) => {
		const [near, far] = [births(reportsOf(both.near, lamp)), births(reportsOf(both.far, lamp))];
		expect([...far.keys()]).toEqual(lamp === 2 ? [1, 2, 3] : [1]);
		for (const [life, [least, most]] of far) {
			expect(most - least).toBeLessThan(1_000);
			expect(Math.abs(least - near.get(life)![0])).toBeLessThan(1_000);
		}
	});

	test.each([1, 2])("lamp %i sends no faster than the contract says", (lamp) => {
		const far = reportsOf(both.far, lamp);
		expect(far.filter(({ at }) => at > both.back).length).toBeGreaterThan(20);
		expect(shortestGap(far, both.back)).toBeGreaterThanOrEqual(GAP);
	});

	test.each([1, 2])("lamp %i misses no reading, no road user and no kilowatt-hour", (lamp) => {
		const [near, far] = [reportsOf(both.near, lamp), reportsOf(both.far, lamp)];
		const users = (all: typeof far) =>
			all.reduce((sum, { body }) => sum + Number(body.roadUserNumber ?? 0), 0);
		expect(users(near)).toBeGreaterThan(100);
		expect(users(far)).toBe(users(near));
		const seconds = (all: typeof far) =>
			all.reduce(
				(sum, { suffix, body }) => sum + (suffix === "telemetry" ? Number(body.interval_s) : 0),
				0,
			);
		expect(seconds(near)).toBeGreaterThan((NIGHT.hours - 2) * 3_600);
		expect(Math.abs(seconds(far) - seconds(near))).toBeLessThan(10); // each is rounded
		const last = (all: typeof far) =>
			all.filter(({ suffix }) => suffix === "telemetry").at(-1)!.body.activeEnergy_kWh;
		expect(last(far)).toBe(last(near));
	});
});
