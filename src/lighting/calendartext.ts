/**
 * Calendar text: a calendar as it is shown and compared, written in one way only.
 */
import { type Calendar, type Days, type Holidays, WEEKDAYS, YEAR } from "./calendar.js";

/** The text that parses to the same calendar, written in one way only. */
export function printCalendar({ rules }: Calendar): string {
	return rules
		.map(({ when, program }) => `${when.map(printList).join(" ")}: ${program}`)
		.join("; ");
}

/** The text that parses to the same holidays, written in one way only. */
export function printHolidays(holidays: Holidays): string {
	return printList(holidays);
}

function printList(list: readonly Days[]): string {
	return list.map(printDays).join(",");
}

function printDays(days: Days): string {
	switch (days.kind) {
		case "weekdays":
			return printWeekdays(days.bits);
		case "dates":
			return printRange(printDate(days.from), printDate(days.to));
		case "easter":
			if (days.offset === 0) return "easter";
			return `easter${days.offset > 0 ? "+" : ""}${days.offset}`;
		case "holiday":
		case "eve":
			return days.kind;
	}
}

/** A range begins where the day before is not of it; the whole week, on Monday. */
function printWeekdays(bits: number): string {
	const has = (day: number) => (bits & (1 << (day % 7))) !== 0;
	let first = 1;
	while (first < 7 && !(has(first) && !has(first + 6))) first++;
	if (first === 7 && !(has(0) && !has(6))) first = 1;
	let last = first;
	while (last < first + 6 && has(last + 1)) last++;
	return printRange(WEEKDAYS[first % 7]!, WEEKDAYS[last % 7]!);
}

function printRange(from: string, to: string): string {
	return from === to ? from : `${from}..${to}`;
}

function printDate(date: number): string {
	const year = Math.floor(date / YEAR);
	const day = `${two(Math.floor(date / 100) % 100)}-${two(date % 100)}`;
	return year > 0 ? `${year}-${day}` : day;
}

function two(number: number): string {
	return number < 10 ? `0${number}` : `${number}`;
}
