/**
 * Corroboration: what each witness vouches for, and that no row of answers of a time server, however
 * it is chosen, gives a clock that is further from the truth than its witness says.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import { type ClockState, NO_CLOCK, SYNC_ERROR } from "../../src/time/clock.js";
import {
	type Anchor,
	afterEdge,
	agrees,
	anchored,
	contradicts,
	EDGE_TOLERANCE,
	errorOf,
	knowsDay,
	ONE_EDGE,
	PHOTOCELL_ERROR,
	pastDate,
	SERVERS_DIFFER,
} from "../../src/time/corroboration.js";
import { passageNear, solarMidnightFrom } from "../../src/time/sun.js";
import type { Millis, UtcMillis } from "../../src/units.js";
import { scaled } from "../support/scale.js";

const LIEGE = { latitude: 50.645, longitude: 5.573 };
/** The true date at the monotonic instant 0. */
const NOON = Date.UTC(2026, 10, 24, 12);
const trueAt = (now: Millis) => (NOON + now) as UtcMillis;
/** A clock that was set at `now` and is wrong by `error`. */
const clockOf = (error: number, now: Millis): ClockState => ({
	kind: "synchronised",
	offset: NOON + error,
	since: now,
});
/** The monotonic instant of the true dusk (or dawn) of that day. */
function edgeOf(day: number, dark: boolean): Millis {
	const near = (NOON + day * DAY + (dark ? 6 : 18) * HOUR) as UtcMillis;
	return passageNear(LIEGE, near, dark)! - NOON;
}
const DUSK = edgeOf(0, true);

describe("what the city or a technician says", () => {
	const anchor = anchored("city", trueAt(0), 300, 0);
	const SAME = 300 + SYNC_ERROR + SERVERS_DIFFER;
	test.each<[string, number, Millis, boolean]>([
		["the same clock agrees", 0, 0, true],
		["as far as servers may differ", SAME, 0, true],
		["and not a millisecond more", SAME + 1, 0, false],
		["after a day: and by the drift", SAME + 8640, DAY, true],
		["and not a millisecond more", SAME + 8641, DAY, false],
		["fourteen minutes", 14 * MINUTE, 0, false],
		["a day", DAY, 0, false],
	])("%s", (_what, error, now, expected) => {
		for (const sign of [1, -1])
			expect(agrees(anchor, clockOf(sign * error, now), now)).toBe(expected);
	});
	test("knows the day, is as good as its answer and the drift, and contradicts other answers", () => {
		expect(knowsDay(anchor)).toBe(true);
		expect([errorOf(anchor, 0), errorOf(anchor, DAY)]).toEqual([300, 300 + 8640]);
		expect(pastDate(anchor, DAY)).toBe(NOON + DAY - 8940);
		expect(pastDate({ ...anchor, by: "console" }, DAY)).toBeUndefined();
		expect(contradicts(anchor, trueAt(0), 0)).toBe(false);
		expect(contradicts(anchor, (NOON + 14 * MINUTE) as UtcMillis, 0)).toBe(true);
		expect(contradicts(anchor, Number.NaN as UtcMillis, 0)).toBe(true);
	});
	test("is not replaced by the photocell", () => {
		expect(afterEdge(anchor, clockOf(0, 0), true, DUSK, LIEGE)).toBe(anchor);
	});
});

test("without a witness, and without a clock, nothing is corroborated", () => {
	expect([errorOf(undefined, 0), agrees(undefined, clockOf(0, 0), 0)]).toEqual([Infinity, false]);
	expect(pastDate(undefined, 0)).toBeUndefined();
	const midnight: ClockState = { kind: "midnight", offset: NOON };
	for (const clock of [NO_CLOCK, midnight])
		expect(agrees(anchored("city", trueAt(0), 0, 0), clock, 0)).toBe(false);
	expect(afterEdge(undefined, midnight, true, DUSK, LIEGE)).toBeUndefined();
	expect(afterEdge(undefined, NO_CLOCK, true, DUSK, LIEGE)).toBeUndefined();
	expect(knowsDay(undefined)).toBe(false);
});

