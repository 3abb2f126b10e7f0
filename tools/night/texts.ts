/**
 * Texts: help and messages of `npx luminode preview` and `npx luminode measured`, in English and French.
 */
import {
	type Language,
	type Part,
	type Table,
	type Text,
	textOf,
} from "../../lib/text/bilingual.js";
import { TOLERANCE } from "../plan/measured.js";
import { KINDS } from "../plan/places.js";
import { BASELINES } from "../plan/yeartext.js";

type Help = Readonly<Record<Language, string>>;

export const PREVIEW_HELP: Help = {
	en: `usage: luminode preview [--settings FILE | --site FILE] [--place KIND] [--mean LUX] [--date YYYY-MM-DD]
                          [--places | --year YYYY [--ways] [--traffic N] [--baseline NAME|FILE]
                          [--width M] [--height M] [--tariff EUR,GRAMS,DATE]] [--lang en|fr]

Prints the forecast of a night under given settings: each level with its time and its reasons, the
mean where the installed one is known, and notes on what is improbable in the settings.

  --settings   JSON file of sections (docs/settings.md): {"calendar": {"program": "..."}, "light": {}};
               settings that it does not name have their defaults, or those of its place
  --site       a site file instead: notes on what is improbable in it, of all poles
  --place      kind of place: ${KINDS.join(", ")};
               settings of the file override its values and are named
  --mean       installed mean at 100 %, lx (cd/m2 for M classes), as installedMean
  --date       date of the evening; without it, tonight
  --places     every kind of place instead: energy and means of this night
  --year       energy of the nights of a year instead, beside a baseline
  --ways       with --year: every option (docs/energy.md), with place and powers of the settings
  --traffic    road users an hour all night, 0 without it
  --baseline   ${BASELINES.join(", ")}, or a file of the previous settings; oldLamp without it
  --width      width of the lit road, m: PDI and AECI of EN 13201-5, with poleSpacing and --mean
  --height     height of the lamps, m, with --width: the light between two poles (EN 13201-3);
               for M classes of a road surface with 0.07 cd/m2 for 1 lx
  --tariff     price of 1 kWh in EUR, CO2 in g, and their date, e.g. 0.30,160,2026-01
  --lang       en or fr (that of LANG)
  --help       this text
`,
	fr: `usage : luminode preview [--settings FICHIER | --site FICHIER] [--place TYPE] [--mean LUX] [--date AAAA-MM-JJ]
                           [--places | --year AAAA [--ways] [--traffic N] [--baseline NOM|FICHIER]
                           [--width M] [--height M] [--tariff EUR,GRAMMES,DATE]] [--lang en|fr]

Affiche la prévision d'une nuit selon des réglages donnés : chaque niveau avec son heure et ses
raisons, la moyenne si celle de l'installation est connue, et des remarques sur les réglages
improbables.

  --settings   fichier JSON de sections (docs/settings.md) : {"calendar": {"program": "..."}, "light": {}} ;
               les réglages absents ont leur valeur par défaut, ou celle du type de lieu
  --site       plutôt un fichier de site : remarques sur ses réglages improbables, pour tous les mâts
  --place      type de lieu : ${KINDS.join(", ")} ;
               les réglages du fichier priment et sont indiqués
  --mean       moyenne installée à 100 %, lx (cd/m2 pour les classes M), comme installedMean
  --date       date du soir ; sans elle, cette nuit
  --places     plutôt tous les types de lieu : énergie et moyennes de cette nuit
  --year       plutôt l'énergie des nuits d'une année, face à une référence
  --ways       avec --year : toutes les solutions d'éclairage (docs/energy.md), lieu et puissances des réglages
  --traffic    usagers par heure, toute la nuit ; 0 sans cette option
  --baseline   ${BASELINES.join(", ")}, ou un fichier des réglages précédents ; oldLamp sans cette option
  --width      largeur de la voie éclairée, m : PDI et AECI de l'EN 13201-5, avec poleSpacing et --mean
  --height     hauteur des luminaires, m, avec --width : la lumière entre deux mâts (EN 13201-3) ; pour
               les classes M, celle d'une chaussée de 0,07 cd/m2 pour 1 lx
  --tariff     prix de 1 kWh en EUR, CO2 en g, et leur date, p. ex. 0.30,160,2026-01
  --lang       en ou fr (celle de LANG)
  --help       ce texte
`,
};

