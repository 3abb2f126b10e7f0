import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../lib/spans.js";
import { stepOf } from "../../src/lighting/curve.js";
import { Fade, MAX_FADE_STEPS, MAX_RAMP, MIN_STEP_INTERVAL } from "../../src/lighting/fade.js";
import type { Percent } from "../../src/units.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const FLOOR = percent(20);
const FULL = percent(100);

/** Wakes it at each step until it rests or `until` comes; what it did, in order. */
function run(fade: Fade, until = Infinity): [at: number, level: Percent][] {
	const wakes: [number, Percent][] = [];
	while (fade.dueAt <= until && fade.dueAt !== Infinity) {
		const at = fade.dueAt;
		wakes.push([at, fade.advance(at)]);
		expect(fade.dueAt).toBeGreaterThan(at);
	}
	return wakes;
}

describe("fade", () => {
	test("rests where it was made, and asks for nothing", () => {
		const fade = new Fade(FLOOR);
		expect([fade.level, fade.target, fade.dueAt]).toEqual([20, 20, Infinity]);
		fade.retarget(FLOOR, 1000, 5000);
		expect([fade.advance(9000), fade.dueAt]).toEqual([20, Infinity]);
	});
	test("a rise answers in the same tick and ends in time, exactly", () => {
		const fade = new Fade(FLOOR);
		fade.retarget(FULL, 1000, 50_000);
		expect(fade.level).toBeGreaterThan(20 * 1.02);
		const wakes = run(fade);
		expect(wakes.length).toBe(24); // 25 steps, the first of them already made
		expect(wakes.at(-1)).toEqual([50_960, 100]);
	});
	test("a fall begins a step later and takes the whole time", () => {
		const fade = new Fade(FULL);
		fade.retarget(FLOOR, 10_000, 0);
		expect(fade.level).toBe(100);
		const wakes = run(fade);
		expect(wakes[0]![0]).toBe(313); // 10 s in 32 steps
		expect(wakes.length).toBe(MAX_FADE_STEPS);
		expect(wakes.at(-1)).toEqual([10_000, 20]);
	});
	test.each([
		["0 ms: at once", FLOOR, FULL, 0],
		["less than one step's time: at once", FLOOR, FULL, MIN_STEP_INTERVAL - 1],
		["a level too near for a step: at once", percent(50), percent(50.1), 10_000],
		["a negative time: at once", FULL, percent(0), -5],
		["what is no time: at once", FLOOR, FULL, Number.NaN],
	])("%s", (_why, from, to, ramp) => {
		const fade = new Fade(from);
		fade.retarget(to, ramp, 7);
		expect([fade.level, fade.dueAt]).toEqual([to, Infinity]);
	});
	test("an endless time is brought to the longest, an hour", () => {
		expect(MAX_RAMP).toBe(60 * MINUTE);
		const fade = new Fade(FULL);
		fade.retarget(FLOOR, Infinity, 0);
		expect(run(fade).at(-1)).toEqual([MAX_RAMP, 20]);
	});
	test("said again with every tick it goes on as before", () => {
		const [once, often] = [new Fade(FULL), new Fade(FULL)];
		once.retarget(FLOOR, 10_000, 0);
		for (let now = 0; now < 10_000; now += 77) {
			often.retarget(FLOOR, 10_000, now);
			expect([often.level, often.dueAt]).toEqual([once.advance(now), once.dueAt]);
		}
	});
	test("the same target sooner hastens it, later does not slow it", () => {
		const fade = new Fade(FLOOR);
		fade.retarget(FULL, 60_000, 0); // the program's dawn of a minute
		fade.advance(10_000);
		fade.retarget(FULL, 1000, 10_000); // someone comes
		fade.retarget(FULL, 60_000, 10_100);
		expect(run(fade).at(-1)).toEqual([10_960, 100]);
	});
	test("more asked for on the way up does not hold up what was asked for first", () => {
		const fade = new Fade(percent(0));
		fade.retarget(percent(60), 900, 0); // someone comes
		run(fade, 800);
		fade.retarget(percent(61), 900, 800); // and now the program wants a little more
		expect(run(fade).at(-1)![0]).toBeLessThanOrEqual(900 + MIN_STEP_INTERVAL);
		expect(fade.level).toBe(61);
	});
	test("turns round where it is", () => {
		const fade = new Fade(FULL);
		fade.retarget(FLOOR, 10_000, 0);
		const falling = fade.advance(5100); // 100 ms after its last step
		fade.retarget(FULL, 1000, 5100);
		expect(fade.level).toBeGreaterThan(falling);
		expect(fade.level).toBeLessThan(falling * 1.1);
		expect(run(fade).at(-1)![1]).toBe(100);
	});
	test("turns round a step's time after the last step, not with it", () => {
		const fade = new Fade(FULL);
		fade.retarget(FLOOR, 10_000, 0);
		const falling = fade.advance(5000); // a step falls on 5000
		fade.retarget(FULL, 1000, 5010);
		expect([fade.level, fade.dueAt]).toEqual([falling, 5000 + MIN_STEP_INTERVAL]);
		expect(run(fade).at(-1)).toEqual([6000, 100]);
	});
	test("a late wake-up misses no step before it turns round", () => {
		const fade = new Fade(FULL);
		fade.retarget(FLOOR, 10_000, 0);
		fade.retarget(FULL, 1000, 9999); // nobody woke it in between
		expect(fade.level).toBeLessThan(25);
	});
});

