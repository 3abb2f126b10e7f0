/**
 * Lint: settings that are valid and still improbable, of one lamp or of a site.
 *
 * A lamp's rules are in lamprules.ts and calendarrules.ts; the rule between lamps is here.
 * A finding refuses nothing: it names the setting, the reason and the remedy, in English and French.
 */
import type { Language } from "../../lib/text/bilingual.js";
import { filled } from "../../lib/text/filled.js";
import type { SettingName, Settings } from "../../src/settings/table.js";
import { lintCalendar } from "./calendarrules.js";
import { type AddFinding, lintLamp } from "./lamprules.js";
import { type LintRule, NOTES } from "./notetexts.js";

/** A lamp of a site; `label` names it in findings. */
interface Pole {
	readonly label: string;
	readonly settings: Settings;
}

/** Poles in a straight row stand as far apart as their numbers say, bends and measuring included. */
const FAR_FACTOR = 2;

/** A finding: a setting that is valid and improbable. */
interface Note {
	readonly rule: LintRule;
	readonly name: SettingName;
	/** A sentence in the language asked for, without its full stop. */
	readonly text: string;
}

/** Findings of one lamp's settings. */
export function lint(settings: Settings, language: Language): Note[] {
	const all: Note[] = [];
	const add: AddFinding = (rule, name, ...values) => {
		all.push({ rule, name, text: noteText(rule, values, language) });
	};
	lintLamp(settings, add);
	lintCalendar(settings, add);
	return all;
}

/** The rule's sentence with its values; numbers have the language's decimal sign. */
function noteText(
	rule: LintRule,
	values: readonly (string | number | undefined)[],
	language: Language,
): string {
	const [en, fr] = NOTES[rule];
	const text = (value: string | number | undefined) =>
		typeof value === "number" && language === "fr" ? `${value}`.replace(".", ",") : `${value}`;
	return filled(language === "fr" ? fr : en, values.map(text));
}

/** Sentences about lamps whose numbers follow each other, and whose coordinates do not. */
export function lintSite(poles: readonly Pole[], language: Language): string[] {
	return [...neighbours(poles)].map(([label, next]) =>
		language === "fr"
			? `${label} et ${next} sont voisins par leur numéro, mais trop éloignés pour leur poleSpacing`
			: `${label} and ${next} are neighbours by number, but too far apart for their poleSpacing`,
	);
}

/** The labels of such lamps, two by two. */
function* neighbours(poles: readonly Pole[]): Iterable<readonly [string, string]> {
	const row = [...poles]
		.filter(({ settings }) => settings.neighbourGroup > 0)
		.sort((a, b) => orderOf(a.settings) - orderOf(b.settings));
	for (const [index, pole] of row.entries()) {
		const next = row[index + 1];
		if (!next || next.settings.neighbourGroup !== pole.settings.neighbourGroup) continue;
		const places = next.settings.poleNumber - pole.settings.poleNumber;
		const most = FAR_FACTOR * Math.max(1, places) * pole.settings.poleSpacing;
		if (metresBetween(pole.settings, next.settings) > most) yield [pole.label, next.label];
	}
}

const orderOf = ({ neighbourGroup, poleNumber }: Settings) => neighbourGroup * 100_000 + poleNumber;

/** On a sphere; exact to a few per mille. */
function metresBetween(a: Settings, b: Settings): number {
	const rad = Math.PI / 180;
	const dx = (b.longitude - a.longitude) * rad * Math.cos(((a.latitude + b.latitude) / 2) * rad);
	return 6_371_000 * Math.hypot((b.latitude - a.latitude) * rad, dx);
}
