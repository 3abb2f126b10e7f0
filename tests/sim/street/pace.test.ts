/** Pace: what the clock shows, on a machine that is too slow, in a jump, and after a pause. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Clock } from "../../../sim/street/clock.js";
import { scaled } from "../../support/scale.js";
import { FakeWall } from "./fakewall.js";

/** A street in which something is due each `every` ms, and each window takes `cost` ms of the wall. */
function street(speed: number, every: number, cost: number, givesUp = true) {
	const wall = new FakeWall();
	const clock = new Clock(speed, wall, givesUp);
	const shown: number[] = [];
	const look = () => shown.push(clock.now());
	let [reached, due] = [0, every];
	let waits = false;
	/** Until so much time of the wall has passed. */
	const go = async (until: number) => {
		while (wall.at < until) {
			const pause = waits ? undefined : clock.until(due);
			look();
			if (pause) {
				waits = true;
				void pause.then(() => (waits = false));
			} else if (!waits) {
				clock.reach(due);
				wall.at += cost;
				reached = due + 19;
				clock.reach(reached);
				due = reached + every;
				look();
				continue;
			}
			wall.step();
			for (let turn = 0; turn < 4; turn++) await Promise.resolve();
		}
	};
	return { wall, clock, shown, go, look, reached: () => reached, due: () => due };
}

describe("the clock of a slow machine", () => {
	test.each([
		["gives up what is late by more than 250 ms", true, 10_000],
		["catches up with the wall clock where orders have true dates", false, 40_000],
	])("after a stall of 30 s it %s", async (_what, givesUp, reached) => {
		const stalled = street(1, 100, 1, givesUp);
		await stalled.go(5_000);
		stalled.wall.at += 30_000;
		await stalled.go(40_000);
		expect(stalled.reached()).toBeGreaterThan(reached - 500);
		expect(stalled.reached()).toBeLessThan(reached + 500);
	});

	test("never goes back and never passes what is due, whatever is chosen (property)", async () => {
		const choice = fc.oneof(
			fc.constantFrom(0, 1, 10, 60, 600, Infinity),
			fc.record({ jump: fc.integer({ min: -1_000, max: 60_000 }) }),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(choice, { maxLength: 8 }),
				fc.integer({ min: 1, max: 900 }),
				fc.integer({ min: 1, max: 12 }),
				async (choices, every, cost) => {
					const { wall, clock, shown, go, look, reached, due } = street(600, every, cost);
					await go(300);
					for (const chosen of choices) {
						if (typeof chosen === "object") clock.jumpTo(reached() + chosen.jump);
						else if (chosen === 0) clock.setPaused(true);
						else {
							clock.setSpeed(chosen);
							clock.setPaused(false);
						}
						look();
						await go(wall.at + 200);
						expect(clock.now()).toBeLessThanOrEqual(due());
						expect(clock.now()).toBeGreaterThanOrEqual(reached());
					}
					expect(shown).toEqual([...shown].sort((a, b) => a - b));
				},
			),
			{ numRuns: scaled(30, 60) },
		);
	});
	test("gives up what it is late, so that no rush follows a slow stretch", async () => {
		const { wall, clock, go, reached } = street(100, 10, 20); // 29 ms each 20 ms of the wall
		await go(4_000);
		const before = reached();
		expect(before).toBeLessThan(8_000);
		clock.setSpeed(1);
		await go(wall.at + 1_000);
		expect(reached() - before).toBeLessThan(1_300);
	});
});

describe("a jump", () => {
	test("arrives at its instant, and a paused street stands there", async () => {
		const { wall, clock, go } = street(1, 700, 1);
		clock.setPaused(true);
		clock.jumpTo(60_000);
		expect(clock.goal).toBe(60_000);
		await go(2_000);
		expect([clock.goal, clock.now()]).toEqual([undefined, 60_000]);
		await go(wall.at + 2_000);
		expect(clock.now()).toBe(60_000);
	});
	test("a running street goes on at its speed from there", async () => {
		const { wall, clock, go } = street(10, 50, 0);
		clock.jumpTo(60_000);
		await go(100);
		const from = clock.now();
		await go(wall.at + 1_000);
		expect(clock.now() - from).toBeGreaterThan(9_000);
		expect(clock.now() - from).toBeLessThan(11_000);
	});
	test("is over with another speed", async () => {
		const { clock, go } = street(1, 700, 10);
		clock.jumpTo(1e9);
		await go(50);
		clock.setSpeed(1);
		expect(clock.goal).toBeUndefined();
		const from = clock.now();
		await go(550);
		expect(clock.now() - from).toBeLessThan(1_600);
	});
});
