/**
 * Inputs: prices, the commune's own option and the number of lamps, as a person typed them; kept in this
 * browser. Each price has the month of which it is; neither is assumed.
 */
import {
	type Emission,
	INPUTS,
	type InputName,
	PRICE_ASKED,
	type Prices,
	readEmission,
	readPrice,
	VATS,
	type Vat,
} from "../../../../lib/lightingoptions/money.js";
import { BASELINES, type Baseline } from "../../../../lib/lightingoptions/options.js";

/** As typed: `60`, `60-90`, and `2026-11`. */
export interface Given {
	readonly amount: string;
	readonly dated: string;
}

export interface Inputs {
	readonly prices: Readonly<Partial<Record<InputName, Given>>>;
	/** Grams, year and source of the CO2 of a kWh. */
	readonly grams: string;
	readonly year: string;
	readonly source: string;
	readonly today: Baseline;
	readonly vat: Vat;
	/** Number of lamps; empty: figures of one. */
	readonly lamps: string;
	/** A price of a kWh above the usual that a person confirmed, as typed. */
	readonly confirmed: string;
}

const NONE: Inputs = {
	prices: {},
	grams: "",
	year: "",
	source: "",
	today: "full",
	vat: "",
	lamps: "",
	confirmed: "",
};

/** Between two ends people write a dash or a word. */
const BETWEEN = /\s*(?:\.\.|-|–|à|to)\s*/;

/** As tools write an amount: `0.32`, `60..90`. */
function plain(amount: string): string {
	const ends = amount.trim().split(BETWEEN);
	return ends
		.map((end) =>
			end
				.replace(",", ".")
				.replace(/^\.(?=\d)/, "0.")
				.replace(/\.$/, ""),
		)
		.join("..");
}

/** The text with which tools take a price; undefined for none. */
export function priceText({ amount, dated }: Given): string | undefined {
	const text = `${plain(amount)}@${dated}`;
	return readPrice(text) ? text : undefined;
}

/** Whether an amount is a number or two. */
export function isAmount(amount: string): boolean {
	return priceText({ amount, dated: "2026-01" }) !== undefined;
}

/** The price of a kWh is to be asked about until it was confirmed. */
export function isAsked({ prices, confirmed }: Inputs): boolean {
	const { price } = prices;
	if (!price || price.amount === confirmed) return false;
	const read = readPrice(`${plain(price.amount)}@2026-01`);
	return read !== undefined && read.high > PRICE_ASKED;
}

/** As tools take them, by name. */
export function priceTexts(inputs: Inputs): readonly (readonly [InputName, string])[] {
	return INPUTS.flatMap((name) => {
		const given = inputs.prices[name];
		const text = given && priceText(given);
		if (text === undefined || (name === "price" && isAsked(inputs))) return [];
		return [[name, text] as const];
	});
}

export function pricesOf(inputs: Inputs): Prices {
	return Object.fromEntries(priceTexts(inputs).map(([name, text]) => [name, readPrice(text)!]));
}

/** As tools take it. */
export function emissionText({ grams, year, source }: Inputs): string | undefined {
	const text = `${grams}@${year},${source}`;
	return readEmission(text) ? text : undefined;
}

export function emissionOf(inputs: Inputs): Emission | undefined {
	const text = emissionText(inputs);
	return text === undefined ? undefined : readEmission(text);
}

/** Number of lamps; undefined for one. */
export function lampsOf({ lamps }: Inputs): number | undefined {
	return /^\s*[1-9]\d{0,5}\s*$/.test(lamps) ? Number(lamps) : undefined;
}

const KEY = "luminode.inputs";
const LONGEST = 80;

/** Those that this browser kept. */
export function readInputs(): Inputs {
	try {
		return inputsIn(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
	} catch {
		return NONE;
	}
}

export function keepInputs(inputs: Inputs): void {
	try {
		localStorage.setItem(KEY, JSON.stringify(inputs));
	} catch {} // a browser that stores nothing keeps them until it is closed
}

/** The stored inputs, which another version or another hand may have written. */
function inputsIn(kept: Partial<Record<keyof Inputs, unknown>> | null): Inputs {
	const text = (value: unknown) => (typeof value === "string" ? value.slice(0, LONGEST) : "");
	const { prices = {}, grams, year, source, today, vat, lamps, confirmed } = kept ?? {};
	const given = INPUTS.flatMap((name) => {
		const price = (prices as Partial<Record<InputName, Given>> | null)?.[name];
		return price ? [[name, { amount: text(price.amount), dated: text(price.dated) }]] : [];
	});
	return {
		prices: Object.fromEntries(given),
		grams: text(grams),
		year: text(year),
		source: text(source),
		today: BASELINES.find((name) => name === today) ?? NONE.today,
		vat: VATS.find((name) => name === vat) ?? NONE.vat,
		lamps: text(lamps),
		confirmed: text(confirmed),
	};
}
