/**
 * Lint: settings that are valid and still improbable, of one lamp or of a site.
 *
 * A lamp's rules are those of its console (src/node/settings/lint.ts); the rule between lamps is here.
 * A finding refuses nothing: it names the setting, the reason and the remedy, in English and French.
 */
import type { Language } from "../../lib/text/bilingual.js";
import { noteText } from "../../src/console/notes.js";
import { type Finding, Lint } from "../../src/node/settings/lint.js";
import type { Settings } from "../../src/settings/table.js";

/** A lamp of a site; `label` names it in findings. */
export interface Pole {
	readonly label: string;
	readonly settings: Settings;
}

/** Poles in a straight row stand as far apart as their numbers say, bends and measuring included. */
const FAR_FACTOR = 2;

export interface Note extends Finding {
	/** A sentence in the language asked for, without its full stop. */
	readonly text: string;
}

/** Findings of one lamp's settings. */
export function lint(settings: Settings, language: Language): Note[] {
	const all: Note[] = [];
	const work = new Lint(settings);
	for (let found = work.next(); found !== undefined; found = work.next())
		if (found) all.push({ ...found, text: noteText(found, language) });
	return all;
}

/** Sentences about lamps whose numbers follow each other, and whose coordinates do not. */
export function lintSite(poles: readonly Pole[], language: Language): string[] {
	return [...neighbours(poles)].map(([one, next]) =>
		language === "fr"
			? `${one} et ${next} sont voisins par leur numéro, mais trop éloignés pour leur poleSpacing`
			: `${one} and ${next} are neighbours by number, but too far apart for their poleSpacing`,
	);
}

/** The labels of such lamps, two by two. */
function* neighbours(poles: readonly Pole[]): Iterable<readonly [string, string]> {
	const row = [...poles]
		.filter(({ settings }) => settings.neighbourGroup > 0)
		.sort((a, b) => orderOf(a.settings) - orderOf(b.settings));
	for (const [nth, pole] of row.entries()) {
		const next = row[nth + 1];
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
