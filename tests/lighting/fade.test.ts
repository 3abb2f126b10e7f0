import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../lib/spans.js";
import { placeOf } from "../../src/lighting/curve.js";
import { Fade, MAX_RAMP, MOST_CORNERS } from "../../src/lighting/fade.js";
import type { Percent } from "../../src/units.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const FLOOR = percent(20);
const FULL = percent(100);

/** Levels at each corner. */
const cornersOf = (fade: Fade) =>
	Array.from({ length: fade.segments + 1 }, (_, index): [at: number, level: number] => [
		fade.instantOf(index),
		fade.levelOf(index),
	]);

describe("fade", () => {
	test("rests where it was made", () => {
		const fade = new Fade(FLOOR);
		expect([fade.levelAt(0), fade.target]).toEqual([20, 20]);
		expect(fade.retarget(FLOOR, 1000, 5000)).toBe(false);
		expect(fade.levelAt(9000)).toBe(20);
	});
	test("a rise moves from its first instant and ends in time, exactly", () => {
		const fade = new Fade(FLOOR);
		expect(fade.retarget(FULL, 1000, 50_000)).toBe(true);
		expect(fade.levelAt(50_000)).toBe(20);
		expect(fade.levelAt(50_005)).toBeGreaterThan(20 * 1.008);
		expect([fade.endsAt, fade.levelAt(50_999) < 100, fade.levelAt(51_000)]).toEqual([
			51_000,
			true,
			100,
		]);
	});
	test("from 20 to 100 % are six segments of equal times, on the curve", () => {
		const fade = new Fade(FLOOR);
		fade.retarget(FULL, 1200, 0);
		const corners = cornersOf(fade);
		expect(corners.map(([at]) => at)).toEqual([0, 200, 400, 600, 800, 1000, 1200]);
		for (const [at, level] of corners) expect(level).toBeCloseTo(20 * 5 ** (at / 1200), 1);
	});
	test("the whole curve has as many corners as there is room for", () => {
		const fade = new Fade(percent(0));
		fade.retarget(FULL, 1200, 0);
		expect(fade.segments).toBe(MOST_CORNERS);
	});
	test.each([
		["0 ms: at once", FLOOR, FULL, 0],
		["less than the host could show: at once", FLOOR, FULL, 19],
		["a negative time: at once", FULL, percent(0), -5],
		["what is no time: at once", FLOOR, FULL, Number.NaN],
	])("%s", (_why, from, to, ramp) => {
		const fade = new Fade(from);
		expect(fade.retarget(to, ramp, 7)).toBe(true);
		expect([fade.levelAt(7), fade.endsAt, fade.segments]).toEqual([to, 7, 0]);
	});
	test("a fade of 20 ms is one", () => {
		const fade = new Fade(FLOOR);
		fade.retarget(FULL, 20, 0);
		expect([fade.levelAt(0), fade.endsAt]).toEqual([20, 20]);
	});
	test("an endless time is brought to the longest, an hour", () => {
		expect(MAX_RAMP).toBe(60 * MINUTE);
		const fade = new Fade(FULL);
		fade.retarget(FLOOR, Infinity, 0);
		expect([fade.endsAt, fade.levelAt(MAX_RAMP)]).toEqual([MAX_RAMP, 20]);
	});
	test("asked for again with every decision it goes on as before", () => {
		const [once, often] = [new Fade(FULL), new Fade(FULL)];
		once.retarget(FLOOR, 10_000, 0);
		often.retarget(FLOOR, 10_000, 0);
		for (let now = 0; now < 12_000; now += 77) {
			expect(often.retarget(FLOOR, 10_000, now)).toBe(false);
			expect(often.levelAt(now)).toBe(once.levelAt(now));
		}
	});
	test("the same target sooner hastens it, later does not slow it", () => {
		const fade = new Fade(FLOOR);
		fade.retarget(FULL, 60_000, 0); // the program's dawn of a minute
		expect(fade.retarget(FULL, 1000, 10_000)).toBe(true); // someone comes
		expect(fade.retarget(FULL, 60_000, 10_100)).toBe(false);
		expect([fade.endsAt, fade.levelAt(11_000)]).toEqual([11_000, 100]);
	});
	test("a higher target on the way up does not delay the first one", () => {
		const fade = new Fade(percent(0));
		fade.retarget(percent(60), 900, 0); // someone comes
		fade.retarget(percent(61), 900, 800); // and now the program requests a little more
		expect(fade.endsAt).toBeLessThanOrEqual(905);
		expect(fade.levelAt(905)).toBe(61);
	});
	test("a fall that is turned into a rise takes the time of the rise", () => {
		const fade = new Fade(FULL);
		fade.retarget(FLOOR, 10_000, 0);
		const falling = fade.levelAt(5100);
		fade.retarget(FULL, 1000, 5100);
		expect(fade.levelAt(5100)).toBeCloseTo(falling, 4);
		expect(fade.endsAt).toBe(6100);
	});
	test("the way to the present level is none", () => {
		const fade = new Fade(FLOOR);
		fade.retarget(FULL, 1000, 0);
		const level = fade.levelAt(500);
		expect(fade.retarget(level, 1000, 500)).toBe(true);
		expect(fade.levelAt(500)).toBeCloseTo(level, 9);
		expect(fade.levelAt(2000)).toBe(level);
	});
});

