/**
 * Typical streets: every street has one, roads are apart, and the file of nights is the same again.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readName } from "../../../sim/options/values.js";
import { madeFile } from "../../../town/example/inventedtown.js";
import { streetValues } from "../../../town/nights/evening.js";
import { mixedOf, tasksOf, usersOf } from "../../../town/nights/townnights.js";
import {
	MOST_TYPICAL_STREETS,
	replicasOf,
	SIMULATED_LAMPS,
	typicalStreetsOf,
} from "../../../town/nights/typicalstreets.js";
import { readTown, type Town } from "../../../town/reading/readtown.js";
import { machinesOf, SHIFT_MOST } from "../../../town/server/encoded.js";
import { MACHINES } from "../../../town/townmessages.js";

const made = (seed: number): Town =>
	readTown("made", new TextEncoder().encode(madeFile(seed))).town!;

const EVENING = {
	latitude: 50,
	longitude: 5,
	zone: "Europe/Brussels",
	start: "2026-11-24T15:00:00Z",
	length_s: 3600,
	seed: 1,
};

describe("typical streets", () => {
	test("every street has one of its class, and the lights of all typical streets are those of all streets", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1_000 }), (seed) => {
				const town = made(seed);
				const { typicalStreets, of, usual } = typicalStreetsOf(town);
				expect(typicalStreets.length).toBeLessThanOrEqual(MOST_TYPICAL_STREETS);
				const lights = typicalStreets.reduce((sum, typicalStreet) => sum + typicalStreet.lights, 0);
				expect(lights).toBe(town.streets.reduce((sum, { at_m }) => sum + at_m.length, 0));
				for (const [index, { isRoad }] of town.streets.entries())
					expect(typicalStreets[of[index]!]!.isRoad).toBe(isRoad);
				expect(Math.max(...typicalStreets.map((typicalStreet) => typicalStreet.lights))).toBe(
					typicalStreets[usual]!.lights,
				);
				for (const typicalStreet of typicalStreets)
					expect(replicasOf(typicalStreet) * typicalStreet.lamps).toBeLessThanOrEqual(
						SIMULATED_LAMPS,
					);
			}),
			{ numRuns: 5 },
		);
	});

	test("every light has a machine that its typical street has, and a shift within its bound", () => {
		const town = made(1);
		const sorted = typicalStreetsOf(town);
		const { machine, shift } = machinesOf(town, sorted);
		for (const [light, code] of machine.entries()) {
			const typicalStreet = sorted.typicalStreets[Math.floor(code / MACHINES)]!;
			expect(code % MACHINES).toBeLessThan(replicasOf(typicalStreet) * typicalStreet.lamps);
			expect(Math.abs(shift[light]!)).toBeLessThanOrEqual(SHIFT_MOST);
		}
		const [first] = town.streets;
		const codes = [...machine.subarray(first!.from, first!.from + 5)];
		expect(codes.map((code) => code - codes[0]!)).toEqual(codes.map((_code, index) => index));
	});

	test.each([
		["a residential street", 458, "neighbours"],
		["an avenue", 10_000, "neighbours"],
	] as const)("mixed in %s", (_why, vehicles, option) => {
		expect(mixedOf({ vehicles })).toBe(option);
	});

	test("entered walkers are those of every typical street, its people and its choice of an option", () => {
		const given = { columns: {}, assumed: { walkers_day: 10, vehicles_day: 20 } };
		const { town } = readTown("made", new TextEncoder().encode(madeFile(1)), given);
		const [typicalStreet] = typicalStreetsOf(town!).typicalStreets;
		expect(typicalStreet!.walkers).toBe(10);
		expect(tasksOf("hourly", [typicalStreet!], EVENING)[0]!.task.walkers).toBe(10);
		expect(usersOf(typicalStreet!)).toBe(10 + typicalStreet!.vehicles);
		expect(streetValues(town!, 0)?.walkers).toBe("10");
		expect(mixedOf({ vehicles: 20, walkers: 10 })).toBe("off");
	});

	test("a street runs under its name, that of its district and of the town", () => {
		const town = made(1);
		const [{ name, district }] = town.streets as [Town["streets"][number]];
		const full = [name, town.districts[district], "made"].join(", ");
		expect(streetValues(town, 0)?.name).toBe(full);
		const unnamed = { ...town, streets: [{ ...town.streets[0]!, name: "" }] };
		expect(streetValues(unnamed, 0)).not.toHaveProperty("name");
	});

	test.each(["Rue\u00ad Haute\t", `${"x".repeat(119)}\u{1f4a1}`, "\u0000"])(
		"%j in a file is a name that the option takes",
		(name) => {
			const town = made(1);
			const odd = { ...town, name: "", districts: [], streets: [{ ...town.streets[0]!, name }] };
			const called = streetValues(odd, 0)?.name as string | undefined;
			expect(readName(called)).toBe(called);
			expect(called).not.toBe("");
		},
	);

	test("a road has no task with an option by presence", () => {
		const { typicalStreets } = typicalStreetsOf(made(1));
		const roads = typicalStreets.flatMap(({ isRoad }, index) => (isRoad ? [index] : []));
		expect(roads.length).toBeGreaterThan(0);
		const of = (option: "presence" | "hourly") =>
			tasksOf(option, typicalStreets, EVENING).map(({ typical }) => typical);
		expect(of("presence").filter((typical) => roads.includes(typical))).toEqual([]);
		expect(new Set(of("hourly")).size).toBe(typicalStreets.length);
		const seeds = tasksOf("hourly", typicalStreets, EVENING).map(({ task }) => task.seed);
		expect(new Set(seeds).size).toBe(seeds.length);
	});
});
