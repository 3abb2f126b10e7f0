/**
 * Days: what the lamp used in each of the last nights, noon to noon, as one text that is stored.
 *
 * The date of the night under way (days since 1970), both counters at its noon, then a pair for each
 * night that is over, oldest first: watt-hours of this lamp, of the old one. It is read when someone
 * asks and written once a day, 365 writes a year; a power cut loses none of it, for the night under
 * way is the counters less those at noon (their loss: node/storage/counters.ts).
 */

/** A month's bill can be checked on the pole; the text stays below 400 characters. */
export const DAYS_KEPT = 31;
const HEAD = 3;
/** A day past or ahead is a zone that changed; further away one of the two dates was wrong. */
const MOST_BACK = 1;

export interface DayRow {
	/** Days since 1970-01-01; the date of its evening. */
	readonly day: number;
	readonly energy_Wh: number;
	readonly oldLamp_Wh: number;
}

/** The text once `day` is under way; the same one if it was already, or anything else is wrong. */
export function turn(text: string, day: number, energy_Wh: number, oldLamp_Wh: number): string {
	const book = numbersOf(text);
	const begun = [day, Math.round(energy_Wh), Math.round(oldLamp_Wh)];
	if (!book) return begun.join(" ");
	const [stored, energy, old] = book as [number, number, number];
	if (day === stored || (day < stored && day >= stored - MOST_BACK)) return text;
	if (day < stored) return begun.join(" ");
	const rows = book.slice(HEAD);
	rows.push(Math.max(0, begun[1]! - energy), Math.max(0, begun[2]! - old));
	const without = Math.min(day - stored - 1, DAYS_KEPT); // nights without power
	for (let i = 0; i < without; i += 1) rows.push(0, 0);
	return [...begun, ...rows.slice(-2 * DAYS_KEPT)].join(" ");
}

/** The nth night back, 0 the last one that is over; undefined: not kept. */
export function nightBack(text: string, nth: number): DayRow | undefined {
	const book = numbersOf(text);
	const at = (book?.length ?? 0) - 2 * (nth + 1);
	if (!book || !(nth >= 0) || at < HEAD) return undefined;
	return { day: book[0]! - 1 - nth, energy_Wh: book[at]!, oldLamp_Wh: book[at + 1]! };
}

/** The date of the night under way; undefined: none is. */
export function dayOfBook(text: string): number | undefined {
	return numbersOf(text)?.[0];
}

function numbersOf(text: string): number[] | undefined {
	const numbers = text.split(" ").map(Number);
	const isOurs = numbers.length >= HEAD && numbers.length % 2 === HEAD % 2;
	return isOurs && numbers.every((n) => n >= 0 && n < Infinity) ? numbers : undefined;
}
