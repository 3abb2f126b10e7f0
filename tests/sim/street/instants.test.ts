/** Instants: nothing is handed to a lamp before an instant that it has passed, whatever comes when. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Clock } from "../../../sim/street/clock.js";
import { evenly } from "../../support/evenly.js";
import { scaled } from "../../support/scale.js";
import { Bench } from "../network/brokerlamp.js";
import { FakeWall } from "./fakewall.js";

const SECOND = 1_000;

type Doing =
	| { readonly kind: "order" | "type" | "report"; readonly lamp: number; readonly ahead: number }
	| { readonly kind: "wait"; readonly ms: number };

const doings: fc.Arbitrary<Doing[]> = fc.array(
	fc.oneof(
		fc.record({
			kind: fc.constantFrom("order" as const, "type" as const, "report" as const),
			lamp: fc.integer({ min: 1, max: 3 }),
			ahead: evenly(0, 5 * SECOND),
		}),
		fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 60 }) }),
	),
	{ minLength: 1, maxLength: 25 },
);

describe("the street's network", () => {
	test("posts in the window that runs, however far a person's clock is ahead of the lamps", async () => {
		await fc.assert(
			fc.asyncProperty(doings, async (all) => {
				let ahead = 0;
				const bench = await Bench.create({ now: () => bench.reached + ahead });
				try {
					for (const lamp of bench.lamps) lamp.connect(lamp.lamp);
					await bench.run(SECOND);
					for (const lamp of bench.lamps) lamp.subscribe(bench.reached + 1, "command");
					await bench.run(2 * SECOND);
					for (const doing of all) {
						if (doing.kind === "wait") {
							ahead = 0;
							await bench.run(bench.reached + doing.ms);
							continue;
						}
						const { lamp } = doing;
						ahead = doing.ahead;
						if (doing.kind === "type") bench.network.serial.type(lamp, Buffer.from("status\r"));
						else if (doing.kind === "report")
							bench.lamp(lamp).report(bench.reached + 1, "state", "{}");
						else bench.network.publish(bench.network.topicOf(lamp, "command"), '{"id":"a"}');
					}
					await bench.run(bench.reached + 20 * SECOND); // the bench throws at one in the past
					const orders = all.filter(({ kind }) => kind === "order").length;
					const got = bench.lamps.flatMap((lamp) => lamp.got).filter((cmd) => cmd === "publish");
					expect(got).toHaveLength(orders);
				} finally {
					await bench.network.close();
				}
			}),
			{ numRuns: scaled(30, 60) },
		);
	});
});

describe("the clock", () => {
	type Act =
		| { readonly kind: "wall" | "due"; readonly ms: number }
		| { readonly kind: "speed"; readonly speed: number };
	const acts: fc.Arbitrary<Act[]> = fc.array(
		fc.oneof(
			fc.record({
				kind: fc.constantFrom("wall" as const, "due" as const),
				ms: fc.integer({ min: 1, max: 5_000 }),
			}),
			fc.record({
				kind: fc.constant("speed" as const),
				speed: fc.constantFrom(0, 1, 10, 60, 600, Infinity),
			}),
		),
	);
	test("stays between what has happened and what is due next, at any speed", () => {
		fc.assert(
			fc.property(acts, (all) => {
				const wall = new FakeWall();
				const clock = new Clock(10, wall);
				let [reached, due] = [0, 0];
				for (const act of all) {
					if (act.kind === "wall") wall.at += act.ms;
					else if (act.kind === "speed") {
						if (act.speed > 0) clock.setSpeed(act.speed);
						clock.setPaused(act.speed === 0);
					} else {
						// what a person adds comes no sooner than the clock has shown
						due = Math.max(reached + act.ms, clock.now());
						if (clock.until(due) === undefined) clock.reach((reached = due));
					}
					expect(clock.now()).toBeGreaterThanOrEqual(reached);
					expect(clock.now()).toBeLessThanOrEqual(due);
				}
			}),
		);
	});
	test("a street that takes a second for each at 600x is never ahead of its lamps", () => {
		const wall = new FakeWall();
		const clock = new Clock(600, wall);
		for (let at = SECOND; at < 100 * SECOND; at += SECOND) {
			wall.at += SECOND;
			void clock.until(at);
			expect(clock.now()).toBe(at);
			clock.reach(at);
		}
	});
});
