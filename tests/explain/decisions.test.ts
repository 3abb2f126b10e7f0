/** Decisions: each winner, limit and cap is found again as it was recorded. */
import { describe, expect, test } from "@jest/globals";
import { DECISIONS, Decisions } from "../../src/explain/decisions.js";
import { DAYLIGHT, type LightCommand } from "../../src/lighting/arbiter.js";
import { percent } from "../support/percent.js";

const HUNDRED = percent(100);
/** What the arbiter decides, as far as a decision is recorded. */
const command = (reason: string, level: number, more: object = {}) =>
	({ reason, level: percent(level), belowFloor: false, ...more }) as LightCommand;

const rows: [what: string, command: LightCommand, by: string, source: string | undefined][] = [
	["day", DAYLIGHT, "daylight", undefined],
	["no program", command("default", 30), "default", undefined],
	["the program", command("program", 40), "program", undefined],
	["lights out", command("program", 0, { belowFloor: true }), "lightsOut", undefined],
	["presence", command("sensor", 100, { source: "presence" }), "sensor", "presence"],
	["its linger", command("sensor", 60, { source: "linger" }), "sensor", "linger"],
	["doubt", command("sensor", 100, { source: "doubt" }), "sensor", "doubt"],
	["neighbours", command("sensor", 100, { source: "neighbours" }), "sensor", "neighbours"],
	["blocking work", command("sensor", 100, { source: "blocked" }), "sensor", "blocked"],
	["an override", command("override", 12.3), "override", undefined],
	["an emergency", command("emergency", 100), "emergency", undefined],
];

describe("a decision", () => {
	test.each(rows)("%s is found as it was recorded", (_what, given, by, source) => {
		const decisions = new Decisions();
		decisions.note(given, percent(70), false, percent(85), 12_300);
		expect(decisions.find(12_300, true)).toEqual({
			since: 12_300,
			by,
			source,
			requested: given.level,
			level: 70,
			isProtected: false,
			cap: 85,
		});
		expect(decisions.find(12_299, true)).toBeUndefined();
		expect(decisions.find(12_300, false) === undefined).toBe(by === "sensor");
	});
	test.each([
		["a protected lamp that was raised", true, 40, 100, true],
		["a protected lamp at what was asked", true, 100, 100, false],
		["a lamp that the floor raised", false, 10, 20, false],
	])("%s", (_what, isProtected, asked, level, is) => {
		const decisions = new Decisions();
		decisions.note(command("program", asked), percent(level), isProtected, HUNDRED, 0);
		expect(decisions.find(0, true)).toMatchObject({ requested: asked, level, isProtected: is });
	});
	test("a fault's level is one by the failure of the system", () => {
		const decisions = new Decisions();
		decisions.noteFailure(percent(33.3), HUNDRED, 0);
		expect(decisions.find(0, false)).toMatchObject({ by: "systemFailure", level: 33.3 });
	});
	test("a cap of any per cent is kept", () => {
		for (let cap = 0; cap <= 100; cap += 1) {
			const decisions = new Decisions();
			decisions.note(command("emergency", 100), percent(40), true, percent(cap), 0);
			expect(decisions.find(0, true)).toMatchObject({ by: "emergency", level: 40, cap });
		}
	});
	test("of which the cap alone has changed since before the oldest one began with that", () => {
		const decisions = new Decisions();
		for (let index = 0; index < DECISIONS + 5; index += 1)
			decisions.note(rows[2]![1], percent(40), false, percent(index % 2 ? 90 : 80), 1000 * index);
		expect(decisions.find(1e9, true)?.since).toBe(5000);
	});
	test("levels are kept to a tenth, each rounded to the nearest", () => {
		for (let tenths = 0; tenths <= 1000; tenths += 1) {
			const decisions = new Decisions();
			const level = percent(tenths / 10);
			decisions.note(command("program", tenths / 10), level, false, HUNDRED, 0);
			expect(decisions.find(0, true)).toMatchObject({ requested: level, level });
		}
	});
});
