/** Peers: streets side by side, of which none is ahead of the slowest. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { AHEAD, Peers } from "../../../sim/street/peers.js";

/** A street with its instants runs them, each after its pause. `onRun`: just before each. */
async function live(
	peers: Peers,
	index: number,
	instants: readonly number[],
	onRun: (at: number) => Promise<void>,
): Promise<void> {
	const pack = peers.of(index);
	for (const at of instants) {
		for (let pause = pack.until(at); pause; pause = pack.until(at)) await pause;
		await onRun(at);
	}
	peers.leave(index);
}

describe("streets side by side", () => {
	test("none is ahead of the slowest, and all come to their end (property)", async () => {
		const steps = fc.array(fc.integer({ min: 1, max: 3 * AHEAD }), { maxLength: 20 });
		const turns = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 20 });
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(steps, turns), { minLength: 1, maxLength: 5 }),
				async (streets) => {
					const peers = new Peers(streets.length);
					const instants = streets.map(([some]) =>
						some.map((_, n) => some.slice(0, n + 1).reduce((sum, step) => sum + step, 0)),
					);
					const next = instants.map(([first]) => first ?? Infinity);
					await Promise.all(
						streets.map(([, slow], index) =>
							live(peers, index, instants[index]!, async (at) => {
								expect(at).toBeLessThanOrEqual(Math.min(...next) + AHEAD);
								const run = instants[index]!.indexOf(at);
								for (let turn = 0; turn < slow[run]!; turn++) await Promise.resolve();
								next[index] = instants[index]![run + 1] ?? Infinity;
							}),
						),
					);
					expect(next).toEqual(streets.map(() => Infinity));
				},
			),
		);
	});

	test("a stop ends the pause of one that is ahead", async () => {
		const pack = new Peers(2).of(0);
		const pause = pack.until(AHEAD + 1);
		expect(pause).toBeDefined();
		pack.interrupt();
		await pause;
	});
});
