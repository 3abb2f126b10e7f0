/**
 * Counts: road users an hour of each street, with coverage.
 *
 * A lamp reports road users of an interval that ends at `time`; an interval that goes over an hour is
 * divided by its share in it, unless it is long and has many: then its hours are not known (a lamp on
 * a metered link reports each eight hours). Time without an interval, and time in which the lamp
 * doubts its PIR, is a gap and not a zero. Every pole counts the same passers-by, so the count of a street is the mean
 * over its poles, each divided by its own coverage.
 */
import { DAY, HOUR } from "../../lib/spans.js";
import { type Happening, instantOf, numberOf, type Traffic } from "../contract.js";

/** A pole with less of an hour has no count of it. */
const POLE_COVERED = 0.5;
/** Seconds; a lamp that counts less than `trafficK` goes on with its interval. */
const INTERVAL_MAX_S = (31 * DAY) / 1000;
/** An interval of more than this with more than so few road users has no hours. */
const LONG = 4 * HOUR;
const FEW = 10;
/** Road users a second that a sensor with a dead time can count. */
const USERS_MAX = 10;
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

/** A message of a pole. */
export interface Message {
	readonly kind: string;
	readonly body: Readonly<{ [field: string]: unknown }>;
}

/** An hour of one pole. */
interface PoleHour {
	/** ms with a count. */
	time: number;
	users: number;
	isDoubtful: boolean;
}

type PoleHours = ReadonlyMap<number, PoleHour>;

/** Hours of one pole, from its messages; one that no lamp can have sent is left out. */
export function hoursOf(messages: readonly Message[]): PoleHours {
	const hours = new Map<number, PoleHour>();
	const controllers = new Map<unknown, Message[]>();
	for (const message of messages) {
		const { serial } = message.body;
		const controllerMessages = controllers.get(serial) ?? [];
		controllers.set(serial, controllerMessages);
		controllerMessages.push(message);
	}
	// a controller's doubt about its sensor is not that of the one which replaced it
	for (const controllerMessages of controllers.values()) addHours(hours, controllerMessages);
	return hours;
}

/** `messages`: of one controller. */
function addHours(hours: Map<number, PoleHour>, messages: readonly Message[]): void {
	const doubts = doubtsOf(messages);
	const each = ({ from, to }: Span, change: (hour: PoleHour, overlap: number) => void): void => {
		for (let at = floor(from); at < to; at += HOUR) {
			const hour = hours.get(at) ?? { time: 0, users: 0, isDoubtful: false };
			hours.set(at, hour);
			change(hour, Math.min(to, at + HOUR) - Math.max(from, at));
		}
	};
	let end = 0;
	for (const { kind, body } of messages) {
		const interval = kind === "traffic" ? intervalOf(body) : undefined;
		if (!interval) continue;
		const { from, to, count } = interval;
		end = Math.max(end, to);
		if (to - from > LONG && count > FEW) continue;
		if (doubts.some((doubt) => overlap(doubt, interval) > 0)) continue;
		each(interval, (hour, share) => {
			hour.time += share;
			hour.users += (count * share) / (to - from);
		});
	}
	for (const { from, to } of doubts)
		each({ from, to: Math.min(to, Math.max(from, end) + HOUR) }, (hour) => {
			hour.isDoubtful = true;
		});
}

function intervalOf(body: Traffic): (Span & { readonly count: number }) | undefined {
	const { time, interval_s, roadUserNumber } = body;
	const [to, seconds, count] = [instantOf(time), numberOf(interval_s), numberOf(roadUserNumber)];
	if (to === undefined || seconds === undefined || count === undefined) return undefined;
	if (!(seconds > 0 && seconds <= INTERVAL_MAX_S && count >= 0 && count <= seconds * USERS_MAX))
		return undefined;
	return { from: to - 1000 * seconds, to, count };
}

/** Times in which the lamp doubts its sensor; one that has not ended lasts. */
function doubtsOf(messages: readonly Message[]): readonly Span[] {
	const doubts: Span[] = [];
	let open: number | undefined;
	const end = (at: number) => {
		if (open !== undefined) doubts.push({ from: open, to: at });
		open = undefined;
	};
	for (const { kind, body } of messages) {
		const { type = "", startEndFlag, time } = body as Happening;
		const at = instantOf(time);
		if (kind !== "event" || !DOUBTFUL.includes(type) || at === undefined) continue;
		if (startEndFlag === "start") open ??= at;
		if (startEndFlag === "end") end(at);
	}
	end(Infinity);
	return doubts;
}

/** The hours of a street from `first` to `last`, or as far as its poles reach. */
export function rowsOf(
	street: string,
	poles: readonly PoleHours[],
	bounds: Bounds,
	[first, last]: readonly [number, number] = [Infinity, -Infinity],
): readonly Row[] {
	const hours = new Map<number, PoleHour[]>();
	for (const poleHours of poles)
		for (const [at, hour] of poleHours) hours.set(at, [...(hours.get(at) ?? []), hour]);
	let [from, to] = [floor(first), floor(last)];
	for (const at of hours.keys()) [from, to] = [Math.min(from, at), Math.max(to, at)];
	const rows: Row[] = [];
	for (let hour = from; hour <= to; hour += HOUR)
		rows.push(rowOf(street, hour, hours.get(hour) ?? [], poles.length, bounds));
	return rows;
}

function rowOf(
	street: string,
	hour: number,
	poleHours: readonly PoleHour[],
	poles: number,
	{ k, coverage: least }: Bounds,
): Row {
	const parts = poleHours.map(({ time }) => Math.min(1, time / HOUR));
	const counts = poleHours.flatMap(({ users }, at) =>
		parts[at]! >= POLE_COVERED ? [users / parts[at]!] : [],
	);
	const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
	const share = sum(parts) / poles;
	const isGap = counts.length === 0 || share < least;
	const mean = sum(counts) / counts.length;
	const isBelowK = !isGap && mean < k;
	return {
		street,
		hour,
		isBelowK,
		coverage: share,
		poles,
		roadUsers: isGap || isBelowK ? undefined : Math.round(mean * 10) / 10,
		polesCovered: counts.length,
		polesDoubtful: poleHours.filter(({ isDoubtful }) => isDoubtful).length,
	};
}

function overlap(a: Span, b: Span): number {
	return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

function floor(at: number): number {
	return Math.floor(at / HOUR) * HOUR;
}
