/**
 * Preview text: the forecast of a night in lines for people, in local time.
 */

import { type Language, levelText, sentenceOf } from "../../src/explain/chaintext.js";
import { clockText } from "../../src/explain/clocktext.js";
import { type NightTotals, type NightWalk, totalsOf } from "../../src/explain/preview.js";
import type { Zone } from "../../src/time/zone.js";
import type { UtcMillis } from "../../src/units.js";

const TEXTS = Object.freeze({
	en: Object.freeze({
		head: "Forecast, night of {date}: sunset {sunset}, sunrise {sunrise}. By sun and clock, without presence:",
		never: "none",
		light: "It is never dark.",
		day: "It is no longer dark.",
		sum: "Lit for {hours} h, {energy} kWh (modelled).",
		share: " Level 100 % is {share} % of the driver's output.",
	}),
	fr: Object.freeze({
		head:
			"Prévision, nuit du {date} : coucher {sunset}, lever {sunrise}. " +
			"D'après le soleil et l'horloge, sans présence :",
		never: "aucun",
		light: "Il ne fait jamais nuit.",
		day: "Il ne fait plus nuit.",
		sum: "Allumage {hours} h, {energy} kWh (modélisés).",
		share: " Le niveau 100 % correspond à {share} % de la sortie du driver.",
	}),
});

const HOUR = 3_600_000;

/**
 * The lines of a night by number, to be called with 0, 1, 2 ...; undefined after the last. `walk`
 * makes a new walk: the sum needs one of its own, to the end.
 */
export function previewLines(
	walk: () => NightWalk,
	date: string,
	language: Language,
): (index: number) => string | undefined {
	const texts = TEXTS[language];
	const totals = totalsOf(walk());
	const steps = walk();
	const { zone } = steps;
	return (index) => {
		if (index === 0) return headOf(totals, zone, date, language);
		if (totals.until === undefined) return index === 1 ? texts.light : undefined;
		if (index <= totals.pieces) {
			if (!steps.next()) return undefined;
			return lineOf(steps, language);
		}
		if (index === totals.pieces + 1) return `${clockText(zone, totals.until)}    0 %  ${texts.day}`;
		return index === totals.pieces + 2 ? sumOf(totals, language) : undefined;
	};
}

function headOf(totals: NightTotals, zone: Zone, date: string, language: Language): string {
	const { head, never } = TEXTS[language];
	const time = (utc: UtcMillis | undefined) => (utc === undefined ? never : clockText(zone, utc));
	return head
		.replace("{date}", date)
		.replace("{sunset}", time(totals.sunset))
		.replace("{sunrise}", time(totals.sunrise));
}

function lineOf({ zone, from, level, chain }: NightWalk, language: Language): string {
	const why = chain.map((link) => sentenceOf(link, language)).join(" ");
	return `${clockText(zone, from)} ${levelText(level, language).padStart(6)}  ${why}`;
}

function sumOf({ burning, activeEnergy_kWh, share }: NightTotals, language: Language): string {
	const watts = Math.round(activeEnergy_kWh * 1000);
	const point = language === "fr" ? "," : ".";
	const energy = `${Math.floor(watts / 1000)}${point}${String(watts % 1000).padStart(3, "0")}`;
	const tenths = Math.round(burning / (HOUR / 10));
	const texts = TEXTS[language];
	const driven = share < 1 ? texts.share.replace("{share}", String(Math.round(100 * share))) : "";
	const sum = texts.sum
		.replace("{hours}", `${Math.floor(tenths / 10)}${point}${tenths % 10}`)
		.replace("{energy}", energy);
	return sum + driven;
}
