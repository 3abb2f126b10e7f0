/**
 * Fault order: a fault with time and place, from a text: `NAME[@TIME[+DURATION]][/LAMP]`.
 *
 * `pirDead@6h+12h/3`: six hours after the run began, for twelve hours, at lamp 3. Without a time
 * from the beginning, without a duration for ever, without a lamp at all of them.
 */
import { msOfSpan, SPAN } from "../../lib/spans.js";
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

const ORDER = new RegExp(String.raw`^(\w+)(?:@(${SPAN})(?:\+(${SPAN}))?)?(?:/(\d{1,6}))?$`);
const ALL = Object.keys(FAULTS).join(", ");

/** Parses one; an invalid text returns one line with the reason. */
export function readFault(text: string, lamps: number): FaultOrder | string {
	const [, name, from = "0s", span, place] = ORDER.exec(text) ?? [];
	const at = msOfSpan(from);
	const length = span === undefined ? Infinity : msOfSpan(span);
	if (name === undefined || at === undefined || length === undefined)
		return `--fault ${text}: not like pirDead@6h+12h/3; there are ${ALL}`;
	if (!Object.hasOwn(FAULTS, name)) return `--fault ${text}: not a fault; these are ${ALL}`;
	const lamp = place === undefined ? undefined : Number(place);
	if (lamp !== undefined && !(lamp >= 1 && lamp <= lamps))
		return `--fault ${text}: there are lamps 1 to ${lamps}`;
	return { name, at, until: at + length, lamp };
}
