/**
 * Trust in a street: sensors break, the lamps find it out in the stated time, shine at full class
 * meanwhile and recover. The firmware itself in XS machines, seeds fixed.
 *
 * Promise: A broken sensor is found in the stated time, nobody is without light meanwhile, and the
 * lamp recovers.
 */
import { describe, expect, test } from "@jest/globals";
import { scaled } from "../../support/scale.js";
import { of, SEED, watchSensors } from "./trust.js";

describe("presence", () => {
	test("a PIR dies among neighbours: found within the hour, by those who pass; mended with the first", async () => {
		const [dead, end_h] = scaled([1.2, 3.8], [2, 5]);
		const { events, failed, ahead } = await watchSensors(
			`--lamps 5 ${SEED} --neighbours --datagram-loss 20 --duration ${end_h}h --fault pirDead@2h+${dead}h/3`,
		);
		expect(failed).toEqual([]);
		const [start, end, ...rest] = of(events, 3);
		expect(start).toMatchObject({ flag: "start", why: "silent", type: "presenceSensorFailure" });
		expect(start!.hours - 2).toBeLessThan(1);
		expect(end).toMatchObject({ flag: "end", why: "silent" });
		expect(end!.hours - 2 - dead!).toBeLessThan(0.5);
		expect([rest, events.length]).toEqual([[], 2]);
		expect(ahead.tried).toBeGreaterThan(scaled(200, 300));
		expect(1 - ahead.late / ahead.tried).toBeGreaterThan(0.95);
	});
	test("stuck on: light at once, reported after an hour; ends with the first stillness", async () => {
		const [from, span, end] = scaled([2, 3, 6.5], [4, 5, 12]) as [number, number, number];
		const { events, failed } = await watchSensors(
			`--lamps 2 ${SEED} --duration ${end}h --fault pirStuckOn@${from}h+${span}h/2`,
		);
		expect(failed).toEqual([]);
		expect(
			of(events, 2).map(({ flag, why, hours }) => [flag, why, Math.round(hours * 10)]),
		).toEqual([
			["start", "stuckOn", 10 * (from + 1)],
			["end", "stuckOn", 10 * (from + span)],
		]);
		expect(of(events, 1)).toEqual([]);
	});
});

describe("the light sensor", () => {
	const cases: [fault: string, why: string, latest: number, hours: number][] = [
		["luxStuck", "contradicted", 3, scaled(18, 48)], // the sun is 8 deg below the horizon at 17:32
		["luxDead", "contradicted", 3, scaled(18, 48)],
		["luxDark", "contradicted", 26, scaled(42, 48)], // by night it may be right
	];
	test.each(scaled(cases.slice(0, 1), cases))(
		"%s at 15:30: reported as %s within %d h, lit all night",
		async (fault, why, latest, hours) => {
			const { events, failed } = await watchSensors(
				`--lamps 2 ${SEED} --duration ${hours}h --fault ${fault}@0.5h/2`,
			);
			expect(failed).toEqual([]);
			const [start] = of(events, 2);
			expect(start).toMatchObject({ flag: "start", why, type: "lightSensorFailure" });
			expect(start!.hours).toBeLessThan(latest);
			expect(of(events, 1)).toEqual([]);
		},
	);
});

describe("lamps that face each other do not switch each other", () => {
	const LAMPS = scaled(2, 3);
	test.each(scaled(["facingNear"], ["facing", "facingNear"]))(
		"%s: own light 30 lx, each neighbour's more",
		async (fault) => {
			const { events, failed } = await watchSensors(
				`--lamps ${LAMPS} ${SEED} --duration 20h --fault ${fault} --fault powerCut@10h+1m/2`,
			);
			expect(failed).toEqual([]);
			expect(events).toEqual([]);
		},
	);
	test("boots by night without any clock, brighter than offLevel around it: lit", async () => {
		const { events, failed, summary } = await watchSensors(
			`--lamps ${LAMPS} ${SEED} --duration 20h --fault facingNear --fault clockLost --fault powerCut@10h+1m/2`,
		);
		expect(failed.filter((failure) => !/vacantReturn/.test(failure))).toEqual([]); // no program
		expect(events).toEqual([]);
		expect(summary.checks.floor).toMatchObject({ ok: true });
	});
	const part = [
		"--fault facingFar --fault luxDark@1h+5h", // its first hours taught it no lamplight
		"--fault facing --fault dayBurner/2",
	];
	const allFaults = [...part, "--fault facingNear --fault dayBurner/2"];
	test.each(scaled(part.slice(1), allFaults))(
		"nor by morning or dusk with a second fault: %s",
		async (faults) => {
			const { failed } = await watchSensors(`--lamps ${LAMPS} ${SEED} --duration 20h ${faults}`);
			expect(failed).toEqual([]);
		},
	);
});
