/**
 * Words: all texts of the page, in English and French; a chain's sentences are the lamp's own.
 */

import { HOUR, MINUTE } from "../../../lib/spans.js";
import { filled, type Parts } from "../../../lib/text/filled.js";
import { CHAIN_TEXTS, type Language, sentenceOf } from "../../../src/explain/chaintext.js";
import type { ChainLink } from "../../../src/lighting/chain.js";
import type { ReportedLink } from "../messages.js";
import { BREAK_EN, BREAK_FR } from "./words/break.js";
import { DECIDE_EN, DECIDE_FR } from "./words/decide.js";
import { EVENTS_EN, EVENTS_FR } from "./words/events.js";
import { ORDERS_EN, ORDERS_FR } from "./words/orders.js";
import { PAGE_EN, PAGE_FR } from "./words/page.js";
import { POLES_EN, POLES_FR } from "./words/poles.js";
import { PROVE_EN, PROVE_FR } from "./words/prove.js";
import { SHOW_EN, SHOW_FR } from "./words/show.js";
import { inFrench } from "./words/sources.js";
import { TOWN_EN, TOWN_FR } from "./words/town.js";
import { UPDATES_EN, UPDATES_FR } from "./words/updates.js";

const EN = {
	...PAGE_EN,
	...SHOW_EN,
	...PROVE_EN,
	...BREAK_EN,
	...EVENTS_EN,
	...ORDERS_EN,
	...UPDATES_EN,
	...POLES_EN,
	...DECIDE_EN,
	...TOWN_EN,
};
/** The name of a text of the page: one that does not exist is an error of the compiler. */
export type Word = keyof typeof EN;

const FR: Readonly<Record<Word, string>> = {
	...PAGE_FR,
	...SHOW_FR,
	...PROVE_FR,
	...BREAK_FR,
	...EVENTS_FR,
	...ORDERS_FR,
	...UPDATES_FR,
	...POLES_FR,
	...DECIDE_FR,
	...TOWN_FR,
};
const WORDS: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { en: EN, fr: FR };

/** The ends of names: for each of `WordOf<"col">` there is a text `col.NAME`. */
export type WordOf<Prefix extends string> = EndOf<Word, Prefix>;
type EndOf<Name, Prefix extends string> = Name extends `${Prefix}.${infer End}` ? End : never;

/** Whether the page has a text of that name, which may come from a later firmware. */
export function isWord(name: string): name is Word {
	return Object.hasOwn(EN, name);
}

/** The visitor's language (BCP 47), if the page has it; English otherwise. */
export function preferredLanguage(tag: string): Language {
	return tag.toLowerCase().startsWith("fr") ? "fr" : "en";
}

/** Texts in one language: words by key with `{name}` filled in, numbers, dates. */
export class Speech {
	readonly #locale: string;
	/** Formats by decimals, and that of the clock: a format made anew costs more than the rest of a cell. */
	readonly #formats = new Map<number, Intl.NumberFormat>();
	readonly #clock: Intl.DateTimeFormat;

	constructor(
		readonly language: Language,
		readonly zone: string,
	) {
		this.#locale = language === "en" ? "en-GB" : "fr-BE";
		const [hour, minute, second] = ["numeric", "numeric", "numeric"] as const;
		this.#clock = new Intl.DateTimeFormat(this.#locale, { timeZone: zone, hour, minute, second });
	}

	say(word: Word, parts: Parts = {}): string {
		return this.plain(filled(WORDS[this.language][word], parts));
	}

	/** A text that exists in both languages. */
	text(both: Readonly<Record<Language, string>>): string {
		return this.plain(both[this.language]);
	}

	/** A text in this language that does not come from a table of words. */
	plain(text: string): string {
		return this.language === "fr" ? unbroken(text) : text;
	}

	/** The text of a name that came in a message; undefined if the page has none for it. */
	known(name: string, parts: Parts = {}): string | undefined {
		return isWord(name) ? this.say(name, parts) : undefined;
	}

	/** One link of the chain that explains a level. */
	sentence(link: ReportedLink): string {
		if (isChainLink(link))
			return this.language === "fr"
				? unbroken(sentenceOf(inFrench(link), "fr"))
				: unbroken(sentenceOf(link, "en"));
		const { by, level, source } = link;
		const from = source ? ` (${source})` : "";
		return this.say("by.other", { by, level: this.percent(level), source: from });
	}

	number(value: number, decimals: number, unit = ""): string {
		const text = this.#formatOf(decimals).format(value);
		return unit ? `${text}\u00a0${unit}` : text;
	}

	percent(value: number): string {
		return this.number(value, 0, "%");
	}

	/** A span in the one or two largest units that say it. */
	span(ms: number): string {
		const seconds = Math.max(0, Math.round(ms / 1000));
		if (seconds < 60) return this.number(seconds, 0, "s");
		const minutes = Math.round(ms / MINUTE);
		if (minutes < 60) return this.number(minutes, 0, "min");
		const rest = minutes % 60;
		const hours = this.number(Math.floor(ms / HOUR + (rest === 0 ? 0.01 : 0)), 0, "h");
		return rest === 0 ? hours : `${hours}\u00a0${rest}`;
	}

	/** Hours and minutes. */
	time(utc: number): string {
		return this.clock(utc).slice(0, 5);
	}

	clock(utc: number): string {
		return Number.isFinite(utc) ? this.#clock.format(utc) : "–";
	}

	date(utc: number): string {
		return this.#date(utc, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
	}

	/** Date and time, as short as they can be. */
	moment(utc: number): string {
		return `${this.#date(utc, { day: "numeric", month: "short" })} ${this.time(utc)}`;
	}

	#formatOf(decimals: number): Intl.NumberFormat {
		const known = this.#formats.get(decimals);
		if (known) return known;
		const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
		const made = new Intl.NumberFormat(this.language, digits);
		this.#formats.set(decimals, made);
		return made;
	}

	#date(utc: number, options: Intl.DateTimeFormatOptions): string {
		return new Date(utc).toLocaleDateString(this.#locale, { timeZone: this.zone, ...options });
	}
}

/** No line ends before a sign that French sets off by a space, nor before the h of an hour. */
function unbroken(text: string): string {
	return text.replace(/ (?=[%:;!?»])|(?<=\d) (?=h\b)/g, "\u00a0");
}

/** Whether the link has a sentence here: a lamp of a later version may report another kind. */
function isChainLink(link: ReportedLink): link is ReportedLink & ChainLink {
	return Object.hasOwn(CHAIN_TEXTS.en, link.by);
}
