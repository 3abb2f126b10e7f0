/**
 * iCalendar: events of a file (RFC 5545), each date of a repeated one by itself, read by ical.js.
 *
 * Times are UTC, of a VTIMEZONE in the file (Outlook's names are no others), of a TZID that is an IANA
 * name, or floating in the commune's zone.
 */
import ICAL from "ical.js";
import { Trouble } from "../../lib/text/trouble.js";
import { Zone } from "../../lib/zone.js";

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

export function eventsOf(text: string, zone: Zone, name: string, span: Span): readonly Event[] {
	let calendar: ICAL.Component;
	try {
		calendar = ICAL.Component.fromString(text.replace(/^\uFEFF/, ""));
	} catch (error) {
		throw new Trouble(`${name}: is no calendar: ${(error as Error).message}`);
	}
	const all = calendar.getAllSubcomponents("vevent");
	const isException = (component: ICAL.Component) => component.hasProperty("recurrence-id");
	return all
		.filter((component) => !isException(component))
		.flatMap((component) => {
			const uid = component.getFirstPropertyValue("uid");
			const exceptions = all.filter(
				(other) => isException(other) && other.getFirstPropertyValue("uid") === uid,
			);
			const event = new ICAL.Event(component, { exceptions });
			try {
				return datesOf(event, zone, name, span);
			} catch (error) {
				if (error instanceof Trouble) throw error;
				throw new Trouble(`${name}: "${event.summary ?? ""}": ${(error as Error).message}`);
			}
		});
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
	const iterator = event.iterator();
	for (let n = 0; n < DATES_MAX; n++) {
		const next = iterator.next();
		if (!next) break;
		const { item, startDate, endDate } = event.getOccurrenceDetails(next);
		if (!add(item, startDate, endDate)) break;
	}
	return dates;
}

function instantOf(time: ICAL.Time, { component }: ICAL.Event, place: Zone): number {
	const { year, month, day, hour, minute, second } = time;
	if (time.zone !== ICAL.Timezone.localTimezone) return 1000 * time.toUnixTime();
	const tzid = component.getFirstProperty("dtstart")?.getFirstParameter("tzid");
	const zone = tzid && !time.isDate ? Zone.of(tzid) : place;
	if (zone) return zone.utcOf(Date.UTC(year, month - 1, day, hour, minute, second));
	throw new Trouble(`time zone "${tzid}" is not of the IANA list, e.g. Europe/Brussels`);
}
