/**
 * Nights: the program that a street's calendar sets for a night, parsed apart from the firmware.
 *
 * It covers the forms that the simulator's streets use: weekdays and ranges of them, dates with and
 * without a year and ranges of those, `holiday` and `eve` with a list of dates.
 */
import { DAY } from "../../lib/spans.js";

/** Programs beside the one without a name, in the form of the section calendar. */
export interface Nights {
	readonly program2: string;
	readonly calendar: string;
	readonly holidays: string;
	/** Minutes. */
	readonly minimumLightsOn: number;
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `noon`: the wall clock's noon at which the night begins, as if it were UTC. */
export function programOfNight(program: string, nights: Nights | undefined, noon: number): string {
	if (!nights) return program;
	const named = /^ *([a-z0-9-]+) *: *(.*)$/.exec(nights.program2);
	for (const rule of nights.calendar.split(";")) {
		const [when, name] = rule.split(":").map((text) => text.trim());
		if (!when?.split(" ").every((any) => any.split(",").some(fits))) continue;
		return named && name === named[1] ? named[2]! : program;
	}
	return program;

	function fits(word: string): boolean {
		const holidays = nights!.holidays.split(",").filter((day) => day !== "");
		if (word === "holiday") return holidays.some((day) => isDate(day, noon));
		if (word === "eve") return holidays.some((day) => isDate(day, noon + DAY));
		const weekday = new Date(noon).getUTCDay();
		const [first, last] = word.split("..");
		if (!WEEKDAYS.includes(first!))
			return last === undefined ? isDate(word, noon) : isBetween(first!, last, noon);
		const from = WEEKDAYS.indexOf(first!);
		const span = (WEEKDAYS.indexOf(last ?? first!) - from + 7) % 7;
		return (weekday - from + 7) % 7 <= span;
	}
}

/** Dates without a year, also across its turn. */
function isBetween(first: string, last: string, noon: number): boolean {
	const date = new Date(noon).toISOString().slice(5, 10);
	return first <= last ? date >= first && date <= last : date >= first || date <= last;
}

function isDate(text: string, noon: number): boolean {
	return new Date(noon).toISOString().slice(0, 10).endsWith(text);
}
