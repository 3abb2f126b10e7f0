/**
 * Days: the energy of each of the last nights, noon to noon, as one stored text.
 *
 * The text holds the date of the present night (days since 1970), both counters at its noon, then a
 * pair for each past night, oldest first: watt-hours of this lamp, of the old one. It is read on
 * request and written once a day, 365 writes a year. A power cut loses nothing, because the present
 * night is the counters less those at noon (loss of the counters: node/storage/counters.ts).
 */

/** Enough to check a month's bill on the pole; the text stays below 400 characters. */
export const DAYS_KEPT = 31;
const HEAD = 3;
/** A date one day back is a change of zone; further back, one of the two dates was wrong. */
const MOST_BACK = 1;

export interface DayRow {
	/** Days since 1970-01-01; the date of the evening. */
	readonly day: number;
	readonly energy_Wh: number;
	readonly oldLamp_Wh: number;
}

/**
 * The text once the night of `day` has begun; unchanged if it had begun before. An invalid text, or
 * a date far back, starts anew.
 */
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

/** The nth past night, 0 is the latest; undefined: not stored. */
export function nightBack(text: string, index: number): DayRow | undefined {
	const book = numbersOf(text);
	const at = (book?.length ?? 0) - 2 * (index + 1);
	if (!book || !(index >= 0) || at < HEAD) return undefined;
	return { day: book[0]! - 1 - index, energy_Wh: book[at]!, oldLamp_Wh: book[at + 1]! };
}

/** The date of the present night; undefined without one. */
export function dayOfBook(text: string): number | undefined {
	return numbersOf(text)?.[0];
}

function numbersOf(text: string): number[] | undefined {
	const numbers = text.split(" ").map(Number);
	const isOurs = numbers.length >= HEAD && numbers.length % 2 === HEAD % 2;
	return isOurs && numbers.every((n) => n >= 0 && n < Infinity) ? numbers : undefined;
}
