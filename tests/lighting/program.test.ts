import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type InvalidProgram, MAX_PROGRAM_LENGTH, printPoint } from "../../src/lighting/program.js";
import {
	isProgram,
	type Program,
	parseNamedProgram,
	parseProgram,
} from "../support/programtext.js";

const SEED = 20261124;
const printProgram = ({ points }: Program) => points.map(printPoint).join("; ");
const USUAL = "sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0";

describe("program, as text", () => {
	test("reads the usual one", () => {
		expect(parseProgram(USUAL)).toEqual({
			points: [
				{ at: { kind: "sun", event: "sunset", offset: 0 }, level: 100 },
				{ at: { kind: "clock", minutes: 1320 }, level: 60 },
				{ at: { kind: "clock", minutes: 0 }, level: 40 },
				{ at: { kind: "clock", minutes: 330 }, level: 100 },
				{ at: { kind: "sun", event: "sunrise", offset: 0 }, level: 0 },
			],
		});
	});
	test("an offset of nothing is no offset, whatever its sign", () => {
		expect(parseProgram("sunset-0 5")).toEqual(parseProgram("sunset 5"));
	});
	test("is frozen to its points", () => {
		const program = parseProgram(USUAL);
		if (!isProgram(program)) throw new Error("invalid");
		expect(Object.isFrozen(program) && Object.isFrozen(program.points)).toBe(true);
		expect(program.points.every((p) => Object.isFrozen(p) && Object.isFrozen(p.at))).toBe(true);
	});
	const canonical: [why: string, text: string, printed: string][] = [
		["the usual one stands", USUAL, USUAL],
		["blanks and a last semicolon", "  sunset   100 ;22:00\t60; ", "sunset 100; 22:00 60"],
		["lights out", "00:00  out;05:00 60", "00:00 out; 05:00 60"],
		["what presence does", "22:00  060 min  070  hold 020", "22:00 60 min 70 hold 20"],
		["a hold alone", "22:00 60 hold 20; 00:00 out set 40", "22:00 60 hold 20; 00:00 out set 40"],
		["classes", "sunset P4;22:00 P6 min  P5 hold 20", "sunset P4; 22:00 P6 min P5 hold 20"],
		["other kinds", "sunset M1; 22:00 C0", "sunset M1; 22:00 C0"],
		[
			"a volume of traffic, after an effect",
			"22:00 P6 min P5  hold 20 traffic 060; 00:00 P6 traffic 9999",
			"22:00 P6 min P5 hold 20 traffic 60; 00:00 P6 traffic 9999",
		],
		["the hold alone, said otherwise", "22:00 60 max 0 hold 20", "22:00 60 hold 20"],
		["an offset of nothing", "sunset+0 100; sunrise-0 0", "sunset 100; sunrise 0"],
		["offsets both ways", "sunset-015 100; sunrise+240 0", "sunset-15 100; sunrise+240 0"],
		["leading zeros of a level", "12:00 005", "12:00 5"],
		["noon begins the night, 11:59 ends it", "12:00 1; 11:59 2", "12:00 1; 11:59 2"],
		["the same instant twice", "22:00 60; 22:00 50", "22:00 60; 22:00 50"],
	];
	test.each(canonical)("prints one way: %s", (_why, text, printed) => {
		const program = parseProgram(text);
		expect(isProgram(program) && printProgram(program)).toBe(printed);
	});
	const MAX_POINTS = 16;
	const many = (count: number) => Array(count).fill("22:00 5").join(";");
	test("takes as many points as it says", () => {
		expect(isProgram(parseProgram(many(MAX_POINTS)))).toBe(true);
		const longest = Array(MAX_POINTS).fill("sunrise-240 100").join("; ");
		expect(isProgram(parseProgram(longest))).toBe(true);
	});
	const wrong: [text: string, where: number, why: InvalidProgram["why"]][] = [
		["", 0, "empty"],
		["  ;", 1, "notAPoint"],
		["x".repeat(MAX_PROGRAM_LENGTH + 1), 0, "tooLong"],
		[many(MAX_POINTS + 1), 0, "tooManyPoints"],
		["sunset", 1, "notAPoint"],
		["sunset 100;; sunrise 0", 2, "notAPoint"],
		["sunset 100 50", 1, "notAPoint"],
		["sunset 100 set", 1, "notAPoint"],
		["sunset 100 add 50", 1, "notAnEffect"],
		["sunset P7", 1, "notALevel"],
		["sunset p4", 1, "notALevel"],
		["sunset C6", 1, "notALevel"],
		["sunset 100 min M0", 1, "notAnEffect"],
		["sunset 100 min 101", 1, "notAnEffect"],
		["sunset 100 min 60 max 70", 1, "notAnEffect"],
		["sunset 100 hold 20 min 60", 1, "notAnEffect"],
		["sunset 100; 22:00 60 hold 4", 2, "notAHold"],
		["sunset 100; 22:00 60 hold 1801", 2, "notAHold"],
		["sunset 100; 22:00 60 min 70 hold 2.5", 2, "notAHold"],
		["sunset P6 traffic 0", 1, "notAnEffect"],
		["sunset P6 traffic 10000", 1, "notAnEffect"],
		["sunset P6 traffic many", 1, "notAnEffect"],
		["sunset P6 traffic 60 hold 20", 1, "notAnEffect"],
		["24:00 5", 1, "notATime"],
		["22:60 5", 1, "notATime"],
		["7:00 5", 1, "notATime"],
		["noon 5", 1, "notATime"],
		["sunset+ 5", 1, "notATime"],
		["Sunset 5", 1, "notATime"],
		["22:00+15 5", 1, "notATime"],
		["sunset+241 5", 1, "offsetOutOfRange"],
		["sunset 100; sunrise-9999 5", 2, "offsetOutOfRange"],
		["22:00 101", 1, "notALevel"],
		["22:00 -1", 1, "notALevel"],
		["22:00 5.5", 1, "notALevel"],
		["22:00 60%", 1, "notALevel"],
		["22:00 Out", 1, "notALevel"],
		["22:00 60; 21:59 50", 2, "outOfOrder"],
		["06:00 60; 22:00 50", 2, "outOfOrder"],
		["sunrise 0; sunset 100", 2, "outOfOrder"],
		["sunset+15 100; 22:00 60; sunset 50", 3, "outOfOrder"],
	];
	test.each(wrong)("refuses %j", (text, where, why) => {
		expect(parseProgram(text)).toEqual({ reason: "invalidProgram", where, why });
	});
});

