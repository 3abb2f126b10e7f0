/** Conclusion: a decision in three sentences, and the way that is best in each respect. */
import { fittingCost, INPUT_TEXTS, missingIn, paybackOf } from "../../../lib/ways/money.js";
import { savingOf } from "../../../lib/ways/range.js";
import { passagesOut } from "../../../lib/ways/traffic.js";
import { mixedWay, TODAY, type WayName, wayOf } from "../../../lib/ways/ways.js";
import { type DecisionData, nightIn, ROWS, type Row, yearIn } from "./data.js";
import { belowOf, type DecisionSpeech } from "./speech.js";

/** The way that controllers are bought for. */
const OURS = "neighbours";

/** Energy, darkness, and the choice in this street with its money. */
export function sentences(data: DecisionData, speech: DecisionSpeech): readonly string[] {
	return [energy(data, speech), darkness(data, speech), choice(data, speech)].map(
		(text) => `${text}.`,
	);
}

function energy(data: DecisionData, speech: DecisionSpeech): string {
	const { from } = data.inputs;
	const energyOf = (name: WayName & Row) => yearIn(data, name).energy_kWh;
	const least = [...TODAY].sort((a, b) => energyOf(a).mid - energyOf(b).mid)[0]!;
	const fill = {
		ours: speech.way(OURS),
		kWh: speech.ends(energyOf(OURS)),
		today: speech.way(from, true),
		today_kWh: speech.ends(energyOf(from)),
		least: speech.way(least, true),
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
	const mixed = mixedWay(passages) === OURS ? "mixedPresence" : "mixedOff";
	const text = speech.text(mixed, { count: speech.figure(passages) });
	const way = wayOf(OURS);
	const missing = missingIn(way, prices);
	if (missing.length > 0) {
		const names = missing.map((name) => INPUT_TEXTS[name][speech.language].toLowerCase());
		return joined(speech, text, speech.text("moneyNone", { missing: names.join(", ") }));
	}
	const base = { way: wayOf(from), energy_kWh: yearIn(data, from).energy_kWh };
	const years = paybackOf(way, yearIn(data, OURS).energy_kWh, base, prices);
	const cost = fittingCost(way, prices)!;
	const fill = {
		cost: speech.ends(cost),
		years: years ? speech.years(years) : speech.text("nothing"),
		today: speech.way(from, true),
	};
	return joined(speech, text, speech.text("moneyPaid", fill));
}

const joined = ({ language }: DecisionSpeech, ...parts: readonly string[]): string =>
	parts.join(language === "fr" ? "\u00a0; " : "; ");

/** The best two ways in a respect, with their figures. */
export interface Best {
	readonly respect: "winEnergy" | "winPeople" | "winNight";
	readonly ways: readonly { readonly name: Row; readonly figure: string }[];
}

const PLACES = 2;
/** *Mixed* is one of the others here. */
const JUDGED = ROWS.filter((row) => row !== "mixed");

export function bests(data: DecisionData, speech: DecisionSpeech): readonly Best[] {
	const energyOf = (row: Row) => yearIn(data, row).energy_kWh;
	const below = (row: Row) => belowOf(nightIn(data, row));
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
			ways: by(
				JUDGED,
				(row) => energyOf(row).mid,
				(row) => `${speech.ends(energyOf(row))}\u00a0kWh`,
			),
		},
		{
			respect: "winPeople",
			ways: by(
				lit,
				(row) => below(row).mid,
				(row) => `${speech.ends(below(row))}\u00a0%`,
			),
		},
		{
			respect: "winNight",
			ways: by(
				darkened,
				(row) => -yearIn(data, row).unlit_h,
				(row) => speech.figure(yearIn(data, row).unlit_h, "h"),
			),
		},
	];
}
