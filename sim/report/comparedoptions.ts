/**
 * Compared options: an option (lib/lightingoptions/options.ts) as settings of the street's lamps.
 *
 * Today's options need no machine: a run of any settings plays them beside its lamps
 * (sim/run/playedoptions.ts). A comparison with one of them runs the LED at full class.
 */

import { base64Of } from "../../lib/bytes.js";
import type { ComparedOption } from "../../lib/lightingoptions/options.js";
import { FLOOR, isToday, mixedOption, OURS, TODAY } from "../../lib/lightingoptions/options.js";
import { hourlyProgram, passagesOut, type Traffic } from "../../lib/lightingoptions/traffic.js";
import { type Configured, STREET_VALUES } from "../checks/configured.js";
import type { NightLight, Outcome } from "../results/optionnight.js";
import type { ReportData } from "./data.js";

export const COMPARED_OPTIONS: readonly ComparedOption[] = ["street", ...TODAY, ...OURS];

/** The option that a comparison simulates: that of *mixed* in this street, else itself. */
export function simulatedOption(option: ComparedOption, traffic: Traffic): ComparedOption {
	return option === "mixed" ? mixedOption(passagesOut(traffic)) : option;
}

/** The settings of that option, in the place of `own`. */
export function configuredAs(
	option: ComparedOption,
	configured: Configured,
	traffic: Traffic,
): Configured {
	const simulated = simulatedOption(option, traffic);
	if (simulated === "street") return configured;
	const { zone, latitude, longitude, lampResponse } = configured;
	const seen = lampResponse === undefined ? {} : { lampResponse };
	const common = { ...STREET_VALUES, zone, latitude, longitude, ...seen, floorLevel: FLOOR };
	const isByPresence = simulated === "presence" || simulated === "neighbours";
	if (isByPresence)
		return { ...common, program: "12:00 0", neighbours: simulated === "neighbours" };
	// presence only raises: at the floor it has no effect
	const unmoved = { presenceLevel: FLOOR, lingerLevel: FLOOR };
	const program = isToday(simulated) ? "12:00 100" : hourlyProgram(traffic);
	return { ...common, ...unmoved, program };
}

/** The figures of a comparison. */
export function outcomeOf(option: ComparedOption, data: ReportData): Outcome {
	const { summary, lampFigures, today, traffic } = data;
	const as = simulatedOption(option, traffic);
	const figures = isToday(as) ? today[as] : lampFigures;
	return {
		option,
		...(as === option ? {} : { as }),
		...figures,
		lamps: summary.lamps,
		old_kWh: summary.energyOldLamp_kWh,
		today,
		light: lightOf(data),
		failed: Object.keys(summary.checks).filter((name) => !summary.checks[name]!.ok),
	};
}

/** Minutes of a step. */
const EACH = 5;
/** Above this the row has no power. */
const MOST = 100;

/** The light of all rows in steps of five minutes. */
export function lightOf({ night, epochUtc }: Pick<ReportData, "night" | "epochUtc">): NightLight {
	const { rows, count, levels, from, step } = night;
	const steps = Math.floor(count / EACH);
	const bytes = new Uint8Array(steps * rows);
	for (let n = 0; n < steps; n++)
		for (let row = 0; row < rows; row++) {
			let sum = 0;
			for (let minute = n * EACH; minute < (n + 1) * EACH; minute++) {
				const level = levels[minute * rows + row]!;
				sum += level > MOST ? 0 : level;
			}
			bytes[n * rows + row] = Math.round(sum / EACH);
		}
	return { from: epochUtc + from, step: EACH * step, rows, levels: base64Of(bytes) };
}
