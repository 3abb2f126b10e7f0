/**
 * Power: the settings of feeding and driver, and the watts by which energy is modelled.
 *
 * One section of the table: power. How level, age and heat become a duty: lighting/output.ts.
 */
import { choice, judged, type NumberKind, number, type Row, text } from "./kinds.js";

/** Watts. The largest luminaires of motorways and squares draw less. */
const LARGEST = 1000;
/** As the broker contract's names. */
const FEEDER_LENGTH = [0, 32] as const;

/** Hours of operation that a counter or a data sheet may tell. */
const HOURS = [0, 500_000, 1] as const;
/** Of the text of a depreciation curve: clo.ts, MAX_POINTS of at most ten characters. */
const CURVE_MAX = 80;

export const POWER = Object.freeze({
	/** A node on a switched feeder boots at dusk, knows no time, and is cut at dawn without warning. */
	supply: choice(["always", "switched"], "always", [
		"How the lamp is fed: always, or switched at the cabinet, from dusk to dawn alone.",
		"Alimentation de la lampe: permanente (always) ou coupée le jour à l'armoire (switched).",
	]),
	feeder: text("name", "", FEEDER_LENGTH, [
		"Cabinet or circuit that feeds the lamp, told with its events; empty: not told.",
		"Armoire ou circuit qui alimente la lampe, dit avec ses événements; vide: non dit.",
	]),
	ledPower_W: number(
		"W",
		37,
		[1, LARGEST, 0.1],
		[
			"Power of the luminaire at 100 %, by its data sheet.",
			"Puissance du luminaire à 100 %, selon sa fiche.",
		],
	),
	ledPower50_W: point(50),
	ledPower25_W: point(25),
	ledPower10_W: point(10),
	powerTolerance: number(
		"%",
		10,
		[1, 50, 1],
		[
			"How far the true power may lie from these figures; told as the uncertainty of the energy.",
			"Écart possible entre la puissance réelle et ces chiffres; indiqué comme incertitude de l'énergie.",
		],
		[
			"A data sheet allows 10 % and more; 3 % is fair where each point was measured.",
			"Une fiche admet 10 % et plus; 3 % convient si chaque point a été mesuré.",
		],
	),
	standbyPower_W: number(
		"W",
		0.5,
		[0, 20, 0.1],
		[
			"Power of driver and controller while the lamp is off.",
			"Puissance du driver et du contrôleur lampe éteinte.",
		],
	),
	/** Default: sodium 70 W with ballast. */
	oldLampPower_W: number(
		"W",
		83,
		[0, LARGEST, 0.1],
		[
			"Power of the lamp it replaced, ballast included: sodium 70/100/150/250 W draw 83/118/173/277 W.",
			"Puissance de la lampe remplacée, ballast compris: sodium 70/100/150/250 W: 83/118/173/277 W.",
		],
	),
	virtualLightOutput: number(
		"%",
		100,
		[10, 100, 1],
		[
			"What 100 % of the settings is, of the driver's output: a luminaire stronger than needed.",
			"Ce que vaut 100 % des réglages, de la sortie du driver: un luminaire trop puissant.",
		],
	),
	cleaningFactor: number(
		"%",
		100,
		[50, 100, 1],
		[
			"What a luminaire needs just after cleaning, of what it needs when it is due; 100: no use of it.",
			"Ce qu'il faut après nettoyage, de ce qu'il faut juste avant le suivant; 100: non utilisé.",
		],
	),
	/** Four years of 4,000 h. */
	cleaningPeriod: number("h", 16_000, HOURS, [
		"Operating hours from one cleaning to the next.",
		"Heures de fonctionnement d'un nettoyage au suivant.",
	]),
	cleanedAt: number("h", 0, HOURS, [
		"Operating hours that the lamp had counted at the last cleaning.",
		"Heures de fonctionnement que la lampe comptait au dernier nettoyage.",
	]),
	depreciation: judged("depreciation", "", CURVE_MAX, [
		"Curve of the LEDs for constant light output, e.g. 0 100; 50000 90; 100000 80; empty: none.",
		"Courbe des LED pour le flux constant, p. ex. 0 100; 50000 90; 100000 80; vide: aucun.",
	]),
	hoursBefore: number("h", 0, HOURS, [
		"Hours the LEDs had burnt before this controller counted.",
		"Heures de service des LED avant que ce contrôleur ne compte.",
	]),
	minimumDuty: number(
		"%",
		0,
		[0, 50, 0.1],
		[
			"Least input at which the driver shines steadily, by calibration; 0: any.",
			"Entrée minimale à laquelle le driver éclaire sans faillir, par étalonnage; 0: toute.",
		],
	),
	dimmerPolarity: choice(["normal", "inverted"], "normal", [
		"Sense of the dimmer's output; inverted: full input is dark, as behind an opto-coupler.",
		"Sens de la sortie du gradateur; inverted: plein signal éteint, comme par optocoupleur.",
	]),
	deratingStart: number(
		"C",
		75,
		[40, 110, 1],
		[
			"Temperature of the housing above which the output is held back.",
			"Température du boîtier au-dessus de laquelle la sortie est réduite.",
		],
	),
	deratingLevel: number(
		"%",
		50,
		[10, 100, 1],
		[
			"What is left of the driver's output 15 K above deratingStart and beyond.",
			"Ce qui reste de la sortie du driver 15 K au-dessus de deratingStart et au-delà.",
		],
	),
});

/** A point of the power curve. */
function point(level: number): Row<NumberKind<"W">> {
	return number(
		"W",
		0,
		[0, LARGEST, 0.1],
		[
			`Power of the luminaire at ${level} %, if it is known; 0: it is not, and the curve goes straight past.`,
			`Puissance du luminaire à ${level} %, si elle est connue; 0: inconnue, la courbe passe tout droit.`,
		],
	);
}
