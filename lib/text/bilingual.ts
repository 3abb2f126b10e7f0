/**
 * Words: texts in English and French, filled with their parts; the language of a run.
 *
 * A text carries both languages until it is printed, because a fault is found where no language is
 * known.
 */
import { filled } from "./filled.js";

export type Language = "en" | "fr";

/** A text in both languages. */
export type Text = Readonly<Record<Language, string>>;
export type Part = string | number | Text;

/** By name: English, French; `{0}` is the first part. */
export type Table = Readonly<Record<string, readonly [en: string, fr: string]>>;

/** A text without words: a name, a number, or an answer of the lamp. */
export function verbatim(text: string): Text {
	return { en: text, fr: text };
}

/** A row of a table with its parts inserted. */
export function textOf([en, fr]: readonly [en: string, fr: string], parts: readonly Part[]): Text {
	const of = (language: Language) =>
		parts.map((part) => (typeof part === "object" ? part[language] : part));
	return { en: filled(en, of("en")), fr: filled(fr, of("fr")) };
}

/** Texts one after the other. */
export function joined(texts: readonly Text[], between: string): Text {
	const of = (language: Language) => texts.map((text) => text[language]).join(between);
	return { en: of("en"), fr: of("fr") };
}

/** The language of a locale, such as `fr_BE.UTF-8`; undefined: another one. */
function languageNamed(locale: string | undefined): Language | undefined {
	const [, name] = /^(en|fr)(?![a-z])/i.exec(locale ?? "") ?? [];
	return name?.toLowerCase() as Language | undefined;
}

/** The language of the environment (POSIX: LC_ALL before LC_MESSAGES before LANG); English if none. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
	const { LC_ALL, LC_MESSAGES, LANG } = environment;
	return languageNamed(LC_ALL || LC_MESSAGES || LANG) ?? "en";
}
