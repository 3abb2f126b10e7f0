/**
 * Kinds: every street has one, roads are apart, and the file of nights is the same again.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { madeFile } from "../../../town/example/inventedtown.js";
import { streetArguments } from "../../../town/nights/evening.js";
import { mixedOf, tasksOf, usersOf } from "../../../town/nights/townnights.js";
import {
	KIND_MACHINES,
	kindsOf,
	MOST_KINDS,
	replicasOf,
} from "../../../town/nights/typicalstreets.js";
import { readTown, type Town } from "../../../town/reading/town.js";
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

describe("kinds", () => {
	test("every street has one of its class, and the lights of all kinds are those of all streets", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1_000 }), (seed) => {
				const town = made(seed);
				const { kinds, of, usual } = kindsOf(town);
				expect(kinds.length).toBeLessThanOrEqual(MOST_KINDS);
				const lights = kinds.reduce((sum, typical) => sum + typical.lights, 0);
				expect(lights).toBe(town.streets.reduce((sum, { at_m }) => sum + at_m.length, 0));
				for (const [index, { isRoad }] of town.streets.entries())
					expect(kinds[of[index]!]!.isRoad).toBe(isRoad);
				expect(Math.max(...kinds.map((typical) => typical.lights))).toBe(kinds[usual]!.lights);
				for (const kind of kinds)
					expect(replicasOf(kind) * kind.lamps).toBeLessThanOrEqual(KIND_MACHINES);
			}),
			{ numRuns: 5 },
		);
	});

	test("every light has a machine that its kind has, and a shift within its bound", () => {
		const town = made(1);
		const kinds = kindsOf(town);
		const { machine, shift } = machinesOf(town, kinds);
		for (const [light, code] of machine.entries()) {
			const kind = kinds.kinds[Math.floor(code / MACHINES)]!;
			expect(code % MACHINES).toBeLessThan(replicasOf(kind) * kind.lamps);
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

	test("entered walkers are those of every kind, its people and its choice of an option", () => {
		const given = { columns: {}, assumed: { walkers_day: 10, vehicles_day: 20 } };
		const { town } = readTown("made", new TextEncoder().encode(madeFile(1)), given);
		const [kind] = kindsOf(town!).kinds;
		expect(kind!.walkers).toBe(10);
		expect(tasksOf("hourly", [kind!], EVENING)[0]!.task.walkers).toBe(10);
		expect(usersOf(kind!)).toBe(10 + kind!.vehicles);
		expect(streetArguments(town!, 0)).toContain("--walkers=10");
		expect(mixedOf({ vehicles: 20, walkers: 10 })).toBe("off");
	});

	test("a road has no task with an option by presence", () => {
		const { kinds } = kindsOf(made(1));
		const roads = kinds.flatMap(({ isRoad }, index) => (isRoad ? [index] : []));
		expect(roads.length).toBeGreaterThan(0);
		const of = (option: "presence" | "hourly") =>
			tasksOf(option, kinds, EVENING).map(({ kind }) => kind);
		expect(of("presence").filter((kind) => roads.includes(kind))).toEqual([]);
		expect(new Set(of("hourly")).size).toBe(kinds.length);
		const seeds = tasksOf("hourly", kinds, EVENING).map(({ task }) => task.seed);
		expect(new Set(seeds).size).toBe(seeds.length);
	});
});
