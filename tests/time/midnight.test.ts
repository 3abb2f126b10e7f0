/** Midnight: what nights teach, what is no night, and how far off it can be. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import { utcAt } from "../../src/time/clock.js";
import {
	assumedClock,
	dawn,
	dusk,
	earliestDawn,
	firstAssumedClock,
	type Midnight,
	midnightOf,
	midnightOffset,
	remembered,
	unseen,
	usualLength,
	withLived,
} from "../../src/time/midnight.js";
import { elevationAt } from "../../src/time/sun.js";
import type { UtcMillis } from "../../src/units.js";

const LIEGE = { latitude: 50.63, longitude: 5.57 };

/** Sees nights given as [dusk, dawn], ms. */
function see(state: Midnight, ...nights: readonly (readonly [number, number])[]): Midnight {
	let seen = state;
	for (const [from, to] of nights) seen = dawn(dusk(seen, from), to);
	return seen;
}
/** A night of `length` around the nth midnight (at n days). */
const night = (n: number, length: number): [number, number] => [
	n * DAY - length / 2,
	n * DAY + length / 2,
];
const NONE = remembered([]);
const THREE = see(NONE, night(1, 14 * HOUR), night(2, 14 * HOUR), night(3, 14 * HOUR));
/** Difference of two times of day. */
const apart = (a: number, b: number) => Math.abs(((((a - b) % DAY) + 1.5 * DAY) % DAY) - DAY / 2);

test.each([
	["two are chance", [14, 14], undefined],
	["the middle one of three", [2, 14, 15], 14],
	[
		"the mean of the middle two of four: one that was an afternoon's shifts nothing",
		[14, 2, 15, 15],
		14.5,
	],
])("what a night lasts: %s", (_why, hours, usual) => {
	const length = usualLength(hours.map((length) => length * HOUR));
	expect(length).toBe(usual && usual * HOUR);
});

describe("what nights teach", () => {
	const cases: [why: string, state: Midnight, midnight: number | undefined][] = [
		["nothing seen", NONE, undefined],
		["two nights are chance", see(NONE, night(1, 14 * HOUR), night(2, 14 * HOUR)), undefined],
		["three are enough", THREE, 3 * DAY],
		["a night of under 3 h is a storm", see(THREE, night(4, 3 * HOUR - 1)), 3 * DAY],
		["one of over 18 h is a dead sensor", see(THREE, night(4, 18 * HOUR + 1)), 3 * DAY],
		[
			"the mean of the last four counts",
			see(THREE, [4 * DAY - 6 * HOUR, 4 * DAY + 8 * HOUR]),
			4 * DAY + 15 * MINUTE,
		],
		[
			"one cut in two by a floodlight is not one",
			see(THREE, [4 * DAY - 7 * HOUR, 4 * DAY + 2 * HOUR], [4 * DAY + 2.1 * HOUR, 4.3 * DAY]),
			3 * DAY,
		],
		[
			"a light sensor that fell silent in between saw no night",
			dawn(unseen(dusk(THREE, 3.7 * DAY)), 4.4 * DAY),
			3 * DAY,
		],
		["lengths of a life before say nothing without an edge", remembered(THREE.lengths), undefined],
		["with a dusk they do", dusk(remembered(THREE.lengths), 1000), 1000 + 7 * HOUR],
		[
			"nights as long as the sun's but for the weather are the lamp's own",
			dusk(remembered(THREE.lengths), 1000, 15.5 * HOUR),
			1000 + 7 * HOUR,
		],
		[
			"a feeder that is cut in the small hours lives less than the sun's night: that one counts",
			dusk(remembered(THREE.lengths), 1000, 15.5 * HOUR + 1),
			1000 + 7.75 * HOUR + 0.5,
		],
		["with a dawn, too", dawn(remembered(THREE.lengths), 8 * HOUR), HOUR],
	];
	test.each(cases)("%s", (_why, state, midnight) => {
		expect(midnightOf(state)).toBe(midnight);
	});
	test("a lamp that was moved to other nights is learnt anew after three", () => {
		const far = (n: number): [number, number] => [n * DAY - HOUR, n * DAY + 13 * HOUR];
		const two = see(THREE, far(4), far(5));
		expect(midnightOf(two)).toBe(3 * DAY);
		expect(midnightOf(see(two, far(6)))).toBeUndefined();
		expect(midnightOf(see(two, far(6), far(7), far(8)))).toBe(8 * DAY + 6 * HOUR);
	});
	test("a feeding that was cut short costs the oldest night, one that was not is kept", () => {
		const four = [13, 14, 15, 14].map((hours) => hours * HOUR);
		expect(withLived(four, 5 * HOUR)).toEqual(four.slice(1));
		expect(withLived(four, 14 * HOUR)).toEqual([...four.slice(1), 14 * HOUR]);
		expect(withLived(four, 30 * HOUR)).toEqual(four); // fed by day, for some work
		expect(withLived([], 30 * MINUTE)).toEqual([30 * MINUTE]);
		expect(withLived([], 30 * MINUTE - 1)).toEqual([]);
	});
});

