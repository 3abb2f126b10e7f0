/** Import texts: the sentences of the account of an import, in English and French. */
import { type Text, textOf } from "../../lib/text/bilingual.js";
import type { ReadSentence } from "./sentence.js";

/** `{0}`: count, `{1}`: text. */
const SENTENCES: Readonly<Record<string, readonly [en: string, fr: string]>> = {
	lights: ["{0} lights", "{0} points lumineux"],
	system: ["positions in {1}", "positions en {1}"],
	streets: ["{0} streets", "{0} rues"],
	counted: ["traffic counted in {0} streets", "trafic compté dans {0} rues"],
	cabinets: ["{0} cabinets", "{0} armoires"],
	roads: [
		"{0} streets of an M class: hourly classes there, as presence is not permitted",
		"{0} rues de classe M : classes horaires, car la présence n'y est pas admise",
	],
	floodlights: ["{0} floodlights left out", "{0} projecteurs écartés"],
	bollards: ["{0} bollards left out", "{0} bornes écartées"],
	groundLights: ["{0} ground lights left out", "{0} encastrés de sol écartés"],
	together: [
		"{0} equal to another in every column: kept, as several luminaires of a pole",
		"{0} identiques à un autre dans toutes les colonnes : gardés, comme plusieurs luminaires d'un mât",
	],
	remain: ["{0} remain", "il en reste {0}"],
	withoutStreet: [
		"{0} without a street: they count in the town and in no district",
		"{0} sans rue : comptés dans la ville, dans aucun quartier",
	],
	latin: [
		"the file is not UTF-8: read as Windows-1252",
		"le fichier n'est pas en UTF-8 : lu en Windows-1252",
	],
	swapped: [
		"x and y are changed over in the whole file: read the other way round",
		"x et y sont inversés dans tout le fichier : lus dans l'autre sens",
	],
	nearestLine: [
		"{0} take the name of the nearest centre line, within 60 m",
		"{0} prennent le nom de l'axe le plus proche, à 60 m au plus",
	],
	squares: [
		"no street names: each square of 150 m counts as a street",
		"aucun nom de rue : chaque carré de 150 m compte pour une rue",
	],
	noPower: [
		"power unknown: no euro until you enter it",
		"puissance inconnue : aucun euro avant que vous ne la saisissiez",
	],
	somePower: [
		"power of {0} unknown: they are in no sum of energy",
		"puissance inconnue pour {0} : absents des totaux d'énergie",
	],
	power: ["{0} of unknown power: {1} W, entered", "{0} de puissance inconnue : {1} W, saisi"],
	ledShare: [
		"{0} old lamps: an LED of {1} % of their watts takes their place",
		"{0} anciennes lampes : remplacées par une LED de {1} % de leur puissance",
	],
	traffic: [
		"{0} streets without a count: {1} motor vehicles a day each",
		"{0} rues sans comptage : {1} véhicules à moteur par jour chacune",
	],
	walkers: [
		"{1} walkers and bicycles a day in every street",
		"{1} piétons et vélos par jour dans chaque rue",
	],
	noCabinets: ["cabinets unknown", "armoires inconnues"],
	noClasses: [
		"lighting classes unknown: a street of more than {1} motor vehicles a day counts as class M, and presence as permitted in all others",
		"classes d'éclairage inconnues : une rue de plus de {1} véhicules par jour compte comme classe M ; la présence est réputée admise dans les autres",
	],
	example: [
		"streets and districts of the lights are derived: nearest centre line within 60 m, point in polygon",
		"rues et quartiers des points sont déduits : axe le plus proche à 60 m au plus, point dans le polygone",
	],
	made: [
		"invented from seed {1}: no real commune, street or lamp",
		"inventée à partir de la graine {1} : aucune commune, rue ni lampe réelle",
	],
};

/** The way to a file that can be read. */
const QGIS: Text = {
	en: "in QGIS, drag the file into a new project, right-click its layer, Export, Save Features As, choose GeoJSON and EPSG:4326, and OK",
	fr: "dans QGIS, glissez le fichier dans un nouveau projet, clic droit sur sa couche, Exporter, Sauvegarder les entités sous, choisissez GeoJSON et EPSG:4326, puis OK",
};

