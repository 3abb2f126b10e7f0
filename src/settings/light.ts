/**
 * Light: the settings of the lamp's names and of its levels.
 *
 * Two sections of the table: identity, light.
 */
import { CLASS_CHOICES } from "./classes.js";
import {
	choice,
	flag,
	type NumberKind,
	number,
	percent,
	type Row,
	seconds,
	text,
} from "./kinds.js";
import type { Words } from "./sentences.js";

/** A topic level: `{site}`, `{node}` and `{group}` of the broker contract. */
const NAME_LENGTH = [0, 32] as const;
export const IDENTITY = Object.freeze({
	site: text("name", "", NAME_LENGTH, [
		"Site of the lamp, the first level of its topics; empty: not assigned yet.",
		"Site du luminaire, premier niveau de ses sujets ; vide : pas encore attribué.",
	]),
	node: text("name", "", NAME_LENGTH, [
		"Name of the lamp within its site; empty: its serial number.",
		"Nom du luminaire dans son site ; vide : son numéro de série.",
	]),
	group: text("name", "", NAME_LENGTH, [
		"Group whose orders the lamp also accepts; empty: none.",
		"Groupe dont le luminaire accepte aussi les ordres ; vide : aucun.",
	]),
});

/**
 * Per cent. No setting can darken a lamp that should be lit: only programs and orders switch it
 * off.
 */
const LEAST_FULL = 10;

/** Range of street designs, in lx or cd/m2; a higher mean is that of a stadium. */
const MEAN_RANGE = [0, 200, 0.01] as const;

/** Rows of places.ts. */
const PLACES = Object.freeze([
	"none",
	"residential",
	"shopping",
	"school",
	"crossing",
	"park",
	"square",
	"throughRoad",
	"darkCorridor",
] as const);

export const LIGHT = Object.freeze({
	place: choice(PLACES, "none", [
		"Kind of place; set at the console, it sets classes, hold, program and calendar of the kind.",
		"Type de lieu ; saisi à la console, il fixe classes, hold, programme et calendrier du type.",
	]),
	/** Means of the classes: classes.ts. */
	fullClass: choice(CLASS_CHOICES, "percent", [
		"Full lighting class (EN 13201-2), by installedMean; percent: fullLevel applies.",
		"Classe d'éclairage pleine (EN 13201-2), par installedMean ; percent : fullLevel s'applique.",
	]),
	floorClass: choice(CLASS_CHOICES, "percent", [
		"Least class while it is dark, of the kind of fullClass; percent: floorLevel applies.",
		"Classe minimale la nuit, du même type que fullClass ; percent : floorLevel s'applique.",
	]),
	installedMean: number("", 0, MEAN_RANGE, [
		"Maintained mean at 100 %, by the design: lx for P and C classes, cd/m2 for M; 0: unknown.",
		"Moyenne maintenue à 100 %, selon l'étude : lx pour P et C, cd/m2 pour M ; 0 : inconnue.",
	]),
	fullLevel: lit(100, [
		"Full level if fullClass is percent; also that of protected lamps and emergencies.",
		"Niveau plein si fullClass est percent ; aussi celui des luminaires protégés et des urgences.",
	]),
	floorLevel: percent(
		20,
		[
			"Least level while it is dark, even if another request is lower.",
			"Niveau minimal tant qu'il fait nuit, même si autre chose demande moins.",
		],
		[
			"Below the class required at night, people stumble; 0 permits the lamp to go out.",
			"Sous la classe exigée la nuit, on trébuche ; 0 permet l'extinction du luminaire.",
		],
	),
	maxLevel: lit(100, [
		"Maximum level, even if another request is higher; not below the floor.",
		"Niveau maximal, même si autre chose demande plus ; pas sous le plancher.",
	]),
	lightProtected: flag(false, [
		"Crossing or school: never below the full class while it is dark.",
		"Passage ou école : jamais sous la classe pleine tant qu'il fait nuit.",
	]),
	sensorEffect: choice(["max", "none"], "max", [
		"Presence raises the light (max) or is only counted (none), as required for M classes.",
		"Une présence relève le niveau (max) ou est seulement comptée (none), comme requis en classe M.",
	]),
	presenceLevel: percent(0, [
		"Level while occupied; 0: that of the full class.",
		"Niveau en présence ; 0 : celui de la classe pleine.",
	]),
	lingerLevel: percent(60, [
		"Level after the hold, before the program's own; limited to presenceLevel.",
		"Niveau après la temporisation, avant celui du programme ; limité à presenceLevel.",
	]),
	hold: seconds(30, 5, 1800, [
		"Time for which the place counts as occupied after the last movement.",
		"Temporisation : durée de la présence après le dernier mouvement.",
	]),
	linger: seconds(30, 0, 1800, [
		"Duration of lingerLevel after the hold; 0: not at all.",
		"Durée de lingerLevel après la temporisation ; 0 : pas du tout.",
	]),
	settleTime: seconds(30, 0, 300, [
		"Settling time of the PIR after power-on; until then the place counts as occupied.",
		"Durée de stabilisation du PIR à la mise sous tension ; d'ici là, présence supposée.",
	]),
	riseTime: number(
		"s",
		0.8,
		[0, 1, 0.1],
		[
			"Time of a rise, small or large; at most 1 s, or light comes after the pedestrian.",
			"Durée d'une montée, petite ou grande ; 1 s au plus, sinon la lumière arrive après le passant.",
		],
	),
	fallTime: number(
		"s",
		10,
		[0, 600, 0.1],
		[
			"Time of a fall, small or large; use 10 s or more, a faster fall startles.",
			"Durée d'une descente, petite ou grande ; prévoir 10 s ou plus : plus rapide, elle surprend.",
		],
	),
	systemFailureLevel: lit(100, [
		"Level after an internal error, until the next decision; not for loss of network.",
		"Niveau après une erreur interne, jusqu'à la décision suivante ; pas si le réseau est perdu.",
	]),
});

/** A level that may be lowered, but not below LEAST_FULL. */
function lit(initial: number, meaning: Words): Row<NumberKind<"%">> {
	return number("%", initial, [LEAST_FULL, 100, 1], meaning);
}
