/** Words: the texts of the printed report, in English and French. */

import { decimalsOf, threeDigits } from "../../lib/lightingoptions/range.js";
import { filled, type Parts } from "../../lib/text/filled.js";

export type Language = "en" | "fr";

const EN = {
	title: "Report of a simulated street",
	lead: "{lamps}, {from} to {until} ({zone}). Every lamp ran the firmware; sky, traffic and lamps are simulated.",
	oneLamp: "1 lamp",
	manyLamps: "{lamps} lamps",
	running: "The run goes on; these are its figures so far.",
	energy: "Energy",
	energyWhat: "Energy of all lamps over the whole time",
	option: "Option",
	kWh: "kWh",
	ofOld: "of the old lamps",
	kind: "Kind",
	these: "These lamps, as they ran",
	old: "Old lamps: sodium 70 W with ballast, 83 W",
	unlitUsers: "passages without light",
	simulated: "simulated",
	played: "played",
	modelled: "modelled",
	reported: "reported",
	bill: "Modelled energy is not a bill: power follows the PWM by a model (docs/energy.md), 37.5 W at full and 0.5 W dark with a controller, 37 W and nothing by day without one; no luminaire was metered. Played: the same sky and traffic, without machines.",
	money: "Not spent against the old lamps: {saved}, at {price} per kWh, the price you gave.",
	lit: "Light by cause",
	litWhat: "Energy and lamp-hours of light by the cause that the lamp indicated",
	cause: "Cause",
	lampHours: "Lamp-hours lit",
	share: "Share",
	below: "Less than full class for someone",
	belowText:
		"Persons were under a lamp at night for {all} in all; for {below} of it, {share}, that lamp gave less than its full class. Weighted by the missing light: {missing}.",
	belowNone: "Nobody was under a lamp at night.",
	belowHow:
		"Counted in the world, whether or not a sensor detected the person; the space between the sensors' cones is not counted.",
	field: "Light between the poles",
	fieldWhat:
		"Means over all fields between two lamps and all minutes of the night, grid of EN 13201-3",
	fieldNight: "At night",
	fieldAlone: "One lamp at the full class, dimmer ones around it",
	fieldMean: "mean, lx",
	fieldMin: "minimum, lx",
	fieldU0: "uniformity",
	fieldFull: "full class met",
	fieldFloor: "floor class met",
	fieldRequired: "required class met",
	fieldHow:
		"From the PWM by a built-in road optic that is scaled to the installed mean; shares of the minutes of all fields. Required: the class of the program, and that of presence while someone is between the two poles.",
	fieldLuminance:
		"From the PWM by a built-in road optic that is scaled to the installed mean. M classes are defined by luminance: lux without a judgement.",
	fieldPlot: "Mean (bar) and minimum (line) between the poles by hour, lx",
	faults: "Faults, and how soon they were found",
	faultsNone: "No fault occurred.",
	fault: "Fault",
	where: "Where",
	began: "Began",
	ended: "Ended",
	found: "Found after",
	stands: "stands",
	notFound: "not reported",
	noReport: "no lamp reports this",
	street: "whole street",
	lamp: "lamp {lamp}",
	traffic: "Road users by hour",
	inAll: "{all} in all",
	checks: "Checks",
	checksOk: "All {count} checks of the simulator were kept.",
	checksNot: "Not kept: {names}.",
	power: "Power by cause, W, under the old lamps (simulated)",
	light: "Light of each lamp, from dark to full (simulated)",
	plotOf: "the last two nights",
	repeat: "To repeat this run",
	seed: "seed {seed}",
	made: "luminode {version}; the figures are those of --summary, rounded to three digits.",
	handMade: "Road users that were put down by hand are not in the command.",
	print: "Print",
	pedestrian: "on foot",
	bicycle: "bicycles",
	car: "cars",
	none: "off",
	default: "default",
	program: "program",
	presence: "presence",
	neighbours: "neighbours",
	doubt: "doubt",
	order: "order",
	emergency: "emergency",
	mean: "Mean level at night: {mean}. Length of the night: {dark}.",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
	title: "Rapport d'une rue simulée",
	lead: "{lamps}, du {from} au {until} ({zone}). Chaque luminaire exécutait le micrologiciel ; ciel, trafic et luminaires sont simulés.",
	oneLamp: "1 luminaire",
	manyLamps: "{lamps} luminaires",
	running: "La simulation continue ; voici ses chiffres jusqu'ici.",
	energy: "Énergie",
	energyWhat: "Énergie de tous les luminaires sur toute la durée",
	option: "Solution",
	kWh: "kWh",
	ofOld: "des anciens luminaires",
	kind: "Nature",
	these: "Ces luminaires, tels qu'ils ont fonctionné",
	old: "Anciens luminaires : sodium 70 W avec ballast, 83 W",
	unlitUsers: "passages sans lumière",
	simulated: "simulé",
	played: "joué",
	modelled: "modélisé",
	reported: "rapporté",
	bill: "Une énergie modélisée n'est pas une facture : la puissance suit le signal PWM selon un modèle (docs/energy.md), 37,5 W à plein et 0,5 W à l'arrêt avec contrôleur, 37 W et rien de jour sans lui ; aucun luminaire n'a été mesuré. Joué : mêmes ciel et trafic, sans machines.",
	money:
		"Non dépensés face aux anciens luminaires : {saved}, à {price} le kWh, le prix que vous avez donné.",
	lit: "Lumière par cause",
	litWhat: "Énergie et heures-luminaire d'éclairage selon la cause indiquée par le luminaire",
	cause: "Cause",
	lampHours: "Heures-luminaire",
	share: "Part",
	below: "Moins que la classe pleine pour quelqu'un",
	belowText:
		"Des personnes se trouvaient sous un luminaire, de nuit, pendant {all} au total ; pendant {below}, soit {share}, ce luminaire donnait moins que sa classe pleine. Pondéré par la lumière manquante : {missing}.",
	belowNone: "Personne ne se trouvait sous un luminaire de nuit.",
	belowHow:
		"Compté dans le monde, que la personne ait été détectée ou non ; l'espace entre les cônes des capteurs n'est pas compté.",
	field: "Éclairement entre les mâts",
	fieldWhat:
		"Moyennes sur tous les champs entre deux luminaires et toutes les minutes de nuit, maillage de l'EN 13201-3",
	fieldNight: "De nuit",
	fieldAlone: "Un luminaire à la pleine classe, les autres plus bas",
	fieldMean: "moyenne, lx",
	fieldMin: "minimum, lx",
	fieldU0: "uniformité",
	fieldFull: "pleine classe respectée",
	fieldFloor: "classe plancher respectée",
	fieldRequired: "classe exigée respectée",
	fieldHow:
		"À partir du signal PWM, par une optique routière intégrée et ramenée à la moyenne installée ; parts des minutes de tous les champs. Exigée : la classe du programme, et celle de la présence tant que quelqu'un se trouve entre les deux mâts.",
	fieldLuminance:
		"À partir du signal PWM, par une optique routière intégrée et ramenée à la moyenne installée. Les classes M sont définies par la luminance : des lux, sans jugement.",
	fieldPlot: "Moyenne (barre) et minimum (trait) entre les mâts par heure, lx",
	faults: "Les pannes, et le délai pour les trouver",
	faultsNone: "Aucune panne n'est survenue.",
	fault: "Panne",
	where: "Où",
	began: "Début",
	ended: "Fin",
	found: "Trouvée après",
	stands: "en cours",
	notFound: "non signalée",
	noReport: "aucun luminaire ne la signale",
	street: "toute la rue",
	lamp: "luminaire {lamp}",
	traffic: "Usagers par heure",
	inAll: "{all} en tout",
	checks: "Contrôles",
	checksOk: "Les {count} contrôles du simulateur ont été respectés.",
	checksNot: "Non respectés : {names}.",
	power: "Puissance par cause, W, sous celle des anciens luminaires (simulé)",
	light: "Lumière de chaque luminaire, de l'extinction à la pleine lumière (simulé)",
	plotOf: "les deux dernières nuits",
	repeat: "Pour refaire cette simulation",
	seed: "graine {seed}",
	made: "luminode {version} ; les chiffres sont ceux de --summary, arrondis à trois chiffres.",
	handMade: "Les usagers placés à la main ne figurent pas dans la commande.",
	print: "Imprimer",
	pedestrian: "à pied",
	bicycle: "vélos",
	car: "voitures",
	none: "éteint",
	default: "par défaut",
	program: "programme",
	presence: "présence",
	neighbours: "voisins",
	doubt: "doute",
	order: "ordre",
	emergency: "urgence",
	mean: "Niveau moyen de nuit : {mean}. Durée de la nuit : {dark}.",
};

