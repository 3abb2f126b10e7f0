/**
 * Values: options by name, and the meaning of each; an invalid one is thrown as `Wrong`.
 */
import { isProfile, PROFILES, type Profile } from "../../lib/profiles.js";
import { DAY, msOfSpan } from "../../lib/spans.js";
import { readInstant, type Zone } from "../../lib/zone.js";
import type { SlowLink } from "../network/slowlink.js";
import { type Person, readPerson } from "../world/persons.js";
import { type Procession, readProcession } from "../world/procession.js";

/** Options by name, without `--`; several of one name as a list. */
export type Values = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Without these options. */
export function without(values: Values, names: readonly string[]): Values {
	return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** Of the same street the first lamps alone. */
export function firstLamps(values: Values, lamps: number): Values {
	const { poles } = values;
	const first = typeof poles === "string" ? { poles: poles.split(",").slice(0, lamps).join() } : {};
	return { ...values, ...first, lamps: String(lamps) };
}

/** With further texts of options that may be given several times. */
export function joined(values: Values, more: Readonly<Record<string, readonly string[]>>): Values {
	const lists = Object.entries(more).filter(([, texts]) => texts.length > 0);
	const all = ([name, texts]: (typeof lists)[number]) => {
		const before = values[name] as string | readonly string[] | undefined;
		return [name, [before ?? [], texts].flat()];
	};
	return { ...values, ...Object.fromEntries(lists.map(all)) };
}

/** `program` with the arguments that give these values, as a person types them. */
export function commandOf(program: string, values: Values): string {
	return [program, ...wordsOf(values).map(quoted)].join(" ");
}

/** The arguments of a command line that give these values. */
export function wordsOf(values: Values): string[] {
	return Object.entries(values).flatMap(([name, value]) =>
		[value].flat().flatMap((word) => (word === true ? [`--${name}`] : [`--${name}`, `${word}`])),
	);
}

/** A shell takes nothing within single quotes for its own. */
const quoted = (word: string): string =>
	/^[\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const MOST_DAYS = 366; // a longer run is a typing error
export const MOST_LINES = 100; // each may be connected to a program outside the simulator
const MOST_SPEED = 100_000; // above this it is `max`

/** The reason why a word is invalid, in one line. */
export class Wrong extends Error {}

export function integer(
	name: string,
	text: string | undefined,
	otherwise: number,
	least: number,
	most: number,
): number {
	if (text === undefined) return otherwise;
	const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
	if (!(value >= least && value <= most))
		throw new Wrong(`--${name} ${text}: not a whole number from ${least} to ${most}`);
	return value;
}

export function readStart(text: string | undefined, zone: Zone): number | undefined {
	if (text === undefined) return undefined;
	const start = readInstant(text, zone);
	if (start === undefined)
		throw new Wrong(`--start ${text}: not an instant like 2026-11-24T15:00:00+01:00`);
	return start;
}

export function readDuration(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const span = msOfSpan(text) ?? 0;
	if (!(span > 0 && span <= MOST_DAYS * DAY))
		throw new Wrong(`--duration ${text}: not a span like 24h, 90m or 30s, at most a year`);
	return span;
}

export function readSpeed(text: string | undefined, otherwise: number): number {
	if (text === undefined) return otherwise;
	if (text === "max") return Infinity;
	const speed = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
	if (!(speed > 0 && speed <= MOST_SPEED))
		throw new Wrong(`--speed ${text}: neither max nor a number up to ${MOST_SPEED}`);
	return speed;
}

/** `3`, `1,4-6` or `all`: numbers of lamps, each once, in their order. */
export function readLamps(text: string | undefined, lamps: number): number[] {
	if (text === undefined) return [];
	const chosen = new Set<number>();
	for (const part of (text === "all" ? `1-${lamps}` : text).split(",")) {
		const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part) ?? [];
		const [from, to] = [Number(first), Number(last)];
		if (!(from >= 1 && from <= to && to <= lamps))
			throw new Wrong(`--serial ${text}: not lamps from 1 to ${lamps} like 3, 1,4-6 or all`);
		if (to - from >= MOST_LINES) throw new Wrong(`--serial ${text}: ${MOST_LINES} lines at most`);
		for (let lamp = from; lamp <= to; lamp++) chosen.add(lamp);
	}
	if (chosen.size > MOST_LINES) throw new Wrong(`--serial ${text}: ${MOST_LINES} lines at most`);
	return [...chosen].sort((lamp, other) => lamp - other);
}

export function readPersonOf(text: string): Person {
	const person = readPerson(text);
	if (!person)
		throw new Wrong(`--person ${text}: not like bicycle@6m, pedestrian@20m/back or car@90s/45m`);
	return person;
}

export function readProcessionOf(text: string | undefined): Procession | undefined {
	const procession = text === undefined ? undefined : readProcession(text);
	if (text !== undefined && !procession)
		throw new Wrong(`--procession ${text}: not like car@50/90s (pedestrian, bicycle, car)`);
	return procession;
}

/** A segment of 569 bytes takes a minute at the least; a delay above two minutes is no link. */
const SLOW_LINK = /^(\d{2,7})\/(\d{1,3})\/(\d{1,2})$/;
const SLOWEST = { rate: 75, delay_s: 120 };

/** `1000/5/10`: bits a second, seconds one way, per cent lost. */
export function readSlowLink(text: string | undefined): SlowLink | undefined {
	if (text === undefined) return undefined;
	const [rate = 0, delay = 0, loss = 0] = (SLOW_LINK.exec(text) ?? []).slice(1).map(Number);
	if (rate < SLOWEST.rate || delay < 1 || delay > SLOWEST.delay_s)
		throw new Wrong(`--slow-link ${text}: not like 1000/5/10 (bit/s, s one way, per cent lost)`);
	return { rate, delay: 1000 * delay, loss: loss / 100 };
}

/** Metres of each pole from the first one, in order; no street is longer. */
const MOST_METRES = 100_000;

/** `0,27.5,55`; undefined: evenly spaced. */
export function readPoles(text: string | undefined): readonly number[] | undefined {
	if (text === undefined) return undefined;
	const poles = text.split(",").map((part) => (/^\d{1,6}(\.\d)?$/.test(part) ? Number(part) : NaN));
	const isRow = poles.every((at, index) => at >= (poles[index - 1] ?? 0) && at <= MOST_METRES);
	if (isRow && poles[0] === 0) return poles;
	throw new Wrong(`--poles ${text.slice(0, 60)}: not metres from 0 on in order, like 0,27.5,55`);
}

/** Longest name of a street with its district and town, characters. */
export const NAME_MOST = 120;

export function readName(text: string | undefined): string | undefined {
	if (text === undefined || !(text.length > NAME_MOST || /\p{C}/u.test(text))) return text;
	throw new Wrong(`--name: at most ${NAME_MOST} characters on one line`);
}

export function readHardware(text: string | undefined): string | undefined {
	if (text === undefined || /^[A-Za-z0-9._+/-]{1,24}$/.test(text)) return text;
	throw new Wrong(`--hardware ${text}: 1 to 24 of A-Z a-z 0-9 . _ + / -, such as esp32-c3/1`);
}

export function readBoard(text: string | undefined): "zhaga" | undefined {
	if (text === undefined || text === "zhaga") return text;
	throw new Wrong(`--board ${text}: not zhaga`);
}

export function readProfile(text: string | undefined): Profile | undefined {
	if (text === undefined || isProfile(text)) return text;
	throw new Wrong(`--profile ${text}: not one of ${PROFILES.join(", ")}`);
}

/** Each of the texts parsed; throws the reason why one is invalid. */
export function many<T extends object>(texts: unknown, parse: (text: string) => T | string): T[] {
	return ([texts ?? []].flat() as string[]).map((text) => {
		const parsed = parse(text);
		if (typeof parsed === "string") throw new Wrong(parsed);
		return parsed;
	});
}

/** An error of a reader is a wrong option. */
export function tried<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw new Wrong((error as Error).message);
	}
}
