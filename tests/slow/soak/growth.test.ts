/** Growth: once a lamp has filled what it keeps, thirty nights of traffic add nothing to it or its work. */
import { expect, test } from "@jest/globals";
import { longRun } from "../../sim/run/longrun.js";

/** Journal, samples and the longest texts are full by then. */
const FILLED = 8;
/** What differs between two noons of a lamp that does not grow: events just reported, digits of counters. */
const SLOTS = 8;
const CHUNK_BYTES = 160;

/** Chance makes one day of traffic busier than another, weekends there are none. */
const WORK_SHARE = 0.15;

test("thirty nights with traffic: live slots, chunk bytes and work a day stay within the bound", async () => {
	const { noons, work, summary } = await longRun("--seed 7", 31, true);
	expect(summary.deaths).toBe(0);
	const full = noons.slice(FILLED);
	expect(full.length).toBeGreaterThanOrEqual(22);
	if (process.env.SHOW) process.stderr.write(`${JSON.stringify({ full, work })}\n`);
	const days = work.slice(FILLED);
	const mean = days.reduce((sum, day) => sum + day, 0) / days.length;
	for (const day of days) expect(Math.abs(day / mean - 1)).toBeLessThan(WORK_SHARE);
	for (const [place, bound] of [SLOTS, CHUNK_BYTES].entries()) {
		const held = full.map((noon) => noon[place]!);
		expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(bound);
	}
});
