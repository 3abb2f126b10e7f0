/** Settings words: the texts of docs/settings.md and docs/reglages.md around the table of the firmware. */
import type { Language } from "../../src/settings/help.js";
import type { SectionName } from "../../src/settings/table.js";
import type { Setter } from "./settingsetters.js";

type Pair = Readonly<Record<Language, string>>;

export const TITLES: Readonly<Record<SectionName, Pair>> = {
	identity: { en: "names of the lamp", fr: "noms du luminaire" },
	light: { en: "classes, levels and times", fr: "classes, niveaux et durées" },
	calendar: { en: "programs, dates and place", fr: "programmes, dates et lieu" },
	sensing: { en: "sensors and neighbours", fr: "capteurs et voisins" },
	power: { en: "supply, driver and energy", fr: "alimentation, driver et énergie" },
	link: { en: "network, broker and reports", fr: "réseau, broker et rapports" },
	console: {
		en: "language of console and explanations",
		fr: "langue de la console et des explications",
	},
};

export const SETTER_NAMES: Readonly<Record<Setter, Pair>> = {
	council: { en: "council", fr: "commune" },
	engineer: { en: "engineer", fr: "éclairagiste" },
	technician: { en: "technician", fr: "technicien" },
	integrator: { en: "integrator", fr: "intégrateur" },
};

/** Up to the rows of the table of sections. */
export const HEADS: Readonly<Record<Language, readonly string[]>> = {
	en: [
		"# Settings",
		"",
		"For lighting engineers, technicians and integrators: every setting of a lamp, with its range, its",
		"default and its meaning. After reading you can configure a street at the console (`set NAME VALUE`)",
		"or in JSON. In French: [reglages.md](reglages.md). Written by `npm run renew -- settings` from",
		"`src/settings/`; do not edit.",
		"",
		"| section | settings |",
		"|---|---|",
	],
	fr: [
		"# Réglages",
		"",
		"Pour la commune, l'éclairagiste et le technicien : tous les réglages d'un luminaire, avec leurs limites,",
		"leur valeur par défaut et leur sens. Après lecture, vous pouvez régler une rue à la console",
		"(`set NOM VALEUR`) ou par un fichier. En anglais : [settings.md](settings.md). Écrit par",
		"`npm run renew -- settings` d'après `src/settings/` ; à ne pas modifier.",
		"",
		"| section | réglages |",
		"|---|---|",
	],
};

interface Words {
	readonly how: readonly string[];
	readonly columns: string;
	readonly empty: string;
	readonly hidden: string;
	readonly rules: string;
}

