import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	closeInterval,
	countMovement,
	MERGE_LIMIT,
	startTraffic,
	type TrafficCount,
} from "../../src/sensing/traffic.js";

const SEED = 20261124;
const QUARTER = 900_000;
const OPTIONS = { deadTime: 3000, interval: QUARTER, k: 3 };

/** Movements at these instants, the interval looked at when due, until `end`; what was told. */
function watch(movements: number[], end: number, accumulated = 0) {
	let state = startTraffic(0, accumulated, OPTIONS);
	const told: TrafficCount[] = [];
	const look = (until: number) => {
		while (state.dueAt <= until) {
			const closed = closeInterval(state, state.dueAt, OPTIONS);
			expect(closed.state.dueAt).toBeGreaterThan(state.dueAt);
			if (closed.count) told.push(closed.count);
			state = closed.state;
		}
	};
	for (const at of movements) {
		look(at);
		state = countMovement(state, at, OPTIONS);
	}
	look(end);
	return { state, told };
}

describe("traffic", () => {
	test("tells a busy quarter of an hour, and what there was since the beginning", () => {
		const { told } = watch([10_000, 20_000, 30_000, 40_000], QUARTER, 1000);
		expect(told).toEqual([
			{ from: 0, to: QUARTER, roadUserNumber: 4, accumulatedRoadUserNumber: 1004 },
		]);
	});
	test("a movement within the dead time is the same one, however long he lingers", () => {
		expect(watch([10_000, 12_000, 14_999, 17_000], 0).state.roadUserNumber).toBe(1);
		expect(watch([10_000, 13_000], 0).state.roadUserNumber).toBe(2);
	});
	test("too few are merged with the next, and told together", () => {
		const { told } = watch([1000, 5000, QUARTER + 1000], 3 * QUARTER);
		expect(told).toEqual([
			{ from: 0, to: 2 * QUARTER, roadUserNumber: 3, accumulatedRoadUserNumber: 3 },
		]);
	});
	test("a silent day is told as one, and says nothing of when", () => {
		const { told } = watch([1000], MERGE_LIMIT);
		expect(told).toEqual([
			{ from: 0, to: MERGE_LIMIT, roadUserNumber: 1, accumulatedRoadUserNumber: 1 },
		]);
	});
	test("before it is due nothing is told and nothing changes", () => {
		const state = startTraffic(0, 0, OPTIONS);
		const closed = closeInterval(state, QUARTER - 1, OPTIONS);
		expect([closed.state, closed.count]).toEqual([state, undefined]);
		expect(closed.state).toBe(state);
	});
	test("a late look keeps the beat and counts what came meanwhile", () => {
		let state = startTraffic(0, 0, OPTIONS);
		for (const at of [1000, 5000, 9000]) state = countMovement(state, at, OPTIONS);
		const closed = closeInterval(state, 2 * QUARTER + 5, OPTIONS);
		expect(closed.count).toMatchObject({ from: 0, to: 2 * QUARTER + 5, roadUserNumber: 3 });
		expect(closed.state.dueAt).toBe(3 * QUARTER);
	});
});

describe(`traffic, any night (seed ${SEED})`, () => {
	const gap = fc.oneof(
		fc.integer({ min: 1, max: 10_000 }),
		fc.integer({ min: 1, max: 20_000_000 }),
	);
	const gaps = fc.array(gap, { maxLength: 60 });

	test("loses none, tells none twice, and tells no small number of a short time", () => {
		const property = (pauses: number[]) => {
			let now = 0;
			const movements = pauses.map((pause) => (now += pause));
			const users = movements.filter((at, i) => i === 0 || at - movements[i - 1]! >= 3000).length;
			const { state, told } = watch(movements, now);
			const counted = told.reduce((sum, count) => sum + count.roadUserNumber, 0);
			expect(counted + state.roadUserNumber).toBe(users);
			expect(state.accumulated).toBe(users);
			let end = 0;
			for (const count of told) {
				expect(count.from).toBe(end);
				end = count.to;
				const span = count.to - count.from;
				expect(count.roadUserNumber >= 3 || span >= MERGE_LIMIT).toBe(true);
				expect(span).toBeLessThanOrEqual(MERGE_LIMIT);
			}
		};
		fc.assert(fc.property(gaps, property), { seed: SEED, numRuns: 300 });
	});
});
