/**
 * Lamp faults: broken lamps and drivers in XS machines, found by the answer of their own sensors.
 *
 * Promise: A lamp or driver that is broken is found and reported.
 */
import { expect, test } from "@jest/globals";
import { HOUR } from "../../../lib/spans.js";
import { scaled } from "../../support/scale.js";
import { type LongRun, longRun } from "../run/longrun.js";

/** The run begins at noon: six hours later it is dark, and the evening's traffic asks often. */
const BROKEN = 6 * HOUR;
/** Five answers in a row over a minute, at the pace of an evening's passers-by. */
const WITHIN = 1.5 * HOUR;
const KINDS = ["lampFailure", "dimmingFailure", "lampUnexpectedOn"];

/** What a lamp reported of itself: [type and flag, hours after the fault]. */
function found({ reports }: LongRun, lamp: number): [what: string, after: number][] {
	return reports
		.filter(({ topic }) => topic.endsWith(`/pole-0000${lamp}/event`))
		.filter(({ payload }) => KINDS.includes(payload.type as string))
		.map(({ at, payload }) => {
			expect(payload.attributes).toEqual({ inference: true });
			return [`${payload.type} ${payload.startEndFlag}`, at - BROKEN];
		});
}

test("a dead lamp, a stuck driver and a day burner are reported in time, and the sound one is not", async () => {
	const faults = ["lampDead@6h/2", "driverStuck@6h/3", "dayBurner@6h+30h/4"];
	const run = await longRun(
		`--seed 7 ${faults.map((fault) => `--fault ${fault}`).join(" ")}`,
		1,
		true,
		4,
	);
	expect(run.summary.deaths).toBe(0);
	for (const [name, { ok }] of Object.entries(run.summary.checks))
		expect([name, ok]).toEqual([name, true]);
	const dawn = 12 * HOUR; // later than that
	expect(found(run, 1)).toEqual([]);
	const cases = [
		[2, ["lampFailure start"]],
		[3, ["dimmingFailure start", "lampUnexpectedOn start"]],
		[4, ["dimmingFailure start", "lampUnexpectedOn start"]],
	] as const;
	for (const [lamp, expected] of cases) {
		const events = found(run, lamp);
		expect([lamp, events.map(([what]) => what)]).toEqual([lamp, expected]);
		expect(events[0]![1]).toBeLessThan(WITHIN);
		if (events[1]) expect(events[1][1]).toBeGreaterThan(dawn);
	}
});

const NIGHTS = scaled(1, 2);
test(`healthy nights (${NIGHTS}) of lamps that watch themselves: nothing is found`, async () => {
	const run = await longRun("--seed 7 --fault lampDead@200h", NIGHTS, true, 2);
	expect(run.reports.filter(({ payload }) => KINDS.includes(payload.type as string))).toEqual([]);
});
