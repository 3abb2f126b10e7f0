/**
 * Rates: price and CO2 of a kWh as a person types them. Point and comma are one decimal sign in
 * every language, because a browser's number field accepts only that of its own.
 */

export interface Rates {
	readonly price: number | undefined;
	readonly grams: number | undefined;
}

/** Above this a price of a kWh is more likely in cents, or has lost its decimal sign, €. */
export const DEAR = 2;
const MOST = 1e6;

/** The number of a text; undefined if it is none, NaN never. */
export function numberIn(text: string): number | undefined {
	const [, digits] = /^\s*(\d{0,6}(?:[.,]\d{0,9})?)\s*$/.exec(text) ?? [];
	return digits !== undefined && /\d/.test(digits) ? Number(digits.replace(",", ".")) : undefined;
}

/** The text of a number, which `numberIn` reads. */
export function textOf(value: number | undefined, language: "en" | "fr"): string {
	const text = value === undefined ? "" : String(value);
	return language === "fr" ? text.replace(".", ",") : text;
}

/** The price is to be asked about until it was confirmed. */
export function isDoubtful({ price }: Rates, confirmed: number | undefined): boolean {
	return price !== undefined && price > DEAR && price !== confirmed;
}

const KEY = "luminode.rates";

/** Those that this browser kept. */
export function readRates(): Rates {
	try {
		const { price, grams } = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Rates>;
		const known = (value: unknown) =>
			typeof value === "number" && value >= 0 && value < MOST ? value : undefined;
		return { price: known(price), grams: known(grams) };
	} catch {
		return { price: undefined, grams: undefined };
	}
}

export function keepRates(rates: Rates): void {
	try {
		localStorage.setItem(KEY, JSON.stringify(rates));
	} catch {} // a browser that stores nothing keeps them until it is closed
}
