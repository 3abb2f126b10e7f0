/**
 * Zone text: parses a POSIX TZ string, or names the character at which it is invalid.
 *
 * std offset [dst [offset] , rule , rule]; POSIX.1-2017 chapter 8.3, RFC 8536 section 3.3.1. A zone
 * with daylight time but without rules is refused: POSIX leaves the rules to the system then.
 */
import type { Millis } from "../units.js";
import { HOUR, MINUTE } from "./civil.js";
import type { Zone, ZoneRule } from "./zone.js";

interface ZoneRejection {
	readonly reason: "invalidZone";
	/** The character at which parsing stopped, from 0. */
	readonly where: number;
	readonly why: string;
}

/** Twice the longest string of the IANA database; it is stored in flash and shown on one line. */
export const ZONE_MAX_CHARACTERS = 64;
const NAME_MIN = 3; // POSIX
const OFFSET_MAX_HOURS = 24; // POSIX
const TIME_MAX_HOURS = 167; // RFC 8536: a week less one hour
const DEFAULT_TIME: Millis = 2 * HOUR; // POSIX

/** The zone of `text`, or why the text is invalid. Never throws. */
export function parseZone(text: string): Zone | ZoneRejection {
	if (text.length > ZONE_MAX_CHARACTERS)
		return { reason: "invalidZone", where: ZONE_MAX_CHARACTERS, why: "too long" };
	return new Reader(text).zone();
}

/** Whether parseZone refused. */
export function isZoneRejection(zone: Zone | ZoneRejection): zone is ZoneRejection {
	return "reason" in zone;
}

class Reader {
	private readonly text: string;
	private at = 0;
	private why: string | undefined;

	constructor(text: string) {
		this.text = text;
	}

	zone(): Zone | ZoneRejection {
		const zone = this.read();
		if (this.why === undefined && this.at < this.text.length) this.fail("too much text");
		return this.why === undefined ? zone : { reason: "invalidZone", where: this.at, why: this.why };
	}

	private read(): Zone {
		this.name();
		const standard = 0 - this.time(OFFSET_MAX_HOURS, "an offset such as -1");
		if (this.why !== undefined || this.at === this.text.length) return { standard };
		this.name();
		const offset = this.sees(",") ? standard + HOUR : 0 - this.time(OFFSET_MAX_HOURS, "an offset");
		const start = this.rule();
		const end = this.rule();
		return { standard, daylight: { offset, start, end } };
	}

	/** The first failure is kept, with its place. */
	private fail(why: string): void {
		if (this.why !== undefined) return;
		this.why = why;
	}

	private sees(character: string): boolean {
		return this.why === undefined && this.text.charAt(this.at) === character;
	}

	private take(character: string): boolean {
		if (this.why !== undefined || this.text.charAt(this.at) !== character) return false;
		this.at += 1;
		return true;
	}

	/** Letters, or letters, digits and signs between < and >. Names are not stored. */
	private name(): void {
		const quoted = this.take("<");
		const start = this.at;
		while (isNameCharacter(this.text.charCodeAt(this.at), quoted)) this.at += 1;
		if (this.at - start < NAME_MIN) this.fail("a name of three letters or more is missing");
		if (quoted && !this.take(">")) this.fail("> is missing");
	}

	private digits(min: number, max: number, what: string): number {
		const { text, at: start } = this;
		const end = this.why === undefined ? start + 3 : start;
		let value = 0;
		let at = start;
		while (at < end) {
			const digit = text.charCodeAt(at) - 48;
			if (!(digit >= 0 && digit <= 9)) break;
			value = value * 10 + digit;
			at += 1;
		}
		this.at = at;
		if (at === start) this.fail(`${what} is missing`);
		else if (value < min || value > max) this.fail(`${what} must be ${min} to ${max}`);
		return value;
	}

	/** [+-]hh[:mm[:ss]] in ms. */
	private time(maxHours: number, what: string): Millis {
		const negative = this.take("-");
		if (!negative) this.take("+");
		const hours = this.digits(0, maxHours, what);
		const minutes = this.take(":") ? this.digits(0, 59, "minutes") : 0;
		const seconds = this.take(":") ? this.digits(0, 59, "seconds") : 0;
		const time = hours * HOUR + minutes * MINUTE + seconds * 1000;
		return negative ? 0 - time : time;
	}

	private rule(): ZoneRule {
		if (!this.take(",")) this.fail("a rule such as ,M3.5.0 is missing");
		if (this.take("M")) return this.weekdayRule();
		const julian = this.take("J");
		const day = julian ? this.digits(1, 365, "a day J") : this.digits(0, 365, "a day");
		return { kind: julian ? "julian" : "yearDay", day, time: this.ruleTime() };
	}

	private weekdayRule(): ZoneRule {
		const month = this.digits(1, 12, "the month");
		if (!this.take(".")) this.fail("a point is missing");
		const week = this.digits(1, 5, "the week");
		if (!this.take(".")) this.fail("a point is missing");
		const weekday = this.digits(0, 6, "the weekday");
		return { kind: "weekday", month, week, weekday, time: this.ruleTime() };
	}

	private ruleTime(): Millis {
		return this.take("/") ? this.time(TIME_MAX_HOURS, "an hour") : DEFAULT_TIME;
	}
}

/** Letters; between < and > also digits, + and -. */
function isNameCharacter(character: number, quoted: boolean): boolean {
	const letter = character | 32; // lower case
	if (letter >= 97 && letter <= 122) return true;
	return quoted && ((character >= 48 && character <= 57) || character === 43 || character === 45);
}
