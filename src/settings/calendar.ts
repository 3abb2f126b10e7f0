/**
 * Calendar: the settings of the plan: programs, days, and the place and zone that define a night.
 *
 * One section of the table: calendar.
 */
import { choice, number, validated } from "./kinds.js";

/** Longest program that the parser accepts (lighting/program.ts), characters. */
const PROGRAM_MAX = 320;
/** Longest named program, calendar and list of holidays, characters: each fits a console line ... */
const NAMED_MAX = 180;
/** ... and the section fits the JSON reader of the store (json.ts), all of them at their longest. */
const RULES_MAX = 255;
/** Minutes. A relight that lasts longer is always worth its start. */
const MINIMUM_LIGHTS_ON_MAX = 180;
const NAMED_PROGRAM = validated("namedProgram", "", NAMED_MAX, [
	"Another program that the calendar may name, as NAME: POINTS; empty: none.",
	"Autre programme que le calendrier peut nommer, de la forme NOM:POINTS ; vide : aucun.",
]);

/** Longest zone that the parser accepts (time/zonetext.ts), characters. */
const ZONE_MAX = 64;
/** 11 m on the ground: far finer than the sun's times require. */
const DEGREE_STEP = 0.0001;

export const CALENDAR = Object.freeze({
	program: validated(
		"program",
		"sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0",
		PROGRAM_MAX,
		[
			"Program of a night, noon to noon: points by clock or sun, level or class, effect of presence.",
			"Programme d'une nuit, de midi à midi : heure ou soleil, niveau ou classe, effet de présence.",
		],
	),
	program2: NAMED_PROGRAM,
	program3: NAMED_PROGRAM,
	program4: NAMED_PROGRAM,
	calendar: validated("calendar", "", RULES_MAX, [
		"Tonight's program, by DAYS: NAME; ... in order of priority; otherwise the unnamed program.",
		"Programme de la nuit, par JOURS:NOM;... par ordre de priorité ; sinon le programme sans nom.",
	]),
	/** The ten legal holidays of Belgium, as the default zone and place. */
	holidays: validated(
		"holidays",
		"01-01,easter+1,05-01,easter+39,easter+50,07-21,08-15,11-01,11-11,12-25",
		RULES_MAX,
		[
			"The days that the calendar names holiday; the day before each is eve.",
			"Les jours que le calendrier nomme holiday ; la veille de chacun est eve.",
		],
	),
	presenceDuringLightsOut: choice(["light", "ignore"], "light", [
		"Whether sensors raise the light during lights out by program.",
		"Pendant l'extinction par programme, les capteurs relèvent le niveau (light) ou non (ignore).",
	]),
	minimumLightsOn: number(
		"min",
		0,
		[0, MINIMUM_LIGHTS_ON_MAX, 1],
		[
			"After lights out, no relight that would be shorter than this; 0: always relight.",
			"Après une extinction, aucun rallumage plus court que cette durée ; 0 : toujours rallumer.",
		],
	),
	zone: validated("zone", "CET-1CEST,M3.5.0,M10.5.0/3", ZONE_MAX, [
		"Rule from UTC to local time, as a POSIX TZ string.",
		"Passage de l'UTC à l'heure locale, en chaîne TZ de POSIX.",
	]),
	latitude: number(
		"deg",
		50.63,
		[-90, 90, DEGREE_STEP],
		["Latitude of the lamp, degrees north.", "Latitude du luminaire, degrés nord."],
	),
	longitude: number(
		"deg",
		5.57,
		[-180, 180, DEGREE_STEP],
		["Longitude of the lamp, degrees east.", "Longitude du luminaire, degrés est."],
	),
	/**
	 * At -2 degrees a clear sky gives 69 lx and a heavily clouded one about 14 lx (as a clear one
	 * 1.5 degrees lower), still more than the mean of class P2. At -4 it would be 8 and 2 lx: too
	 * late.
	 */
	darkElevation: number(
		"deg",
		-2,
		[-6, 0, 0.1],
		[
			"Without a reliable photocell, it is dark while the sun's centre is below this elevation.",
			"Sans photocellule fiable, il fait nuit quand le centre du soleil est sous cette hauteur.",
		],
	),
});
