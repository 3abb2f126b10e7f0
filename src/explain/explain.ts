/**
 * Explain: the reasons of the present level, as sentences for people.
 *
 * It formats the chain of the decision (view.ts) and decides nothing, so the explanation cannot
 * differ from the light. Reports contain the chain itself, for machines.
 */

import type { ChainLink } from "../lighting/chain.js";
import type { Percent, UtcMillis } from "../units.js";
import type { View } from "../view.js";
import { clockText, secondsText } from "./clocktext.js";

/** Languages of the console and the explanations (ISO 639-1). */
export type Language = "en" | "fr";
export const LANGUAGES: readonly Language[] = Object.freeze(["en", "fr"] as const);

type Sentences = Readonly<Record<ChainLink["by"], string>>;

/** `{level}` is the level after this link, `{source}` the origin of the request. */
const LINKS: Readonly<Record<Language, Sentences>> = Object.freeze({
	en: Object.freeze({
		daylight: "It is not dark: no light is requested, {level}.",
		default: "Nothing else applies, so the lamp is lit: {level}.",
		program: "The program asks for {level} ({source}).",
		lightsOut: "The program sets lights out, without a floor: {level} ({source}).",
		presenceIgnored: "During lights out, presence does not raise the light: {level}.",
		sensor: "The sensors raise it to {level} ({source}).",
		override: "Order {source} sets {level}.",
		emergency: "Emergency order {source} raises it to {level}.",
		systemFailure: "Firmware fault or invalid settings: {level}.",
		floor: "While it is dark, the floor applies: {level}.",
		maxLevel: "The maximum level is set to {level}.",
		protected: "This lamp is protected while it is dark: {level}.",
		virtualLightOutput: "The luminaire is oversized for the street: driver at {level}.",
		cleaningFactor: "The maintenance factor of a clean luminaire reduces the driver to {level}.",
		clo: "LEDs that have not aged give the same light with the driver at {level}.",
		thermal: "The housing is too hot: the driver is limited to {level}.",
	}),
	fr: Object.freeze({
		daylight: "Il ne fait pas nuit : aucune demande de lumière, {level}.",
		default: "Rien d'autre ne s'applique, la lampe est donc allumée : {level}.",
		program: "Le programme demande {level} ({source}).",
		lightsOut: "Le programme prévoit l'extinction, sans plancher : {level} ({source}).",
		presenceIgnored: "Pendant l'extinction, une présence ne relève pas la lumière : {level}.",
		sensor: "Les capteurs relèvent à {level} ({source}).",
		override: "L'ordre {source} fixe {level}.",
		emergency: "L'ordre d'urgence {source} relève à {level}.",
		systemFailure: "Erreur interne ou réglages invalides : {level}.",
		floor: "Tant qu'il fait nuit, le plancher s'applique : {level}.",
		maxLevel: "Le niveau maximal est réglé à {level}.",
		protected: "Cette lampe est protégée tant qu'il fait nuit : {level}.",
		virtualLightOutput: "Le luminaire est surdimensionné pour la rue : driver à {level}.",
		cleaningFactor: "Le facteur de maintenance d'un luminaire propre ramène le driver à {level}.",
		clo: "Des LED peu vieillies donnent le même flux avec le driver à {level}.",
		thermal: "Le boîtier est trop chaud : le driver est limité à {level}.",
	}),
});

const DARK: Readonly<Record<Language, Readonly<Record<View["sensing"]["darkBecause"], string>>>> =
	Object.freeze({
		en: Object.freeze({
			photocell: "According to the photocell, it is dark.",
			sun: "According to sun and clock, it is dark.",
			doubt: "Neither photocell nor clock is reliable, so it counts as dark.",
		}),
		fr: Object.freeze({
			photocell: "D'après la photocellule, il fait nuit.",
			sun: "D'après le soleil et l'horloge, il fait nuit.",
			doubt: "Ni photocellule ni horloge ne sont fiables : on considère qu'il fait nuit.",
		}),
	});

const SOURCES: Readonly<Record<Language, Readonly<Record<string, string>>>> = Object.freeze({
	en: Object.freeze({
		presence: "someone is there",
		linger: "someone was there a moment ago",
		doubt: "the sensor is unreliable, which counts as occupied",
		deaf: "PIR edges may be delayed for a moment, which counts as occupied",
		neighbours: "movement reported by a neighbour",
	}),
	fr: Object.freeze({
		presence: "quelqu'un est là",
		linger: "quelqu'un était là il y a un instant",
		doubt: "le capteur n'est pas fiable, ce qui vaut présence",
		deaf: "des fronts du PIR peuvent être retardés un instant, ce qui vaut présence",
		neighbours: "mouvement signalé par une lampe voisine",
	}),
});