describe("the photocell's dusk and dawn", () => {
	test.each<[string, number, boolean]>([
		["a right clock", 0, true],
		["within the weather", EDGE_TOLERANCE - MINUTE, true],
		["beyond it", EDGE_TOLERANCE + MINUTE, false],
		["an hour", HOUR, false],
		["half a day, where the sun rises", 12 * HOUR, false],
		["a whole day, which has nearly the same dusk", DAY, true],
		["half a year", 182 * DAY, false],
	])("%s", (_what, error, vouches) => {
		for (const day of [0, 1])
			for (const dark of [true, false]) {
				const at = edgeOf(day, dark);
				for (const sign of [1, -1]) {
					const clock = clockOf(sign * error, at);
					const anchor = afterEdge(undefined, clock, dark, at, LIEGE);
					expect(errorOf(anchor, at)).toBe(vouches ? ONE_EDGE : Infinity);
					expect(agrees(anchor, clock, at)).toBe(vouches);
					expect(knowsDay(anchor)).toBe(false);
				}
			}
	});
	describe("a dusk and a dawn bound the error, in either order", () => {
		const edge = (anchor: Anchor | undefined, day: number, dark: boolean, error = 0) => {
			const at = edgeOf(day, dark);
			return afterEdge(anchor, clockOf(error, at), dark, at, LIEGE);
		};
		test.each<[string, Anchor | undefined, Millis]>([
			["a dusk", edge(undefined, 0, true), ONE_EDGE],
			["a dusk and the next", edge(edge(undefined, 0, true), 1, true), ONE_EDGE],
			["a dusk and its dawn", edge(edge(undefined, 0, true), 0, false), PHOTOCELL_ERROR],
			["a dawn and the next dusk", edge(edge(undefined, 0, false), 1, true), PHOTOCELL_ERROR],
			[
				"a dawn of a clock that has moved meanwhile",
				edge(edge(undefined, 0, true), 0, false, 5 * MINUTE),
				ONE_EDGE,
			],
		])("%s", (_what, anchor, error) => {
			expect(anchor!.error).toBe(error);
		});
		test("and then no edge moves the anchor, as long as the clock agrees with it", () => {
			const bothEdges = edge(edge(undefined, 0, true), 0, false)!;
			expect(edge(bothEdges, 1, true, 30_000)).toBe(bothEdges);
			expect(edge(bothEdges, 1, true, 10 * MINUTE)).toMatchObject({ error: ONE_EDGE });
		});
		test("a date of another season passes at a dusk, and fails at the dawn", () => {
			const june = Date.UTC(2026, 5, 20, 18) as UtcMillis;
			const error = passageNear(LIEGE, june, true)! - trueAt(DUSK);
			const dusk = edge(undefined, 0, true, error);
			expect(dusk).toMatchObject({ error: ONE_EDGE });
			expect(edge(dusk, 0, false, error)).toBe(dusk);
		});
	});
	test("a dawn does not vouch for a clock at which it is dusk", () => {
		expect(afterEdge(undefined, clockOf(0, DUSK), false, DUSK, LIEGE)).toBeUndefined();
	});
	test("a polar day vouches for nothing", () => {
		const svalbard = { latitude: 78.2, longitude: 15.6 };
		const june = Date.UTC(2026, 5, 20, 22) - NOON;
		expect(afterEdge(undefined, clockOf(0, june), true, june, svalbard)).toBeUndefined();
	});
	test("a date of another season at the hour of its own dusk fits no learnt nights", () => {
		// in June the dusk of Liege is at about 20:20 UTC, now it is at about 16:00
		const june = Date.UTC(2026, 5, 20, 18);
		const late = passageNear(LIEGE, june as UtcMillis, true)! - trueAt(DUSK);
		const clock = clockOf(late, DUSK);
		expect(afterEdge(undefined, clock, true, DUSK, LIEGE, 15 * HOUR)).toBeUndefined();
		const right = clockOf(0, DUSK);
		expect(afterEdge(undefined, right, true, DUSK, LIEGE, 15 * HOUR)).toBeDefined();
	});
	test("after an anchor no other day is vouched for", () => {
		const anchor = afterEdge(undefined, clockOf(0, DUSK), true, DUSK, LIEGE)!;
		const next = edgeOf(1, true);
		for (const days of [1, -1, 7, 365]) {
			const clock = clockOf(days * DAY, next);
			expect(afterEdge(anchor, clock, true, next, LIEGE)).toBe(anchor);
			expect(agrees(anchor, clock, next)).toBe(false);
		}
		expect(afterEdge(anchor, clockOf(0, next), true, next, LIEGE)).toMatchObject({ since: next });
	});
});

