/**
 * Calendar: the settings of the plan: programs, days, and what makes a night of a place.
 *
 * One section of the table: calendar.
 */
import { choice, judged, number } from "./kinds.js";

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

export const CALENDAR = Object.freeze({
	program: judged("program", "sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0", PROGRAM_MAX, [
		"Plan of a night, noon to noon: points by clock or sun, each with a level and what presence does.",
		"Plan d'une nuit, de midi à midi: points par heure ou soleil, avec niveau et effet de présence.",
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
