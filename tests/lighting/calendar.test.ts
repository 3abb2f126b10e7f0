/** Calendar: its text, and which program a night gets; the platform's Date is the oracle. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY } from "../../lib/spans.js";
import {
	faultOfCalendar,
	faultOfHolidays,
	type InvalidCalendar,
	MAX_CALENDAR_LENGTH,
	MAX_DAYS,
	MAX_RULES,
	programFor,
} from "../../src/lighting/calendar.js";
import { dateOf } from "../../src/time/date.js";

const SEED = 20261124;
const BELGIAN = "01-01,easter+1,05-01,easter+39,easter+50,07-21,08-15,11-01,11-11,12-25";
const WEEK = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function on(calendar: string, iso: string, holidays = BELGIAN): string {
	const day = Date.parse(iso) / DAY;
	return programFor(calendar, holidays, dateOf(day), dateOf(day + 1));
}

describe("calendar, as text", () => {
	/** Three years of nights, 2028 a leap year among them. */
	const NIGHTS = Array.from({ length: 3 * 366 }, (_, index) =>
		new Date(Date.UTC(2026, 0, 1) + index * DAY).toISOString().slice(0, 10),
	);
	const nights = (text: string, holidays?: string) =>
		NIGHTS.map((night) => on(text, night, holidays));
	const same: [why: string, text: string, other: string][] = [
		["nothing: the default program every night", "", "Mon..Sun: program"],
		["blanks and a last semicolon", "  Fri , Sat :weekend ;", "Fri,Sat: weekend"],
		["a range of one day", "Fri..Fri,12-24..12-24: x", "Fri,12-24: x"],
		["a range over Sunday", "Sat..Mon: x", "Sat,Sun,Mon: x"],
		["the whole week, wherever it begins", "Thu..Wed: x", "Mon..Sun: x"],
		["French days", "ven,sam: x; lun..mer dim: y; jeu: z", "Mon..Wed: program; Thu: z; Fri,Sat: x"],
		["a week of two halves", "Sun: x; Mon..Sat: y", "Mon..Sat: y; Sun: x"],
		["round the turn of the year", "12-24..01-02: x", "12-24..12-31,01-01..01-02: x"],
		["Easter Sunday", "easter+0: x", "easter: x"],
		["and before it", "easter-0,easter-47: x", "easter,easter-47: x"],
		["carnival", "easter-49..easter-47: x", "easter-49,easter-48,easter-47: x"],
		["around Easter", "easter-1..easter+1: x", "easter-1,easter,easter+1: x"],
		["both at once", "07-01..08-31   Fri,Sat: x", "Fri,Sat 07-01..08-31: x"],
		["a leap day", "02-29: x", "2028-02-29: x"],
	];
	test.each(same)("%s", (_why, text, other) => {
		for (const calendar of [text, other]) expect(faultOfCalendar(calendar)).toBeUndefined();
		expect(nights(text)).toEqual(nights(other));
	});
	test("a rule of each kind changes a night", () => {
		const kinds = ["Fri", "12-24", "2026-02-17", "12-24..01-02", "easter-47", "holiday", "eve"];
		for (const kind of kinds)
			expect([kind, nights(`${kind}: x`).includes("x")]).toEqual([kind, true]);
	});
	const wrong: [text: string, where: number, why: InvalidCalendar["why"]][] = [
		["x".repeat(MAX_CALENDAR_LENGTH + 1), 0, "tooLong"],
		[
			Array(MAX_RULES + 1)
				.fill("Fri: x")
				.join(";"),
			0,
			"tooManyRules",
		],
		[
			`${Array(MAX_DAYS + 1)
				.fill("Fri")
				.join(",")}: x`,
			1,
			"tooManyDays",
		],
		["Fri", 1, "notARule"],
		["Fri: x; ;Sat: y", 2, "notARule"],
		["Fri: x: y", 1, "notARule"],
		["Fri:", 1, "notAName"],
		["Fri: Weekend", 1, "notAName"],
		["Fri: 2weeks", 1, "notAName"],
		[`Fri: ${"x".repeat(17)}`, 1, "notAName"],
		[": x", 1, "notADay"],
		["Fri,: x", 1, "notADay"],
		["fri: x", 1, "notADay"],
		["Fri..12-24: x", 1, "notADay"],
		["12-24..Fri: x", 1, "notADay"],
		["Mon..Tue..Wed: x", 1, "notADay"],
		["Mon..: x", 1, "notADay"],
		["12-24..2026-12-26: x", 1, "notADay"],
		["1-1: x", 1, "notADay"],
		["1999-01-01: x", 1, "notADay"],
		["easter+71: x", 1, "notADay"],
		["easter..easter+71: x", 1, "notADay"],
		["easter-47..03-01: x", 1, "notADay"],
		["easter-47..easter-49: x", 1, "rangeBackwards"],
		["Fri: x; 00-10: y", 2, "notADate"],
		["13-01: x", 1, "notADate"],
		["04-31: x", 1, "notADate"],
		["01-00: x", 1, "notADate"],
		["2027-02-29: x", 1, "notADate"],
		["2026-12-26..2026-12-24: x", 1, "rangeBackwards"],
	];
	test.each(wrong)("refuses %j", (text, where, why) => {
		expect(faultOfCalendar(text)).toEqual({ reason: "invalidCalendar", where, why });
	});
	test("takes as many rules and days as it says", () => {
		const rules = [...Array(MAX_RULES - 1).fill("Fri: x"), "Sat: last"].join(";");
		expect([faultOfCalendar(rules), on(rules, "2026-11-28")]).toEqual([undefined, "last"]);
		const days = [...Array(MAX_DAYS - 1).fill("01-01"), "11-24"].join(",");
		expect([faultOfHolidays(days), on("holiday: x", "2026-11-24", days)]).toEqual([undefined, "x"]);
	});
	const wrongLists: [text: string, where: number, why: InvalidCalendar["why"]][] = [
		["x".repeat(MAX_CALENDAR_LENGTH + 1), 0, "tooLong"],
		[
			Array(MAX_DAYS + 1)
				.fill("01-01")
				.join(","),
			0,
			"tooManyDays",
		],
		["01-01, holiday", 2, "notADay"],
		["eve", 1, "notADay"],
		["01-01,", 2, "notADay"],
		["02-30", 1, "notADate"],
	];
	test.each(wrongLists)("refuses the holidays %j", (text, where, why) => {
		expect(faultOfHolidays(text)).toEqual({ reason: "invalidCalendar", where, why });
	});
	test("holidays may have blanks, and none is none", () => {
		for (const text of [" 01-01 , easter+1 ", "  "]) expect(faultOfHolidays(text)).toBeUndefined();
		expect(nights("holiday: x", " 01-01 , easter+1 ")).toEqual(nights("01-01,easter+1: x"));
		expect(nights("holiday: x", "  ")).toEqual(nights(""));
	});
});