/**
 * Searched before the table is read: on XS, each new text used as a key takes a slot for good
 * (tests/tidy).
 */
const SOURCE_NAMES: readonly string[] = Object.freeze(Object.keys(SOURCES.en));

/** Sentences beside the chain. */
const BESIDE = Object.freeze({
	en: Object.freeze({
		moving: "The level is {actual}, fading to {feedback}.",
		until: "Scheduled until {until}.",
		since: "In effect since {since}.",
		reached: "That is class {class}: the street is designed for {full} full, {floor} floor.",
		missed: "That is below any class: the street is designed for {full} full, {floor} floor.",
	}),
	fr: Object.freeze({
		moving: "Le niveau est de {actual}, en transition vers {feedback}.",
		until: "Programmé jusqu'à {until}.",
		since: "En vigueur depuis {since}.",
		reached:
			"C'est la classe {class} : la rue est conçue pour {full} (pleine), {floor} (plancher).",
		missed:
			"C'est au-dessous de toute classe : la rue est conçue pour {full} (pleine), {floor} (plancher).",
	}),
});

/**
 * The reasons of the level: darkness, each link of the chain, the end of the program's period, the
 * begin of presence (only if `presence` permits its disclosure), a fade in progress, and the
 * lighting class that the level reaches.
 */
export function explain(view: View, language: Language, presence: boolean): readonly string[] {
	const { light, sensing, plan } = view;
	const { moving, since } = BESIDE[language];
	const sentences: string[] = [];
	if (sensing.dark) sentences.push(DARK[language][sensing.darkBecause]);
	for (const link of light.chain) {
		sentences.push(sentenceOf(link, language));
		const isProgram = link.by === "program" || link.by === "lightsOut";
		if (isProgram && plan.until !== undefined)
			sentences.push(untilSentence(clockText(plan.zone, plan.until), language));
		if (link.by === "sensor" && light.reason === "sensor" && presence) {
			const at = sinceOf(view);
			if (at !== undefined) sentences.push(since.replace("{since}", secondsText(plan.zone, at)));
		}
	}
	const last = light.chain[light.chain.length - 1];
	if (light.actual !== light.feedback && last?.by !== "thermal")
		// a thermal limit is no fade
		sentences.push(
			moving
				.replace("{actual}", levelText(light.actual, language))
				.replace("{feedback}", levelText(light.feedback, language)),
		);
	if (sensing.dark) sentences.push(...classSentence(view, light.feedback, language));
	return sentences;
}

/** The end of the program's period; `until`: local time of day. */
export function untilSentence(until: string, language: Language): string {
	return BESIDE[language].until.replace("{until}", until);
}

/**
 * The lighting class that a level reaches; no sentence where the street is configured in per cent.
 */
export function classSentence(view: View, level: Percent, language: Language): string[] {
	const { classes } = view.plan;
	if (!classes) return [];
	const { reached, missed } = BESIDE[language];
	const { fullClass, floorClass } = classes;
	const name = view.plan.classAt(level);
	const sentence = name === undefined ? missed : reached.replace("{class}", name);
	return [
		sentence
			.replace("{full}", fullClass ?? levelText(classes.fullLevel, language))
			.replace("{floor}", floorClass ?? levelText(classes.floorLevel, language)),
	];
}

/** Instant of the present decision by a sensor; undefined without a date. */
function sinceOf({ light, time }: View): UtcMillis | undefined {
	const decision = light.decisions.find(time.now, true);
	if (time.utc === undefined || decision?.by !== "sensor") return undefined;
	return (time.utc - (time.now - decision.since)) as UtcMillis;
}

/** A level with at most one decimal: `60 %`, `12.5 %`, in French `12,5 %`. */
export function levelText(level: number, language: Language = "en"): string {
	const tenths = Math.round(level * 10);
	const rest = tenths % 10;
	const point = language === "fr" ? "," : ".";
	return rest === 0 ? `${tenths / 10} %` : `${(tenths - rest) / 10}${point}${rest} %`;
}

/** The effect of one link of a chain, in a sentence. */
export function sentenceOf({ by, level, source }: ChainLink, language: Language): string {
	const sentence = LINKS[language][by].replace("{level}", () => levelText(level, language));
	if (source === undefined) return sentence.replace(/ ?\(?\{source\}\)?/, "");
	const known = SOURCE_NAMES.find((name) => name === source);
	const voice = known === undefined ? source : (SOURCES[language][known] as string);
	return sentence.replace("{source}", () => voice); // a function: the text may contain a `$`
}
