/**
 * Chain text: the effect of each link of a chain, in a sentence.
 *
 * Console, reports, forecast and the simulator's page use these texts, so a lamp's level has one
 * wording. It imports types alone: the page's bundle contains nothing else of the firmware.
 */
import type { ChainLink } from "../lighting/chain.js";

/** Languages of the console and the explanations (ISO 639-1). */
export type Language = "en" | "fr";
export const LANGUAGES: readonly Language[] = Object.freeze(["en", "fr"] as const);

type Sentences = Readonly<Record<ChainLink["by"], string>>;

/** `{level}` is the level after this link, `{source}` the origin of the request. */
export const CHAIN_TEXTS: Readonly<Record<Language, Sentences>> = Object.freeze({
	en: Object.freeze({
		daylight: "It is not dark: no light is requested, {level}.",
		default: "Nothing else applies, so the lamp is lit: {level}.",
		program: "The program asks for {level} ({source}).",
		lightsOut: "The program sets lights out, without a floor: {level} ({source}).",
		presenceIgnored: "During lights out, presence does not raise the light: {level}.",
		sensor: "The sensors raise it to {level} ({source}).",
		override: "Order {source} sets {level}.",
		emergency: "Emergency order {source} raises it to {level}.",
		systemFailure: "After an internal error, until the next decision: {level}.",
		floor: "While it is dark, the floor applies: {level}.",
		maxLevel: "The maximum level is set to {level}.",
		protected: "This lamp is protected while it is dark: {level}.",
		virtualLightOutput: "The luminaire is oversized for the street: driver at {level}.",
		cleaningFactor: "The maintenance factor of a clean luminaire reduces the driver to {level}.",
		clo: "LEDs that have not aged give the same light with the driver at {level}.",
		thermal: "The housing is too hot: the driver is limited to {level}.",
		minimumDuty: "The driver gives steady light from {level} on.",
	}),
	fr: Object.freeze({
		daylight: "Il ne fait pas nuit : aucune demande de lumière, {level}.",
		default: "Rien d'autre ne s'applique, le luminaire est donc allumé : {level}.",
		program: "Le programme demande {level} ({source}).",
		lightsOut: "Le programme prévoit l'extinction, sans plancher : {level} ({source}).",
		presenceIgnored: "Pendant l'extinction, une présence ne relève pas le niveau : {level}.",
		sensor: "Les capteurs relèvent le niveau à {level} ({source}).",
		override: "L'ordre {source} fixe {level}.",
		emergency: "L'ordre d'urgence {source} relève le niveau à {level}.",
		systemFailure: "Après une erreur interne, jusqu'à la décision suivante : {level}.",
		floor: "Tant qu'il fait nuit, le plancher s'applique : {level}.",
		maxLevel: "Le niveau maximal est réglé à {level}.",
		protected: "Ce luminaire est protégé tant qu'il fait nuit : {level}.",
		virtualLightOutput: "Le luminaire est surdimensionné pour la rue : driver à {level}.",
		cleaningFactor: "Le facteur de maintenance d'un luminaire propre ramène le driver à {level}.",
		clo: "Des LED peu vieillies donnent le même flux avec le driver à {level}.",
		thermal: "Le boîtier est trop chaud : le driver est limité à {level}.",
		minimumDuty: "Le driver n'éclaire de façon stable qu'à partir de {level}.",
	}),
});

const SOURCES: Readonly<Record<Language, Readonly<Record<string, string>>>> = Object.freeze({
	en: Object.freeze({
		presence: "someone is there",
		lowerSensor: "someone is there, by the sensor in the lower socket alone",
		linger: "someone was there a moment ago",
		doubt: "the sensor is unreliable, which counts as occupied",
		blocked: "PIR edges may be delayed for a moment, which counts as occupied",
		neighbours: "movement reported by a neighbour",
		outside: "outside its periods",
	}),
	fr: Object.freeze({
		presence: "quelqu'un est là",
		lowerSensor: "quelqu'un est là, d'après le seul capteur de l'embase inférieure",
		linger: "quelqu'un était là il y a un instant",
		doubt: "le capteur n'est pas fiable, ce qui vaut présence",
		blocked: "des fronts du PIR peuvent être retardés un instant, ce qui vaut présence",
		neighbours: "mouvement signalé par un luminaire voisin",
		outside: "hors de ses périodes",
	}),
});

/**
 * Searched before the table is read: on XS, each new text used as a key takes a slot for good
 * (tests/tidy).
 */
const SOURCE_NAMES: readonly string[] = Object.freeze(Object.keys(SOURCES.en));

/** A level with at most one decimal: `60 %`, `12.5 %`, in French `12,5 %`. */
export function levelText(level: number, language: Language = "en"): string {
	const tenths = Math.round(level * 10);
	const rest = tenths % 10;
	const point = language === "fr" ? "," : ".";
	return rest === 0 ? `${tenths / 10} %` : `${(tenths - rest) / 10}${point}${rest} %`;
}

/** The effect of one link of a chain, in a sentence. */
export function sentenceOf({ by, level, source }: ChainLink, language: Language): string {
	const sentence = CHAIN_TEXTS[language][by].replace("{level}", () => levelText(level, language));
	if (source === undefined) return sentence.replace(/ ?\(?\{source\}\)?/, "");
	const known = SOURCE_NAMES.find((name) => name === source);
	const origin = known === undefined ? source : (SOURCES[language][known] as string);
	return sentence.replace("{source}", () => origin); // a function: the text may contain a `$`
}
