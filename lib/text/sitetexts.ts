/**
 * Site texts: faults of a site file, in English and French.
 */
import type { Table } from "./bilingual.js";

export const SITE_TEXTS = {
	atLine: ["{0}:{1}: {2}", "{0}:{1} : {2}"],
	more: ["and {0} more", "autres : {0}"],
	tooLong: ["{0}: is too large for a site file", "{0} : est trop grand pour un fichier de site"],
	format: [
		'{0}: is {1}; save it as "CSV UTF-8"',
		"{0} : est {1} ; enregistrez-le en « CSV UTF-8 »",
	],
	zipped: ["a workbook (.xlsx or .ods)", "un classeur (.xlsx ou .ods)"],
	oldWorkbook: ["a workbook (.xls)", "un classeur (.xls)"],
	notUtf8: [
		'{0}: is not UTF-8; save it as "CSV UTF-8"',
		"{0} : n'est pas de l'UTF-8 ; enregistrez-le en « CSV UTF-8 »",
	],
	noLine: ["{0}: no line under the titles", "{0} : aucune ligne sous les titres"],
	cells: [
		"{0} cells under {1} titles: {2} too many or missing?",
		"{0} cellules sous {1} titres : manque-t-il {2}, ou y en a-t-il trop ?",
	],
	quoteOpen: [
		'a quote " is opened and not closed; the lines behind it were checked without it',
		'un guillemet " est ouvert et jamais fermé ; les lignes suivantes sont vérifiées sans lui',
	],
	quoteStray: [
		'a quote " stands within a cell; write it twice, and the whole cell in quotes',
		"un guillemet \" est au milieu d'une cellule ; doublez-le, et mettez toute la cellule entre guillemets",
	],
	reckoned: [
		"{0} is a name that the spreadsheet took for a number; format its column as text",
		"{0} est un nom que le tableur a pris pour un nombre ; mettez sa colonne au format texte",
	],
	comma: ["a comma", "une virgule"],
	semicolon: ["a semicolon", "un point-virgule"],
	tab: ["a tab", "une tabulation"],
	separator: ["a {0}", "le signe {0}"],
	twice: ['two columns are called "{0}"', "deux colonnes s'appellent « {0} »"],
	written: ['"{0}" is written "{1}"', "« {0} » s'écrit « {1} »"],
	noSetting: [
		'"{0}" is not a setting; a title that begins with # is a note',
		"« {0} » n'est pas un réglage ; un titre qui commence par # est une note",
	],
	secret: [
		"{0} is a secret: keep it in the vault (npx luminode vault --put {0})",
		"{0} est un secret : gardez-le dans le coffre (npx luminode vault --put {0})",
	],
	nodeColumn: ['there is no column "node"', "la colonne « node » manque"],
	twoAll: ["there is another line of the pole *", "il y a une autre ligne du mât *"],
	ownOnly: [
		"{0} is each lamp's own, so the pole * has none",
		"{0} est propre à chaque luminaire, le mât * n'en a pas",
	],
	emptyNode: ["node is empty, for example quai-7", "node est vide, p. ex. quai-7"],
	longPole: ["pole has over {0} characters", "pole a plus de {0} caractères"],
	badSerial: [
		"serial is not 1-32 of A-Z a-z 0-9 _ -, for example L-0017",
		"serial n'a pas 1 à 32 caractères A-Z a-z 0-9 _ -, p. ex. L-0017",
	],
	badValue: ["{0} {1}, not {2}{3}{4}", "{0} : {1}, pas {2}{3}{4}"],
	alphabet: ["; allowed: {0}", " ; permis : {0}"],
	rule: ["{0} {1}", "{0} : {1}"],
	same: ["{0} {1} stands in line {2}, too", "{0} {1} figure aussi à la ligne {2}"],
	byCase: [
		"{0} {1} differs from {2} in line {3} by case alone",
		"{0} {1} ne diffère de {2}, ligne {3}, que par la casse",
	],
	topics: ["A-Z a-z 0-9 _ -, parts joined by /", "A-Z a-z 0-9 _ -, parties jointes par /"],
	hosts: [
		"A-Z a-z 0-9 . : -, several joined by a comma",
		"A-Z a-z 0-9 . : -, plusieurs noms séparés par des virgules",
	],
	ascii: ["printable ASCII", "ASCII imprimable"],
	noControl: ["no control characters", "pas de caractères de contrôle"],
} as const satisfies Table;
