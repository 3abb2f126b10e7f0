/**
 * Explain: why the lamp shines as it does, in sentences for people.
 *
 * It reads the chain that the decision left (view.ts) and decides nothing itself, so that it cannot
 * tell another story than the light does. For machines the chain goes into the reports as it is.
 */

import type { ChainLink } from "../lighting/chain.js";
import type { Percent, UtcMillis } from "../units.js";
import type { View } from "../view.js";
import { clockText, secondsText } from "./clocktext.js";

/** Languages of the console and the explanations (ISO 639-1). */
export type Language = "en" | "fr";
export const LANGUAGES: readonly Language[] = Object.freeze(["en", "fr"] as const);

type Sentences = Readonly<Record<ChainLink["by"], string>>;

/** `{level}` is the level after this link spoke, `{source}` whose voice it was. */
const LINKS: Readonly<Record<Language, Sentences>> = Object.freeze({
	en: Object.freeze({
		daylight: "It is not dark: nothing asks for light, {level}.",
		default: "Nobody knows better, so the lamp is lit: {level}.",
		program: "The program asks for {level} ({source}).",
		lightsOut: "The commune has the lights out now, without a floor: {level} ({source}).",
		presenceIgnored: "Presence does not light while the lights are out: {level}.",
		sensor: "The sensors raise it to {level} ({source}).",
		override: "Order {source} sets {level}.",
		emergency: "Emergency order {source} raises it to {level}.",
		systemFailure: "The lamp cannot trust its own settings or program: {level}.",
		floor: "While it is dark the floor holds: {level}.",
		maxLevel: "The highest level set is {level}.",
		protected: "This lamp is protected while it is dark: {level}.",
		virtualLightOutput: "The luminaire is stronger than the street needs: {level} of its driver.",
		cleaningFactor: "A clean luminaire needs less: {level} of its driver.",
		clo: "Young LEDs give the same light with {level} of their driver.",
		thermal: "The housing is too hot: its driver is held to {level}.",
	}),
	fr: Object.freeze({
		daylight: "Il ne fait pas nuit : rien ne demande de lumière, {level}.",
		default: "Faute de mieux, la lampe est allumée : {level}.",
		program: "Le programme demande {level} ({source}).",
		lightsOut: "La commune a prévu l'extinction, sans plancher : {level} ({source}).",
		presenceIgnored: "Pendant l'extinction une présence n'allume pas : {level}.",
		sensor: "Les capteurs relèvent à {level} ({source}).",
		override: "L'ordre {source} fixe {level}.",
		emergency: "L'ordre d'urgence {source} relève à {level}.",
		systemFailure: "La lampe ne peut se fier à ses réglages ou à son programme : {level}.",
		floor: "Tant qu'il fait nuit, le plancher tient : {level}.",
		maxLevel: "Le niveau maximal réglé est {level}.",
		protected: "Cette lampe est protégée tant qu'il fait nuit : {level}.",
		virtualLightOutput: "Le luminaire dépasse ce qu'il faut à la rue : {level} de son driver.",
		cleaningFactor: "Un luminaire propre demande moins : {level} de son driver.",
		clo: "Des LED jeunes donnent ce flux avec {level} de leur driver.",
		thermal: "Le boîtier est trop chaud : le driver est tenu à {level}.",
	}),
});

const DARK: Readonly<Record<Language, Readonly<Record<View["sensing"]["darkBecause"], string>>>> =
	Object.freeze({
		en: Object.freeze({
			photocell: "The photocell says that it is dark.",
			sun: "By the sun and the clock it is dark.",
			doubt: "Neither photocell nor clock can be trusted, so it counts as dark.",
		}),
		fr: Object.freeze({
			photocell: "La photocellule dit qu'il fait nuit.",
			sun: "D'après le soleil et l'horloge, il fait nuit.",
			doubt: "Ni photocellule ni horloge ne sont sûres : il est censé faire nuit.",
		}),
	});

