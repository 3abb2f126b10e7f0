/** Savings: energy beside a baseline, worked out by hand; a year against another ephemeris. */
import { describe, expect, test } from "@jest/globals";
import { Body, Observer, SearchAltitude } from "astronomy-engine";
import { CHARLEROI, waysOf, YEAR } from "../../../bench/energy/year.js";
import { type Changes, DEFAULTS, withValues } from "../../../src/settings/table.js";
import {
	annualConsumption,
	powerDensity,
	savingsOf,
	tariffOf,
} from "../../../tools/plan/savings.js";
import { oldLampYear, yearOf } from "../../../tools/plan/year.js";
import { baselineOf, yearText } from "../../../tools/plan/yeartext.js";

describe("savings", () => {
	test.each<
		[
			why: string,
			way: [number, number],
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

describe(`a year in Charleroi, ${YEAR}`, () => {
	/** Hours in which the sun is below -2 degrees, by another ephemeris. */
	function darkHours(): number {
		const observer = new Observer(CHARLEROI.latitude, CHARLEROI.longitude, 0);
		let dark = 0;
		let at = new Date(Date.UTC(YEAR, 0, 1, 11));
		const end = Date.UTC(YEAR + 1, 0, 1, 11);
		while (at.getTime() < end) {
			const dusk = SearchAltitude(Body.Sun, observer, -1, at, 1, -2)!.date;
			const dawn = SearchAltitude(Body.Sun, observer, +1, dusk, 1, -2)!.date;
			dark += (dawn.getTime() - dusk.getTime()) / 3_600_000;
			at = new Date(at.getTime() + 24 * 3_600_000);
		}
		return dark;
	}
	const hours = darkHours();
	const day = 365 * 24 - hours;
	const out = 365 * 5; // midnight to 5 h is dark on every night but those of June, by minutes
	const [sodium, halfNight, full, steps, dark, floor40, floor20] = waysOf();

	test("dark hours and full light are those of the ephemeris", () => {
		expect(sodium!.lit_h).toBeGreaterThan(hours * 0.998);
		expect(sodium!.lit_h).toBeLessThan(hours * 1.002);
		expect(sodium!.energy_kWh).toBeCloseTo((83 * hours) / 1000, -0.5);
		expect(Math.abs(full!.energy_kWh - (37.5 * hours + 0.5 * day) / 1000)).toBeLessThan(0.4);
	});
	test("lights out saves the hours that it lasts", () => {
		expect(
			Math.abs(dark!.energy_kWh - (37.5 * (hours - out) + 0.5 * (day + out)) / 1000),
		).toBeLessThan(0.4);
		expect(Math.abs(halfNight!.energy_kWh - (83 * (hours - out)) / 1000)).toBeLessThan(0.8);
	});
	test("the figures that were worked out by hand, with 4.4 kWh of controller and standby more", () => {
		const own = (0.5 * 365 * 24) / 1000;
		const by = (way: { energy_kWh: number } | undefined) => way!.energy_kWh - own;
		expect(Math.abs(sodium!.energy_kWh - 347)).toBeLessThan(1);
		expect(Math.abs(by(full) - 155)).toBeLessThan(1);
		expect(Math.abs(by(steps) - 108)).toBeLessThan(1);
		expect(Math.abs(by(dark) - 87)).toBeLessThan(1);
		expect(Math.abs(by(floor40) - 80)).toBeLessThan(4);
		expect(Math.abs(by(floor20) - 53)).toBeLessThan(4);
	});
	test("over a floor of 40 % little is saved beside half-night switching, over 20 % energy, too", () => {
		expect(dark!.energy_kWh - floor40!.energy_kWh).toBeLessThan(15);
		expect(floor40!.lit_h - dark!.lit_h).toBeGreaterThan(1800);
		expect(dark!.energy_kWh - floor20!.energy_kWh).toBeGreaterThan(25);
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
		expect(yearOf(fixed, 2026, Array(24).fill(60))).toEqual(yearOf(fixed, 2026));
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
