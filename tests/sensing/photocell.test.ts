import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../lib/spans.js";
import {
	dueAt,
	outputOf,
	type Photocell,
	type PhotocellOutput,
	reduce,
	SILENT_AFTER,
	UNKNOWN,
	verdictOf,
} from "../../src/sensing/photocell.js";
import { DEFAULTS } from "../../src/settings/table.js";
import type { Lux } from "../../src/units.js";
import { evenly } from "../support/evenly.js";

const SEED = 20261124;
const OPTIONS = { onLevel: 35 as Lux, offLevel: 70 as Lux, onDelay: 30_000, offDelay: 120_000 };

/** [minute, lux or nothing, what it says then] */
type Step = [minute: number, lux: number | undefined, says: PhotocellOutput];
function play(steps: Step[], options = OPTIONS): Photocell {
	let state: Photocell = UNKNOWN;
	for (const [minute, lux, says] of steps) {
		state = reduce(state, lux as Lux | undefined, minute * MINUTE, options);
		assert.deepEqual([minute, outputOf(state)], [minute, says]);
		assert.ok(dueAt(state) > minute * MINUTE);
	}
	return state;
}
const DUSK: Step[] = [
	[0, 300, "unknown"],
	[2, undefined, "day"],
	[10, 60, "day"],
	[11, 34.9, "day"],
	[11.5, undefined, "night"],
];

