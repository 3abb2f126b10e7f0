/** Figure text: figures of a year with three digits, and their ranges. */
import type { Ends } from "../../../../lib/lightingoptions/money.js";
import { decimalsOf, type Range, threeDigits } from "../../../../lib/lightingoptions/range.js";
import type { Speech } from "../words.js";

export function three(value: number, speech: Speech, unit = ""): string {
	return speech.number(threeDigits(value), decimalsOf(value), unit);
}

/** `57 to 86`, or one figure where both are the same. */
export function spanOf({ low, high }: Ends, speech: Speech, unit = ""): string {
	const [from, to] = [three(low, speech), three(high, speech, unit)];
	if (three(low, speech, unit) === to) return to;
	return speech.say("range.span", { low: from, high: to });
}

export const middle = ({ low, high }: Ends): number => (low + high) / 2;

/** Amounts by which a source moves a figure: `±7`, or `−3 / +9`. */
export function moves([down, up]: readonly [number, number], speech: Speech): string {
	const [less, more] = [speech.number(down, 0), speech.number(up, 0)];
	return less === more ? `±${less}\u00a0kWh` : `−${less} / +${more}\u00a0kWh`;
}

/** The figure alone and its range, for a cell. */
export function parted(range: Range, speech: Speech): readonly [mid: string, span: string] {
	return [three(range.mid, speech), spanOf(range, speech)];
}
