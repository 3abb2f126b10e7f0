/** Inputs: what a council gives for a decision: the option of today, prices, emissions. */
import { type Emission, readEmission } from "../../../lib/lightingoptions/money.js";
import { BASELINES, isBaseline } from "../../../lib/lightingoptions/options.js";
import { pricesIn, vatIn } from "../../options/prices.js";
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
	const prices = pricesIn((name) =>
		values[name] === undefined ? undefined : String(values[name]),
	);
	return { from, count: Number(count), vat: vatIn(String(vat)), prices, emission: emissionIn(co2) };
}

function emissionIn(emissionText: string | boolean | undefined): Emission | undefined {
	if (emissionText === undefined) return undefined;
	const emission = readEmission(String(emissionText));
	if (emission) return emission;
	throw new Wrong(
		`--co2 ${String(emissionText)}: grams a kWh, year and source, such as 275@2023,ORES`,
	);
}