describe("a server that chooses every answer", () => {
	/** What it answers in an hour, beside the truth; small steps are what walks a clock. */
	const error = fc.oneof(
		fc.integer({ min: -14 * MINUTE, max: 14 * MINUTE }),
		fc.integer({ min: -12 * HOUR, max: 12 * HOUR }),
		fc.constantFrom(DAY, -DAY, 7 * DAY, 3652 * DAY, -300 * DAY),
	);
	const steps = fc.array(fc.record({ error, adds: fc.boolean() }), {
		minLength: 1,
		maxLength: 100,
	});
	const weather = fc.array(fc.integer({ min: -25 * MINUTE, max: 25 * MINUTE }), {
		minLength: 8,
		maxLength: 8,
	});

	test("never has a date vouched for that is further from the truth than stated", () => {
		fc.assert(
			fc.property(steps, weather, fc.boolean(), (answers, clouds, isCity) => {
				const dawn = DUSK - DAY / 2; // of the day before, about
				let anchor: Anchor | undefined = isCity
					? anchored("city", trueAt(0), 1000, 0)
					: { by: "photocell", offset: NOON, since: dawn, near: 500, error: PHOTOCELL_ERROR };
				let clock = clockOf(0, 0);
				let off = 0;
				const edges = [0, 1, 2, 3].flatMap((day) => [
					{ at: edgeOf(day, true) + clouds[2 * day]!, dark: true },
					{ at: edgeOf(day, false) + clouds[2 * day + 1]!, dark: false },
				]);
				answers.forEach((answer, hour) => {
					const now = hour * HOUR;
					const due = edges.filter(({ at }) => at >= now - HOUR && at < now);
					for (const { at, dark } of due) anchor = afterEdge(anchor, clock, dark, at, LIEGE);
					off = answer.adds ? off + answer.error : answer.error;
					clock = clockOf(off, now);
					const most = errorOf(anchor, now);
					expect(Math.abs((anchor?.offset ?? NOON) - NOON)).toBeLessThanOrEqual(most);
					if (agrees(anchor, clock, now))
						expect(Math.abs(off)).toBeLessThanOrEqual(most + anchor!.near + 2 * SERVERS_DIFFER);
				});
			}),
			{ seed: 48, numRuns: scaled(200, 5000) },
		);
	});

	test("has no date of any year vouched for whose time of day is further off than stated", () => {
		const place = fc.record({
			latitude: fc.double({ min: -58, max: 58, noNaN: true }),
			longitude: fc.double({ min: -179, max: 179, noNaN: true }),
		});
		const cloud = fc.integer({ min: -EDGE_TOLERANCE, max: EDGE_TOLERANCE });
		let passed = 0;
		fc.assert(
			fc.property(
				place,
				fc.integer({ min: 0, max: 365 }),
				fc.integer({ min: -3000, max: 3000 }),
				fc.integer({ min: -100, max: 100 }),
				cloud,
				cloud,
				(where, day, days, minutes, before, after) => {
					const night = solarMidnightFrom(where, (NOON + day * DAY) as UtcMillis);
					const [sinks, rises] = [true, false].map((dark) => passageNear(where, night, dark));
					if (sinks === undefined || rises === undefined) return;
					// the dusk of another date at this one's, and some minutes more or less
					const other = passageNear(where, (sinks + days * DAY) as UtcMillis, true);
					if (other === undefined) return;
					const off = other - sinks + minutes * MINUTE;
					const at = (passage: number, by: number) => passage - NOON + by;
					const [dusk, dawn] = [at(sinks, before), at(rises, after)];
					const first = afterEdge(undefined, clockOf(off, dusk), true, dusk, where);
					const anchor = afterEdge(first, clockOf(off, dusk), false, dawn, where);
					const most = errorOf(anchor, dawn);
					if (most >= ONE_EDGE) return;
					passed += 1;
					const ofDay = Math.abs(off - Math.round(off / DAY) * DAY);
					expect(ofDay).toBeLessThanOrEqual(most);
				},
			),
			{ seed: 48, numRuns: scaled(3000, 100_000) },
		);
		expect(passed).toBeGreaterThan(100);
	});
});
