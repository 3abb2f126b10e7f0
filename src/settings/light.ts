/**
 * Light: the settings that say which lamp it is and how it shines.
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
	type Words,
} from "./kinds.js";

/** A topic level: `{site}`, `{node}` and `{group}` of the broker contract. */
const NAME_LENGTH = [0, 32] as const;
export const IDENTITY = Object.freeze({
	site: text("name", "", NAME_LENGTH, [
		"Site the lamp belongs to, the first level of its topics; empty: not assigned yet.",
		"Site auquel la lampe appartient, premier niveau de ses sujets; vide: pas encore attribué.",
	]),
	node: text("name", "", NAME_LENGTH, [
		"Name of the lamp within its site; empty: its serial number.",
		"Nom de la lampe dans son site; vide: son numéro de série.",
	]),
	group: text("name", "", NAME_LENGTH, [
		"Group whose orders the lamp also takes; empty: none.",
		"Groupe dont la lampe suit aussi les ordres; vide: aucun.",
	]),
});

/** Per cent. Whatever is set, a lamp that should shine does: out is for programs and orders to say. */
const LEAST_FULL = 10;

/** What luminaires are designed for, in lx or cd/m2; brighter is a stadium. */
const MEAN_RANGE = [0, 200, 0.01] as const;

export const LIGHT = Object.freeze({
	/** The means of the classes stand in classes.ts. */
	fullClass: choice(CLASS_CHOICES, "percent", [
		"Class of the full street (EN 13201-2), by installedMean; percent: fullLevel as it is.",
		"Classe pleine de la rue (EN 13201-2), par installedMean; percent: fullLevel tel quel.",
	]),
	floorClass: choice(CLASS_CHOICES, "percent", [
		"Class kept while it is dark, of the kind of fullClass; percent: floorLevel as it is.",
		"Classe gardée la nuit, de la sorte de fullClass; percent: floorLevel tel quel.",
	]),
	installedMean: number("", 0, MEAN_RANGE, [
		"Maintained mean at 100 %, by the design: lx for P and C classes, cd/m2 for M; 0: unknown.",
		"Moyenne maintenue à 100 %, selon l'étude: lx pour P et C, cd/m2 pour M; 0: inconnue.",
	]),
	fullLevel: lit(100, [
		"Full level where fullClass is percent; protected lamps and emergencies shine with it.",
		"Niveau plein si fullClass est percent; celui des lampes protégées et des urgences.",
	]),
	floorLevel: percent(
		20,
		[
			"Least level while it is dark, whatever asks for less.",
			"Niveau minimal tant qu'il fait nuit, quoi qui demande moins.",
		],
		[
			"Below the class that the street must keep at night people stumble; 0 lets the lamp go out.",
			"Sous la classe exigée la nuit, on trébuche; 0 laisse la lampe s'éteindre.",
		],
	),
	maxLevel: lit(100, [
		"Greatest level, whatever asks for more; not below the floor.",
		"Niveau maximal, quoi qui demande plus; pas sous le minimum.",
	]),
	lightProtected: flag(false, [
		"A crossing or a school: never below the full class while it is dark.",
		"Un passage ou une école: jamais sous la classe pleine tant qu'il fait nuit.",
	]),
	sensorEffect: choice(["max", "none"], "max", [
		"Whether presence raises the light (max) or is only counted (none), as M classes must.",
		"Si une présence relève la lumière (max) ou est seulement comptée (none), dû en classe M.",
	]),
	presenceLevel: percent(0, [
		"Level while someone is there; 0: that of the full class.",
		"Niveau tant que quelqu'un est là; 0: celui de la classe pleine.",
	]),
	lingerLevel: percent(60, [
		"Level after someone has left, before the program's own; brought down to presenceLevel.",
		"Niveau après un départ, avant celui du programme; ramené à presenceLevel.",
	]),
	hold: seconds(30, 5, 1800, [
		"How long a place counts as occupied after the last movement.",
		"Durée pendant laquelle le lieu reste occupé après le dernier mouvement.",
	]),
	linger: seconds(30, 0, 1800, [
		"How long lingerLevel shines after the hold; 0: not at all.",
		"Durée de lingerLevel après l'occupation; 0: pas du tout.",
	]),
	settleTime: seconds(30, 0, 300, [
		"How long the PIR takes to settle after power-on; until then someone may be there.",
		"Durée de stabilisation du PIR à la mise sous tension; d'ici là quelqu'un peut être là.",
	]),
	riseTime: number(
		"s",
		0.8,
		[0, 1, 0.1],
		[
			"Time of a rise from off to full; 1 s or less, or light comes after the walker.",
			"Durée d'une montée complète; 1 s au plus, sinon la lumière suit le passant.",
		],
	),
	fallTime: number(
		"s",
		10,
		[0, 600, 0.1],
		[
			"Time of a fall from full to off; 10 s or more, or it startles.",
			"Durée d'une descente complète; 10 s au moins, sinon elle surprend.",
		],
	),
	powerOnLevel: percent(100, [
		"Level at power-on, until the lamp knows better.",
		"Niveau à la mise sous tension, avant d'en savoir plus.",
	]),
	systemFailureLevel: lit(100, [
		"Level without valid settings or after a fault of the firmware; never for loss of network.",
		"Niveau sans réglages valides ou après une erreur interne; jamais pour perte de réseau.",
	]),
});

/** A level that may be lowered, but never to nothing. */
function lit(initial: number, meaning: Words): Row<NumberKind<"%">> {
	return number("%", initial, [LEAST_FULL, 100, 1], meaning);
}
