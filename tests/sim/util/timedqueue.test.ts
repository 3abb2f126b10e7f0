import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { TimedQueue } from "../../../sim/util/timedqueue.js";

const SEED = 20_261_124;

test("comes out by instant, then lamp, then order of coming, as sorting has it", () => {
	const entry = fc.record({ at: fc.nat(20), lamp: fc.nat(5) });
	fc.assert(
		fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
			const queue = new TimedQueue<{ at: number; lamp: number; nth: number }>();
			const all = entries.map((item, index) => ({ ...item, nth: index }));
			for (const item of all) queue.push(item);
			const sorted = [...all].sort((a, b) => a.at - b.at || a.lamp - b.lamp || a.nth - b.nth);
			expect(queue.nextDue()).toBe(sorted[0]?.at ?? Infinity);
			expect(sorted.map(() => queue.take(Infinity))).toEqual(sorted);
			expect(queue.take(Infinity)).toBeUndefined();
		}),
		{ seed: SEED, numRuns: 300 },
	);
});

test("takes nothing that is not due, and puts what comes later in its place", () => {
	const queue = new TimedQueue<{ at: number; lamp: number }>();
	queue.push({ at: 10, lamp: 1 });
	expect(queue.take(9)).toBeUndefined();
	queue.push({ at: 5, lamp: 2 });
	expect([queue.take(9)?.at, queue.take(9), queue.take(10)?.at]).toEqual([5, undefined, 10]);
	expect(queue.nextDue()).toBe(Infinity);
});