const SOURCES: Readonly<Record<Language, Readonly<Record<string, string>>>> = Object.freeze({
	en: Object.freeze({
		presence: "someone is there",
		linger: "someone was there a moment ago",
		doubt: "the sensor is in doubt, which counts as occupied",
		deaf: "for a moment the controller could not hear the sensor, which counts as occupied",
		neighbours: "someone comes from a neighbour",
	}),
	fr: Object.freeze({
		presence: "quelqu'un est là",
		linger: "quelqu'un était là il y a un instant",
		doubt: "le capteur est douteux, ce qui vaut présence",
		deaf: "un moment le contrôleur n'entendrait pas le capteur, ce qui vaut présence",
		neighbours: "quelqu'un vient d'une lampe voisine",
	}),
});

/** Found here: on XS, to ask the table for another text takes a key for good (tests/tidy). */
const SOURCE_NAMES: readonly string[] = Object.freeze(Object.keys(SOURCES.en));

/** What stands beside the chain. */
const BESIDE = Object.freeze({
	en: Object.freeze({
		moving: "It shines at {actual} on its way to {feedback}.",
		until: "It asks for that until {until}.",
		since: "So it is since {since}.",
		reached: "That is class {class}: the street is designed for {full} full, {floor} floor.",
		missed: "That is below any class: the street is designed for {full} full, {floor} floor.",
	}),
	fr: Object.freeze({
		moving: "Elle brille à {actual}, en route vers {feedback}.",
		until: "Il le demande jusqu'à {until}.",
		since: "Il en est ainsi depuis {since}.",
		reached: "C'est la classe {class} : la rue est prévue pour {full} plein, {floor} plancher.",
		missed: "C'est sous toute classe : la rue est prévue pour {full} plein, {floor} plancher.",
	}),
});

/**
 * Why the level is what it is: how dark it is, each link of the chain, until when the program asks for
 * that and since when someone is there (`presence`: whether that may be told), a fade under way, and
 * what class of street that makes.
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
		// the heat is no fade
		sentences.push(
			moving
				.replace("{actual}", levelText(light.actual))
				.replace("{feedback}", levelText(light.feedback)),
		);
	if (sensing.dark) sentences.push(...classSentence(view, light.feedback, language));
	return sentences;
}

/** Until when a program asks for the same; `until`: as the clock on the wall shows it. */
export function untilSentence(until: string, language: Language): string {
	return BESIDE[language].until.replace("{until}", until);
}

/** The class that a level reaches, of those the street is designed for; none in plain per cent. */
export function classSentence(view: View, level: Percent, language: Language): string[] {
	const { classes } = view.plan;
	if (!classes) return [];
	const { reached, missed } = BESIDE[language];
	const { fullClass, floorClass } = classes;
	const name = view.plan.classAt(level);
	const sentence = name === undefined ? missed : reached.replace("{class}", name);
	return [
		sentence
			.replace("{full}", fullClass ?? levelText(classes.fullLevel))
			.replace("{floor}", floorClass ?? levelText(classes.floorLevel)),
	];
}

/** Since when what stands was decided; undefined without a date. */
function sinceOf({ light, time }: View): UtcMillis | undefined {
	const decision = light.decisions.find(time.now, true);
	if (time.utc === undefined || decision?.by !== "sensor") return undefined;
	return (time.utc - (time.now - decision.since)) as UtcMillis;
}

/** A level with at most one decimal: `60 %`, `12.5 %`. */
export function levelText(level: number): string {
	const tenths = Math.round(level * 10);
	const rest = tenths % 10;
	return rest === 0 ? `${tenths / 10} %` : `${(tenths - rest) / 10}.${rest} %`;
}

/** What one link of a chain did, in a sentence. */
export function sentenceOf({ by, level, source }: ChainLink, language: Language): string {
	const sentence = LINKS[language][by].replace("{level}", () => levelText(level));
	if (source === undefined) return sentence.replace(/ ?\(?\{source\}\)?/, "");
	const known = SOURCE_NAMES.find((name) => name === source);
	const voice = known === undefined ? source : (SOURCES[language][known] as string);
	return sentence.replace("{source}", () => voice); // a function: the text may hold a `$`
}
