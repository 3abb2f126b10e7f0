/**
 * Power: the settings of the feeding, and the watts by which energy is modelled.
 *
 * One section of the table: power.
 */
import { choice, number } from "./kinds.js";

export const POWER = Object.freeze({
	/** A node on a switched feeder boots at dusk, knows no time, and is cut at dawn without warning. */
	supply: choice(["always", "switched"], "always", [
		"How the lamp is fed: always, or switched at the cabinet, from dusk to dawn alone.",
		"Alimentation de la lampe: permanente (always) ou coupée le jour à l'armoire (switched).",
	]),
	ledPower_W: number(
		"W",
		37,
		[1, 1000, 0.1],
		[
			"Power of the luminaire at 100 %, by its data sheet.",
			"Puissance du luminaire à 100 %, selon sa fiche.",
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
		[0, 1000, 0.1],
		[
			"Power of the lamp it replaced, ballast included: sodium 70/100/150/250 W draw 83/118/173/277 W.",
			"Puissance de la lampe remplacée, ballast compris: sodium 70/100/150/250 W: 83/118/173/277 W.",
		],
	),
});
