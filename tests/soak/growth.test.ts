/** Growth: once a lamp has filled what it keeps, thirty nights of traffic add nothing to it. */
import { expect, test } from "@jest/globals";
import { longRun } from "../sim/longrun.js";

/** Journal, samples and the longest texts are full by then. */
const FILLED = 8;
/** What differs between two noons of a lamp that does not grow: events just told, digits of counters. */
const SLOTS = 8;
const CHUNK_BYTES = 160;

test("thirty nights with traffic: live slots and chunk bytes stay within the bound", async () => {
	const { noons, summary } = await longRun("--seed 7", 31, true);
	expect(summary.deaths).toBe(0);
	const full = noons.slice(FILLED);
	expect(full.length).toBeGreaterThanOrEqual(22);
	for (const [place, bound] of [SLOTS, CHUNK_BYTES].entries()) {
		const held = full.map((noon) => noon[place]!);
		expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(bound);
	}
});