describe("which program a night gets", () => {
	const cases: [why: string, text: string, evening: string, program: string][] = [
		["no rule: the default", "", "2026-11-24", "program"],
		["no rule that fits: the default", "Fri: x", "2026-11-24", "program"],
		["Friday night", "Fri,Sat: x", "2026-11-27", "x"],
		["the night of Sunday is not Saturday's", "Fri,Sat: x", "2026-11-29", "program"],
		["the first rule that fits wins", "12-25: a; Fri: b", "2026-12-25", "a"],
		["whatever stands after it", "Fri: b; 12-25: a", "2026-12-25", "b"],
		["a rule may ask for the default itself", "12-25: program; Fri: b", "2026-12-25", "program"],
		["first night of a range", "12-24..12-26: x", "2026-12-24", "x"],
		["last night of a range", "12-24..12-26: x", "2026-12-26", "x"],
		["the night after", "12-24..12-26: x", "2026-12-27", "program"],
		["every year", "12-24: x", "2031-12-24", "x"],
		["round the turn of the year, before", "12-24..01-02: x", "2026-12-31", "x"],
		["and after", "12-24..01-02: x", "2027-01-02", "x"],
		["and not outside", "12-24..01-02: x", "2027-01-03", "program"],
		["a year's event", "2026-02-17: x", "2026-02-17", "x"],
		["is not the next year's", "2026-02-17: x", "2027-02-17", "program"],
		["a range over two years", "2026-12-24..2027-01-02: x", "2027-01-01", "x"],
		["both must hold", "07-01..08-31 Fri: x", "2026-07-03", "x"],
		["the day without the season", "07-01..08-31 Fri: x", "2026-06-26", "program"],
		["the season without the day", "07-01..08-31 Fri: x", "2026-07-02", "program"],
		["Shrove Tuesday moves", "easter-47: x", "2026-02-17", "x"],
		["with Easter", "easter-47: x", "2027-02-09", "x"],
		["a holiday by date", "holiday: x", "2026-07-21", "x"],
		["a holiday by Easter: Ascension", "holiday: x", "2026-05-14", "x"],
		["the eve of a holiday", "eve: x", "2026-07-20", "x"],
		["the eve of New Year lies in another year", "eve: x", "2026-12-31", "x"],
		["a holiday is not its own eve", "eve: x", "2026-07-21", "program"],
	];
	test.each(cases)("%s", (_why, text, evening, program) => {
		expect(on(text, evening)).toBe(program);
	});
	test("without holidays none is one", () => {
		expect(on("holiday,eve: x", "2026-12-25", "")).toBe("program");
	});

	const anyDay = fc.integer({ min: 11_000, max: 47_000 }); // 2000 to 2098
	const iso = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);
	test(`weekdays, dates and ranges agree with the platform's Date (seed ${SEED})`, () => {
		const property = (day: number, weekdays: number[], from: number, length: number) => {
			const to = from + length;
			const evening = new Date(day * DAY);
			const text = `${weekdays.map((at) => WEEK[at]).join(",")}: weekly; ${iso(from)}..${iso(to)}: dated`;
			const byDate = day >= from && day <= to ? "dated" : "program";
			const expected = weekdays.includes(evening.getUTCDay()) ? "weekly" : byDate;
			assert.equal(on(text, iso(day)), expected);
		};
		const near = anyDay.chain((day) =>
			fc.tuple(
				fc.constant(day),
				fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 }),
				fc.integer({ min: Math.max(11_000, day - 40), max: day + 20 }),
				fc.integer({ min: 0, max: 60 }),
			),
		);
		fc.assert(
			fc.property(near, (args) => property(...args)),
			{ seed: SEED, numRuns: 500 },
		);
	});
	test(`ranges without a year agree with a walk through the year (seed ${SEED})`, () => {
		const property = (day: number, from: number, length: number) => {
			const text = `${iso(from).slice(5)}..${iso(from + length).slice(5)}: x`;
			const days = Array.from({ length: length + 1 }, (_, at) => iso(from + at).slice(5));
			fc.pre(!text.includes("02-29") && iso(day).slice(5) !== "02-29");
			assert.equal(on(text, iso(day)), days.includes(iso(day).slice(5)) ? "x" : "program");
		};
		fc.assert(fc.property(anyDay, anyDay, fc.integer({ min: 0, max: 300 }), property), {
			seed: SEED,
			numRuns: 500,
		});
	});
	test(`any text is read or refused, never thrown at, and names a program of its own (seed ${SEED})`, () => {
		const args = ["Fri", "Sun", "..", ",", " ", ":", ";", "12-24", "2026-02-17", "eve", "x"];
		const mixed = fc.array(fc.constantFrom(...args, "easter+1", "holiday", "Mon..Thu: x"));
		const property = (text: string) => {
			const named = text.split(";").map((rule) => rule.split(":").at(-1)!.trim());
			assert.ok(["program", ...named].includes(on(text, "2026-12-25")));
			const fault = faultOfCalendar(text);
			if (fault) assert.equal(fault.reason, "invalidCalendar");
		};
		const text = fc.oneof(
			fc.string(),
			mixed.map((parts) => parts.join("")),
		);
		fc.assert(fc.property(text, property), { seed: SEED, numRuns: 2000 });
	});
});
