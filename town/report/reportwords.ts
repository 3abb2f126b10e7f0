/** Report words: the texts of the report of a decision about a town, in English and French. */
import type { Language } from "../../lib/text/bilingual.js";

const EN = {
	kicker: "Report of a decision",
	title: "How shall {town} be lit?",
	lead: "{lights} lights, the night of {date} ({zone}), played from {streets} simulated streets, for {types} typical streets; the year by the lamp's own forecast of each night. Simulated and modelled, not measured: energy, euros and road users have a range.",
	invented: "An invented commune: it shows how the report is made, and nothing about a real place.",
	maps: "The town by its lights at {time}",
	mapOf: "Map of the town by its lights at {time}: {option}, mean level {level}",
	level: "mean level of the lights {level}",
	savesLevel:
		"{ours} has a mean level of {own} while it is dark, the same LED dimmed by its driver, without a controller, {dimmed}, and your lighting today ({today}) {other}. No watts are known, so there are neither kWh nor euros",
	ten: "Ten years, thousands of € for the {lamps} lights whose watts are known",
	yearly: "thousands of € a year less than dimmed by the driver",
	invest: "thousands of € to invest",
	years: "years to pay back",
	never: "never",
	maybeNever: "or never",
	passages:
		"Off from 0 to 5, {unlit} passages of this night are without light ({ends}); with presence {ours}, with the LED dimmed by its driver none",
	noPassage: "none",
	roads:
		"On roads of an M class presence is not permitted, and its options take the hourly classes there: of the {all} hours below class of presence with neighbours, {roads} are on these roads.",
	options: "The options side by side",
	option: "Option",
	mean: "mean level",
	mwh: "MWh a year",
	euro: "€ a year",
	unlit: "passages without light, this night",
	dark: "hours without light, this night",
	below: "hours below class, this night",
	baseline: "compared",
	unknown: "unknown",
	districts: "District by district",
	district: "District",
	others: "{count} smaller districts",
	lights: "Lights",
	whole: "Whole town",
	offUnlit: "passages without light, off from 0 to 5",
	words: "What the figures are",
	played: "played: nights without controllers, by clock and sun, under the same sky",
	simulated: "simulated: nights with controllers, by the firmware in typical streets",
	modelled: "modelled: the year, by the lamp's own forecast of each night",
	assumed: "assumed: the year, modelled from watts that were entered",
	noPrice: "No price of a kWh with its date is given, so no euro is stated.",
	ranges:
		"Ranges: lamp {power} % either way, model {model} % either way, traffic half to twice. Hours without light follow sun and clock alone. Below class adds up the time of all road users under less than the full class, those without light included; it says nothing about safety.",
	sampling:
		"The lamps of a street take the night of its typical street. None of the ranges contains the error of this sampling (docs/town.md).",
	data: "Data and assumptions",
	mixedSame:
		"Mixed equals presence shared with neighbours here: no street is known to have fewer than three passages a night.",
	file: "In the file:",
	assumptions: "Assumed:",
	errors: "Lines with an error: {count}",
	repeat: "To repeat this report",
} as const;

const FR: Readonly<Record<keyof typeof EN, string>> = {
	kicker: "Rapport de décision",
	title: "Comment éclairer {town} ?",
	lead: "{lights} points lumineux, la nuit du {date} ({zone}), jouée d'après {streets} rues simulées, pour {types} rues types ; l'année selon la prévision que le luminaire fait de chaque nuit. Simulé et modélisé, non mesuré : énergie, euros et usagers ont une fourchette.",
	invented:
		"Une commune inventée : elle montre comment le rapport est fait, et rien d'un lieu réel.",
	maps: "La ville par ses points lumineux à {time}",
	mapOf: "Carte de la ville par ses points lumineux à {time} : {option}, niveau moyen {level}",
	level: "niveau moyen des points lumineux {level}",
	savesLevel:
		"{ours} : niveau moyen de {own} tant qu'il fait nuit ; la même LED graduée par son driver, sans contrôleur, {dimmed} ; votre éclairage actuel ({today}), {other}. Aucune puissance n'est connue, donc ni kWh ni euros",
	ten: "Dix ans, en milliers d'€ pour les {lamps} points lumineux de puissance connue",
	yearly: "milliers d'€ par an de moins qu'avec le driver",
	invest: "milliers d'€ à investir",
	years: "ans pour amortir",
	never: "jamais",
	maybeNever: "ou jamais",
	passages:
		"En extinction de 0 h à 5 h, {unlit} passages de cette nuit se font sans lumière ({ends}) ; avec la présence, {ours} ; avec la LED graduée par son driver, aucun",
	noPassage: "aucun",
	roads:
		"Sur les routes de classe M, la présence n'est pas admise, et ses solutions y prennent les classes horaires : des {all} heures sous la classe de la présence avec voisins, {roads} sont passées sur ces routes.",
	options: "Les solutions côte à côte",
	option: "Solution",
	mean: "niveau moyen",
	mwh: "MWh par an",
	euro: "€ par an",
	unlit: "passages sans lumière, cette nuit",
	dark: "heures sans lumière, cette nuit",
	below: "heures sous la classe, cette nuit",
	baseline: "référence",
	unknown: "inconnu",
	districts: "Quartier par quartier",
	district: "Quartier",
	others: "{count} quartiers plus petits",
	lights: "Points lumineux",
	whole: "Toute la ville",
	offUnlit: "passages sans lumière, extinction de 0 h à 5 h",
	words: "Ce que sont les chiffres",
	played: "joué : nuits sans contrôleurs, selon l'horloge et le soleil, sous le même ciel",
	simulated: "simulé : nuits avec contrôleurs, par le micrologiciel, dans des rues types",
	modelled: "modélisé : l'année, selon la prévision que le luminaire fait de chaque nuit",
	assumed: "supposé : l'année, modélisée d'après une puissance saisie",
	noPrice: "Aucun prix daté du kWh n'est fourni : aucun montant en euros n'est indiqué.",
	ranges:
		"Fourchettes : luminaire à {power} % près, modèle à {model} % près, trafic de la moitié au double. Les heures sans lumière ne dépendent que du soleil et de l'horloge. Les heures sous la classe additionnent le temps de tous les usagers sous moins que la pleine classe, y compris sans lumière ; elles ne disent rien de la sécurité.",
	sampling:
		"Les luminaires d'une rue prennent la nuit de sa rue type. Aucune fourchette ne contient l'erreur de cet échantillonnage (docs/town.md).",
	data: "Données et hypothèses",
	mixedSame:
		"La solution mixte équivaut ici à la présence transmise aux luminaires voisins : aucune rue n'est connue pour avoir moins de trois passages par nuit.",
	file: "Dans le fichier :",
	assumptions: "Supposé :",
	errors: "Lignes avec une erreur : {count}",
	repeat: "Pour refaire ce rapport",
};

export type TownKey = keyof typeof EN;
export const REPORT_WORDS: Readonly<Record<Language, Readonly<Record<TownKey, string>>>> = {
	en: EN,
	fr: FR,
};
