/** Adaptive: classes for a volume of traffic, by tables and bounds. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../lib/spans.js";
import { AdaptiveClass, BUSY_SHARE, INTERVAL, QUIET } from "../../src/lighting/adaptive.js";

const SEED = 20261127;

const FULL = 60;
const QUARTER = FULL / 4;

/** Classes below the full one after each interval with so many road users. */
function course(counts: readonly number[]): number[] {
	const steps = new AdaptiveClass();
	let users = 100;
	steps.look(users, undefined, FULL, 1);
	return counts.map((count, index) => {
		users += count;
		steps.look(users, undefined, FULL, (index + 0.5) * INTERVAL);
		steps.look(users, undefined, FULL, (index + 1) * INTERVAL + 1);
		return steps.down;
	});
}
const quiet = (count: number, times: number): number[] => Array(times).fill(count);

describe("a street that has its full class from 60 an hour on", () => {
	const rows: [why: string, counts: readonly number[], down: readonly number[]][] = [
		["keeps it while it is busy", [15, 18, 15, 99], [0, 0, 0, 0]],
		["has one class less after three intervals", quiet(14, 4), [0, 0, 1, 1]],
		["and the next one after three more", quiet(0, 6), [0, 0, 1, 1, 1, 2]],
		["has one class less from half of it on", quiet(7.5, 7), [0, 0, 1, 1, 1, 1, 1]],
		["and two below", quiet(7, 6), [0, 0, 1, 1, 1, 2]],
		["waits anew after one busy interval", [6, 6, 15, 6, 6, 6], [0, 0, 0, 0, 0, 1]],
		["rises by as many classes as it takes", [...quiet(0, 6), 15], [0, 0, 1, 1, 1, 2, 0]],
		["and by one where one is enough", [...quiet(0, 6), 9], [0, 0, 1, 1, 1, 2, 1]],
	];
	test.each(rows)("%s", (_why, counts, down) => expect(course(counts)).toEqual(down));

	test("rises within an interval and falls at its end", () => {
		const steps = new AdaptiveClass();
		steps.look(0, undefined, FULL, 1);
		for (let index = 1; index <= QUIET; index += 1) {
			steps.look(0, undefined, FULL, index * INTERVAL);
			expect(steps.down).toBe(0);
			steps.look(0, undefined, FULL, index * INTERVAL + 1);
		}
		expect(steps.down).toBe(1);
		steps.look(QUARTER - 1, undefined, FULL, QUIET * INTERVAL + MINUTE);
		expect(steps.down).toBe(1);
		steps.look(QUARTER, undefined, FULL, QUIET * INTERVAL + MINUTE);
		expect(steps.down).toBe(0);
	});

	test("a rise within an interval is forgotten by none of its waits", () => {
		const steps = new AdaptiveClass();
		const given = (count: number, at: number) => steps.look(undefined, count, FULL, at);
		given(0, 1);
		for (let index = 1; index <= QUIET + 2; index += 1) given(0, index * INTERVAL + 1);
		expect(steps.down).toBe(1); // and two of three intervals of the next class
		given(FULL, (QUIET + 2.5) * INTERVAL);
		expect(steps.down).toBe(0);
		given(0, (QUIET + 3) * INTERVAL + 1);
		given(0, (QUIET + 4) * INTERVAL + 1);
		expect(steps.down).toBe(0);
		given(0, (QUIET + 5) * INTERVAL + 1);
		expect(steps.down).toBe(1);
	});

	/** Two classes down, then movement for `spans` (begin and end in ms of the next interval). */
	const moved = (spans: readonly (readonly [number, number])[], at: number) => {
		const steps = new AdaptiveClass();
		for (let index = 0; index <= 2 * QUIET; index += 1)
			steps.look(0, undefined, FULL, index * INTERVAL + 1);
		const from = 2 * QUIET * INTERVAL + 1;
		for (const [begin, end] of spans) {
			steps.onEdge("movement", from + begin);
			if (end < at) steps.onEdge("stillness", from + end);
		}
		steps.look(1, undefined, FULL, from + at);
		return steps.down;
	};
	const movements: [why: string, spans: [number, number][], at: number, down: number][] = [
		["none", [], INTERVAL, 2],
		["30 % of an interval, once", [[0, 0.3 * INTERVAL]], INTERVAL / 2, 0],
		[
			"30 % in two parts",
			[
				[0, 0.2 * INTERVAL],
				[0.4 * INTERVAL, 0.5 * INTERVAL],
			],
			INTERVAL,
			0,
		],
		["a little less", [[0, 0.29 * INTERVAL]], INTERVAL / 2, 1],
		["a little less than 15 %", [[0, 0.14 * INTERVAL]], INTERVAL / 2, 2],
		["30 % at the end, still moving", [[0.69 * INTERVAL, Infinity]], INTERVAL, 0],
	];
	test.each(movements)("counts the time with movement: %s", (_why, spans, at, down) => {
		expect(BUSY_SHARE).toBe(0.3);
		expect(moved(spans, at)).toBe(down);
	});

	test("counts the time of an interval in that interval alone", () => {
		const steps = new AdaptiveClass();
		steps.look(0, undefined, FULL, 1);
		steps.onEdge("movement", 2);
		steps.onEdge("stillness", 2 + INTERVAL / 2);
		for (let index = 1; index <= QUIET; index += 1)
			steps.look(0, undefined, FULL, index * INTERVAL + 1);
		expect(steps.down).toBe(0);
		steps.look(0, undefined, FULL, (QUIET + 1) * INTERVAL + 1);
		expect(steps.down).toBe(1);
	});

	test("has it without a count to be trusted, and until three intervals have passed since", () => {
		const steps = new AdaptiveClass();
		for (let index = 0; index <= 6; index += 1)
			steps.look(0, undefined, FULL, index * INTERVAL + 1);
		expect(steps.down).toBe(2);
		steps.look(undefined, undefined, FULL, 6 * INTERVAL + 2);
		expect(steps.down).toBe(0);
		for (let index = 7; index < 12; index += 1)
			steps.look(undefined, undefined, FULL, index * INTERVAL + 1);
		for (let index = 12; index < 15; index += 1) {
			expect(steps.down).toBe(0);
			steps.look(0, undefined, FULL, index * INTERVAL + 1);
		}
		expect(steps.down).toBe(1);
	});

	test("counts an interval after one without a count from 0 on", () => {
		const steps = new AdaptiveClass();
		steps.look(undefined, undefined, FULL, 1);
		steps.look(undefined, undefined, FULL, INTERVAL + 1);
		for (let index = 2; index <= 4; index += 1)
			steps.look(QUARTER, undefined, FULL, index * INTERVAL + 1);
		expect(steps.down).toBe(0); // the first of the three had a quarter of the full volume's hour
		steps.look(QUARTER, undefined, FULL, 5 * INTERVAL + 1);
		expect(steps.down).toBe(1);
	});

	test("follows a given volume with and without a count, whichever asks for more", () => {
		const run = (users: number | undefined, given: number | undefined) => {
			const steps = new AdaptiveClass();
			for (let index = 0; index <= 6; index += 1)
				steps.look(users, given, FULL, index * INTERVAL + 1);
			return steps.down;
		};
		expect([run(undefined, 10), run(undefined, 40), run(undefined, 60)]).toEqual([2, 1, 0]);
		expect([run(0, 40), run(0, undefined), run(undefined, undefined)]).toEqual([1, 2, 0]);
	});

	test(`is never below the class of an interval, and changes four times an hour at most (seed ${SEED})`, () => {
		const counts = fc.array(fc.integer({ min: 0, max: 22 }), { maxLength: 60 });
		const most = (count: number) => (count >= 15 ? 0 : count >= 7.5 ? 1 : count >= 3.75 ? 2 : 9);
		fc.assert(
			fc.property(counts, (all) => {
				const found = course(all);
				const earlier = (index: number) => found[index - 1] ?? 0;
				const changes = found.map((down, index) => Number(down !== earlier(index)));
				all.forEach((count, index) => {
					assert.ok(found[index]! <= most(count));
					assert.ok(found[index]! - earlier(index) <= 1);
					const hour = changes.slice(Math.max(0, index - 3), index + 1);
					assert.ok(hour.reduce((sum, change) => sum + change, 0) <= 4);
				});
			}),
			{ seed: SEED, numRuns: 300 },
		);
	});
});
