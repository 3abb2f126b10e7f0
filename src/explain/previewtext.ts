/**
 * Preview text: a night to come in lines for people, by the clock on the wall.
 */
import type { Zone } from "../time/zone.js";
import type { UtcMillis } from "../units.js";
import { clockText } from "./clocktext.js";
import { type Language, levelText, sentenceOf } from "./explain.js";
import { type NightTotals, type NightWalk, totalsOf } from "./preview.js";

const TEXTS = Object.freeze({
	en: Object.freeze({
		head: "Night of {date}: sunset {sunset}, sunrise {sunrise}. With nobody there, by sun and clock:",
		never: "none",
		light: "It is never dark.",
		day: "It is not dark any more.",
		sum: "Lit for {hours} h, {energy} kWh (modelled).",
	}),
	fr: Object.freeze({
		head: "Nuit du {date} : coucher {sunset}, lever {sunrise}. Sans passage, d'après soleil et horloge :",
		never: "aucun",
		light: "Il ne fait jamais nuit.",
		day: "Il ne fait plus nuit.",
		sum: "Allumée {hours} h, {energy} kWh (calculés).",
	}),
});

const HOUR = 3_600_000;

/**
 * The lines of a night by their number, asked for one after the other from 0; undefined after the
 * last. `walk`: gives a walk that has not begun, since the sum is known only when one has ended.
 */
export function previewLines(
	walk: () => NightWalk,
	date: string,
	language: Language,
): (nth: number) => string | undefined {
	const texts = TEXTS[language];
	const totals = totalsOf(walk());
	const steps = walk();
	const { zone } = steps;
	return (nth) => {
		if (nth === 0) return headOf(totals, zone, date, language);
		if (totals.until === undefined) return nth === 1 ? texts.light : undefined;
		if (nth <= totals.pieces) {
			if (!steps.next()) return undefined;
			return lineOf(steps, language);
		}
		if (nth === totals.pieces + 1) return `${clockText(zone, totals.until)}    0 %  ${texts.day}`;
		return nth === totals.pieces + 2 ? sumOf(totals, language) : undefined;
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
	return `${clockText(zone, from)} ${levelText(level).padStart(6)}  ${why}`;
}

function sumOf({ burning, activeEnergy_kWh }: NightTotals, language: Language): string {
	const watts = Math.round(activeEnergy_kWh * 1000);
	const energy = `${Math.floor(watts / 1000)}.${String(watts % 1000).padStart(3, "0")}`;
	const tenths = Math.round(burning / (HOUR / 10));
	return TEXTS[language].sum
		.replace("{hours}", `${Math.floor(tenths / 10)}.${tenths % 10}`)
		.replace("{energy}", energy);
}
