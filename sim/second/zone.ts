/**
 * Zone: the wall clock of the setting `zone`, a POSIX TZ string with rules.
 *
 * Follows docs/light.md, "The zone" and "Changes of summer time".
 */

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** On which day of a year, and how long after its midnight on the clock of before, ms. */
export interface Turn {
	readonly kind: "month" | "julian" | "day";
	readonly month: number;
	readonly week: number;
	/** 0: Sunday; or the number of the day. */
	readonly day: number;
	readonly time: number;
}

export interface Zone {
	/** What the clock shows less UTC, ms. */
	readonly standard: number;
	readonly summer:
		| { readonly offset: number; readonly begin: Turn; readonly end: Turn }
		| undefined;
}

/** Where a text is wrong; `at` counts characters from 1. */
export interface Fault {
	readonly at: number;
	readonly word: string;
}

export function isFault(x: object): x is Fault {
	return "word" in x;
}

/** Thrown inside of the parser alone. */
class Wrong {
	constructor(readonly fault: Fault) {}
}

export function parseZone(text: string): Zone | Fault {
	if (text.length > 64) return { at: 0, word: "too long" };
	let at = 0;
	const wrong = (word: string): never => {
		throw new Wrong({ at: at + 1, word });
	};
	const isNext = (c: string): boolean => text.startsWith(c, at);
	const digits = (): string => /^[0-9]+/.exec(text.slice(at))?.[0] ?? "";

	function name(): void {
		if (isNext("<")) {
			const inside = /^<([A-Za-z0-9+-]*)/.exec(text.slice(at))?.[1] ?? "";
			if (inside.length < 3) wrong("a name of three letters or more is missing");
			at += 1 + inside.length;
			if (!isNext(">")) wrong("> is missing");
			at += 1;
			return;
		}
		const letters = /^[A-Za-z]*/.exec(text.slice(at))?.[0] ?? "";
		if (letters.length < 3) wrong("a name of three letters or more is missing");
		at += letters.length;
	}
	function number(what: string, min: number, max: number): number {
		const found = digits();
		if (found === "") wrong(`${what} is missing`);
		const value = Number(found);
		if (value < min || value > max) wrong(`${what} must be ${min} to ${max}`);
		at += found.length;
		return value;
	}
	/** [+-]h[:mm[:ss]], ms. */
	function span(what: string, maxHours: number): number {
		const sign = isNext("-") ? -1 : 1;
		if (isNext("-") || isNext("+")) at += 1;
		let ms = number(what, 0, maxHours) * HOUR;
		if (isNext(":")) {
			at += 1;
			ms += number("minutes", 0, 59) * MINUTE;
			if (isNext(":")) {
				at += 1;
				ms += number("seconds", 0, 59) * 1_000;
			}
		}
		return sign * ms;
	}
	function point(): void {
		if (!isNext(".")) wrong("a point is missing");
		at += 1;
	}
	function turn(): Turn {
		if (!isNext(",")) wrong("a rule such as ,M3.5.0 is missing");
		at += 1;
		let kind: Turn["kind"] = "day";
		let month = 0;
		let week = 0;
		let day: number;
		if (isNext("M")) {
			at += 1;
			kind = "month";
			month = number("the month", 1, 12);
			point();
			week = number("the week", 1, 5);
			point();
			day = number("the weekday", 0, 6);
		} else if (isNext("J")) {
			at += 1;
			kind = "julian";
			day = number("a day J", 1, 365);
		} else {
			day = number("a day", 0, 365);
		}
		let time = 2 * HOUR;
		if (isNext("/")) {
			at += 1;
			time = span("an hour", 167);
		}
		return { kind, month, week, day, time };
	}

	try {
		name();
		const standard = -span("an offset such as -1", 24);
		if (at === text.length) return { standard, summer: undefined };
		name();
		const offset = isNext(",") || at === text.length ? standard + HOUR : -span("an offset", 24);
		const begin = turn();
		const end = turn();
		if (at !== text.length) wrong("too much text");
		return { standard, summer: { offset, begin, end } };
	} catch (error) {
		if (error instanceof Wrong) return error.fault;
		throw error;
	}
}

/** The midnight that begins the day of a turn, as if the clock showed UTC. */
function dayOfTurn(turn: Turn, year: number): number {
	if (turn.kind === "day") return Date.UTC(year, 0, 1) + turn.day * DAY;
	if (turn.kind === "julian") {
		const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
		return Date.UTC(year, 0, turn.day + (isLeap && turn.day >= 60 ? 1 : 0));
	}
	const first = new Date(Date.UTC(year, turn.month - 1, 1)).getUTCDay();
	const days = new Date(Date.UTC(year, turn.month, 0)).getUTCDate();
	let date = 1 + ((turn.day - first + 7) % 7) + (turn.week - 1) * 7;
	while (date > days) date -= 7;
	return Date.UTC(year, turn.month - 1, date);
}

/** What the clock shows less UTC at a date, ms. */
export function offsetAt(zone: Zone, utc: number): number {
	if (zone.summer === undefined) return zone.standard;
	const { offset, begin, end } = zone.summer;
	const year = new Date(utc).getUTCFullYear();
	let last = -Infinity;
	let result = zone.standard;
	for (let y = year - 1; y <= year + 1; y++) {
		const ends = dayOfTurn(end, y) + end.time - offset;
		if (ends <= utc && ends > last) {
			last = ends;
			result = zone.standard;
		}
	}
	for (let y = year - 1; y <= year + 1; y++) {
		const begins = dayOfTurn(begin, y) + begin.time - zone.standard;
		// At the same instant summer time holds.
		if (begins <= utc && begins >= last) {
			last = begins;
			result = offset;
		}
	}
	return result;
}

/**
 * The date at which the clock shows `shown` (as if it were UTC). Shown twice: the first of the two.
 * Skipped: as much later as it lies within the gap.
 */
export function utcOf(zone: Zone, shown: number): number {
	const offsets = zone.summer === undefined ? [zone.standard] : [zone.standard, zone.summer.offset];
	const greater = Math.max(...offsets);
	const lesser = Math.min(...offsets);
	if (offsetAt(zone, shown - greater) === greater) return shown - greater;
	return shown - lesser;
}

/** For the facts half: why a text is no zone; undefined: it is one. */
export function zoneErrors(text: string): string | undefined {
	const zone = parseZone(text);
	return isFault(zone) ? `character ${zone.at}: ${zone.word}` : undefined;
}
