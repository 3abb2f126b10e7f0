import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR } from "../../lib/spans.js";
import { Meter } from "../../src/meter/meter.js";
import { type LampPower, powerOf } from "../../src/meter/power.js";
import type { Watts } from "../../src/units.js";
import { evenly } from "../support/evenly.js";
import { percent } from "../support/percent.js";

const NO_COUNTERS = { activeEnergy_Wh: 0, oldLampEnergy_Wh: 0, litTime: 0, switchOnCounter: 0 };

const SEED = 20261124;
const LAMP: LampPower = {
	ledPower_W: 37 as Watts,
	ledPower50_W: 0 as Watts,
	ledPower25_W: 0 as Watts,
	ledPower10_W: 0 as Watts,
	standbyPower_W: 0.5 as Watts,
	controllerPower_W: 0 as Watts,
	oldLampPower_W: 83 as Watts,
};

describe("power", () => {
	test.each([
		["off: driver and controller alone", 0, 0.5],
		["full", 100, 37],
		["half costs a little more than half (0.49 to 0.52 measured)", 50, 37 * 0.51],
		["a tenth costs more than a tenth (0.14 to 0.16 measured)", 10, 37 * 0.15],
		["a fifth", 20, 37 * 0.24],
		["three quarters", 75, 37 * 0.755],
		["a lit driver without light", 0.01, 37 * (0.06 + 0.9 * 0.0001)],
	])("%s", (_why, level, watts) => {
		expect(powerOf(percent(level), LAMP)).toBeCloseTo(watts, 9);
	});
	const measured = { ledPower50_W: 17 as Watts, ledPower25_W: 8.8 as Watts };
	const curve: [why: string, points: Partial<LampPower>, level: number, watts: number][] = [
		["on a point", measured, 50, 17],
		["on the lower point", measured, 25, 8.8],
		["between two points", measured, 37.5, 12.9],
		["above the last", measured, 75, 27],
		["below the first, towards the driver's share", measured, 12.5, (2.22 + 8.8) / 2],
		["full, whatever the points", measured, 100, 37],
		["past a point that is not known", { ledPower10_W: 5 as Watts }, 55, 21],
		[
			"below the lowest point, which alone is known",
			{ ledPower10_W: 5 as Watts },
			5,
			(2.22 + 5) / 2,
		],
		["on the lowest point, which alone is known", { ledPower10_W: 5 as Watts }, 10, 5],
		["on a point of less than a watt", { ledPower25_W: 0.9 as Watts }, 25, 0.9],
		["just above it", { ledPower10_W: 5 as Watts }, 10.9, 5 + (32 * 0.9) / 90],
		["never below standby", { ledPower10_W: 0.1 as Watts }, 10, 0.5],
		["off, whatever the points", measured, 0, 0.5],
	];
	test.each(curve)("a measured curve: %s", (_why, points, level, watts) => {
		expect(powerOf(percent(level), { ...LAMP, ...points })).toBeCloseTo(watts, 9);
	});
	test.each([
		["lit", 50, 37 * 0.51 + 0.6],
		["full", 100, 37.6],
		["off: standby contains it", 0, 0.5],
	])("the controller's own power, %s", (_why, level, watts) => {
		const lamp = { ...LAMP, controllerPower_W: 0.6 as Watts };
		expect(powerOf(percent(level), lamp)).toBeCloseTo(watts, 9);
	});
	test("more light never draws less", () => {
		const watts = fc.integer({ min: 0, max: 1000 });
		fc.assert(
			fc.property(fc.tuple(watts, watts, watts, watts), fc.array(watts), (powers, levels) => {
				const [p10, p25, p50, full] = powers.sort((a, b) => a - b) as [Watts, Watts, Watts, Watts];
				const points = { ledPower10_W: p10, ledPower25_W: p25, ledPower50_W: p50 };
				const lamp = { ...LAMP, ...points, ledPower_W: full, standbyPower_W: 0 as Watts };
				const drawn = levels
					.sort((a, b) => a - b)
					.map((level) => powerOf(percent(level / 10), lamp));
				for (let i = 1; i < drawn.length; i += 1) assert.ok(drawn[i]! >= drawn[i - 1]!);
			}),
			{ seed: SEED },
		);
	});
	test("a small lamp that is hardly lit draws its standby", () => {
		expect(powerOf(percent(1), { ...LAMP, ledPower_W: 5 as Watts })).toBe(0.5);
	});
});

