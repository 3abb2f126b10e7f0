/**
 * Power: the settings of the feeding, and the watts by which energy is modelled.
 *
 * One section of the table: power.
 */
import { choice, type NumberKind, number, type Row, text } from "./kinds.js";

/** Watts. The largest luminaires of motorways and squares draw less. */
const LARGEST = 1000;
/** As the broker contract's names. */
const FEEDER_LENGTH = [0, 32] as const;

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
