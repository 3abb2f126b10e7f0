/**
 * Light: the settings that say which lamp it is, how it shines and by what plan.
 *
 * Three sections of the table: identity, light, calendar.
 */
import {
	choice,
	flag,
	judged,
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
/** Longest program that the parser takes (lighting/program.ts). */
const PROGRAM_MAX = 320;
/**
 * Longest named program, calendar and list of holidays: what a line of the console holds beside
 * their `set`, and the section must stay below what the store's reader takes (json.ts).
 */
const RULES_MAX = 180;
/** A relight that burns for longer is worth its start whatever it costs. */
const MINIMUM_LIGHTS_ON_MAX = 180;
const NAMED_PROGRAM = judged("namedProgram", "", RULES_MAX, [
	"Another plan that the calendar may name, as NAME: POINTS; empty: none.",
	"Un autre plan que le calendrier peut nommer: NOM: POINTS; vide: aucun.",
]);

/** Longest zone that the parser takes (time/zonetext.ts). */
const ZONE_MAX = 64;
/** 11 m on the ground: far more than the sun asks for. */
const DEGREE_STEP = 0.0001;

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

export const CALENDAR = Object.freeze({
	program: judged("program", "sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0", PROGRAM_MAX, [
		"Plan of a night, noon to noon: switch points by the clock or by the sun, each with a level.",
		"Plan d'une nuit, de midi à midi: points par l'heure ou le soleil, chacun avec un niveau.",
	]),
	program2: NAMED_PROGRAM,
	program3: NAMED_PROGRAM,
	program4: NAMED_PROGRAM,
	calendar: judged("calendar", "", RULES_MAX, [
		"Which program tonight: DAYS: NAME; ... in order of priority; else the one without a name.",
		"Quel programme cette nuit: JOURS: NOM; ... par priorité; sinon celui sans nom.",
	]),
	/** The ten legal ones of Belgium: the default zone and place are there, too. */
	holidays: judged(
		"holidays",
		"01-01,easter+1,05-01,easter+39,easter+50,07-21,08-15,11-01,11-11,12-25",
		RULES_MAX,
		[
			"What the calendar calls holiday, and the evening before one eve.",
			"Les jours que le calendrier nomme holiday, et leur veille eve.",
		],
	),
	presenceDuringLightsOut: choice(["light", "ignore"], "light", [
		"Whether the sensors light while the program has the lights out.",
		"Si les capteurs allument pendant l'extinction prévue par le programme.",
	]),
	minimumLightsOn: number(
		"min",
		0,
		[0, MINIMUM_LIGHTS_ON_MAX, 1],
		[
			"After lights out: no relight for less than this before the burn ends; 0: always relight.",
			"Après une extinction: pas de rallumage pour moins que cela avant la fin; 0: toujours.",
		],
	),
	zone: judged("zone", "CET-1CEST,M3.5.0,M10.5.0/3", ZONE_MAX, [
		"Rule between UTC and the clock on the wall, as a POSIX TZ string.",
		"Règle entre UTC et l'heure locale, en chaîne TZ de POSIX.",
	]),
	latitude: number(
		"deg",
		50.63,
		[-90, 90, DEGREE_STEP],
		["Where the lamp stands, degrees north.", "Où se trouve la lampe, degrés nord."],
	),
	longitude: number(
		"deg",
		5.57,
		[-180, 180, DEGREE_STEP],
		["Where the lamp stands, degrees east.", "Où se trouve la lampe, degrés est."],
	),
	/**
	 * A clear sky gives 69 lx at -2 degrees, a heavy one what a clear one gives 1.5 degrees lower:
	 * about 14 lx, still more than the mean of class P2. At -4 it would be 8 and 2 lx: too late.
	 */
	darkElevation: number(
		"deg",
		-2,
		[-6, 0, 0.1],
		[
			"Where no photocell is trusted: it is dark while the sun's centre is below this elevation.",
			"Sans cellule fiable: il fait nuit quand le centre du soleil est sous cette hauteur.",
		],
	),
});

/** A level that may be lowered, but never to nothing. */
function lit(initial: number, meaning: Words): Row<NumberKind<"%">> {
	return number("%", initial, [LEAST_FULL, 100, 1], meaning);
}
