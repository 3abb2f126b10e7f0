/**
 * Sensing: the settings of the sensors.
 *
 * One section of the table: sensing.
 */
import { flag, number, seconds } from "./kinds.js";

export const SENSING = Object.freeze({
	photocell: flag(true, [
		"Whether a light sensor is fitted.",
		"Si un capteur de lumière est monté.",
	]),
	/** Thresholds and delays: the reasons stand in sensing/photocell.ts. */
	onLevel: number(
		"lx",
		35,
		[1, 500, 1],
		[
			"Below this illuminance night begins; less than offLevel.",
			"Sous cet éclairement la nuit commence; moins que offLevel.",
		],
	),
	offLevel: number(
		"lx",
		70,
		[2, 1000, 1],
		[
			"At this illuminance day begins; well above what the lamp throws on its own sensor.",
			"À cet éclairement le jour commence; bien plus que ce que la lampe envoie à son capteur.",
		],
	),
	onDelay: seconds(30, 0, 600, [
		"How long it must be below onLevel.",
		"Durée requise sous onLevel.",
	]),
	offDelay: seconds(120, 0, 600, [
		"How long it must be at offLevel or above: longer than headlights stay.",
		"Durée requise à offLevel ou plus: davantage que des phares.",
	]),
	/** A BH1750 reads 16 bits, 1.2 to the lux; a clear noon has 100,000. */
	lightSensorRange: number(
		"lx",
		54_612,
		[1000, 200_000, 1],
		[
			"End of the light sensor's range: a reading there says how bright it is at least.",
			"Fin de l'échelle du capteur de lumière: une lecture y dit un éclairement minimal.",
		],
	),
	pirFitted: flag(true, [
		"Whether a movement sensor is fitted; without one the program alone decides.",
		"Si un détecteur de mouvement est monté; sans lui le programme décide seul.",
	]),
	/** A second without light is a walker's step and a half, a car's eleven metres. */
	clearToBusy: number(
		"s",
		0,
		[0, 5, 0.1],
		[
			"How long movement must last before an empty place counts as occupied.",
			"Durée du mouvement avant qu'un lieu vide compte comme occupé.",
		],
		[
			"The light comes that much later: above 0.2 s no longer within 1.2 s of the movement.",
			"La lumière vient d'autant plus tard: au-delà de 0,2 s plus en moins de 1,2 s.",
		],
	),
	/** Two nights and two days; a switched feeder gives some 14 h a night, so four nights. */
	pirSilentAfter: number(
		"h",
		48,
		[12, 720, 1],
		[
			"A movement sensor that saw nobody for so long while it was fed is in doubt: full class.",
			"Un détecteur alimenté qui n'a vu personne si longtemps est douteux: pleine classe.",
		],
		[
			"Longer where nobody passes for days; a dead sensor is found no sooner.",
			"Plus long où nul ne passe pendant des jours; un détecteur mort n'est pas trouvé avant.",
		],
	),
	/** A walker crosses a cone in about ten seconds and may trip it twice. */
	trafficDeadTime: seconds(5, 0, 600, [
		"A movement this soon after the last one is the same road user.",
		"Un mouvement si tôt après le précédent est le même usager.",
	]),
	/** Below 3 a count could tell when one resident came home: it can only be made coarser. */
	trafficK: number(
		"",
		3,
		[3, 100, 1],
		[
			"Smaller counts are not reported but merged into the next interval.",
			"Les comptages plus petits ne sont pas rapportés mais joints à l'intervalle suivant.",
		],
	),
	/** The least that can be told from noise stands in monitor/response.ts. */
	lampResponse: number(
		"lx",
		0,
		[0, 200, 0.1],
		[
			"What the lamp at 100 % adds to its sensor at night, measured; below 4 no failure is inferred.",
			"Ce que la lampe à 100 % ajoute de nuit à son capteur, mesuré; sous 4 rien n'est déduit.",
		],
	),
});
