/**
 * To text: one lamp's commissioning as lines to paste, for a laptop on which only a terminal
 * program is allowed.
 */
import type { Plan } from "../../../lib/site/sitetable.js";
import type { Language } from "../../../lib/text/bilingual.js";

/** Lines pasted at a time: fewer bytes than a lamp accepts while it answers. */
const LINES_AT_A_TIME = 3;
const EMPTY = '""';

interface Lead {
	readonly head: (pole: string) => readonly string[];
	readonly secret: string;
	readonly settings: string;
	readonly keep: string;
	readonly tests: string;
}

const LEADS: Readonly<Record<Language, Lead>> = {
	en: {
		head: (pole) => [
			`THIS FILE HOLDS SECRETS of the lamp at pole ${pole}. Delete it when the lamp is done.`,
			"",
			"Open the lamp's port in a terminal program (PuTTY: Serial, 115200), press Return, and paste",
			"one block after the other (PuTTY: right click), each with the Return at its end. A line that",
			"the lamp refuses is answered with the reason: then type revert and look for the cause.",
		],
		secret:
			"1. A lamp that has no secret yet: the second line. Any other asks for its secret: the first.",
		settings: "2. Its settings.",
		keep: "3. Try them and keep them.",
		tests: "4. Its tests; each verdict must be pass.",
	},
	fr: {
		head: (pole) => [
			`CE FICHIER CONTIENT DES SECRETS du luminaire du mât ${pole}. À effacer quand il est en service.`,
			"",
			"Ouvrez le port du luminaire dans un programme de terminal (PuTTY : Serial, 115200), appuyez sur",
			"Entrée et collez un bloc après l'autre (PuTTY : clic droit), chacun avec l'Entrée à sa fin. Si",
			"le luminaire refuse une ligne, la raison s'affiche : tapez alors revert et cherchez la cause.",
		],
		secret:
			"1. Un luminaire sans secret : la seconde ligne. Tout autre demande son secret : la première.",
		settings: "2. Ses réglages.",
		keep: "3. Les essayer et les conserver.",
		tests: "4. Ses essais ; chacun doit donner OK (en anglais pass).",
	},
};

/** The whole file; `secrets`: settings that are secrets. */
export function textOf(
	{ pole, values }: Plan,
	secret: string,
	secrets: Readonly<Record<string, string>>,
	language: Language,
): string {
	const sets = [...values, ...Object.entries(secrets)].map(
		([name, value]) => `set ${name} ${value || EMPTY}`,
	);
	const blocks: string[] = [];
	for (let at = 0; at < sets.length; at += LINES_AT_A_TIME)
		blocks.push(sets.slice(at, at + LINES_AT_A_TIME).join("\n"));
	const lead = LEADS[language];
	return [
		...lead.head(pole),
		"",
		lead.secret,
		"",
		secret,
		"",
		`secret ${secret}`,
		"",
		lead.settings,
		"",
		"revert",
		"",
		...blocks.flatMap((block) => [block, ""]),
		lead.keep,
		"",
		"apply",
		"",
		"confirm",
		"",
		lead.tests,
		"",
		"test all",
		"",
		"logout",
		"",
	].join("\n");
}
