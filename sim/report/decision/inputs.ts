/** Inputs: what a council gives for a decision: the option of today, prices, emissions. */
import {
	type Emission,
	INPUTS,
	PRICE_ASKED,
	type Prices,
	readEmission,
	readPrice,
	VATS,
} from "../../../lib/lightingoptions/money.js";
import { BASELINES, isBaseline } from "../../../lib/lightingoptions/options.js";
import { Wrong } from "../../options/values.js";
import type { Inputs } from "./data.js";

/** By the names of the options. */
type Given = Readonly<Record<string, string | boolean | undefined>>;

/** Throws `Wrong` with the first that is none. */
export function inputsIn(values: Given): Inputs {
	const { from = "full", co2, count = "1", vat = "" } = values;
	if (typeof from !== "string" || !isBaseline(from))
		throw new Wrong(
			`--from ${String(from)}: not one of today's options, which are ${BASELINES.join(", ")}`,
		);
	if (!/^[1-9]\d{0,5}$/.test(String(count)))
		throw new Wrong(`--count ${String(count)}: a number of lamps from 1 to 999999, such as 2400`);
	const stated = VATS.find((word) => word === vat);
	if (stated === undefined)
		throw new Wrong(`--vat ${String(vat)}: whether prices come with VAT: with, or without`);
	const prices = pricesIn(values);
	return { from, count: Number(count), vat: stated, prices, emission: emissionIn(co2) };
}

function pricesIn(values: Given): Prices {
	const given = INPUTS.flatMap((name) => {
		const priceText = values[name];
		if (priceText === undefined) return [];
		const price = readPrice(String(priceText));
		if (!price)
			throw new Wrong(
				`--${name} ${String(priceText)}: euros and the month of the price, such as --${name} ${name === "price" ? "0.28..0.34" : "60..90"}@2026-11`,
			);
		if (name === "price" && price.high > PRICE_ASKED)
			throw new Wrong(
				`--price ${String(priceText)}: euros a kWh, not cents; ${PRICE_ASKED} at most`,
			);
		return [[name, price] as const];
	});
	return Object.fromEntries(given);
}

function emissionIn(emissionText: string | boolean | undefined): Emission | undefined {
	if (emissionText === undefined) return undefined;
	const emission = readEmission(String(emissionText));
	if (emission) return emission;
	throw new Wrong(
		`--co2 ${String(emissionText)}: grams a kWh, year and source, such as 275@2023,ORES`,
	);
}
