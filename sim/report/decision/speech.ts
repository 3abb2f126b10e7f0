/** Speech: texts, figures with their ranges, and names of options, in one language. */

import type { Ends } from "../../../lib/lightingoptions/money.js";
import { type OptionName, optionOf } from "../../../lib/lightingoptions/options.js";
import { threeDigits } from "../../../lib/lightingoptions/range.js";
import { filled, type Parts } from "../../../lib/text/filled.js";
import { type Language, ReportSpeech } from "../words.js";
import { DECISION_WORDS, type DecisionKey } from "./words.js";

export class DecisionSpeech extends ReportSpeech {
	constructor(language: Language, zone: string) {
		super(language, zone);
	}

	text(key: DecisionKey, parts: Parts = {}): string {
		const sentence = filled(DECISION_WORDS[this.language][key], parts);
		return this.typeset(sentence).replaceAll("« ", "«\u00a0").replaceAll(" »", "\u00a0»");
	}

	/** Title of an option; within a sentence it begins small, except for a name. */
	option(name: OptionName, isWithin = false): string {
		const title = this.typeset(optionOf(name).title[this.language]);
		return isWithin && !title.startsWith("LED") ? title[0]!.toLowerCase() + title.slice(1) : title;
	}

	/** `57.3–86.5`: both ends with three digits; one number where they are the same. */
	ends({ low, high }: Ends): string {
		const [from, to] = [low, high].map((value) => this.figure(value));
		if (low < 0) return `${from} ${this.text("to")} ${to}`.replaceAll("-", "\u2212");
		return from === to ? from! : `${from}–${to}`;
	}

	/** A price as it was given. */
	given({ low, high }: Ends): string {
		const [from, to] = [low, high].map((value) => value.toLocaleString(this.language));
		return from === to ? from! : `${from}–${to}`;
	}

	date(utc: number): string {
		return new Date(utc).toLocaleDateString(this.language === "en" ? "en-GB" : "fr-BE", {
			timeZone: this.zone,
			day: "numeric",
			month: "long",
			year: "numeric",
		});
	}
}

/** Equal as they are written. */
export const isSame = (a: number, b: number): boolean => threeDigits(a) === threeDigits(b);
