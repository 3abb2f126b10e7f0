/**
 * iCalendar: events of a file (RFC 5545), each date of a repeated one by itself, read by ical.js.
 *
 * Times are UTC, of a VTIMEZONE in the file, of a TZID that is an IANA name or one of Outlook's, or
 * floating in the commune's zone. A file may hold several calendars.
 */
import ICAL from "ical.js";
import { Trouble } from "../../lib/text/trouble.js";
import { Zone } from "../../lib/zone.js";
import { OUTLOOK_ZONES } from "./outlookzones.js";

export interface Event {
	readonly summary: string;
	readonly location: string;
	readonly status: string;
	/** ms UTC. */
	readonly begin: number;
	readonly end: number;
}

/** Events that are not over at `from` and begin before `until`, ms UTC. */
export interface Span {
	readonly from: number;
	readonly until: number;
}

/** Dates of one event that are looked at: a daily one for 270 years, an hourly one for eleven. */
const DATES_MAX = 100_000;

type Value = readonly [name: string, parameters: unknown, type: string, ...values: unknown[]];

/** @throws Trouble with the file and the event, if a part of the file cannot be read as it is meant */
export function eventsOf(text: string, zone: Zone, name: string, span: Span): readonly Event[] {
	const all = calendarsOf(text, name).flatMap((calendar) => calendar.getAllSubcomponents("vevent"));
	const isException = (component: ICAL.Component) => component.hasProperty("recurrence-id");
	const exceptions = new Map<unknown, ICAL.Component[]>();
	for (const component of all.filter(isException)) {
		const uid = component.getFirstPropertyValue("uid");
		exceptions.set(uid, [...(exceptions.get(uid) ?? []), component]);
	}
	return all
		.filter((component) => !isException(component))
		.flatMap((component) => {
			const uid = component.getFirstPropertyValue("uid");
			const own = exceptions.get(uid) ?? [];
			const event = new ICAL.Event(component, { exceptions: own });
			try {
				for (const { jCal } of [component, ...own]) requireDates(jCal[1] as readonly Value[]);
				return datesOf(event, zone, name, span);
			} catch (error) {
				if (error instanceof Trouble) throw error;
				throw new Trouble(`${name}: "${event.summary ?? ""}": ${(error as Error).message}`);
			}
		});
}

function calendarsOf(text: string, name: string): readonly ICAL.Component[] {
	const content = text.replace(/^\uFEFF/, "");
	if (!/^BEGIN:VCALENDAR\s*$/im.test(content))
		throw new Trouble(`${name}: is no calendar: it has no line BEGIN:VCALENDAR`);
	try {
		const parsed = ICAL.parse(content) as unknown as [string | unknown[]];
		const calendars = typeof parsed[0] === "string" ? [parsed] : parsed;
		return calendars.map((calendar) => new ICAL.Component(calendar as unknown as unknown[]));
	} catch (error) {
		throw new Trouble(`${name}: is no calendar: ${(error as Error).message}`);
	}
}

/** ical.js reads 30 February as 1 March. */
function requireDates(properties: readonly Value[]): void {
	for (const [property, , type, ...values] of properties) {
		if (type === "period")
			throw new Error(
				`${property.toUpperCase()} of periods is not read; write dates, or events of their own`,
			);
		if (type !== "date" && type !== "date-time") continue;
		for (const value of values) {
			const text = String(value);
			const date = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
			if (date === undefined) continue; // ical.js refuses it
			const days = new Date(`${date}T00:00Z`);
			if (Number.isNaN(days.getTime()) || days.toISOString().slice(0, 10) !== date)
				throw new Error(`${property.toUpperCase()} ${text}: there is no such day`);
			if (type === "date-time" && !/T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)Z?$/.test(text))
				throw new Error(`${property.toUpperCase()} ${text}: there is no such time of the day`);
		}
	}
}

function datesOf(event: ICAL.Event, zone: Zone, name: string, span: Span): Event[] {
	const where = `${name}: "${event.summary ?? ""}"`;
	if (!event.component.hasProperty("dtstart"))
		throw new Trouble(`${where} has no DTSTART, e.g. DTSTART:20261205T180000`);
	const dates: Event[] = [];
	const add = (item: ICAL.Event, from: ICAL.Time, to: ICAL.Time): boolean => {
		const [begin, end] = [from, to].map((time) => instantOf(time, item, zone)) as [number, number];
		if (!(end > begin)) throw new Trouble(`${where} has no DTEND after its begin`);
		const status = String(item.component.getFirstPropertyValue("status") ?? "").toUpperCase();
		const { summary, location } = item;
		const date = { summary: summary ?? "", location: location ?? "", status, begin, end };
		if (end > span.from && begin < span.until) dates.push(date);
		return begin < span.until;
	};
	if (!event.isRecurring()) {
		add(event, event.startDate, event.endDate);
		return dates;
	}
	if (needsFirst(event)) add(event, event.startDate, event.endDate);
	const iterator = event.iterator();
	for (let n = 0; n < DATES_MAX; n++) {
		const next = iterator.next();
		if (!next) return dates;
		const { item, startDate, endDate } = event.getOccurrenceDetails(next);
		if (!add(item, startDate, endDate)) return dates;
	}
	throw new Trouble(
		`${where} repeats more than ${DATES_MAX} times; give it an UNTIL or a later DTSTART`,
	);
}

/** DTSTART is a date too (RFC 5545, 3.8.5.2), which ical.js forgets where RDATE stands without RRULE. */
function needsFirst({ component, startDate }: ICAL.Event): boolean {
	const listed = ["rdate", "exdate"].flatMap((name) => component.getAllProperties(name));
	return (
		!component.hasProperty("rrule") &&
		!listed.some((property) =>
			(property.getValues() as ICAL.Time[]).some((time) => time.compare(startDate) === 0),
		)
	);
}

function instantOf(time: ICAL.Time, { component }: ICAL.Event, place: Zone): number {
	const { year, month, day, hour, minute, second } = time;
	if (time.zone !== ICAL.Timezone.localTimezone) return 1000 * time.toUnixTime();
	const tzid = component.getFirstProperty("dtstart")?.getFirstParameter("tzid");
	const zone = tzid && !time.isDate ? Zone.of(OUTLOOK_ZONES.get(tzid) ?? tzid) : place;
	if (zone) return zone.utcOf(Date.UTC(year, month - 1, day, hour, minute, second));
	throw new Error(
		`the file does not define its time zone "${tzid}" (VTIMEZONE), and it is not of the IANA list; e.g. Europe/Brussels`,
	);
}