describe(`fade, interrupted anywhere (seed ${SEED})`, () => {
	const leg = fc.record({
		target: fc.integer({ min: 0, max: 1000 }).map((tenth) => percent(tenth / 10)),
		ramp: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 60_000 })),
		wait: fc.integer({ min: 0, max: 30_000 }),
	});
	const legs = fc.array(leg, { minLength: 1, maxLength: 8 });
	/** Largest change of one wake in steps of the curve: a group, and one for rounding at the ends. */
	const groupOf = (from: Percent, target: Percent, ramp: number) => {
		const distance = Math.abs(stepOf(target) - stepOf(from));
		const count = Math.min(distance, MAX_FADE_STEPS, Math.floor(ramp / MIN_STEP_INTERVAL));
		return count < 1 ? 254 : Math.ceil(distance / count) + 1;
	};
	const between = (a: Percent, b: Percent) => Math.abs(stepOf(a) - stepOf(b));

	test("goes one way, in small steps, seldom, and ends in time at the very level", () => {
		const property = (plan: { target: Percent; ramp: number; wait: number }[]) => {
			const fade = new Fade(FLOOR);
			let now = 1000;
			let stepped = 0;
			let pace = 0; // of a rise under way, which goes on as quickly at least
			for (const { target, ramp, wait } of plan) {
				const from = fade.advance(now);
				const way = Math.sign(target - from);
				const isRising = way > 0 && fade.dueAt < Infinity && fade.target > from;
				const group = Math.max(isRising ? pace : 0, groupOf(from, target, ramp));
				if (target !== fade.target) pace = group;
				const same = target === fade.target; // goes on with what was begun
				fade.retarget(target, ramp, now);
				assert.ok(fade.dueAt > now);
				const isOld = now - stepped >= MIN_STEP_INTERVAL;
				if (way > 0 && !same && isOld) assert.ok(fade.level > from);
				let last = fade.level;
				if (last !== from) stepped = now;
				if (!same) assert.ok(between(from, last) <= (way > 0 || ramp < 80 ? group : 1));
				const wakes = run(fade, now + wait);
				assert.ok(wakes.length <= MAX_FADE_STEPS);
				for (const [at, level] of wakes) {
					assert.ok(way * (level - last) >= 0);
					if (!same) assert.ok(between(last, level) <= group);
					assert.ok(at - stepped >= MIN_STEP_INTERVAL - 1);
					[last, stepped] = [level, at];
				}
				if (wait >= ramp) assert.deepEqual([fade.level, fade.dueAt], [target, Infinity]);
				now += wait;
			}
		};
		fc.assert(fc.property(legs, property), { seed: SEED, numRuns: 150 });
	});

	test("keeps the pace of its steps however often the target changes", () => {
		const leg = fc.record({
			target: fc.integer({ min: 0, max: 1000 }).map((tenth) => percent(tenth / 10)),
			ramp: fc.integer({ min: 800, max: 10_000 }),
			wait: fc.integer({ min: 0, max: 60 }),
		});
		/** Of the whole curve in the quickest ramp: what one step may cover. */
		const most = Math.ceil(254 / Math.floor(800 / MIN_STEP_INTERVAL)) + 1;
		const property = (plan: { target: Percent; ramp: number; wait: number }[]) => {
			const fade = new Fade(FLOOR);
			let now = 1000;
			let level = fade.level;
			let stepped = -Infinity;
			const look = (at: number) => {
				if (fade.level === level) return;
				assert.ok(at - stepped >= MIN_STEP_INTERVAL - 1);
				assert.ok(between(level, fade.level) <= most);
				[level, stepped] = [fade.level, at];
			};
			for (const { target, ramp, wait } of plan) {
				fade.retarget(target, ramp, now);
				look(now);
				for (now += wait; fade.dueAt <= now; ) {
					const at = fade.dueAt;
					fade.advance(at);
					look(at);
				}
			}
		};
		const many = fc.array(leg, { minLength: 20, maxLength: 200 });
		fc.assert(fc.property(many, property), { seed: SEED, numRuns: 150 });
	});

	test("shows the same whether it is woken at every step or only now", () => {
		const property = (target: Percent, ramp: number, asked: number) => {
			const [woken, late] = [new Fade(FLOOR), new Fade(FLOOR)];
			for (const fade of [woken, late]) fade.retarget(target, ramp, 0);
			run(woken, asked);
			expect(late.advance(asked)).toBe(woken.level);
			expect(late.dueAt).toBe(woken.dueAt);
		};
		const instant = fc.integer({ min: 0, max: 70_000 });
		fc.assert(
			fc.property(leg, instant, ({ target, ramp }, asked) => property(target, ramp, asked)),
			{ seed: SEED, numRuns: 150 },
		);
	});
});