export const MEASURED_HELP: Help = {
	en: `usage: luminode measured --pole NAME --readings LUX,LUX,... --instrument TEXT
                          [--date YYYY-MM-DD] [--level N] [--ambient LUX] [--maintenance F]
                          [--file FILE] [--verify] [--lang en|fr]

The installed mean by a lux meter, with its slip; years later, whether the light is still the same.

  --pole         name of the pole beyond which the field begins
  --readings     lux at the points of the grid between this pole and the next, 9 at least; at night,
                 the lamps of both and of their neighbours held at one level: override 100 60
  --instrument   make, number, calibration, e.g. "Hagner E4-X 2211, 2026-03"
  --date         day of the measurement; without it, today
  --level        level of the lamps meanwhile, per cent (100)
  --ambient      reading with the lamps off (0)
  --maintenance  share of the light that remains before the next cleaning, 0.5 to 1 (1)
  --file         file to which the slip is added, CSV (measurements.csv)
  --verify       compares with the first slip of the pole in the file: after cleaning, constant light
                 output gives the same within ${TOLERANCE} %
  --lang         en or fr (that of LANG)
`,
	fr: `usage : luminode measured --pole NOM --readings LUX,LUX,... --instrument TEXTE
                           [--date AAAA-MM-JJ] [--level N] [--ambient LUX] [--maintenance F]
                           [--file FICHIER] [--verify] [--lang en|fr]

La moyenne installée, mesurée au luxmètre, avec sa fiche ; des années plus tard, si la lumière est
encore la même.

  --pole         nom du mât après lequel le champ commence
  --readings     lux aux points du maillage entre ce mât et le suivant, 9 au moins ; la nuit, les
                 luminaires des deux et de leurs voisins tenus à un même niveau : override 100 60
  --instrument   marque, numéro, étalonnage, p. ex. "Hagner E4-X 2211, 2026-03"
  --date         jour de la mesure ; sans elle, aujourd'hui
  --level        niveau des luminaires pendant la mesure, pour cent (100)
  --ambient      mesure avec les luminaires éteints (0)
  --maintenance  part de la lumière qui reste avant le nettoyage suivant, 0.5 à 1 (1)
  --file         fichier auquel la fiche est ajoutée, CSV (measurements.csv)
  --verify       compare avec la première fiche du mât dans le fichier : après nettoyage, le flux
                 constant donne la même lumière à ${TOLERANCE} % près
  --lang         en ou fr (celle de LANG)
`,
};

const TABLE = {
	oneKind: ["--place is one of {0}: {1}", "--place {1} : il faut un type parmi {0}"],
	placeMean: [
		"a place needs the installed mean: --mean LUX, e.g. --mean 10",
		"un type de lieu exige la moyenne installée : --mean LUX, p. ex. --mean 10",
	],
	heightWidth: [
		"--height needs --width, e.g. --width 7 --height 6",
		"--height exige --width, p. ex. --width 7 --height 6",
	],
	needsMean: [
		"{0} needs the installed mean: --mean LUX, e.g. --mean 10",
		"{0} exige la moyenne installée : --mean LUX, p. ex. --mean 10",
	],
	badTariff: [
		"--tariff is EUR,GRAMS,DATE, e.g. 0.30,160,2026-01: {0}",
		"--tariff s'écrit EUR,GRAMMES,DATE, p. ex. 0.30,160,2026-01, et non {0}",
	],
	badNumber: [
		"--{0} is a number from {1} to {2}: {3}",
		"--{0} est un nombre de {1} à {2}, et non {3}",
	],
	noDay: [
		"--date {0} does not exist: {1} has {2} days",
		"--date {0} n'existe pas : {1} compte {2} jours",
	],
	badDay: ["--date is a day from {0} to {1}: {2}", "--date est un jour du {0} au {1}, et non {2}"],
	noPole: [
		'--pole is missing, e.g. --pole "Rue Neuve 12"',
		'--pole manque, p. ex. --pole "Rue Neuve 12"',
	],
	noInstrument: [
		'--instrument is missing, e.g. --instrument "Hagner E4-X 2211, 2026-03"',
		'--instrument manque, p. ex. --instrument "Hagner E4-X 2211, 2026-03"',
	],
	dayAs: ["--date {0}: a day as 2026-12-01", "--date {0} : un jour s'écrit 2026-12-01"],
	fewReadings: [
		"--readings: {0} at least, these are {1}",
		"--readings : {0} au moins, il y en a {1}",
	],
	badReading: [
		'--{0} "{1}": numbers from {2} to {3}, e.g. 4.2',
		"--{0} « {1} » : des nombres de {2} à {3}, p. ex. 4.2",
	],
	noSlip: [
		"--verify: {0} has no slip of pole {1}; measure it first",
		"--verify : {0} n'a pas de fiche du mât {1} ; mesurez-le d'abord",
	],
} as const satisfies Table;

/** A text by its name. */
export function nightText(name: keyof typeof TABLE, ...parts: readonly Part[]): Text {
	return textOf(TABLE[name], parts);
}