/** An error, behind its line. */
const ERRORS: Readonly<Record<string, readonly [en: string, fr: string]>> = {
	empty: ["the file is empty", "le fichier est vide"],
	binary: [
		`this kind of file cannot be read here: ${QGIS.en}`,
		`ce type de fichier ne peut pas être lu ici : ${QGIS.fr}`,
	],
	markup: [
		`a file of XML (KML, GML) cannot be read here: ${QGIS.en}`,
		`un fichier XML (KML, GML) ne peut pas être lu ici : ${QGIS.fr}`,
	],
	damaged: [
		`the file is damaged or incomplete ({1}): open it in the program that made it and save it again`,
		`le fichier est endommagé ou incomplet ({1}) : ouvrez-le dans le programme qui l'a produit et enregistrez-le à nouveau`,
	],
	shapeAlone: [
		"a shapefile is several files: put .shp, .dbf and .prj into one ZIP file and choose that",
		"un shapefile est formé de plusieurs fichiers : réunissez .shp, .dbf et .prj dans un fichier ZIP et choisissez-le",
	],
	oldWorkbook: [
		"a workbook of Excel 97 to 2003 (.xls): save it as .xlsx or as CSV",
		"un classeur Excel 97 à 2003 (.xls) : enregistrez-le en .xlsx ou en CSV",
	],
	archive: [
		"neither a shapefile nor a workbook in the archive: {1}",
		"ni shapefile ni classeur dans l'archive : {1}",
	],
	archiveTooLarge: [
		"the unpacked archive would be larger than 400 MB: keep the lights alone",
		"l'archive décompressée dépasserait 400 Mo : n'y laissez que les points lumineux",
	],
	layers: [
		`several layers of points ({1}): export the one of the lights alone; ${QGIS.en}`,
		`plusieurs couches de points ({1}) : exportez seulement celle des luminaires ; ${QGIS.fr}`,
	],
	noLayer: [
		"no layer of points in the file: lights are points, not lines or areas",
		"aucune couche de points dans le fichier : les luminaires sont des points, pas des lignes ni des surfaces",
	],
	noTable: [
		"the archive has no .dbf beside the .shp: put .shp, .dbf and .prj into it",
		"l'archive n'a pas de .dbf à côté du .shp : mettez-y .shp, .dbf et .prj",
	],
	unknownSystem: [
		`the coordinate system {1} is not known here: ${QGIS.en}`,
		`le système de coordonnées {1} n'est pas connu ici : ${QGIS.fr}`,
	],
	json: ["not valid JSON: {1}", "JSON invalide : {1}"],
	noFeatures: [
		"JSON without lights: neither GeoJSON nor Overpass nor NGSI",
		"JSON sans points lumineux : ni GeoJSON, ni Overpass, ni NGSI",
	],
	noColumns: [
		"no columns: the first line must hold their names",
		"aucune colonne : la première ligne doit contenir leurs noms",
	],
	noRows: ["no lights under the header", "aucun point lumineux sous l'en-tête"],
	noPosition: [
		"no columns of a position among {1}: choose x and y on the page, or name them in FILE.mapping.json beside the file (docs/town.md)",
		"aucune colonne de position parmi {1} : choisissez x et y sur la page, ou nommez-les dans FICHIER.mapping.json à côté du fichier (docs/town.md)",
	],
	noField: [
		'columns of the mapping: {1} is no field; the fields are x, y, street, district, watts, cabinet, kind, lamp, traffic and class, as in "watts": "PUISS"',
		'columns de la correspondance : {1} n\'est pas un champ ; les champs sont x, y, street, district, watts, cabinet, kind, lamp, traffic et class, par exemple "watts": "PUISS"',
	],
	noSuchColumn: [
		'columns of the mapping: {1}, but the file has no such column; write its name as in the file, as in "watts": "PUISS"',
		'columns de la correspondance : {1}, mais le fichier n\'a pas cette colonne ; écrivez son nom comme dans le fichier, par exemple "watts": "PUISS"',
	],
	noNumbers: ["no row has a position", "aucune ligne n'a de position"],
	allZero: ["all positions are 0/0", "toutes les positions sont 0/0"],
	noSystem: [
		"the positions do not fit the coordinate system of the file, or no system can be told by their numbers: choose it on the page, or name it in FILE.mapping.json (docs/town.md)",
		"les positions ne conviennent pas au système de coordonnées du fichier, ou leurs nombres ne désignent aucun système : choisissez-le sur la page, ou nommez-le dans FICHIER.mapping.json (docs/town.md)",
	],
	noLights: ["no light remains", "il ne reste aucun point lumineux"],
	tooMany: ["more than 500,000 lights", "plus de 500 000 points lumineux"],
	lines: [
		"the file of lines holds no named lines",
		"le fichier d'axes ne contient aucun axe nommé",
	],
	quote: ["a quote is not closed: left out", "guillemet non fermé : écartée"],
	noPoint: ["no point: left out", "pas un point : écarté"],
	fewCells: ["too few cells ({1}): left out", "trop peu de cellules ({1}) : écartée"],
	manyCells: ["too many cells ({1}): left out", "trop de cellules ({1}) : écartée"],
	emptyPosition: ["no position: left out", "sans position : écartée"],
	notNumber: [
		"the position {1} is not a number: left out",
		"la position {1} n'est pas un nombre : écartée",
	],
	zero: ["position 0/0: left out", "position 0/0 : écartée"],
	swappedRow: ["x and y are changed over: left out", "x et y inversés : écartée"],
	otherSystem: ["position in {1}: left out", "position en {1} : écartée"],
	millimetres: ["position in millimetres: left out", "position en millimètres : écartée"],
	far: ["more than 60 km from the town: left out", "à plus de 60 km de la ville : écartée"],
	outside: ["outside of the system's land: left out", "hors du territoire du système : écartée"],
	double: ["the same as number {1}: left out", "identique au numéro {1} : écartée"],
	wattsNotNumber: ["power {1} is not a number: unknown", "puissance {1} : pas un nombre, inconnue"],
	wattsNegative: ["power {1} is negative: unknown", "puissance {1} négative : inconnue"],
	wattsTooLarge: [
		"power {1} is above 2,000 W: unknown",
		"puissance {1} au-delà de 2 000 W : inconnue",
	],
	trafficNotNumber: ["traffic {1} is not a number: unknown", "trafic {1} : pas un nombre, inconnu"],
	trafficNegative: ["traffic {1} is negative: unknown", "trafic {1} négatif : inconnu"],
	trafficTooLarge: [
		"traffic {1} is above 300,000: unknown",
		"trafic {1} au-delà de 300 000 : inconnu",
	],
	formula: ["{1} is a broken formula: unknown", "{1} est une formule en erreur : inconnu"],
	garbled: [
		"{1} has broken characters: unknown",
		"{1} contient des caractères illisibles : inconnu",
	],
};

