/** Verb list: the text of `npx luminode --help`: all verbs in their groups, in English or French. */
import type { Language } from "../../lib/text/bilingual.js";
import { GROUPS } from "./verbs.mjs";

const HEAD: Readonly<Record<Language, string>> = {
	en: `usage: luminode VERB [ARGUMENT ...]
       luminode VERB --help`,
	fr: `usage : luminode VERBE [ARGUMENT ...]
        luminode VERBE --help`,
};
const FOOT: Readonly<Record<Language, string>> = {
	en: `A simulated street: npm start. A town: npm start -- --town example.
All commands by reader: docs/commands.md. In French, by --lang fr or LANG: this list and
each verb of which --help names --lang; the verbs of City are in English.
The beginning of a verb is sufficient where only one, or only one of Maintain, has it:
luminode pr.`,
	fr: `Une rue simulée : npm start. Une ville : npm start -- --town example.
Toutes les commandes, par lecteur : docs/commands.md. En anglais, par --lang en ou LANG :
cette liste et tout verbe dont l'aide (--help) cite --lang ; ceux de Ville n'existent
qu'en anglais.
Le début d'un verbe suffit s'il est le seul, ou le seul d'Entretenir, à l'avoir :
luminode pr.`,
};

export function verbList(language: Language): string {
	const at = language === "en" ? 0 : 1;
	const groups = Object.values(GROUPS).map(({ title, verbs }) => {
		const rows = Object.entries(verbs).map(
			([name, { purpose }]) => `  ${name.padEnd(13)} ${purpose[at]}`,
		);
		return [title[at], ...rows].join("\n");
	});
	return `${[HEAD[language], ...groups, FOOT[language]].join("\n\n")}\n`;
}
