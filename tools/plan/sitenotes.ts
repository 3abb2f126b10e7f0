/**
 * Site notes: improbable settings of a site file, each with its line and pole.
 */

import type { Plan, Site } from "../../lib/site/sitetable.js";
import type { Language } from "../../lib/text/bilingual.js";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { type Changes, DEFAULTS, type Settings, withValues } from "../../src/settings/table.js";
import { isRejection, validate } from "../../src/settings/validate.js";
import { lint, lintSite } from "./lint.js";

/** One sentence a finding; the same one of many poles is printed once, with the first of them. */
export function siteNotes({ poles }: Site, language: Language): string[] {
	const lamps = poles.map((plan) => ({ label: plan.pole, plan, settings: settingsOf(plan) }));
	const notes = lintSite(lamps, language);
	const seen = new Map<string, { at: string; more: number }>();
	for (const { label, plan, settings } of lamps)
		for (const { text } of lint(settings, language)) {
			const first = seen.get(text);
			if (first) first.more += 1;
			else seen.set(text, { at: `${plan.line} (${label})`, more: 0 });
		}
	const [line, colon, others] =
		language === "fr" ? ["ligne", " : ", "autres mâts : "] : ["line", ": ", "more poles: "];
	for (const { pole, line: at, isUnnamed } of poles)
		if (isUnnamed)
			notes.push(
				language === "fr"
					? `ligne ${at} : pole est vide ; le nom du nœud, ${pole}, en tient lieu`
					: `line ${at}: pole is empty; the node's name ${pole} stands for it`,
			);
	for (const [text, { at, more }] of seen)
		notes.push(`${line} ${at}${colon}${text}${more > 0 ? ` (${others}${more})` : ""}`);
	return notes;
}

/** Whether coordinates of a pole fit its zone only if they are exchanged. */
export function hasExchanged({ poles }: Site): boolean {
	return poles.some((plan) =>
		lint(settingsOf(plan), "en").some(({ rule }) => rule === "swappedCoordinates"),
	);
}

/** Settings of a plan; others have their default. */
function settingsOf({ values }: Plan): Settings {
	const changes: Changes = {};
	for (const [name, text] of values) {
		const value = validate(name, text, VALIDATORS);
		if (!isRejection(value)) changes[name as keyof Settings] = value;
	}
	return withValues(DEFAULTS, changes);
}
