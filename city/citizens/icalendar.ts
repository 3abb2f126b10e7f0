/**
 * iCalendar: events of a file (RFC 5545), each date of a repeated one by itself, read by ical.js.
 *
 * Times are UTC, of a VTIMEZONE in the file (Outlook's names are no others), of a TZID that is an IANA
 * name, or floating in the commune's zone.
 */
import ICAL from "ical.js";
import { Trouble } from "../../lib/text/trouble.js";

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

/** Dates of one event that are looked at: a daily one for ten years. */
const DATES_MAX = 3_653;

export function eventsOf(text: string, zone: string, name: string, span: Span): readonly Event[] {
	let calendar: ICAL.Component;
	try {
		calendar = ICAL.Component.fromString(text.replace(/^\uFEFF/, ""));
	} catch (error) {
		throw new Trouble(`${name}: is no calendar: ${(error as Error).message}`);
	}
	const all = calendar.getAllSubcomponents("vevent");
	const isException = (one: ICAL.Component) => one.hasProperty("recurrence-id");
	return all
		.filter((one) => !isException(one))
		.flatMap((one) => {
			const uid = one.getFirstPropertyValue("uid");
			const exceptions = all.filter(
				(other) => isException(other) && other.getFirstPropertyValue("uid") === uid,
			);
			const event = new ICAL.Event(one, { exceptions });
			try {
				return datesOf(event, zone, name, span);
			} catch (error) {
				if (error instanceof Trouble) throw error;
				throw new Trouble(`${name}: "${event.summary ?? ""}": ${(error as Error).message}`);
			}
		});
}

function datesOf(event: ICAL.Event, zone: string, name: string, span: Span): Event[] {
	const where = `${name}: "${event.summary ?? ""}"`;
	if (!event.component.hasProperty("dtstart"))
		throw new Trouble(`${where} has no DTSTART, e.g. DTSTART:20261205T180000`);
	const dates: Event[] = [];
	const add = (item: ICAL.Event, from: ICAL.Time, to: ICAL.Time): boolean => {
		const [begin, end] = [from, to].map((time) => instantOf(time, item, zone)) as [number, number];
		if (!(end > begin)) throw new Trouble(`${where} has no DTEND after its begin`);
		const status = String(item.component.getFirstPropertyValue("status") ?? "").toUpperCase();
		const { summary, location } = item;
		const own = { summary: summary ?? "", location: location ?? "", status, begin, end };
		if (end > span.from && begin < span.until) dates.push(own);
		return begin < span.until;
	};
	if (!event.isRecurring()) {
		add(event, event.startDate, event.endDate);
		return dates;
	}
	const iterator = event.iterator();
	for (let n = 0; n < DATES_MAX; n++) {
		const next = iterator.next();
		if (!next) break;
		const { item, startDate, endDate } = event.getOccurrenceDetails(next);
		if (!add(item, startDate, endDate)) break;
	}
	return dates;
}

function instantOf(time: ICAL.Time, { component }: ICAL.Event, zone: string): number {
	const { year, month, day, hour, minute, second } = time;
	const local = Date.UTC(year, month - 1, day, hour, minute, second);
	if (time.zone !== ICAL.Timezone.localTimezone) return 1000 * time.toUnixTime();
	const tzid = component.getFirstProperty("dtstart")?.getFirstParameter("tzid");
	const own = tzid && !time.isDate ? tzid : zone;
	const guess = local - offsetOf(local, own);
	return local - offsetOf(guess, own);
}

/** ms by which local time is ahead of UTC. */
function offsetOf(at: number, zone: string): number {
	const { year, month, day, hour, minute, second } = partsAt(at, zone);
	return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - Math.floor(at / 1000) * 1000;
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
