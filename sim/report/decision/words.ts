/** Words: the texts of the report of a decision, in English and French. */
import type { Language } from "../words.js";

const EN = {
	kicker: "Report of a decision",
	title: "How shall this street be lit?",
	titleOf: "{name}: how shall this street be lit?",
	lead: "{lamps}, the year {year} by sun and calendar at {place}, {users} road users on its average night. The pictures, and nothing else on this page, are of one night, that of {date} ({zone}). Simulated, not measured: energy, euros and road users have a range.",
	oneLamp: "1 lamp",
	lamps: "{count} lamps",
	conclusion: "Conclusion",
	darkness:
		"Off from 0 to 5 leaves {hours} hours of the year without light, on weeknights alone {weeknights}, and {unlit} road users a year then pass without light; with presence, as with the LED dimmed by its driver, nobody does, and no hour is without light",
	mixedPresence:
		"In this street {count} road users pass from 0 to 5 on an average night, so the mixed option takes presence",
	mixedOff:
		"In this street only {count} road users pass from 0 to 5 on an average night, so the mixed option takes lights out",
	options: "The options side by side",
	option: "Option",
	night: "The night, lamp by lamp; road users an hour",
	kWh: "kWh a lamp and year",
	unlit: "passages without light, a year",
	below: "road users below class",
	dark: "hours without light, a year",
	today: "Today, without controllers",
	ours: "With controllers",
	baseline: "compared",
	belowHow:
		"Road users below class: share of the time that road users spend under a lamp at night with less than its full class, seen by a sensor or not. It is no figure of accidents and says nothing about safety.",
	frame:
		"Figures of a year with their low and high end; the sources of the ranges are below. Hours without light follow sun and clock alone and have no range.",
	to: "to",
	money: "Ten years, € for {lamps} lamps of this street's kind",
	beyond: "What else a controller brings, and who pays",
	lacks: "Missing: {missing}.",
	carbon: "CO2 a lamp and year against {today}: {kg} kg less, at {g} g a kWh ({source}, {year}).",
	faults: "Faults, and how soon they are found",
	faultsWhat:
		"A night of its own with presence and neighbours, the lamps' own light measured at commissioning. Without the network each lamp works alone, and the light ahead of a road user is missing. Today's options report nothing: a patrol or a resident finds the fault.",
	sure: "How sure are these figures?",
	power: "Lamp: {watts} W, {percent} % either way (IEC 62722-2-1)",
	traffic: "Traffic: {count} road users a day ({how}), half to twice",
	trafficRecorded: "recorded, {days} days",
	trafficMade: "a made-up residential street",
	model: "Model of power and presence: {percent} % either way; no luminaire was metered",
	effect: "{option}: lamp ±{power}, traffic −{fewer} to +{more}, model ±{model} kWh",
	belowSure:
		"Road users below class: options by the clock by this street's traffic through the year; presence by a recorded week of another street, with half and twice its traffic (docs/energy.md).",
	node: "Today's options have neither controller nor power by day: the cabinet switches their feed. With controllers 0.5 W is added day and night, and the feed must stay on.",
	checksOk: "All {count} checks of the simulator were kept in each run.",
	checksNot: "Not kept: {names}.",
	repeat: "To repeat this report",
	made: "luminode {version}, seed {seed}",
	place: "lamp {lamp}, {time}",
	street: "whole street, {time}",
	began: "Where and when",
	noFaults: "No fault was tried: the street has too few lamps.",
} as const;

