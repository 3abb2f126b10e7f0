/**
 * Nights: those of the example in the repository, of which three are made again and compared to the
 * byte, and their form for the page. Those are in the cheapest streets: 17 hours of three to seven
 * machines.
 *
 * Promise: The nights of the example in the repository are those that the simulator makes.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Zone } from "../../../lib/zone.js";
import { nightFile, nightsOfFile } from "../../../town/nights/nightfile.js";
import { secondsOf } from "../../../town/nights/nighttask.js";
import { type MachineOption, nightOf } from "../../../town/nights/streetnight.js";
import {
	TOWN_OPTIONS,
	type TownOption,
	type TypicalNight,
	tasksOf,
	together,
} from "../../../town/nights/townnights.js";
import { replicasOf, typicalStreetsOf } from "../../../town/nights/typicalstreets.js";
import { machinesOf, servedNight } from "../../../town/server/encoded.js";
import { openTown } from "../../../town/townargument.js";
import { int32, MACHINES, packed } from "../../../town/townmessages.js";

const FILE = "town/example/montpellier.nights";
const bytes = readFileSync(FILE);
const nights = nightsOfFile(bytes);
const open = await openTown("example", undefined);
if (typeof open === "string" || !("kind" in open)) throw new Error("no example");
const { town } = open;
const sorted = typicalStreetsOf(town);

test("the nights are those of the town's typical streets, with every option, and small", () => {
	expect(nights.typicalStreets).toEqual(sorted.typicalStreets);
	expect(TOWN_OPTIONS.filter((option) => !nights.options[option])).toEqual([]);
	expect(bytes.length).toBeLessThan(600_000);
});

describe("made again", () => {
	const cheap = nights.typicalStreets
		.flatMap((typicalStreet, index) => (typicalStreet.isRoad ? [] : [index]))
		.sort((a, b) => costOf(a) - costOf(b));
	const options: readonly MachineOption[] = ["neighbours", "presence", "hourly"];

	test.each(options.map((option, index) => [option, cheap[index]!] as const))(
		"%s in typical street %s is the same to the byte",
		async (option, index) => {
			const typicalStreet = nights.typicalStreets[index]!;
			const [placed] = tasksOf(option, [typicalStreet], nights.evening);
			const night = together([await nightOf(placed!.task)]);
			const kept = nights.options[option]![index]!;
			// figures of small streets are means of several
			const { figures } = replicasOf(typicalStreet) === 1 ? night : kept;
			const fileOf = (night: TypicalNight) =>
				nightFile({ ...nights, typicalStreets: [typicalStreet], options: { [option]: [night] } });
			const made = fileOf({ ...night, figures });
			expect(made).toEqual(
				fileOf({ ...kept, courses: kept.courses.slice(0, typicalStreet.lamps) }),
			);
			expect(nightsOfFile(made).options[option]).toEqual([{ ...night, figures }]);
		},
	);
});

function costOf(index: number): number {
	return secondsOf(tasksOf("presence", [nights.typicalStreets[index]!], nights.evening)[0]!.task);
}

describe("for the page", () => {
	const zone = Zone.of("Europe/Brussels")!;
	const machines = machinesOf(town, sorted);
	const about = {
		town,
		kind: "example",
		sorted,
		machines,
		zone: zone.name,
		date: "2026-11-24",
	} as const;
	const of = (option: TownOption) => servedNight(about, nights, option, undefined);

	test.each(TOWN_OPTIONS)(
		"%s: every lamp's course is there, and no energy without watts",
		(option) => {
			const { courses, isShifted, figures, shiftFrom_s, shiftTo_s, length_s } = of(option);
			for (const code of new Set(machines.machine)) {
				const typicalCourses = courses[Math.floor(code / MACHINES)]!;
				const course = typicalCourses[(code % MACHINES) % typicalCourses.length]!;
				expect(int32(course.t).length).toBeGreaterThan(0);
			}
			expect(isShifted).toHaveLength(sorted.typicalStreets.length);
			expect(0 < shiftFrom_s && shiftFrom_s < shiftTo_s && shiftTo_s < length_s).toBe(true);
			expect(figures).toHaveLength(town.districts.length + 1);
			expect(figures.at(-1)!.lights).toBe(town.x.length);
			const sum = figures.slice(0, -1).reduce((all, { lights }) => all + lights, 0);
			expect(sum).toBeLessThanOrEqual(town.x.length);
			for (const row of figures) expect(row.mwhYear).toBeUndefined();
		},
	);

	test("the options differ as options do", () => {
		const town_ = (option: TownOption) => of(option).figures.at(-1)!;
		const [full, off, presence, neighbours] = (
			["full", "off", "presence", "neighbours"] as const
		).map(town_);
		expect(full!.meanLevel).toBeGreaterThan(97);
		expect(off!.darkHours.mid).toBeCloseTo(5, 1);
		expect(full!.darkHours.mid).toBe(0);
		expect(presence!.darkHours.mid).toBe(0);
		expect(off!.passagesDark.mid).toBeGreaterThan(0);
		expect(off!.passagesDark.low).toBeCloseTo(off!.passagesDark.mid / 2, 6);
		expect(presence!.meanLevel).toBeLessThan(neighbours!.meanLevel);
		expect(neighbours!.meanLevel).toBeLessThan(full!.meanLevel);
		expect(neighbours!.belowClass_h.mid).toBeLessThan(presence!.belowClass_h.mid);
		expect([full!.origin, presence!.origin, presence!.yearOrigin]).toEqual([
			"played",
			"simulated",
			"modelled",
		]);
	});

	test("lamps by the clock are not shifted", () => {
		expect(of("full").isShifted.some(Boolean)).toBe(false);
		expect(of("hourly").isShifted.some(Boolean)).toBe(false);
		const { isShifted } = of("neighbours");
		expect(
			isShifted.map((shifted, typical) => shifted || nights.typicalStreets[typical]!.isRoad),
		).not.toContain(false);
	});

	test("a night of eight machines is packed as it is", () => {
		const [first] = of("presence").courses;
		const [course] = nights.options.presence![0]!.courses;
		expect(first![0]!.t).toBe(packed(course!.t));
	});
});
