/** A street's drivers: light as pieces, answers with their numbers, faults, and the host's own frame. */
import { describe, expect, test } from "@jest/globals";
import { Agenda } from "../../../../sim/util/agenda.js";
import { NO_BUS } from "../../../../sim/world/driver/bus.js";
import { lightOf } from "../../../../sim/world/driver/curve.js";
import { FIRST_LIGHT } from "../../../../sim/world/driver/gear.js";
import { Luminaires } from "../../../../sim/world/driver/luminaires.js";
import { SEED } from "./rig.js";

const LAMP = 1;
const TWICE = 0x100_0000;

function street() {
	const agenda = new Agenda();
	const answers: [at: number, lamp: number, answer: number, number: number][] = [];
	const shown: [at: number, light: number, path: readonly number[]][] = [];
	const all = new Luminaires(2, SEED, agenda, {
		answer: (...answer) => answers.push(answer),
		shine: (at, lamp, light, path) => {
			if (lamp === LAMP) shown.push([at, light, path]);
		},
	});
	all.power(0, LAMP, true);
	agenda.run(FIRST_LIGHT);
	return { all, agenda, answers, shown };
}

test("power on is the power on level, from the first light on", () => {
	expect(street().shown).toEqual([
		[0, 0, []],
		[FIRST_LIGHT, 1, []],
	]);
});

test("a level before the first light is obeyed and seen with it", () => {
	const { all, agenda, shown } = street();
	all.power(2000, LAMP, false);
	all.power(3000, LAMP, true);
	all.send(3300, LAMP, 0xfe55, 1);
	agenda.run(4000);
	const lights = shown.filter(([at]) => at >= 3000).map(([at, light]) => [at, light > 0]);
	expect(lights).toEqual([
		[3000, false],
		[3316, false],
		[3000 + FIRST_LIGHT, true],
	]);
	expect(shown.at(-1)![1]).toBeCloseTo(0.01, 3);
});

test("a level that ends as the first light comes is not undone by it", () => {
	const { all, agenda, shown } = street();
	all.power(2000, LAMP, false);
	all.power(3000, LAMP, true);
	all.send(3000 + FIRST_LIGHT - 5, LAMP, 0xfe55, 1);
	agenda.run(4000);
	expect(shown.at(-1)![1]).toBeCloseTo(0.01, 3);
});

test("an answer has the number of its frame, and comes no sooner than 26 ms", () => {
	const { all, answers } = street();
	all.send(1000, LAMP, 0xff91, 7);
	const [at, lamp, answer, number] = answers[0]!;
	expect([lamp, answer, number]).toEqual([LAMP, 255, 7]);
	expect(at).toBeGreaterThanOrEqual(1000 + 15.83 + 5.5 + 9.17);
});

test("without power no frame passes, and the master has to wait as long as for silence", () => {
	const { all, answers } = street();
	all.power(500, LAMP, false);
	all.send(1000, LAMP, 0xff91, 8);
	expect(answers).toEqual([[1027, LAMP, NO_BUS, 8]]);
});

test("a fade is pieces between points of the curve; to off it ends with a step", () => {
	const { all, shown } = street();
	all.send(1000, LAMP, 0xa301, 1);
	all.send(2000, LAMP, TWICE + 0xff2e, 2);
	all.send(3000, LAMP, 0xfe00, 3);
	const [at, light, path] = shown.at(-1)!;
	expect(at).toBe(3016);
	expect(light).toBeCloseTo(1, 2);
	expect(path.length).toBeGreaterThan(20);
	const [last, least, end, off] = path.slice(-4);
	expect([last, end, off]).toEqual([707, 707, 0]);
	expect(least).toBeCloseTo(lightOf(85), 4);
	for (let index = 2; index < path.length; index += 2)
		expect(path[index]!).toBeGreaterThanOrEqual(path[index - 2]!);
});

describe("a machine that dies", () => {
	test("the host sends the armed frame, once", () => {
		const { all, shown } = street();
		all.send(1000, LAMP, 0xfe55, 1);
		all.arm(LAMP, 0xfefe);
		all.onDeath(2000, LAMP);
		expect(shown.at(-1)).toEqual([2016, 1, []]);
		all.send(3000, LAMP, 0xfe55, 2);
		const count = shown.length;
		all.onDeath(4000, LAMP);
		expect(shown.length).toBe(count);
	});
	test("without one the light stays", () => {
		const { all, shown } = street();
		all.arm(LAMP, -1);
		const count = shown.length;
		all.onDeath(2000, LAMP);
		expect(shown.length).toBe(count);
	});
});

test("a shorted bus is full after 550 ms, unless it is mended before", () => {
	const { all, agenda, shown } = street();
	all.send(1000, LAMP, 0xfe55, 1);
	all.setFault(2000, LAMP, "shorted", true);
	all.setFault(2500, LAMP, "shorted", false);
	agenda.run(3000);
	expect(shown.at(-1)![1]).toBeCloseTo(0.01, 3);
	all.setFault(4000, LAMP, "shorted", true);
	agenda.run(4549);
	expect(shown.at(-1)![1]).toBeCloseTo(0.01, 3);
	agenda.run(4550);
	expect(shown.at(-1)).toEqual([4550, 1, []]);
});

test("a dead light source does not change what the driver drives", () => {
	const { all, shown } = street();
	all.setSource(1000, LAMP, "open");
	expect(shown.at(-1)).toEqual([1000, 1, []]);
	expect(all.gearOf(LAMP).lightAt(1000)).toBe(0);
});
