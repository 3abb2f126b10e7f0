/** Report link: the address of the report of a decision, with the inputs of this browser. */
import { emissionText, type Inputs, lampsOf, priceTexts } from "./inputs.js";

export function decisionPath(inputs: Inputs, language: "en" | "fr"): string {
	const query = new URLSearchParams({ lang: language, today: inputs.today });
	for (const [name, text] of priceTexts(inputs)) query.set(name, text);
	const emission = emissionText(inputs);
	if (emission !== undefined) query.set("co2", emission);
	const lamps = lampsOf(inputs);
	if (lamps !== undefined) query.set("lamps", String(lamps));
	return `/decision?${query}`;
}
