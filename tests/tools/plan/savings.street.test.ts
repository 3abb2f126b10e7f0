/**
 * Savings: energy beside a baseline, worked out by hand; a year against another ephemeris.
 *
 * Promise: The saving that a plan names is the energy of a whole year beside a baseline that the reader can check.
 */
import { describe, expect, test } from "@jest/globals";
import { inStreets, YEAR } from "../../../bench/energy/year.js";
import { oldLampYear, yearOf } from "../../../lib/firmware/lampyear.js";
import { type Changes, DEFAULTS, withValues } from "../../../src/settings/table.js";
import {
	annualConsumption,
	powerDensity,
	savingsOf,
	tariffOf,
} from "../../../tools/plan/savings.js";
import { baselineOf, yearText } from "../../../tools/plan/yeartext.js";

describe("savings", () => {
	test.each<
		[
			why: string,
			option: [number, number],
			base: [number, number],
			saved: number,
			share: number,
			off: number,
			sure: boolean,
		]
	>([
		[
			"an LED instead of sodium",
			[100, 10],
			[300, 10],
			200,
			66.67,
			Math.sqrt(10 * 10 + 30 * 30),
			true,
		],
		[
			"a saving within its uncertainty",
			[95, 10],
			[100, 10],
			5,
			5,
			Math.sqrt(9.5 * 9.5 + 100),
			false,
		],
		["more than before", [120, 0], [100, 0], -20, -20, 0, true],
		["no baseline", [10, 10], [0, 0], -10, 0, 1, true],
	])("%s", (_why, [energy_kWh, tolerance], base, saved, share, off, sure) => {
		const found = savingsOf({ energy_kWh, tolerance }, { energy_kWh: base[0], tolerance: base[1] });
		expect(found.saved_kWh).toBeCloseTo(saved, 9);
		expect(found.share).toBeCloseTo(share, 2);
		expect(found.uncertainty_kWh).toBeCloseTo(off, 9);
		expect(found.isSignificant).toBe(sure);
	});
	test("euro and CO2 by a dated tariff", () => {
		const tariff = { price_eur_kWh: 0.3, co2_g_kWh: 160, dated: "2026-01" };
		expect(tariffOf(200, tariff)).toEqual({ eur: 60, co2_kg: 32 });
	});
	test("EN 13201-5: 37 W over 30 m by 8 m with 7.5 lx; 150 kWh a year", () => {
		const area = { spacing_m: 30, width_m: 8, mean_lx: 7.5 };
		expect(powerDensity(37, area)).toBeCloseTo(37 / 1800, 12);
		expect(annualConsumption(150, area)).toBeCloseTo(0.625, 12);
		expect(powerDensity(37, { ...area, mean_lx: 0 })).toBeUndefined();
		expect(annualConsumption(150, { ...area, width_m: 0 })).toBeUndefined();
	});
});

describe(`a year in Charleroi, ${YEAR}: three streets`, () => {
	test("lights out costs the same everywhere; presence costs more where more people pass", () => {
		const kWh = (name: Parameters<typeof inStreets>[0]) =>
			inStreets(name).map(({ energy_kWh }) => energy_kWh.mid);
		const [lane, side, main] = kWh("neighbours");
		expect(new Set(kWh("off")).size).toBe(1);
		expect(side!).toBeGreaterThan(lane! + 5);
		expect(main!).toBeGreaterThan(side! + 15);
	});
	test("mixed takes lights out in the lane, presence elsewhere", () => {
		expect(inStreets("mixed").map(({ as }) => as)).toEqual(["off", "neighbours", "neighbours"]);
	});
});

describe("presence by Poisson", () => {
	const settings = withValues(DEFAULTS, { program: "12:00 0", floorLevel: 20 } as Changes);
	test("60 an hour for 36 s: occupied for 1 - e^-0.6 of the dark", () => {
		const { occupied, energy_kWh, dark_h } = yearOf(settings, 2026, Array(24).fill(60));
		expect(occupied).toBeCloseTo(100 * (1 - Math.exp(-0.6)), 6);
		const [full, linger] = [1 - Math.exp(-0.6), Math.exp(-0.6) - Math.exp(-1.1)];
		const power = 37.5 * full + (37 * 0.608 + 0.5) * linger + (37 * 0.24 + 0.5) * Math.exp(-1.1);
		expect(energy_kWh).toBeCloseTo((power * dark_h + 0.5 * (8760 - dark_h)) / 1000, 6);
	});
	test("where sensors raise nothing, traffic costs nothing", () => {
		const fixed = withValues(settings, { sensorEffect: "none" });
		const { energy_kWh, passages } = yearOf(fixed, 2026, Array(24).fill(60));
		const { energy_kWh: empty, dark_h } = yearOf(fixed, 2026);
		expect(energy_kWh).toBe(empty);
		expect(passages).toBeCloseTo(60 * dark_h, 3);
	});
});

describe("a year in lines", () => {
	const settings = withValues(DEFAULTS, { installedMean: 7.5 });
	const options = { year: 2026, traffic: [], baseline: "oldLamp", width_m: 8 } as const;
	const tariff = { price_eur_kWh: 0.3, co2_g_kWh: 160, dated: "2026-01" };
	test.each(["en", "fr"] as const)("%s: each figure once, and that it is no bill", (language) => {
		const lines = yearText(settings, { ...options, tariff }, language);
		expect(lines).toHaveLength(5);
		expect(lines.at(-1)).toMatch(language === "en" ? /not a bill/ : /pas une facture/);
		expect(lines.join("\n")).not.toMatch(/\{\d\}|NaN|undefined/);
		expect(lines[2]).toMatch(/2026-01/);
		expect(lines[3]).toMatch(/30 m .* 8[.,]0 m: PDI 20[.,]8|30 m sur 8,0 m : PDI 20,8/);
	});
	test("the baseline that the city chose", () => {
		const kWh = (baseline: Parameters<typeof baselineOf>[1]) =>
			baselineOf(settings, baseline, 2026, []).energy_kWh;
		expect(kWh("oldLamp")).toBeGreaterThan(340);
		expect(kWh("halfNight")).toBeCloseTo(oldLampYear(settings, 2026, [0, 5]), 9);
		expect(kWh("ledFull") / kWh("oldLamp")).toBeCloseTo(37.5 / 83, 9);
		expect(kWh(settings)).toBeCloseTo(yearOf(settings, 2026).energy_kWh, 9);
	});
	test("a saving within its uncertainty is named", () => {
		const text = yearText(settings, { ...options, baseline: settings, tariff: undefined }, "en");
		expect(text.join(" ")).toMatch(/as large as the saving/);
	});
});