describe("nights under cloud", () => {
	const cloud = fc.integer({ min: -10 * MINUTE, max: 10 * MINUTE });
	const clouds = fc.array(fc.tuple(cloud, cloud), { minLength: 3, maxLength: 20 });
	const lengths = fc.integer({ min: 4 * HOUR, max: 17 * HOUR });

	test("midnight is learnt to 15 minutes, and moves by 10 at most, at dawn only", () => {
		fc.assert(
			fc.property(lengths, clouds, (length, jitters) => {
				let state = NONE;
				let before: number | undefined;
				jitters.forEach(([early, late], n) => {
					const [from, to] = night(n, length);
					state = dusk(state, from + early);
					assert.equal(midnightOf(state), before);
					state = dawn(state, to + late);
					const learnt = midnightOf(state);
					if (n < 2) assert.equal(learnt, undefined);
					else assert.ok(apart(learnt!, 0) <= 15 * MINUTE);
					if (before !== undefined) assert.ok(apart(learnt!, before) <= 10 * MINUTE);
					before = learnt;
				});
			}),
			{ seed: 2411 },
		);
	});
	test("what is no night of 3 to 18 h changes nothing that was learnt", () => {
		const noNight = fc.oneof(
			fc.integer({ min: 0, max: 3 * HOUR - 1 }),
			fc.integer({ min: 18 * HOUR + 1, max: 300 * HOUR }),
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: DAY }), noNight)), (spans) => {
				let state = THREE;
				let now = 4 * DAY;
				for (const [pause, length] of spans) {
					state = see(state, [now + pause, now + pause + length]);
					now += pause + length;
				}
				assert.deepEqual(state.lengths, THREE.lengths);
				assert.equal(midnightOf(state), 3 * DAY);
			}),
			{ seed: 2412 },
		);
	});
});

describe("the date laid over it", () => {
	const at = (text: string) => Date.parse(text) as UtcMillis;
	test("midnight is where the sun stands lowest, by any date of the year", () => {
		const days = fc.integer({ min: 0, max: 3650 });
		fc.assert(
			fc.property(days, fc.integer({ min: 0, max: 400 * DAY }), (day, midnight) => {
				const about = (at("2026-01-01T23:00:00Z") + day * DAY) as UtcMillis;
				const utc = utcAt(assumedClock(midnight, about, midnight, LIEGE), midnight)!;
				const low = elevationAt(LIEGE, utc);
				for (const side of [-30 * MINUTE, 30 * MINUTE])
					assert.ok(elevationAt(LIEGE, (utc + side) as UtcMillis) > low);
				assert.ok(Math.abs(utc - about) < 1.5 * HOUR);
			}),
			{ seed: 2413 },
		);
	});
	const firsts: [why: string, known: string, now: number, isDusk: boolean, evening: string][] = [
		["at dusk, the morning's date", "2026-11-24T07:00:00Z", -7 * HOUR, false, "2026-11-24"],
		["at dusk, after yesterday's evening", "2026-11-23T20:00:00Z", -7 * HOUR, false, "2026-11-24"],
		["an hour before it, the hour's", "2026-11-24T22:30:00Z", -HOUR, false, "2026-11-24"],
		["at dawn, the evening's", "2026-11-24T20:00:00Z", 7 * HOUR, false, "2026-11-24"],
		[
			"fed again at dusk, after the dusk before",
			"2026-11-23T16:01:00Z",
			-7 * HOUR,
			true,
			"2026-11-24",
		],
		["likewise in June", "2026-06-20T20:30:00Z", -3 * HOUR, true, "2026-06-21"],
		[
			"fed again at dusk, the morning's date",
			"2026-11-24T07:30:00Z",
			-7 * HOUR,
			true,
			"2026-11-24",
		],
	];
	test.each(firsts)("%s: the first midnight from there", (_why, known, now, isDusk, evening) => {
		const clock = firstAssumedClock(0, at(known), now, LIEGE, isDusk);
		expect(new Date(utcAt(clock, 0)! - 12 * HOUR).toISOString().slice(0, 10)).toBe(evening);
	});
	test("a clock is as much at odds as it is wrong", () => {
		const right = utcAt(assumedClock(0, at("2026-11-24T23:00:00Z"), 0, LIEGE), 0)!;
		for (const wrong of [0, HOUR, -HOUR, 5 * HOUR, -11 * HOUR]) {
			const odds = midnightOffset(3 * DAY, right + wrong, 3.2 * DAY, LIEGE);
			expect(Math.abs(odds - wrong)).toBeLessThan(2 * MINUTE);
		}
	});
});

test("no dawn comes an hour before the end of the shortest night, nor 90 min before that of a usual one", () => {
	const learnt = (hours: number) => new Array(3).fill(hours * HOUR);
	const june = earliestDawn([], LIEGE);
	expect(Math.abs(june - 6 * HOUR)).toBeLessThan(10 * MINUTE);
	expect(earliestDawn(learnt(15), LIEGE)).toBe(13.5 * HOUR);
	expect(earliestDawn(learnt(6), LIEGE)).toBe(june);
	expect(earliestDawn([15 * HOUR], LIEGE)).toBe(june); // one night teaches nothing
	expect(earliestDawn([], { latitude: 70, longitude: 20 })).toBe(0);
});
