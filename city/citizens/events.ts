/**
 * Events: a commune's approved events as programs of a group of lamps.
 *
 * An event with STATUS:CONFIRMED whose LOCATION is a group gets a program for each of its nights: the
 * event's level from the begin of the event until its end, the group's own program before and after.
 * The result is a site file, which `npx luminode desk configure` brings to the lamps; `preview` of the
 * night is asked of a lamp as proof.
 */

import { rowOf } from "../../lib/csv.js";
import { bytesOfFile, replaceFile, textOfFile } from "../../lib/files.js";
import { type Table, tableIn } from "../../lib/site/sitetable.js";
import { DAY, HOUR } from "../../lib/spans.js";
import { Trouble } from "../../lib/text/trouble.js";
import type { Zone } from "../../lib/zone.js";
import { readSite } from "../sitefile.js";
import { type Event, eventsOf, type Span } from "./icalendar.js";

const APPROVED = "CONFIRMED";
const SLOTS = ["program2", "program3", "program4"] as const;
/** The event's own hours, when lamps are dark or not. */
const NIGHT_FROM = 12;
const POINT = /^(\d{2}):(\d{2}) /;

interface Row {
	[column: string]: string;
}

/** Program of one night of an event; a night has the date of its evening. */
interface Plan {
	readonly program: string;
	readonly night: string;
	readonly event: Event;
}

/** Writes the site file. @returns lines about it */
export function events(
	sitePath: string,
	args: readonly string[],
	{ zone, level, span }: { readonly zone: Zone; readonly level: number; readonly span: Span },
): readonly string[] {
	const [calendar, out, more] = args;
	if (calendar === undefined || out === undefined || more !== undefined)
		throw new Trouble(
			"give two files, e.g. npx luminode citizens events site.csv events.ics site-events.csv",
		);
	const plans = readSite(sitePath).poles;
	const all = eventsOf(textOfFile(calendar), zone, calendar, span);
	const lines: string[] = [];
	const table = tableIn(sitePath, bytesOfFile(sitePath));
	const changes = new Map<string, Row>();
	const groups = new Set(plans.map(({ values }) => values.get("group") ?? ""));
	for (const event of all) {
		const why = reasonAgainst(event, groups);
		if (why) lines.push(`left out: "${event.summary}": ${why}`);
	}
	for (const group of groups) {
		const groupEvents = all.filter(
			(event) => event.location === group && !reasonAgainst(event, groups),
		);
		if (groupEvents.length === 0) continue;
		const lamps = plans.filter(({ values }) => (values.get("group") ?? "") === group);
		const without = lamps.find(({ values }) => !values.get("program"));
		if (without)
			throw new Trouble(
				`${sitePath}: ${without.values.get("node")} of group ${group} has no program, and an event ` +
					"changes one; write what its lamps run into the column program, e.g. " +
					'"sunset 100; 22:00 60; sunrise 0"',
			);
		const kinds = new Set(lamps.map(({ values }) => values.get("program") ?? ""));
		for (const program of kinds) {
			const made = columnsFor(group, program, groupEvents, zone, level, lamps[0]!.values);
			for (const { values } of lamps)
				if ((values.get("program") ?? "") === program) changes.set(values.get("node")!, made.row);
			for (const line of made.lines) lines.push(line); // a spread overflows the stack at 100,000
		}
	}
	replaceFile(out, csvOf(table, changes));
	readSite(out); // a program too long, for example
	return [
		...lines,
		`${out}: lamps changed: ${changes.size}; next: npx luminode desk configure ${out}`,
	];
}

function reasonAgainst(
	{ status, location }: Event,
	groups: ReadonlySet<string>,
): string | undefined {
	if (status !== APPROVED) return `its STATUS is ${status || "absent"}, not ${APPROVED}`;
	if (location === "" || !groups.has(location))
		return `its LOCATION "${location}" is no group of the site file`;
	return undefined;
}

function columnsFor(
	group: string,
	base: string,
	groupEvents: readonly Event[],
	zone: Zone,
	level: number,
	values: ReadonlyMap<string, string>,
): { row: Row; lines: readonly string[] } {
	const plans = groupEvents.flatMap((event) => planOf(event, base, zone, level));
	const nights = new Map<string, Set<string>>();
	for (const { program, night } of plans)
		nights.set(program, (nights.get(program) ?? new Set()).add(night));
	const row: Row = {};
	const rules: string[] = [];
	const names = new Map<string, string>(); // programs that the site file has
	for (const slot of SLOTS) {
		const [, name, program] = /^([^:]*):(.*)$/s.exec(values.get(slot) ?? "") ?? [];
		if (name !== undefined) names.set(program!.trim(), name.trim());
	}
	const free = SLOTS.filter((slot) => !values.get(slot));
	const made = [...nights.keys()].filter((program) => !names.has(program));
	if (made.length > free.length)
		throw new Trouble(
			`group ${group}: ${made.length} different nights of events, and ${free.length} free ` +
				"programs of program2 to program4; give fewer events at a time",
		);
	const taken = new Set(names.values());
	for (const [at, program] of made.entries()) {
		let number = at + 1;
		while (taken.has(`event-${number}`)) number += 1;
		const name = `event-${number}`;
		taken.add(name);
		names.set(program, name);
		row[free[at]!] = `${name}: ${program}`;
	}
	for (const [program, dates] of nights)
		rules.push(...datesIn([...dates].sort()).map((dates) => `${dates}: ${names.get(program)}`));
	const before = values.get("calendar");
	row.calendar = [...rules, ...(before ? [before] : [])].join("; "); // the first rule that fits wins
	const lines = plans.map(
		({ event, night, program }) => `${group}: "${event.summary}" on ${night}: ${program}`,
	);
	return { row, lines };
}

