/**
 * Power: the settings of supply and driver, and the power curve of the energy model.
 *
 * One section of the table: power. From level, age and heat to the duty: lighting/output.ts.
 */
import { choice, type NumberKind, number, type Row, text, validated } from "./kinds.js";

/** Watts: more than the largest luminaires of motorways and squares. */
const LARGEST = 1000;
/** As names in the broker contract. */
const FEEDER_LENGTH = [0, 32] as const;

/** Operating hours of a counter or a data sheet. */
const HOURS = [0, 500_000, 1] as const;
/** Characters of a depreciation curve: MAX_POINTS (clo.ts) of at most ten characters each. */
const CURVE_MAX = 80;

export const POWER = Object.freeze({
	/**
	 * On a switched feeder a node boots at dusk without a time and loses power at dawn without
	 * warning.
	 */
	supply: choice(["always", "switched"], "always", [
		"Supply of the lamp: permanent (always), or on from dusk to dawn only (switched at the cabinet).",
		"Alimentation du luminaire : permanente (always) ou coupée le jour à l'armoire (switched).",
	]),
	feeder: text("name", "", FEEDER_LENGTH, [
		"Cabinet or circuit that feeds the lamp, reported with its events; empty: not reported.",
		"Armoire ou circuit du luminaire, indiqué dans ses événements ; vide : non indiqué.",
	]),
	ledPower_W: number(
		"W",
		37,
		[1, LARGEST, 0.1],
		[
			"Power of the luminaire at 100 %, from its data sheet.",
			"Puissance du luminaire à 100 %, selon sa fiche technique.",
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
			"Deviation of the true power from these figures; reported as the uncertainty of the energy.",
			"Écart entre la puissance réelle et ces chiffres ; transmis comme incertitude de l'énergie.",
		],
		[
			"A data sheet permits 10 % and more; 3 % is realistic if each point was measured.",
			"Une fiche technique admet 10 % et plus ; 3 % convient si chaque point a été mesuré.",
		],
	),
	standbyPower_W: number(
		"W",
		0.5,
		[0, 20, 0.1],
		[
			"Power of driver and controller while the lamp is off.",
			"Puissance du driver et du contrôleur, luminaire éteint.",
		],
	),
	controllerPower_W: number(
		"W",
		0.5,
		[0, 20, 0.1],
		[
			"Power of the controller while the lamp is lit; 0: the luminaire's figures contain it.",
			"Puissance du contrôleur, luminaire allumé ; 0 : les chiffres du luminaire la contiennent.",
		],
	),
	/** Default: sodium, 70 W, with ballast. */
	oldLampPower_W: number(
		"W",
		83,
		[0, LARGEST, 0.1],
		[
			"Power of the replaced lamp with ballast: sodium 70/100/150/250 W take 83/118/173/277 W.",
			"Puissance du luminaire remplacé, ballast compris : sodium 70/100/150/250 W : 83/118/173/277 W.",
		],
	),
	baseline: choice(["oldLamp", "ledFull"], "oldLamp", [
		"Reference of the energy saved, whenever it is dark: the old lamp, or the LED at 100 %.",
		"Référence de l'énergie économisée, tant qu'il fait nuit : ancien luminaire ou LED à 100 %.",
	]),
	virtualLightOutput: number(
		"%",
		100,
		[10, 100, 1],
		[
			"Share of the driver's output that gives level 100 %, for an oversized luminaire.",
			"Part de la sortie du driver qui donne le niveau 100 %, pour un luminaire surdimensionné.",
		],
	),
	cleaningFactor: number(
		"%",
		100,
		[50, 100, 1],
		[
			"Drive needed just after cleaning, relative to just before the next one; 100: not used.",
			"Commande requise après un nettoyage, en part de celle d'avant le suivant ; 100 : non utilisé.",
		],
	),
	/** Four years of 4,000 h each. */
	cleaningPeriod: number("h", 16_000, HOURS, [
		"Operating hours from one cleaning to the next.",
		"Heures de fonctionnement entre deux nettoyages.",
	]),
	cleanedAt: number("h", 0, HOURS, [
		"Operating hours on the lamp's counter at the last cleaning.",
		"Heures de fonctionnement au compteur du luminaire lors du dernier nettoyage.",
	]),
	depreciation: validated("depreciation", "", CURVE_MAX, [
		"Curve of the LEDs for constant light output, e.g. 0 100; 50000 90; 100000 80; empty: none.",
		"Courbe des LED pour le flux constant, p. ex. « 0 100; 50000 90; 100000 80 » ; vide : aucune.",
	]),
	hoursBefore: number("h", 0, HOURS, [
		"Operating hours of the LEDs before this controller was fitted.",
		"Heures de fonctionnement des LED avant la pose de ce contrôleur.",
	]),
	minimumDuty: number(
		"%",
		0,
		[0, 50, 0.1],
		[
			"Least input at which the driver gives steady light, by calibration; 0: any.",
			"Entrée minimale à laquelle le driver éclaire de façon stable, par étalonnage ; 0 : sans limite.",
		],
	),
	/** Two, each with its LEDs, are as many as a luminaire of a street has. */
	drivers: number(
		"",
		1,
		[1, 2, 1],
		[
			"Drivers on the lamp's DALI bus; two are given addresses, and one missing is a fault.",
			"Drivers sur le bus DALI du luminaire ; deux reçoivent une adresse, et l'absence d'un est un défaut.",
		],
	),
	deratingStart: number(
		"C",
		75,
		[40, 110, 1],
		[
			"Temperature of the housing above which the output is reduced.",
			"Température du boîtier au-dessus de laquelle la sortie est réduite.",
		],
	),
	deratingLevel: number(
		"%",
		50,
		[10, 100, 1],
		[
			"Limit of the driver's output from 15 K above deratingStart on.",
			"Limite de la sortie du driver à partir de 15 K au-dessus de deratingStart.",
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
			`Power of the luminaire at ${level} %, if known; 0: unknown, see docs/energy.md.`,
			`Puissance du luminaire à ${level} %, si elle est connue ; 0 : inconnue, voir docs/energy.md.`,
		],
	);
}
