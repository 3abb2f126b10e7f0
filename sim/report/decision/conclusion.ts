/** Conclusion: a decision in three sentences, and the option that is best in each respect. */

import { belowIn } from "../../../lib/lightingoptions/knownoptions.js";
import {
	fittingCost,
	INPUT_TEXTS,
	missingIn,
	paybackOf,
} from "../../../lib/lightingoptions/money.js";
import {
	mixedOption,
	type OptionName,
	optionOf,
	TODAY,
} from "../../../lib/lightingoptions/options.js";
import { savingOf } from "../../../lib/lightingoptions/range.js";
import { passagesOut } from "../../../lib/lightingoptions/traffic.js";
import { type DecisionData, ROWS, type Row, yearIn } from "./data.js";
import type { DecisionSpeech } from "./speech.js";

/** The option that controllers are bought for. */
const OURS = "neighbours";

/** Energy, darkness, and the choice in this street with its money. */
export function sentences(data: DecisionData, speech: DecisionSpeech): readonly string[] {
	return [energy(data, speech), darkness(data, speech), choice(data, speech)].map(
		(text) => `${text}.`,
	);
}

function energy(data: DecisionData, speech: DecisionSpeech): string {
	const { from } = data.inputs;
	const energyOf = (name: OptionName & Row) => yearIn(data, name).energy_kWh;
	const least = [...TODAY].sort((a, b) => energyOf(a).mid - energyOf(b).mid)[0]!;
	const fill = {
		ours: speech.option(OURS),
		kWh: speech.ends(energyOf(OURS)),
		today: speech.option(from, true),
		today_kWh: speech.ends(energyOf(from)),
		least: speech.option(least, true),
		least_kWh: speech.ends(energyOf(least)),
	};
	const text = speech.text(least === from ? "energyEqual" : "energyLess", fill);
	const { low, high } = savingOf(energyOf(least), energyOf(OURS));
	if (low > 0 || high < 0) return text;
	return joined(speech, text, speech.text("undecided"));
}

function darkness(data: DecisionData, speech: DecisionSpeech): string {
	const off = yearIn(data, "off");
	return speech.text("darkness", {
		hours: speech.figure(off.unlit_h),
		unlit: speech.ends(off.unlit),
	});
}

function choice(data: DecisionData, speech: DecisionSpeech): string {
	const { prices, from } = data.inputs;
	const passages = passagesOut(data.year.traffic);
	const mixed = mixedOption(passages) === OURS ? "mixedPresence" : "mixedOff";
	const text = speech.text(mixed, { count: speech.figure(passages) });
	const option = optionOf(OURS);
	const missing = missingIn(option, prices);
	if (missing.length > 0) {
		const names = missing.map((name) => INPUT_TEXTS[name][speech.language].toLowerCase());
		return joined(speech, text, speech.text("moneyNone", { missing: names.join(", ") }));
	}
	const base = { option: optionOf(from), energy_kWh: yearIn(data, from).energy_kWh };
	const years = paybackOf(option, yearIn(data, OURS).energy_kWh, base, prices);
	const cost = fittingCost(option, prices)!;
	const fill = {
		cost: speech.ends(cost),
		years: years ? speech.years(years) : speech.text("nothing"),
		today: speech.option(from, true),
	};
	return joined(speech, text, speech.text("moneyPaid", fill));
}

const joined = ({ language }: DecisionSpeech, ...parts: readonly string[]): string =>
	parts.join(language === "fr" ? "\u00a0; " : "; ");

/** The best two options in a respect, with their figures. */
export interface Best {
	readonly respect: "winEnergy" | "winPeople" | "winNight";
	readonly options: readonly { readonly name: Row; readonly figure: string }[];
}

const PLACES = 2;
/** *Mixed* is one of the others here. */
const JUDGED = ROWS.filter((row) => row !== "mixed");

export function bests(data: DecisionData, speech: DecisionSpeech): readonly Best[] {
	const energyOf = (row: Row) => yearIn(data, row).energy_kWh;
	const below = (row: Row) => belowIn(yearIn(data, row));
	const by = (rows: readonly Row[], value: (row: Row) => number, figure: (row: Row) => string) =>
		[...rows]
			.sort((a, b) => value(a) - value(b))
			.slice(0, PLACES)
			.map((name) => ({ name, figure: figure(name) }));
	const lit = JUDGED.filter((row) => yearIn(data, row).unlit.high === 0);
	const darkened = JUDGED.filter((row) => yearIn(data, row).unlit_h > 0);
	return [
		{
			respect: "winEnergy",
			options: by(
				JUDGED,
				(row) => energyOf(row).mid,
				(row) => `${speech.ends(energyOf(row))}\u00a0kWh`,
			),
		},
		{
			respect: "winPeople",
			options: by(
				lit,
				(row) => below(row).mid,
				(row) => `${speech.ends(below(row))}\u00a0%`,
			),
		},
		{
			respect: "winNight",
			options: by(
				darkened,
				(row) => -yearIn(data, row).unlit_h,
				(row) => speech.figure(yearIn(data, row).unlit_h, "h"),
			),
		},
	];
}