describe("meter", () => {
	test("adds up a night: an hour full, ten at the floor, thirteen off", () => {
		const meter = new Meter(LAMP, NO_COUNTERS, 0);
		meter.note(6 * HOUR, percent(100), true);
		expect(meter.activePower).toBe(37);
		meter.note(7 * HOUR, percent(20), true);
		meter.note(17 * HOUR, percent(0), false);
		meter.note(24 * HOUR, percent(0), false);
		expect(meter.activePower).toBe(0.5);
		expect(meter.activeEnergy_kWh).toBeCloseTo((37 + 10 * 37 * 0.24 + 13 * 0.5) / 1000, 12);
		expect(meter.oldLampEnergy_kWh).toBeCloseTo((11 * 83) / 1000, 12); // full, while it was dark
		expect(meter.energySaved_kWh).toBeCloseTo(meter.oldLampEnergy_kWh - meter.activeEnergy_kWh, 12);
		expect(meter.operatingHours).toBeCloseTo(11, 12);
		expect(meter.switchOnCounter).toBe(1);
	});
	test("counts from dark to lit, not each change of level", () => {
		const meter = new Meter(LAMP, NO_COUNTERS, 0);
		[20, 60, 100, 0, 0, 40, 0].forEach((level, i) => {
			meter.note(i * 1000, percent(level), true);
		});
		expect(meter.switchOnCounter).toBe(2);
	});
	test("a lamp that is lit by day saves less than nothing", () => {
		const meter = new Meter(LAMP, NO_COUNTERS, 0);
		meter.note(0, percent(100), false);
		meter.note(HOUR, percent(100), false);
		expect(meter.energySaved_kWh).toBeCloseTo(-0.037, 12);
	});
	test("compares with the LED at 100 % where the city chose so", () => {
		const lamp = { ...LAMP, controllerPower_W: 0.5 as Watts, baseline: "ledFull" } as const;
		const meter = new Meter(lamp, NO_COUNTERS, 0);
		meter.note(0, percent(50), true);
		meter.note(HOUR, percent(0), false);
		meter.note(2 * HOUR, percent(0), false);
		expect(meter.oldLampEnergy_kWh).toBeCloseTo(0.0375, 12);
		expect(meter.energySaved_kWh).toBeCloseTo((37.5 - (37 * 0.51 + 0.5) - 0.5) / 1000, 12);
		meter.setLamp({ ...lamp, baseline: "oldLamp" }, 2 * HOUR);
		meter.note(2 * HOUR, percent(50), true);
		meter.note(3 * HOUR, percent(50), true);
		expect(meter.oldLampEnergy_kWh).toBeCloseTo(0.0375 + 0.083, 12);
	});
	test("goes on from what was stored", () => {
		const stored = {
			activeEnergy_Wh: 1000,
			oldLampEnergy_Wh: 3000,
			litTime: 5 * HOUR,
			switchOnCounter: 7,
		};
		const meter = new Meter(LAMP, stored, 5000);
		expect(meter.counters()).toEqual(stored);
		meter.note(5000, percent(100), true);
		meter.note(5000 + HOUR, percent(0), true);
		expect(meter.counters()).toEqual({
			activeEnergy_Wh: 1037,
			oldLampEnergy_Wh: 3083,
			litTime: 6 * HOUR,
			switchOnCounter: 8,
		});
	});
	test("another luminaire counts from when it is there", () => {
		const meter = new Meter(LAMP, NO_COUNTERS, 0);
		meter.note(0, percent(100), true);
		meter.setLamp({ ...LAMP, ledPower_W: 74 as Watts, oldLampPower_W: 118 as Watts }, HOUR);
		expect(meter.activePower).toBe(74);
		meter.note(2 * HOUR, percent(100), true);
		expect(meter.counters()).toMatchObject({ activeEnergy_Wh: 111, oldLampEnergy_Wh: 201 });
	});
	test.each([
		["from off", [0, 5, 20], 1],
		["to off", [20, 5, 0], 1],
		["from and to light", [20, 40, 60], 1],
		["that stays off", [0, 0, 0], 0],
	])("a fade %s is lit from its begin to its end", (_what, [from, middle, to], hours) => {
		const meter = new Meter(LAMP, NO_COUNTERS, 0);
		meter.note(0, percent(from!), true);
		meter.move(HOUR, percent(middle!), percent(to!), true);
		expect(meter.operatingHours).toBe(hours);
	});
	test("an instant that is not later adds nothing", () => {
		const meter = new Meter(LAMP, NO_COUNTERS, HOUR);
		meter.note(HOUR, percent(100), true);
		meter.note(0, percent(100), true);
		expect(meter.counters()).toMatchObject({ activeEnergy_Wh: 0, litTime: 0 });
	});
});

describe(`meter, any night (seed ${SEED})`, () => {
	const piece = fc.record({
		span: fc.integer({ min: 0, max: HOUR }),
		level: fc.integer({ min: 0, max: 100 }).map(percent),
		dark: fc.boolean(),
	});
	const pieces = fc.array(piece, { maxLength: 40 });
	const splits = fc.array(evenly(0, 1), { maxLength: 5 });

	test("however often it is asked in between, the sum is the same, and is the sum by hand", () => {
		const property = (night: { span: number; level: number; dark: boolean }[], at: number[]) => {
			const [once, often] = [new Meter(LAMP, NO_COUNTERS, 0), new Meter(LAMP, NO_COUNTERS, 0)];
			let now = 0;
			let [active, old, lit] = [0, 0, 0];
			for (const { span, level, dark } of night) {
				for (const meter of [once, often]) meter.note(now, percent(level), dark);
				for (const share of [...at].sort()) often.note(now + share * span, percent(level), dark);
				now += span;
				active += (powerOf(percent(level), LAMP) * span) / HOUR;
				old += dark ? (83 * span) / HOUR : 0;
				lit += level > 0 ? span : 0;
			}
			for (const meter of [once, often]) {
				meter.note(now, percent(0), false);
				expect(meter.activeEnergy_kWh).toBeCloseTo(active / 1000, 9);
				expect(meter.oldLampEnergy_kWh).toBeCloseTo(old / 1000, 9);
				expect(meter.operatingHours).toBeCloseTo(lit / HOUR, 9);
			}
			assert.equal(often.switchOnCounter, once.switchOnCounter);
		};
		fc.assert(fc.property(pieces, splits, property), { seed: SEED });
	});
});

test("a new light source begins its operating hours anew; energy and switch-ons go on", () => {
	const meter = new Meter(LAMP, NO_COUNTERS, 0);
	meter.note(0, percent(100), true);
	meter.note(HOUR, percent(0), true);
	expect(meter.operatingHours).toBe(1);
	meter.renew();
	expect([meter.operatingHours, meter.switchOnCounter]).toEqual([0, 1]);
	expect(meter.activeEnergy_kWh).toBeCloseTo(0.037, 9);
});
