/**
 * Sensors that break for days: each is found in the stated time, and trusted again after the repair.
 * The faults that show within hours are in tests/sim/faults/trust.street.test.ts.
 */
import { describe, expect, test } from "@jest/globals";
import { HOURS } from "../../../src/sensing/pirhealth.js";
import { of, SEED, watchSensors } from "../../sim/faults/trust.js";

/** A week of a quiet street has been learnt: some at any hour, none so many. */
const LEARNT = { trust: `0 0 168 0 0 ${new Array(HOURS).fill(5).join(" ")}` };

describe("presence", () => {
	test("a PIR dies: full class from 54 h on at the latest, and the street's again when mended", async () => {
		const { events, failed, summary } = await watchSensors(
			`--lamps 2 ${SEED} --duration 80h --fault pirDead@2h+70h/2`,
		);
		expect(failed).toEqual([]);
		expect(summary.checks.doubtLit).toMatchObject({ ok: true, count: 0 });
		const [start, end, ...rest] = of(events, 2);
		expect(start).toMatchObject({ flag: "start", why: "silent", type: "presenceSensorFailure" });
		expect(start!.hours).toBeGreaterThan(48);
		expect(start!.hours).toBeLessThan(2 + 54);
		expect(end).toMatchObject({ flag: "end", why: "silent" });
		expect(end!.hours - 72).toBeLessThan(1);
		expect([rest, of(events, 1)]).toEqual([[], []]);
	});
	test("a PIR dies at the end of the row: found within two hours, by those who go away from it", async () => {
		const { events, failed } = await watchSensors(
			`--lamps 5 ${SEED} --neighbours --datagram-loss 20 --duration 9h --fault pirDead@1h+7h/1`,
		);
		expect(failed).toEqual([]);
		expect(events.map(({ lamp, flag, why }) => [lamp, flag, why])).toEqual([
			[1, "start", "silent"],
			[1, "end", "silent"],
		]);
		if (process.env.SHOW) console.log(`end pole: found after ${events[0]!.hours - 1} h`);
		expect(events[0]!.hours - 1).toBeLessThan(2);
		expect(events[1]!.hours - 8).toBeLessThan(0.5);
	});
	test("in step with its radio: found within two hours, trusted again within four", async () => {
		const { events, failed } = await watchSensors(
			`--lamps 2 ${SEED} --duration 20h --fault pirRadio@6h+8h/2`,
		);
		expect(failed).toEqual([]);
		const [start, end] = of(events, 2);
		expect(start).toMatchObject({ flag: "start", why: "radio" });
		expect(start!.hours - 6).toBeLessThan(2);
		expect(end).toMatchObject({ flag: "end", why: "radio" });
		expect(end!.hours - 14).toBeLessThan(4);
		expect(of(events, 1)).toEqual([]);
	});
	test("too busy from the first day on: after a day and a night; ends with the first rest", async () => {
		const { events, failed } = await watchSensors(
			`--lamps 2 ${SEED} --duration 40h --fault pirNoisy@2h+30h/2`,
		);
		expect(failed).toEqual([]);
		const [start, end] = of(events, 2);
		expect(start).toMatchObject({ flag: "start", why: "tooBusy" });
		expect(start!.hours - 2).toBeLessThan(24.5);
		expect(end).toMatchObject({ flag: "end", why: "tooBusy" });
		expect(end!.hours - 32).toBeLessThan(1);
		expect(of(events, 1)).toEqual([]);
	});
	test("too busy for a night: within the hour, where the hours are known", async () => {
		const { events } = await watchSensors(
			`--lamps 2 ${SEED} --duration 16h --fault pirNoisy@10h+3h/2`,
			LEARNT,
		);
		const [start, end] = of(events, 2);
		expect(start).toMatchObject({ flag: "start", why: "tooBusy" });
		expect(start!.hours - 10).toBeLessThan(2);
		expect(end).toMatchObject({ flag: "end", why: "tooBusy" });
		expect(end!.hours - 13).toBeLessThan(2);
		expect(of(events, 1)).toEqual([]);
	});
});
