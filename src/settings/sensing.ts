/**
 * Sensing: the settings of the sensors.
 *
 * One section of the table: sensing.
 */
import { choice, flag, number, seconds } from "./kinds.js";

export const SENSING = Object.freeze({
	photocell: flag(true, ["Whether a light sensor is fitted.", "Un capteur de lumière est monté."]),
	/**
	 * A clear sky gives 278 lx at sunset, 69 lx with the sun at -2 deg and 8 lx at -4 deg (rooftop
	 * measurements, median of a week). 35 lx comes a little before -3 deg, when one begins to see badly
	 * under trees; 70 lx is twice that, and far above what a street lamp throws upwards (a P1 road has
	 * 15 lx on the ground). Cloud passes in minutes and dusk falls by a third each minute at most: 30 s
	 * lose nothing. Headlights and a lorry's beacon stay for a minute or so: 120 s outwait them.
	 */
	onLevel: number(
		"lx",
		35,
		[1, 500, 1],
		[
			"Night begins below this illuminance; less than offLevel.",
			"La nuit commence sous cet éclairement ; inférieur à offLevel.",
		],
	),
	offLevel: number(
		"lx",
		70,
		[2, 1000, 1],
		[
			"Day begins at this illuminance; well above the lamp's own light on its sensor.",
			"Le jour commence à cet éclairement ; bien au-dessus de la lumière du luminaire sur son capteur.",
		],
	),
	onDelay: seconds(30, 0, 600, ["Required time below onLevel.", "Durée requise sous onLevel."]),
	offDelay: seconds(120, 0, 600, [
		"Required time at offLevel or above: longer than headlights last.",
		"Durée requise à offLevel ou plus : plus que le passage de phares.",
	]),
	pirFitted: flag(true, [
		"Whether a movement sensor is fitted; without one the program alone decides.",
		"Un détecteur de mouvement est monté ; sans lui, le programme décide seul.",
	]),
	/** Of a lamp on a bus (docs/dali.md). */
	lowerSensor: choice(["none", "beside", "instead"], "none", [
		"DALI-2 sensor in the lower socket of the luminaire: none, beside those of this controller, or instead.",
		"Capteur DALI-2 dans l'embase inférieure du luminaire : aucun, avec ceux du contrôleur, ou à leur place.",
	]),
	/** Part 304 gives a share of the largest value; the lux of that are the maker's. */
	lowerSensorLux: number(
		"lx",
		0,
		[0, 100_000, 1],
		[
			"Illuminance at the largest value of that sensor, by its maker; 0: its light is not used.",
			"Éclairement à la plus grande valeur de ce capteur, selon le fabricant ; 0 : sa lumière n'est pas utilisée.",
		],
	),
	/**
	 * In a second without light a pedestrian walks a step and a half, a car drives eleven metres.
	 */
	clearToBusy: number(
		"s",
		0,
		[0, 5, 0.1],
		[
			"Duration of movement before a vacant place counts as occupied.",
			"Durée du mouvement avant qu'un lieu vide ne compte comme occupé.",
		],
		[
			"The light is delayed by this time: above 0.2 s it no longer comes within 1.2 s of the movement.",
			"La lumière est retardée d'autant : au-delà de 0,2 s, elle n'arrive plus dans les 1,2 s.",
		],
	),
	/**
	 * Two nights and two days; on a switched feeder, with some 14 h of power a night, four nights.
	 */
	pirSilentAfter: number(
		"h",
		48,
		[12, 720, 1],
		[
			"A movement sensor without movement for so long, with power, is unreliable: full class.",
			"Un détecteur alimenté sans mouvement si longtemps n'est plus fiable : classe pleine.",
		],
		[
			"Raise it if the place stays empty for days. A failed sensor is then detected later.",
			"À augmenter si le lieu reste désert plusieurs jours. Une panne du détecteur est alors signalée plus tard.",
		],
	),
	/** A pedestrian crosses a cone in about ten seconds and may trigger it twice. */
	trafficDeadTime: seconds(5, 0, 600, [
		"A movement within this time of the last one counts as the same road user.",
		"Un mouvement dans ce délai après le précédent compte comme le même usager.",
	]),
	/** Below 3 a count could reveal when one resident came home: it can only be made coarser. */
	trafficK: number(
		"",
		3,
		[3, 100, 1],
		[
			"Smaller counts are not reported, but added to the next interval.",
			"Les comptages plus petits ne sont pas transmis, mais ajoutés à l'intervalle suivant.",
		],
	),
	/** Least response above the noise: monitor/response.ts. */
	lampResponse: number(
		"lx",
		0,
		[0, 200, 0.1],
		[
			"Measured rise at the lamp's own sensor by its light at 100 % at night; below 4 no failure is inferred.",
			"Hausse mesurée de nuit au capteur par la lumière du luminaire à 100 % ; sous 4, pas de panne déduite.",
		],
	),
});