/** Nights as few rules of a calendar: a weekday of a span, else dates and ranges in one rule. */
export function datesIn(nights: readonly string[]): readonly string[] {
	const days = nights.map((night) => Date.parse(night) / DAY);
	const isWeekly =
		days.length > 2 && days.every((day, at) => at === 0 || day - days[at - 1]! === 7);
	if (isWeekly) {
		const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
		return [`${nights[0]}..${nights.at(-1)} ${weekday.format(days[0]! * DAY)}`];
	}
	const parts: string[] = [];
	for (let at = 0; at < nights.length; ) {
		let end = at;
		while (days[end + 1]! - days[end]! === 1) end += 1;
		parts.push(end > at ? `${nights[at]}..${nights[end]}` : nights[at]!);
		at = end + 1;
	}
	return [parts.join(",")];
}

/** A program for each night of the event. */
function planOf(event: Event, base: string, zone: Zone, level: number): readonly Plan[] {
	const nightOf = (at: number) => localOf(at - NIGHT_FROM * HOUR, zone)[0];
	const [first, last] = [nightOf(event.begin), nightOf(event.end - 1)];
	const nights = new Set<string>();
	for (let at = event.begin; at < event.end; at += DAY) nights.add(nightOf(at));
	return [...nights.add(last)].map((night) => {
		const from = night === first ? localOf(event.begin, zone)[1] : undefined;
		const to = night === last ? localOf(event.end, zone)[1] : undefined;
		return { program: programOf(base, from, to, level), night, event };
	});
}

/**
 * The base program with `level` between two clock times of one night; undefined: from its begin, to
 * its end.
 */
export function programOf(
	base: string,
	from: string | undefined,
	to: string | undefined,
	level: number,
): string {
	const points = base
		.split(";")
		.map((point) => point.trim())
		.filter(Boolean);
	const timed = points.map((point) => {
		const [, hour, minute] = POINT.exec(point) ?? [];
		return { point, at: hour === undefined ? undefined : sinceNoon(`${hour}:${minute}`) };
	});
	const begin = from === undefined ? -Infinity : sinceNoon(from);
	const end = to === undefined ? Infinity : sinceNoon(to);
	// sunset is before every clock time of the night, sunrise after
	const isBefore = ({ point, at }: (typeof timed)[number]) =>
		at === undefined ? point.startsWith("sunset") : at < begin;
	const isAfter = ({ point, at }: (typeof timed)[number]) =>
		at === undefined ? !point.startsWith("sunset") : at > end;
	const during = timed.filter((entry) =>
		entry.at === undefined ? isBefore(entry) : entry.at <= end,
	);
	const then = during.at(-1)?.point.replace(/^\S+ /, "");
	const raised = (entry: (typeof timed)[number]) =>
		begin === -Infinity && entry.at === undefined
			? entry.point.replace(/ .*$/, ` ${level}`)
			: entry.point;
	return [
		...timed.filter(isBefore).map(raised),
		...(from === undefined ? [] : [`${from} ${level}`]),
		...(to === undefined || then === undefined ? [] : [`${to} ${then}`]),
		...timed.filter(isAfter).map(({ point }) => point),
	].join("; ");
}

/** Minutes since noon. */
function sinceNoon(clock: string): number {
	const [hour, minute] = clock.split(":").map(Number) as [number, number];
	return ((hour + 12) % 24) * 60 + minute;
}

/** Date and clock on the spot. */
function localOf(at: number, zone: Zone): readonly [date: string, clock: string] {
	const local = new Date(zone.localOf(at)).toISOString();
	return [local.slice(0, 10), local.slice(11, 16)];
}

function csvOf({ titles, rows }: Table, changes: ReadonlyMap<string, Row>): string {
	const more = [...changes.values()].flatMap((row) => Object.keys(row));
	const columns = [...new Set([...titles, ...more])];
	const lines = rows.map(({ cells }) => {
		const after = { ...cells, ...changes.get(cells.node ?? "") };
		return rowOf(columns.map((column) => after[column] ?? ""));
	});
	return `${[columns.join(","), ...lines].join("\n")}\n`;
}
