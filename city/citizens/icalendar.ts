/**
 * iCalendar: events of a file (RFC 5545): begin, end, status, summary, location.
 *
 * Times are UTC, with a TZID that is an IANA name, or floating in the commune's zone. A rule of
 * repetition is refused: each date of an event is approved by itself.
 */
import { DAY } from "../../lib/spans.js";
import { Trouble } from "../../lib/text/trouble.js";

export interface Event {
	readonly uid: string;
	readonly summary: string;
	readonly location: string;
	readonly status: string;
	/** ms UTC. */
	readonly begin: number;
	readonly end: number;
	/** Line of BEGIN:VEVENT. */
	readonly line: number;
}

interface Property {
	readonly value: string;
	readonly parameters: ReadonlyMap<string, string>;
}

const REFUSED = ["RRULE", "RDATE", "RECURRENCE-ID"];

export function eventsOf(text: string, zone: string, name: string): readonly Event[] {
	const lines = unfolded(text);
	if (lines[0]?.text !== "BEGIN:VCALENDAR")
		throw new Trouble(`${name}:1: is no calendar: it does not begin with BEGIN:VCALENDAR`);
	const events: Event[] = [];
	let own: Map<string, Property> | undefined;
	let depth = 0; // of a component inside the event, as an alarm
	let begin = 0;
	for (const { text: line, number } of lines) {
		if (line === "BEGIN:VEVENT") {
			own = new Map();
			begin = number;
		} else if (own && line.startsWith("BEGIN:")) depth += 1;
		else if (own && depth > 0 && line.startsWith("END:")) depth -= 1;
		else if (line === "END:VEVENT" && own) {
			events.push(eventOf(own, zone, `${name}:${begin}`, begin));
			own = undefined;
		} else if (own && depth === 0) {
			const [key, property] = propertyOf(line);
			own.set(key, property);
		}
	}
	return events;
}

/** 3.1: a line that begins with a space goes on with the one before. */
function unfolded(text: string): { text: string; number: number }[] {
	const lines: { text: string; number: number }[] = [];
	for (const [at, line] of text
		.replace(/^\uFEFF/, "")
		.split(/\r\n|\n|\r/)
		.entries()) {
		const last = lines.at(-1);
		if (/^[ \t]/.test(line) && last) last.text += line.slice(1);
		else if (line !== "") lines.push({ text: line, number: at + 1 });
	}
	return lines;
}

/** `NAME;PARAMETER=VALUE:VALUE`; a colon inside quotes belongs to a parameter. */
function propertyOf(line: string): [string, Property] {
	const [, head = "", value = ""] = /^((?:[^":]|"[^"]*")*):(.*)$/s.exec(line) ?? [];
	const [name = "", ...parameters] = head.split(";");
	const pairs = parameters.map((one): [string, string] => {
		const [key = "", text = ""] = one.split("=");
		return [key.toUpperCase(), text.replace(/^"|"$/g, "")];
	});
	return [name.toUpperCase(), { value, parameters: new Map(pairs) }];
}

function eventOf(
	own: ReadonlyMap<string, Property>,
	zone: string,
	where: string,
	line: number,
): Event {
	const text = (name: string) =>
		(own.get(name)?.value ?? "").replace(/\\([\\;,nN])/g, (_all, sign: string) =>
			/n/i.test(sign) ? " " : sign,
		);
	const summary = text("SUMMARY");
	const fault = (why: string) => new Trouble(`${where}: "${summary}" ${why}`);
	for (const name of REFUSED)
		if (own.has(name)) throw fault(`has ${name}: give each date as an event of its own`);
	const start = own.get("DTSTART");
	if (!start) throw fault("has no DTSTART, e.g. DTSTART;TZID=Europe/Brussels:20261205T180000");
	const begin = instantOf(start, zone);
	if (begin === undefined) throw fault(`has the DTSTART ${start.value}, e.g. 20261205T180000`);
	const finish = own.get("DTEND");
	const end = finish ? instantOf(finish, zone) : begin + (start.value.length === 8 ? DAY : 0);
	if (end === undefined || end <= begin) throw fault("has no DTEND after its begin");
	const status = own.get("STATUS")?.value.toUpperCase() ?? "";
	return { uid: text("UID"), summary, location: text("LOCATION"), status, begin, end, line };
}

function instantOf({ value, parameters }: Property, zone: string): number | undefined {
	const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value);
	if (!found) return undefined;
	const [year, month, day, hour, minute, second] = found
		.slice(1, 7)
		.map((digits) => Number(digits ?? 0)) as [number, number, number, number, number, number];
	const utc = Date.UTC(year, month - 1, day, hour, minute, second);
	if (found[7] === "Z") return utc;
	return utc - offsetAt(utc, parameters.get("TZID") ?? zone);
}

/** ms by which local time is ahead of UTC at that local time. */
function offsetAt(local: number, zone: string): number {
	const guess = local - offsetOf(local, zone);
	return offsetOf(guess, zone);
}

function offsetOf(at: number, zone: string): number {
	const parts = partsAt(at, zone);
	const local = Date.UTC(
		parts.year!,
		parts.month! - 1,
		parts.day!,
		parts.hour!,
		parts.minute!,
		parts.second!,
	);
	return local - Math.floor(at / 1000) * 1000;
}

/** Numbers of the date and the clock in a zone. */
export function partsAt(at: number, zone: string): Readonly<Record<string, number>> {
	let format: Intl.DateTimeFormat;
	try {
		format = new Intl.DateTimeFormat("en-GB", {
			timeZone: zone,
			hourCycle: "h23",
			year: "numeric",
			month: "2-digit",
			day: "2-digit",
			hour: "2-digit",
			minute: "2-digit",
			second: "2-digit",
		});
	} catch {
		throw new Trouble(`time zone "${zone}" is not of the IANA list, e.g. Europe/Brussels`);
	}
	return Object.fromEntries(
		format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
	);
}
