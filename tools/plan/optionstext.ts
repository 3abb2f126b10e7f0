/** Options text: a lamp's year with each option, in lines. */

import { optionYears } from "../../lib/firmware/optionyear.js";
import { optionOf } from "../../lib/lightingoptions/options.js";
import { decimalsOf, type Range, threeDigits } from "../../lib/lightingoptions/range.js";
import type { Traffic } from "../../lib/lightingoptions/traffic.js";
import type { OptionYear } from "../../lib/lightingoptions/year.js";
import type { Language } from "../../lib/text/bilingual.js";
import { fill } from "../../lib/text/filled.js";
import type { Settings } from "../../src/settings/table.js";

const TEXTS = {
	en: {
		head: "{0}: LED of {1} W, {2} road users a day. A year of a lamp with each option:",
		energy: "{0} kWh",
		unlit: "{0} passages without light",
		dark: "{0} h without light",
		below: "{0} % below class",
		simulated: "below class: by npx luminode report --decision",
		as: "here: {0}",
		bill: "Ranges: lamp 10 %, model 10 %, traffic half to twice. Modelled energy is not a bill; time below class is no figure of accidents.",
	},
	fr: {
		head: "{0} : LED de {1} W, {2} usagers par jour. Une année d'un luminaire selon la solution d'éclairage :",
		energy: "{0} kWh",
		unlit: "{0} passages sans lumière",
		dark: "{0} h sans lumière",
		below: "{0} % sous la classe",
		simulated: "sous la classe : par npx luminode report --decision",
		as: "ici : {0}",
		bill: "Fourchettes : luminaire 10 %, modèle 10 %, trafic de la moitié au double. L'énergie modélisée n'est pas une facture ; le temps sous la classe n'est pas un chiffre d'accidents.",
	},
} as const;

export function optionsText(
	settings: Settings,
	year: number,
	traffic: Traffic,
	language: Language,
): string[] {
	const texts = TEXTS[language];
	const figure = (value: number) => {
		const text = threeDigits(value).toFixed(decimalsOf(value));
		return language === "fr" ? text.replace(".", ",") : text;
	};
	const span = ({ low, mid, high }: Range) =>
		low === high ? figure(mid) : `${figure(mid)} (${figure(low)}-${figure(high)})`;
	const line = ({ name, as, energy_kWh, unlit, unlit_h, below }: OptionYear): string => {
		const parts = [
			fill(texts.energy, span(energy_kWh)),
			fill(texts.unlit, span(unlit)),
			fill(texts.dark, figure(unlit_h)),
			below === null ? texts.simulated : fill(texts.below, figure(below)),
		];
		if (as) parts.push(fill(texts.as, optionOf(as).title[language]));
		return `${optionOf(name).title[language]}${language === "fr" ? " : " : ": "}${parts.join(", ")}`;
	};
	const a_day = traffic.reduce((sum, count) => sum + count, 0);
	return [
		fill(texts.head, `${year}`, figure(settings.ledPower_W), figure(a_day)),
		...[...optionYears(settings, year, traffic)].map(line),
		texts.bill,
	];
}
