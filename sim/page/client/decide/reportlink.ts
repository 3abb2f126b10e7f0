/** Report link: address and command of the report of a decision, with the inputs of this browser. */
import { emissionText, type Inputs, lampsOf, priceTexts } from "./inputs.js";

export function decisionPath(inputs: Inputs, language: "en" | "fr"): string {
	const query = new URLSearchParams({ lang: language, from: inputs.today });
	for (const [name, text] of [...priceTexts(inputs), ...ofAll(inputs)]) query.set(name, text);
	const emission = emissionText(inputs);
	if (emission !== undefined) query.set("co2", emission);
	return `/decision?${query}`;
}

/** What all prices are for. */
function ofAll({ lamps, vat, ...others }: Inputs): readonly (readonly [string, string])[] {
	const count = lampsOf({ ...others, lamps, vat });
	const counted = count === undefined ? [] : [["count", String(count)] as const];
	return vat ? [...counted, ["vat", vat] as const] : counted;
}

/** `run`: the command that repeats the run, whose street the report has. */
export function decisionCommand(inputs: Inputs, run: string): string {
	const args = ["npx luminode report --decision", `--from ${inputs.today}`];
	for (const [name, text] of [...priceTexts(inputs), ...ofAll(inputs)])
		args.push(`--${name} ${text}`);
	const emission = emissionText(inputs);
	if (emission !== undefined) args.push(`--co2 "${emission}"`);
	const street = run.replace(/^npm run sim -- --headless ?/, "");
	return [...args, ...(street ? [street] : [])].join(" ");
}
