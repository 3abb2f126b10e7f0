/**
 * Fault order: a fault with time and place, from a text: `NAME[@TIME[+DURATION]][/LAMP]`.
 *
 * `pirDead@6h+12h/3`: six hours after the run began, for twelve hours, at lamp 3. Without a time
 * from the beginning, without a duration for ever, without a lamp at all of them.
 */
import { FAULTS } from "./faults.js";

export interface FaultOrder {
	readonly name: string;
	/** Virtual ms. */
	readonly at: number;
	/** Virtual ms; Infinity: permanent. */
	readonly until: number;
	/** From 1; undefined: all lamps. */
	readonly lamp: number | undefined;
}

const SPAN = String.raw`\d{1,9}(?:\.\d{1,3})?[hms]`;
const ORDER = new RegExp(String.raw`^(\w+)(?:@(${SPAN})(?:\+(${SPAN}))?)?(?:/(\d{1,6}))?$`);
const ALL = Object.keys(FAULTS).join(", ");
const UNIT = { h: 3600_000, m: 60_000, s: 1000 } as const;

/** Parses one; an invalid text returns one line with the reason. */
export function readFault(text: string, lamps: number): FaultOrder | string {
	const match = ORDER.exec(text);
	if (!match) return `--fault ${text}: not like pirDead@6h+12h/3; there are ${ALL}`;
	const [, name, from, span, place] = match;
	if (!Object.hasOwn(FAULTS, name!)) return `--fault ${text}: not a fault; these are ${ALL}`;
	const lamp = place === undefined ? undefined : Number(place);
	if (lamp !== undefined && !(lamp >= 1 && lamp <= lamps))
		return `--fault ${text}: there are lamps 1 to ${lamps}`;
	const at = from === undefined ? 0 : msOf(from);
	return { name: name!, at, until: span === undefined ? Infinity : at + msOf(span), lamp };
}

function msOf(span: string): number {
	return Math.round(Number(span.slice(0, -1)) * UNIT[span.at(-1) as keyof typeof UNIT]);
}