export type Key = keyof typeof EN;
const WORDS: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en: EN, fr: FR };

/** Texts, numbers and times of one language and zone. */
export class ReportSpeech {
	readonly #locale: string;

	constructor(
		readonly language: Language,
		readonly zone: string,
	) {
		this.#locale = language === "en" ? "en-GB" : "fr-BE";
	}

	say(key: Key, parts: Parts = {}): string {
		return this.typeset(filled(WORDS[this.language][key], parts));
	}

	/** French has a space that does not break before `: ; ! ? %`. */
	typeset(text: string): string {
		return this.language === "fr" ? text.replace(/ (?=[:;!?%])/g, "\u00a0") : text;
	}

	/** The word for a name that comes from data; the name itself if there is none. */
	name(key: string): string {
		return Object.hasOwn(WORDS[this.language], key) ? WORDS[this.language][key as Key] : key;
	}

	number(value: number, decimals: number, unit = ""): string {
		const text = value.toLocaleString(this.language, {
			minimumFractionDigits: decimals,
			maximumFractionDigits: decimals,
		});
		return unit ? `${text}\u00a0${unit}` : text;
	}

	/** Three digits that count. */
	figure(value: number, unit = ""): string {
		return this.number(threeDigits(value), decimalsOf(value), unit);
	}

	span(seconds: number): string {
		if (seconds < 120) return this.number(seconds, seconds < 10 ? 1 : 0, "s");
		if (seconds < 7_200) return this.number(seconds / 60, 0, "min");
		return this.number(seconds / 3_600, 1, "h");
	}

	moment(utc: number): string {
		return new Date(utc).toLocaleString(this.#locale, {
			timeZone: this.zone,
			day: "numeric",
			month: "short",
			year: "numeric",
			hour: "2-digit",
			minute: "2-digit",
		});
	}

	hour(utc: number): string {
		return this.time(utc).slice(0, 2);
	}

	/** Hours and minutes. */
	time(utc: number): string {
		return new Date(utc).toLocaleTimeString(this.#locale, { timeZone: this.zone }).slice(0, 5);
	}
}
