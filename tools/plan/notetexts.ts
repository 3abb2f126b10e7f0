/**
 * Note texts: the sentences of the lint's rules, English and French; `{0}` is the first value.
 */
export const NOTES = Object.freeze({
	zoneLongitude: [
		"zone is {0} h from UTC, which does not fit longitude {1}: check zone and sign",
		"zone est à {0} h de l'UTC, ce qui ne correspond pas à la longitude {1} : vérifier zone et signe",
	],
	swappedCoordinates: [
		"latitude {0} and longitude {1} fit the zone only if exchanged",
		"latitude {0} et longitude {1} ne conviennent au fuseau qu'échangées",
	],
	wideSpacing: [
		"poles stand {0} m apart: lights of neighbours hardly meet, check poleSpacing",
		"les mâts sont à {0} m : leurs lumières se touchent à peine, vérifier poleSpacing",
	],
	overClass: [
		"point {0} gives more than the design: at most {1} for the full class",
		"le point {0} dépasse l'étude : au plus {1} pour la classe pleine",
	],
	unknownClass: [
		"point {0} names a class without a known level: full level applies; set installedMean and classes of one kind",
		"le point {0} nomme une classe de niveau inconnu : niveau plein ; régler installedMean et des classes d'un même type",
	],
	uncountedTraffic: [
		"point {0}: always the full class; traffic needs fullClass, and on P and C a movement sensor",
		"point {0} : toujours la classe pleine ; traffic exige fullClass et, en P ou C, un détecteur de mouvement",
	],
	presenceBelowFloor: [
		"presence lights to {0}, not above the floor of {1}: it has no effect",
		"la présence éclaire à {0}, pas au-dessus du plancher de {1} : elle n'a pas d'effet",
	],
	floorByClass: [
		"floorLevel {0} has no effect: the floor is that of floorClass {1}",
		"floorLevel {0} est sans effet : le plancher est celui de floorClass {1}",
	],
	darkFloor: [
		"floorLevel 0: the lamp may go out while it is dark",
		"floorLevel 0 : le luminaire peut s'éteindre alors qu'il fait nuit",
	],
	deepFloor: [
		"the floor, {0}, is below {1}, two classes under the full one: an engineer decides that for the street, by the parameters of place and hour that change at night",
		"le plancher, {0}, est sous {1}, deux classes sous la pleine : un ingénieur en décide pour la rue, d'après les paramètres de lieu et d'heure qui changent la nuit",
	],
	standbyAbovePower: [
		"standby of {0} W is as much as the lamp at 10 % ({1} W): check the unit",
		"la veille de {0} W vaut le luminaire à 10 % ({1} W) : vérifier l'unité",
	],
	neverFits: [
		"rule {0} fits no night until 2069",
		"la règle {0} ne convient à aucune nuit avant 2070",
	],
	shadowed: [
		"rule {0} has no night left: rules before it take them all",
		"la règle {0} n'a plus de nuit : les règles précédentes les prennent toutes",
	],
	unusedProgram: [
		"program {0} is named by no rule of the calendar",
		"le programme {0} n'est nommé par aucune règle du calendrier",
	],
	unevenBubble: [
		"lamps lit one by one change the uniformity of {0} from pole to pole; neighbourMode row raises them together",
		"des luminaires allumés un à un changent l'uniformité de {0} d'un mât à l'autre ; neighbourMode row les fait monter ensemble",
	],
} as const);

/** The rule of a note. */
export type LintRule = keyof typeof NOTES;
