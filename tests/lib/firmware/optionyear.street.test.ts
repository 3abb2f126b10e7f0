/**
 * Option year: a lamp's year with each option, against an integration that shares no code with it.
 *
 * Promise: The year of a lamp with each option uses the energy that the town and the plan say.
 */
import { describe, expect, test } from "@jest/globals";
import { optionYear, streetLamp } from "../../../lib/firmware/optionyear.js";
import { LIGHTING_OPTIONS, type OptionName, TODAY } from "../../../lib/lightingoptions/options.js";
import { hourlyProgram, passagesOut } from "../../../lib/lightingoptions/traffic.js";
import type { OptionYear } from "../../../lib/lightingoptions/year.js";
import { ours, today } from "../lightingoptions/oracle.js";

/** Of a residential street, and of a lane where a road user passes from 0 to 5 every other night. */
const STREET = [
	5.5, 3.8, 2.5, 2, 2.6, 5.5, 17, 44, 51, 34, 33, 36, 39, 35, 37, 46, 58, 63, 48, 36, 25, 18, 12.5,
	9,
];
const LANE = STREET.map((count) => count / 32);
const LAMP = streetLamp({ latitude: 50.645, longitude: 5.573 });
/** Made once: a year is 365 forecasts, three times for presence. */
const made = new Map([STREET, LANE].map((traffic) => [traffic, new Map<string, OptionYear>()]));
function year(name: OptionName, traffic = STREET): OptionYear {
	const years = made.get(traffic)!;
	if (!years.has(name)) years.set(name, optionYear(name, LAMP, 2026, traffic));
	return years.get(name)!;
}

/** Apart by so many per cent at most. */
function expectNear(found: number, wanted: number, percent: number): void {
	expect(Math.abs(found - wanted)).toBeLessThanOrEqual((wanted * percent) / 100 + 1e-9);
}

describe("against the integration", () => {
	test.each(TODAY)("%s: energy, darkness and passages", (name) => {
		const { kWh, dark_h, unlit_h, unlit } = today(name, STREET);
		const found = year(name);
		expectNear(found.energy_kWh.mid, kWh, 0.3);
		expectNear(found.dark_h, dark_h, 0.3);
		expectNear(found.unlit_h, unlit_h, 0.5);
		expectNear(found.unlit.mid, unlit, 0.5);
	});
	test.each(["presence", "neighbours", "hourly"] as const)("%s: energy", (name) => {
		expectNear(year(name).energy_kWh.mid, ours(name, STREET), 0.5);
		expectNear(year(name, LANE).energy_kWh.mid, ours(name, LANE), 0.5);
	});
	test("sodium burns while it is dark", () => {
		expectNear(year("sodium").energy_kWh.mid, (83 * today("full", STREET).dark_h) / 1000, 0.3);
	});
});

test("weeknights: Fridays, Saturdays and nights before holidays are lit", () => {
	const [each, weeknights] = [year("off").unlit_h, year("weeknights").unlit_h];
	expect(weeknights / each).toBeGreaterThan(0.67);
	expect(weeknights / each).toBeLessThan(0.71);
});

test.each([
	["a street where people pass takes presence", STREET, "neighbours"],
	["an empty lane takes lights out", LANE, "off"],
] as const)("mixed: %s", (_, traffic, as) => {
	const mixed = year("mixed", traffic);
	expect(mixed.as).toBe(as);
	expect({ ...mixed, name: as, as: undefined }).toEqual({ ...year(as, traffic), as: undefined });
});

test("each range holds its figure, has named sources and follows the traffic of presence alone", () => {
	for (const { name } of LIGHTING_OPTIONS) {
		const { energy_kWh, unlit } = year(name);
		expect(energy_kWh.low).toBeLessThan(energy_kWh.mid);
		expect(energy_kWh.high).toBeGreaterThan(energy_kWh.mid);
		expect(unlit.low).toBeLessThanOrEqual(unlit.mid);
		const isByPresence = ["presence", "neighbours", "mixed"].includes(name);
		expect((energy_kWh.by.traffic?.[1] ?? 0) > 1).toBe(isByPresence);
	}
});

test("who passes a dark lamp: the options without lights out leave nobody", () => {
	for (const { name } of LIGHTING_OPTIONS)
		expect(year(name).unlit.mid > 0).toBe(name === "off" || name === "weeknights");
	expect(passagesOut(STREET)).toBeCloseTo(16.4, 6);
});

test("an hour's class follows its share of the busiest hour", () => {
	const busy = Array.from(
		{ length: 24 },
		(_, hour) => [100, 50, 49, 25, 24, 12.5, 12][hour] ?? 100,
	);
	expect(hourlyProgram(busy)).toBe("12:00 100; 02:00 67; 04:00 40; 07:00 100");
});