const MORE: readonly [string, string] = ["and {0} more: {1}", "et {0} autres : {1}"];
const UNITS = {
	line: ["line {0}: {1}", "ligne {0} : {1}"],
	feature: ["feature {0}: {1}", "objet {0} : {1}"],
} as const;
/** Of the whole file: its first line adds nothing. */
const WHOLE = [
	"noField",
	"noSuchColumn",
	"noPosition",
	"noNumbers",
	"allZero",
	"noSystem",
	"noLights",
	"tooMany",
];

/** Sorted by thousands: 29,942 and 29 942. */
function counted(value: number | undefined): Text | "" {
	if (value === undefined) return "";
	return { en: value.toLocaleString("en-GB"), fr: value.toLocaleString("fr-FR") };
}

export function sentenceText(sentence: ReadSentence): Text {
	const { about, key, count, text = "…", line, unit = "line" } = sentence;
	const row = (about === "error" ? ERRORS[key] : SENTENCES[key]) ?? [key, key];
	const plain = textOf(row, [counted(count), text]);
	if (about !== "error" || WHOLE.includes(key)) return plain;
	if (line !== undefined) return textOf(UNITS[unit], [line, plain]);
	return count === undefined ? plain : textOf(MORE, [counted(count), plain]);
}

/** The sentence of the whole import: '29,942 lights; 3,456 ... left out; power unknown'. */
export function accountText(read: readonly ReadSentence[]): Text {
	const texts = read.filter(({ about }) => about !== "error").map(sentenceText);
	return {
		en: texts.map(({ en }) => en).join("; "),
		fr: texts.map(({ fr }) => fr).join(" ; "),
	};
}