describe(`any fade (seed ${SEED})`, () => {
	const tenths = (min: number) =>
		fc.integer({ min, max: 1000 }).map((tenth) => percent(tenth / 10));

	test("is within 1 % of the curve of IEC 62386-102 at every instant, and never below it", () => {
		const property = (from: Percent, to: Percent, ramp: number, share: number) => {
			const fade = new Fade(from);
			fade.retarget(to, ramp, 1000);
			const at = 1000 + ramp * share;
			const curve = from * (to / from) ** share; // equal ratios in equal times
			assert.ok(fade.levelAt(at) <= curve * 1.01, `${fade.levelAt(at)} at ${curve}`);
			assert.ok(fade.levelAt(at) >= curve * 0.999, `${fade.levelAt(at)} at ${curve}`);
		};
		const ramp = fc.integer({ min: 20, max: MAX_RAMP });
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(fc.property(tenths(1), tenths(1), ramp, share, property), {
			seed: SEED,
			numRuns: 2000,
		});
	});

	const leg = fc.record({
		target: tenths(0),
		ramp: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 60_000 })),
		wait: fc.integer({ min: 0, max: 30_000 }),
	});

	test("interrupted anywhere turns without a jump, goes one way and ends in time", () => {
		const property = (plan: { target: Percent; ramp: number; wait: number }[]) => {
			const fade = new Fade(FLOOR);
			let now = 1000;
			for (const { target, ramp, wait } of plan) {
				const before = fade.levelAt(now);
				const wasRunning = now < fade.endsAt;
				const pace = fade.ramp / (placeOf(fade.target) - placeOf(fade.start)); // ms a step
				const isNew = fade.retarget(target, ramp, now);
				assert.equal(fade.target, target);
				assert.ok(fade.endsAt <= now + Math.max(ramp, 0) || !isNew || wasRunning);
				if (isNew) assert.ok(fade.endsAt <= now + ramp);
				if (isNew && fade.ramp > 0 && target > 0.1)
					assert.ok(Math.abs(fade.levelAt(now) - Math.max(before, 0.1)) < 1e-5);
				if (isNew && fade.ramp === 0 && ramp >= 20 && target > 0.1)
					// a rise that ends within 20 ms
					assert.ok(wasRunning && (placeOf(target) - placeOf(before)) * pace < 20);
				const way = Math.sign(target - before);
				let last = fade.levelAt(now);
				for (let share = 0.1; share <= 1; share += 0.1) {
					const level = fade.levelAt(now + wait * share);
					assert.ok(way * (level - last) >= -1e-5);
					last = level;
				}
				now += wait;
				if (wait >= ramp) assert.equal(fade.levelAt(now), target);
			}
		};
		const legs = fc.array(leg, { minLength: 1, maxLength: 8 });
		/** A rise is asked for a little more, with less than 20 ms left. */
		const nearEnd = [
			{ target: percent(0), ramp: 0, wait: 0 },
			{ target: percent(0.4), ramp: 20, wait: 5 },
			{ target: percent(0.5), ramp: 20, wait: 0 },
		];
		fc.assert(fc.property(legs, property), { seed: SEED, numRuns: 300, examples: [[nearEnd]] });
	});

	test("passes its corners, and is linear between two", () => {
		const property = (target: Percent, ramp: number, share: number) => {
			const fade = new Fade(FLOOR);
			fade.retarget(target, Math.max(1000, ramp), 0);
			const corners = cornersOf(fade);
			for (let index = 1; index < corners.length; index += 1) {
				const [from, low] = corners[index - 1]!;
				const [to, high] = corners[index]!;
				const level = fade.levelAt(from + (to - from) * share);
				const slope = Math.abs(high - low) / (to - from); // corners are whole milliseconds
				assert.ok(Math.abs(level - (low + (high - low) * share)) <= slope + 1e-5);
			}
		};
		const share = fc.double({ min: 0, max: 0.999, noNaN: true });
		const plan = ({ target, ramp }: { target: Percent; ramp: number }, at: number) =>
			property(target, ramp, at);
		fc.assert(fc.property(leg, share, plan), { seed: SEED, numRuns: 300 });
	});
});
