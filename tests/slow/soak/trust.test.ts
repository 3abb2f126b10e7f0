/**
 * Sensors over weeks: lamps that face each other for 30 nights, and sound sensors for 30 days of the
 * simulator's own traffic, which no lamp may doubt.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { writeSample } from "../../../bench/energy/sample.js";
import { watchSensors } from "../../sim/faults/trust.js";

test.each(["facing", "facingFar", "facingNear"])(
	"lamps that face each other, %s: 30 nights without a cycle and without doubt, a boot each tenth",
	async (fault) => {
		const cuts = [154, 394, 634].map((hour) => `--fault powerCut@${hour}h+1m/2`).join(" ");
		const { events, failed, summary } = await watchSensors(
			`--lamps 3 --seed 7 --duration 720h --fault ${fault} ${cuts}`,
		);
		expect(failed).toEqual([]);
		expect(events).toEqual([]);
		expect(summary.deaths).toBe(0);
	},
);

test("sound sensors, 12 lamps, 30 days of the timetable: no doubt, one lamp-year long", async () => {
	const { events } = await watchSensors("--lamps 12 --seed 7 --duration 720h");
	expect(events).toEqual([]);
});

test("sound sensors among neighbours, 12 lamps, 10 days of the timetable: no doubt", async () => {
	const { events } = await watchSensors(
		"--lamps 12 --seed 7 --neighbours --datagram-loss 20 --duration 240h",
	);
	expect(events).toEqual([]);
});

/** Hourly counts of a real street, if the environment names a file; else a sample of 120 days. */
const folder = mkdtempSync(join(tmpdir(), "luminode-traffic-"));
afterAll(() => rmSync(folder, { recursive: true }));
test("sound sensors, 4 lamps, 110 days of hourly counts: no doubt, more than a lamp-year long", async () => {
	const counts = process.env.LUMINODE_TRAFFIC ?? writeSample(folder, "2025-11-01", 120, 7);
	const { events } = await watchSensors(
		`--lamps 4 --seed 7 --zone America/Montreal --duration 2640h --traffic ${counts}`,
	);
	expect(events).toEqual([]);
});