describe("photocell", () => {
	test("is unknown before the first reading, and waits for none", () => {
		expect(outputOf(reduce(UNKNOWN, undefined, 5, OPTIONS))).toBe("unknown");
		expect(dueAt(UNKNOWN)).toBe(Infinity);
	});
	test("dusk: night when it has been below onLevel for onDelay", () => void play(DUSK));
	test("dawn: day when it has been at offLevel for offDelay", () => {
		play([
			...DUSK,
			[600, 50, "night"],
			[601, 70, "night"],
			[602.99, 90, "night"],
			[603, 100, "day"],
		]);
	});
	test("what is between the thresholds does not end a night", () => {
		play([...DUSK, [20, 69.9, "night"], [500, undefined, "night"]]);
	});
	test("a day that stays between the thresholds is over, however the light wavers there", () => {
		const dull = 10;
		const day = DUSK.slice(0, 2);
		play([...day, [20, 35, "day"], [20 + dull - 0.0001, undefined, "day"]]);
		play([...day, [20, 35, "day"], [20 + dull, undefined, "night"]]);
		play([
			...day,
			[20, 69, "day"],
			[22, 34, "day"],
			[22.4, 36, "day"],
			[29.8, 34, "day"],
			[30, undefined, "night"],
		]);
		play([...day, [20, 69, "day"], [29, 70, "day"], [30, 69, "day"], [39.9, undefined, "day"]]);
	});
	test.each<[lux: number, says: PhotocellOutput]>([
		[1069.9, "night"],
		[1070, "day"],
	])("a light that stands at %d lx for an hour: %s", (lux, says) => {
		play([
			[0, lux, "unknown"],
			[2, undefined, "day"],
			[62, undefined, says],
		]);
	});
	test("thresholds further apart leave a dusk more time", () => {
		const options = { ...OPTIONS, offLevel: 350 as Lux };
		const dull = 50;
		play(
			[
				[0, 400, "unknown"],
				[2, 300, "day"],
				[2 + dull - 0.01, undefined, "day"],
				[2 + dull, undefined, "night"],
			],
			options,
		);
	});
	test("headlights pass: too short to be day", () => {
		play([...DUSK, [20, 400, "night"], [21, 2, "night"], [24, undefined, "night"]]);
	});
	test("a cloud, a bird: too short to be night", () => {
		play([...DUSK.slice(0, 2), [20, 5, "day"], [20.4, 200, "day"], [24, undefined, "day"]]);
	});
	test("the delay counts from the crossing, not from the last reading", () => {
		play([...DUSK.slice(0, 2), [20, 30, "day"], [20.3, 20, "day"], [20.5, 10, "night"]]);
	});
	test("a reading that comes after the alarm was missed finds it turned", () => {
		play([...DUSK.slice(0, 2), [20, 30, "day"], [25, 300, "night"], [27, undefined, "day"]]);
	});
	test("a restart by night is trusted at once, one by day is not", () => {
		const first = (lux: number) => verdictOf(reduce(UNKNOWN, lux as Lux, 0, OPTIONS));
		expect([first(2), first(50), first(300)]).toEqual(["night", "night", "unknown"]);
		const turning = play([...DUSK.slice(0, 2), [20, 5, "day"]]);
		expect([verdictOf(UNKNOWN), verdictOf(turning)]).toEqual(["unknown", "day"]);
	});
	test("by night it takes two minutes, by day half of one, to be sure at the start", () => {
		play([
			[0, 2, "unknown"],
			[0.5, undefined, "night"],
		]);
		play([
			[0, 50, "unknown"],
			[0.5, undefined, "night"],
		]); // cannot say: takes it for dark
		play([
			[0, 70, "unknown"],
			[1.9, undefined, "unknown"],
			[2, undefined, "day"],
		]);
		play([
			[0, 70, "unknown"],
			[1.9, 2, "unknown"],
			[2.4, undefined, "night"],
		]);
	});
	test("a silent sensor is no longer trusted, and is again when it speaks", () => {
		const hours = SILENT_AFTER / MINUTE;
		play([...DUSK, [11 + hours - 1, undefined, "night"], [11 + hours, undefined, "unknown"]]);
		play([
			...DUSK,
			[11 + hours, undefined, "unknown"],
			[3000, 3, "unknown"],
			[3001, undefined, "night"],
		]);
		play([...DUSK, [3000, 3, "unknown"]]); // the alarm was missed as well
	});
	test("what is no reading says nothing", () => {
		const night = play(DUSK);
		for (const lux of [-1, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
			assert.equal(reduce(night, lux as Lux, 12 * MINUTE, OPTIONS), night);
	});
	test("without delays it turns at once", () => {
		const options = { ...OPTIONS, onDelay: 0, offDelay: 0 };
		play(
			[
				[0, 300, "day"],
				[1, 3, "night"],
				[2, 300, "day"],
			],
			options,
		);
	});
	test("says when it must be asked again", () => {
		const turning = reduce(UNKNOWN, 2 as Lux, 1000, OPTIONS);
		expect(dueAt(turning)).toBe(31_000);
		expect(dueAt(reduce(turning, undefined, 31_000, OPTIONS))).toBe(1000 + SILENT_AFTER);
	});
	test("by default a P1 road's own light is far below what it takes for day", () => {
		const { onLevel, offLevel } = DEFAULTS;
		expect(offLevel).toBeGreaterThanOrEqual(2 * onLevel);
		expect(offLevel - onLevel).toBeGreaterThan(15); // lx on the ground, EN 13201-2
	});
});

describe(`photocell, any light (seed ${SEED})`, () => {
	const reading = fc.tuple(
		fc.integer({ min: 1, max: 300 }), // seconds until the next reading
		fc.constantFrom(0, 20, 34, 35, 50, 69, 70, 300),
	);
	const readings = fc.array(reading, { minLength: 1, maxLength: 40 });

	test("says what one finds who looks every second and counts", () => {
		const property = (light: [number, number][]) => {
			let state: Photocell = UNKNOWN;
			let says: PhotocellOutput = "unknown"; // the one who looks every second
			let [below, above, dull, second] = [0, 0, 0, 0];
			for (const [seconds, lux] of light) {
				state = reduce(state, lux as Lux, second * 1000, OPTIONS);
				if (lux >= (says === "unknown" ? 70 : 35)) below = 0;
				if (lux < 70) above = 0;
				if (lux >= 70) dull = 0;
				for (let i = 0; i < seconds; i++) {
					second += 1;
					if (lux < (says === "unknown" ? 70 : 35)) below += 1;
					if (lux >= 70) above += 1;
					if (says === "day" && lux < 70) dull += 1;
					if (below >= 30 || dull >= 600) says = "night";
					if (above >= 120) says = "day";
					state = reduce(state, undefined, second * 1000, OPTIONS);
					if (outputOf(state) !== says) expect([second, outputOf(state)]).toEqual([second, says]);
				}
				assert.ok(dueAt(state) > second * 1000);
			}
		};
		fc.assert(fc.property(readings, property), { seed: SEED, numRuns: 200 });
	});
	test("sleeping between its alarms it says the same", () => {
		const property = (light: [number, number][]) => {
			let [polled, asleep]: Photocell[] = [UNKNOWN, UNKNOWN];
			let now = 0;
			for (const [seconds, lux] of light) {
				[polled, asleep] = [polled!, asleep!].map((s) => reduce(s, lux as Lux, now, OPTIONS));
				for (let i = 0; i < seconds; i++)
					polled = reduce(polled!, undefined, now + i * 1000, OPTIONS);
				now += seconds * 1000;
				const due = dueAt(asleep!);
				if (due < now) asleep = reduce(asleep!, undefined, due, OPTIONS);
				assert.deepEqual(
					reduce(asleep!, undefined, now, OPTIONS),
					reduce(polled!, undefined, now, OPTIONS),
				);
			}
		};
		fc.assert(fc.property(readings, property), { seed: SEED, numRuns: 100 });
	});
	test("its own light between the thresholds never makes it cycle", () => {
		const property = (luxes: number[]) => {
			let state = play(DUSK);
			let now = 20 * MINUTE;
			for (const lux of luxes) {
				state = reduce(state, lux as Lux, (now += 200_000), OPTIONS);
				assert.equal(outputOf(state), "night");
			}
		};
		const ownLight = fc.array(evenly(0, 69.9), { maxLength: 20 });
		fc.assert(fc.property(ownLight, property), { seed: SEED });
	});
});
