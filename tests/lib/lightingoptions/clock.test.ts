/** Clock: the level of today's options at each instant, against the firmware's own programs and calendar. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { settingsAs, streetLamp } from "../../../lib/firmware/optionyear.js";
import { isHoliday, isWeeknight, levelAt, nextChange } from "../../../lib/lightingoptions/clock.js";
import { optionOf, TODAY } from "../../../lib/lightingoptions/options.js";
import { walkOf } from "../../../src/node/schedule/preview.js";
import { offsetAt } from "../../../src/time/zone.js";
import type { UtcMillis } from "../../../src/units.js";

const DAY = 86_400_000;
const LAMP = streetLamp({ latitude: 50.645, longitude: 5.573 });

test.each(TODAY)(
	"%s: in any night each level of the forecast is that of the clock (property)",
	(name) => {
		const option = optionOf(name);
		const settings = settingsAs(option, LAMP, []);
		const [first, last] = [Date.UTC(2024, 0, 1) / DAY, Date.UTC(2040, 0, 1) / DAY];
		fc.assert(
			fc.property(fc.integer({ min: first, max: last }), (day) => {
				const walk = walkOf(settings, day);
				while (walk.next()) {
					const middle = (walk.from + walk.until) / 2;
					const local = middle + offsetAt(walk.zone, middle as UtcMillis);
					expect([day, levelAt(option, local)]).toEqual([day, walk.level]);
				}
			}),
			{ numRuns: 40 },
		);
	},
);

test.each(TODAY)("%s: between two changes the level holds (property)", (name) => {
	const option = optionOf(name);
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 20_000 * 1440 }), (minute) => {
			const local = minute * 60_000;
			const next = nextChange(option, local);
			expect(next).toBeGreaterThan(local);
			expect(levelAt(option, next - 1)).toBe(levelAt(option, local));
		}),
		{ numRuns: 200 },
	);
});

test("the holidays of 2026 in Belgium, and no other day", () => {
	const days = Array.from({ length: 365 }, (_, index) => Date.UTC(2026, 0, 1) / DAY + index);
	expect(
		days.filter(isHoliday).map((day) => new Date(day * DAY).toISOString().slice(5, 10)),
	).toEqual("01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25".split(" "));
});

test.each([
	["2026-11-26", true, "a Thursday"],
	["2026-11-27", false, "a Friday"],
	["2026-11-28", false, "a Saturday"],
	["2026-11-29", true, "a Sunday"],
	["2026-07-20", false, "the night before the national holiday"],
	["2026-12-31", false, "New Year's Eve"],
])("the night of %s: %p (%s)", (date, wanted) => {
	expect(isWeeknight(Date.parse(date) / DAY)).toBe(wanted);
});

test.each([
	["2026-04-30T05:10", 100],
	["2026-05-01T05:10", 0],
	["2026-07-31T05:10", 0],
	["2026-08-01T05:10", 100],
	["2026-08-01T04:59", 0],
	["2026-05-01T23:59", 100],
])(
	"off each night, at %s: %i %%; not lit again at 5 in the mornings of May to July",
	(at, level) => {
		expect(levelAt(optionOf("off"), Date.parse(`${at}Z`))).toBe(level);
	},
);