const FR: Readonly<Record<keyof typeof EN, string>> = {
	kicker: "Rapport de décision",
	title: "Comment éclairer cette rue ?",
	titleOf: "{name} : comment éclairer cette rue ?",
	lead: "{lamps}, l'année {year} selon le soleil et le calendrier à {place}, {users} usagers par nuit moyenne. Les images, et elles seules sur cette page, sont celles d'une nuit, celle du {date} ({zone}). Simulé, non mesuré : énergie, euros et usagers ont une fourchette.",
	oneLamp: "1 point lumineux",
	lamps: "{count} points lumineux",
	conclusion: "Conclusion",
	darkness:
		"L'extinction de 0 h à 5 h laisse {hours} heures par an sans lumière, {weeknights} en semaine seulement, et {unlit} usagers par an passent alors sans lumière ; avec la présence, comme avec la LED graduée par son driver, personne, mais plus aucune heure d'obscurité",
	mixedPresence:
		"Dans cette rue, {count} usagers passent de 0 h à 5 h en moyenne par nuit : la solution mixte y retient la présence",
	mixedOff:
		"Dans cette rue, {count} usagers seulement passent de 0 h à 5 h en moyenne par nuit : la solution mixte y retient l'extinction",
	options: "Les solutions côte à côte",
	option: "Solution",
	night: "La nuit, luminaire par luminaire ; usagers par heure",
	kWh: "kWh par luminaire et par an",
	unlit: "passages sans lumière, par an",
	below: "usagers sous la classe",
	dark: "heures sans lumière, par an",
	today: "Aujourd'hui, sans contrôleurs",
	ours: "Avec contrôleurs",
	baseline: "référence",
	belowHow:
		"Usagers sous la classe : part du temps que les usagers passent de nuit sous un luminaire qui donne moins que sa pleine classe, détectés ou non. Ce n'est pas un chiffre d'accidents et il ne dit rien de la sécurité.",
	frame:
		"Chiffres d'une année avec leurs bornes basse et haute ; l'origine des fourchettes est plus bas. Les heures sans lumière ne dépendent que du soleil et de l'horloge : sans fourchette.",
	to: "à",
	money: "Dix ans, en € pour {lamps} luminaires de ce type de rue",
	beyond: "Ce qu'un contrôleur apporte d'autre, et qui paie",
	lacks: "Il manque : {missing}.",
	carbon:
		"CO2 par luminaire et par an face à {today} : {kg} kg de moins, à {g} g par kWh ({source}, {year}).",
	faults: "Les pannes, et le délai pour les trouver",
	faultsWhat:
		"Une nuit à part, avec présence et voisins, la lumière propre des luminaires ayant été mesurée à la mise en service. Sans réseau, chaque luminaire fonctionne seul, et la lumière qui devance l'usager manque. Les solutions actuelles ne signalent rien : une tournée ou un riverain trouve la panne.",
	sure: "Quelle confiance accorder à ces chiffres ?",
	power: "Luminaire : {watts} W, à {percent} % près (IEC 62722-2-1)",
	traffic: "Trafic : {count} usagers par jour ({how}), de la moitié au double",
	trafficRecorded: "comptés, {days} jours",
	trafficMade: "rue résidentielle supposée",
	model: "Modèle de puissance et de présence : à {percent} % près ; aucun luminaire n'a été mesuré",
	effect: "{option} : luminaire ±{power}, trafic −{fewer} à +{more}, modèle ±{model} kWh",
	belowSure:
		"Usagers sous la classe : solutions par horloge selon le trafic annuel de cette rue ; présence d'après une semaine enregistrée dans une autre rue, avec la moitié et le double de son trafic (docs/energy.md).",
	node: "Les solutions actuelles n'ont ni contrôleur ni consommation de jour : l'armoire commute leur alimentation. Avec contrôleurs, 0,5 W s'ajoute jour et nuit, et l'alimentation doit être permanente.",
	checksOk: "Les {count} contrôles du simulateur ont été respectés à chaque simulation.",
	checksNot: "Non respectés : {names}.",
	repeat: "Pour refaire ce rapport",
	made: "luminode {version}, graine {seed}",
	place: "luminaire {lamp}, {time}",
	street: "toute la rue, {time}",
	began: "Où et quand",
	noFaults: "Aucune panne n'a été essayée : la rue a trop peu de luminaires.",
};

export type DecisionKey = keyof typeof EN;
export const DECISION_WORDS: Readonly<Record<Language, Readonly<Record<DecisionKey, string>>>> = {
	en: EN,
	fr: FR,
};