export const WORDS: Readonly<Record<Language, Words>> = {
	en: {
		how: [
			"## To change a setting",
			"",
			"| to | do |",
			"|---|---|",
			"| see its effect in a street first | `npm start -- --set light.floorLevel=45` |",
			"| see its effect on a night | `npx luminode preview --settings FILE` ([programs](programs.md)) |",
			"| change one lamp | at its console `set floorLevel 45`, `apply`, look at the lamp, `confirm` within ten minutes ([at the pole](technician.md)) |",
			"| change a street | a column `floorLevel` of the [site file](technician.md#a-new-lamp-in-two-minutes); `npx luminode preview --site site.csv`; `npx luminode desk configure site.csv --dry-run --broker URL ...` ([the city's side](city.md#desk)); then the same without `--dry-run` |",
			"| change lamps from a CMS | a section of the settings over the broker ([for integrators](integrators.md)) |",
			"",
			"**The floor.** Do not set it below the class that the street needs at night: people stumble, and 0",
			"permits the lamp to go out. A per cent says nothing of lux; `floorClass` with `installedMean` does.",
			"`floorLevel` is 0 to 100 %, 20 by default, and not above `fullLevel`, `maxLevel` or",
			"`systemFailureLevel`. The floor applies where the program asks for less: the default one asks for 40 %",
			"at least, the simulated street's for 40 % from 22:00, 30 % from 0:00 and 10 % from 2:00. `floorLevel`",
			"has no effect where `floorClass` is a class, and neither has during lights out (`out` in a program).",
			"",
			"Seconds are milliseconds inside the firmware. A value outside its range or finer than its step is",
			"rejected with a reason and changes nothing. A setting that is missing or invalid in the store has",
			"its default. Secrets can be set and are never shown, reported or exported.",
			"",
			"*Set by*: the *council* decides how a street is lit and what is counted; the *engineer* plans the",
			"lighting by design and data sheets; the *technician* sees the place and measures at the pole; the",
			"*integrator* connects the lamps to network, broker and control system.",
			"",
			"Characters of a text: *name* `A-Z a-z 0-9 _ -`, *topic* names joined by `/`, *host*",
			"`A-Z a-z 0-9 . : -`, *printable* ASCII from space to `~`. A name is not `all`, `group` or `unassigned`.",
			"An *ssid* has 32 bytes of UTF-8 at most, without control characters; a *passphrase* 8-63 printable",
			"characters, or 64 hexadecimal digits (IEEE 802.11-2020, Annex J.4).",
		],
		columns: "| name | values | default | set by | meaning |",
		empty: "empty",
		hidden: "secret",
		rules: "Rules between settings",
	},
	fr: {
		how: [
			"## Modifier un réglage",
			"",
			"| pour | faites |",
			"|---|---|",
			"| voir d'abord son effet dans une rue | `npm start -- --set light.floorLevel=45` |",
			"| voir son effet sur une nuit | `npx luminode preview --settings FICHIER --lang fr` ([programs](programs.md), en anglais) |",
			"| modifier un luminaire | à sa console, `set floorLevel 45`, `apply`, regardez le luminaire, `confirm` dans les dix minutes ([au pied du mât](technicien.md)) |",
			"| modifier une rue | une colonne `floorLevel` du [fichier du site](technicien.md#un-luminaire-neuf-en-deux-minutes) ; `npx luminode preview --site site.csv --lang fr` ; `npx luminode desk configure site.csv --dry-run --broker URL ...` ([city](city.md#desk), en anglais) ; enfin la même commande sans `--dry-run` |",
			"| modifier depuis une télégestion | une section des réglages par le broker ([integrators](integrators.md), en anglais) |",
			"",
			"**Le plancher.** Ne le réglez pas sous la classe que la rue exige la nuit : on trébuche, et 0 permet",
			"l'extinction du luminaire. Un pourcentage ne fixe aucun lux ; `floorClass` avec `installedMean`, si.",
			"`floorLevel` va de 0 à 100 %, 20 par défaut, sans dépasser",
			"`fullLevel`, `maxLevel` ni `systemFailureLevel`. Le plancher s'applique là où le programme demande",
			"moins : celui par défaut demande 40 % au moins, celui de la rue simulée 40 % dès 22 h, 30 % dès 0 h et",
			"10 % dès 2 h. `floorLevel` est sans effet si `floorClass` est une classe ; ni l'un ni l'autre ne joue",
			"pendant l'extinction (`out` d'un programme).",
			"",
			"Une valeur hors limites, ou plus fine que le pas, est refusée avec sa raison et ne change rien. Un réglage",
			"absent ou non valable dans la mémoire prend sa valeur par défaut. Un secret peut être écrit ; il n'est",
			"jamais affiché, ni transmis, ni exporté.",
			"",
			"*Qui règle* : la *commune* décide de l'éclairage d'une rue et de ce qui est compté ; l'*éclairagiste* établit",
			"le projet, d'après l'étude et les fiches techniques ; le *technicien* voit le lieu et mesure au mât ;",
			"l'*intégrateur* raccorde les luminaires au réseau, au broker et à la télégestion.",
			"",
			"Un nom n'est ni `all`, ni `group`, ni `unassigned`. Un mot de passe Wi-Fi a 8 à 63 caractères ASCII, ou 64",
			"chiffres hexadécimaux.",
		],
		columns: "| nom | valeurs | par défaut | qui règle | sens |",
		empty: "vide",
		hidden: "secret",
		rules: "Règles entre réglages",
	},
};
