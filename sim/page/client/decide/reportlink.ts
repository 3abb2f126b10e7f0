/** Report link: address and command of the report of a decision, with the inputs of this browser. */
import { emissionText, type Inputs, priceTexts } from "./inputs.js";

export function decisionPath(inputs: Inputs, language: "en" | "fr"): string {
	const query = new URLSearchParams({ lang: language, from: inputs.today });
	for (const [name, text] of priceTexts(inputs)) query.set(name, text);
	const emission = emissionText(inputs);
	if (emission !== undefined) query.set("co2", emission);
	return `/decision?${query}`;
}

/** `run`: the command that repeats the run, whose street the report has. */
export function decisionCommand(inputs: Inputs, run: string): string {
	const args = ["npx luminode report --decision", `--from ${inputs.today}`];
	for (const [name, text] of priceTexts(inputs)) args.push(`--${name} ${text}`);
	const emission = emissionText(inputs);
	if (emission !== undefined) args.push(`--co2 "${emission}"`);
	const street = run.replace(/^npm run sim -- --headless ?/, "");
	return [...args, ...(street ? [street] : [])].join(" ");
}
