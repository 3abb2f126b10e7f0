import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { countMovement, startTraffic } from "../../src/sensing/traffic.js";

const SEED = 20261124;
const DEAD_TIME = 3000;

function watch(movements: readonly number[], accumulated = 0): number {
	let state = startTraffic(accumulated);
	for (const at of movements) state = countMovement(state, at, DEAD_TIME);
	return state.accumulated;
}

describe("traffic", () => {
	const cases: [why: string, movements: number[], count: number][] = [
		["nobody passed", [], 0],
		["the first movement counts, even at boot", [0], 1],
		[
			"a movement within the dead time is the same one, however long he lingers",
			[10_000, 12_000, 14_999, 17_000],
			1,
		],
		["at the end of the dead time it is another", [10_000, 13_000], 2],
		["a walk of separate users", [10_000, 20_000, 30_000, 40_000], 4],
	];
	test.each(cases)("%s", (_why, movements, count) => {
		expect(watch(movements)).toBe(count);
	});
	test("goes on from what was stored", () => {
		expect(watch([10_000, 20_000], 1000)).toBe(1002);
	});
	test(`counts the gaps of at least the dead time, and the first (seed ${SEED})`, () => {
		const gaps = fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 60 });
		fc.assert(
			fc.property(gaps, (all) => {
				let at = 0;
				const movements = all.map((gap) => (at += gap));
				const separate = all.slice(1).filter((gap) => gap >= DEAD_TIME).length;
				expect(watch(movements)).toBe(separate + Math.min(1, all.length));
			}),
			{ seed: SEED },
		);
	});
});