describe("named program", () => {
	test("has a name before its points", () => {
		expect(parseNamedProgram(" week-end2 : sunset 100; 00:00 out")).toEqual({
			name: "week-end2",
			program: parseProgram("sunset 100; 00:00 out"),
		});
	});
	test("out is level 0 and says so; 0 alone does not", () => {
		expect(parseProgram("00:00 out; 05:00 0")).toEqual({
			points: [
				{ at: { kind: "clock", minutes: 0 }, level: 0, out: true },
				{ at: { kind: "clock", minutes: 300 }, level: 0 },
			],
		});
	});
	const wrong: [text: string, where: number, why: InvalidProgram["why"]][] = [
		["sunset 100", 0, "notAName"],
		["22:00 60", 0, "notAName"],
		["Weekend: sunset 100", 0, "notAName"],
		["program: sunset 100", 0, "notAName"],
		[`${"x".repeat(17)}: sunset 100`, 0, "notAName"],
		["weekend: sunset", 1, "notAPoint"],
		["weekend:", 0, "empty"],
	];
	test.each(wrong)("refuses %j", (text, where, why) => {
		expect(parseNamedProgram(text)).toEqual({ reason: "invalidProgram", where, why });
	});
});

describe(`program, any text (seed ${SEED})`, () => {
	test("is read or refused, never thrown at", () => {
		const word = fc.constantFrom(
			"sunset",
			"sunrise",
			"+15",
			"-",
			"22:00",
			" ",
			";",
			"100",
			"0",
			"5",
		);
		const text = fc.oneof(
			fc.string(),
			fc.array(word).map((parts) => parts.join("")),
		);
		const property = (asked: string) => {
			const parsed = parseProgram(asked);
			if (!isProgram(parsed)) return assert.equal(parsed.reason, "invalidProgram");
			assert.deepEqual(parseProgram(printProgram(parsed)), parsed);
		};
		fc.assert(fc.property(text, property), { seed: SEED, numRuns: 1000 });
	});
	test("what is printed is read as the same program", () => {
		const level = fc.integer({ min: 0, max: 100 });
		const clock = fc.tuple(fc.integer({ min: 0, max: 1439 }), level);
		const clocks = fc.array(clock, { maxLength: 6 }).map((times) =>
			times
				.sort(([a], [b]) => a - b) // minutes after noon
				.map(([afterNoon, at]) => {
					const minutes = (afterNoon + 720) % 1440;
					const two = (n: number) => String(n).padStart(2, "0");
					return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${at}`;
				}),
		);
		const offset = fc.integer({ min: -240, max: 240 });
		const sign = (n: number) => (n > 0 ? `+${n}` : n < 0 ? `${n}` : "");
		const property = (between: string[], on: number, off: number, at: number) => {
			const text = [`sunset${sign(on)} ${at}`, ...between, `sunrise${sign(off)} 0`].join("; ");
			const parsed = parseProgram(text);
			assert.equal(isProgram(parsed) && printProgram(parsed), text);
		};
		fc.assert(fc.property(clocks, offset, offset, level, property), { seed: SEED });
	});
});
