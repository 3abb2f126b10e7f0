/** Prices: the words of a command line for the prices of a decision, and whether they come with VAT. */
import {
	INPUTS,
	type InputName,
	PRICE_ASKED,
	type Prices,
	readPrice,
	VATS,
	type Vat,
} from "../../lib/lightingoptions/money.js";
import { Wrong } from "./values.js";

/** Throws `Wrong` with the first that is none. */
export function pricesIn(wordOf: (name: InputName) => string | undefined): Prices {
	const given = INPUTS.flatMap((name) => {
		const word = wordOf(name);
		if (word === undefined) return [];
		const price = readPrice(word);
		if (!price)
			throw new Wrong(
				`--${name} ${word}: euros and the month of the price, such as --${name} ${name === "price" ? "0.28..0.34" : "60..90"}@2026-11`,
			);
		if (name === "price" && price.high > PRICE_ASKED)
			throw new Wrong(`--price ${word}: euros a kWh, not cents; ${PRICE_ASKED} at most`);
		return [[name, price] as const];
	});
	return Object.fromEntries(given);
}

/** Throws `Wrong` for another word. */
export function vatIn(word: string): Vat {
	const stated = VATS.find((vat) => vat === word);
	if (stated !== undefined) return stated;
	throw new Wrong(`--vat ${word}: whether prices come with VAT: with, or without`);
}
