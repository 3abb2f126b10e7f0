/**
 * Light: the settings that say which lamp it is and how it shines.
 *
 * Two sections of the table: identity, light.
 */
import {
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

export const LIGHT = Object.freeze({
	fullLevel: lit(100, [
		"Level of the street's full class; protected lamps and emergencies shine with it.",
		"Niveau de la classe pleine de la rue; celui des lampes protégées et des urgences.",
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
	presenceLevel: percent(100, [
		"Level while someone is there.",
		"Niveau tant que quelqu'un est là.",
	]),
	lingerLevel: percent(60, [
		"Level after someone has left, before the program's own; not above presenceLevel.",
		"Niveau après un départ, avant celui du programme; pas au-dessus de presenceLevel.",
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
		[0, 5, 0.1],
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
