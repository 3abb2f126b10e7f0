/**
 * Counts: road users an hour of each street, with coverage.
 *
 * A lamp reports road users of an interval that ends at `time`; an interval that goes over an hour is
 * divided by its share in it. Time without an interval, and time in which the lamp doubts its PIR, is
 * a gap and not a zero. Every pole counts the same passers-by, so the count of a street is the mean
 * over its poles, each divided by its own coverage.
 */
import { HOUR } from "../../lib/spans.js";
import { type Happening, instantOf, numberOf, type Traffic } from "../contract.js";
import type { Line } from "./store.js";

/** A pole with less of an hour has no count of it. */
const POLE_COVERED = 0.5;
/** ms that two intervals of one lamp may overlap by rounding. */
const DOUBTFUL = ["presenceSensorFailure"];

export interface Row {
	readonly street: string;
	/** Begin of the hour, ms UTC. */
	readonly hour: number;
	/** Road users; undefined: a gap, or fewer than k. */
	readonly roadUsers: number | undefined;
	readonly isBelowK: boolean;
	/** Share of pole-hours with a count, 0 to 1. */
	readonly coverage: number;
	readonly poles: number;
	readonly polesCovered: number;
	/** Poles that doubted their sensor in this hour. */
	readonly polesDoubtful: number;
}

export interface Bounds {
	/** A smaller count is not published. */
	readonly k: number;
	/** A street with less coverage has a gap. */
	readonly coverage: number;
}

interface Span {
	readonly from: number;
	readonly to: number;
}

interface Pole {
	readonly street: string;
	readonly intervals: (Span & { readonly count: number })[];
	readonly doubts: Span[];
}

/** `streets`: the street of each node (`site/node`); a node without one is left out. */
export function rowsOf(
	lines: readonly Line[],
	streets: ReadonlyMap<string, string>,
	{ k, coverage }: Bounds,
): readonly Row[] {
	const poles = polesOf(lines, streets);
	const ends = poles.flatMap(({ intervals }) =>
		intervals.flatMap(({ from, to }) => [from, to - 1]),
	);
	if (ends.length === 0) return [];
	const first = floor(ends.reduce((a, b) => Math.min(a, b)));
	const last = floor(ends.reduce((a, b) => Math.max(a, b)));
	const names = [...new Set(poles.map(({ street }) => street))].sort();
	const rows: Row[] = [];
	for (const street of names) {
		const own = poles.filter((pole) => pole.street === street);
		for (let hour = first; hour <= last; hour += HOUR)
			rows.push(rowOf(street, hour, own, k, coverage));
	}
	return rows;
}

function rowOf(
	street: string,
	hour: number,
	poles: readonly Pole[],
	k: number,
	least: number,
): Row {
	const within = { from: hour, to: hour + HOUR };
	let covered = 0;
	let doubtful = 0;
	const counts: number[] = [];
	for (const { intervals, doubts } of poles) {
		let time = 0;
		let users = 0;
		for (const { from, to, count } of intervals) {
			const share = overlap({ from, to }, within);
			time += share;
			users += (count * share) / (to - from);
		}
		if (doubts.some((doubt) => overlap(doubt, within) > 0)) doubtful += 1;
		const part = Math.min(1, time / HOUR);
		covered += part;
		if (part >= POLE_COVERED) counts.push(users / part);
	}
	const share = covered / poles.length;
	const isGap = counts.length === 0 || share < least;
	const mean = counts.reduce((sum, one) => sum + one, 0) / counts.length;
	const isBelowK = !isGap && mean < k;
	return {
		street,
		hour,
		isBelowK,
		coverage: share,
		poles: poles.length,
		roadUsers: isGap || isBelowK ? undefined : Math.round(mean * 10) / 10,
		polesCovered: counts.length,
		polesDoubtful: doubtful,
	};
}

function polesOf(lines: readonly Line[], streets: ReadonlyMap<string, string>): readonly Pole[] {
	const poles = new Map<string, Pole>();
	for (const [name, street] of streets) poles.set(name, { street, intervals: [], doubts: [] });
	const open = new Map<string, number>();
	const events = lines.filter(({ kind }) => kind === "event");
	for (const { site, node, body } of events) {
		const { type = "", startEndFlag, time } = body as Happening;
		const [name, at] = [`${site}/${node}`, instantOf(time)];
		if (!DOUBTFUL.includes(type) || at === undefined) continue;
		if (startEndFlag === "start" && !open.has(name)) open.set(name, at);
		const from = open.get(name);
		if (startEndFlag !== "end" || from === undefined) continue;
		poles.get(name)?.doubts.push({ from, to: at });
		open.delete(name);
	}
	for (const [name, from] of open) poles.get(name)?.doubts.push({ from, to: Infinity });
	for (const { site, node, kind, body } of lines) {
		if (kind !== "traffic") continue;
		const { time, interval_s, roadUserNumber } = body as Traffic;
		const [to, seconds, count] = [instantOf(time), numberOf(interval_s), numberOf(roadUserNumber)];
		if (to === undefined || seconds === undefined || count === undefined) continue;
		if (seconds <= 0 || count < 0) continue;
		const span = { from: to - 1000 * seconds, to };
		const pole = poles.get(`${site}/${node}`);
		if (pole && !pole.doubts.some((doubt) => overlap(doubt, span) > 0))
			pole.intervals.push({ ...span, count });
	}
	return [...poles.values()];
}

/** The street of each node that the messages give: the group of its latest birth. */
export function streetsOf(lines: readonly Line[]): ReadonlyMap<string, string> {
	const streets = new Map<string, string>();
	for (const { site, node, kind, body } of lines)
		if (kind === "birth" && typeof body.group === "string" && body.group !== "")
			streets.set(`${site}/${node}`, body.group);
	return streets;
}

function overlap(a: Span, b: Span): number {
	return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

function floor(at: number): number {
	return Math.floor(at / HOUR) * HOUR;
}
