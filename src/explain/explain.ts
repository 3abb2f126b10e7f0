/**
 * Explain: the reasons of the present level, as sentences for people.
 *
 * It formats the chain of the decision (view.ts) and decides nothing, so the explanation cannot
 * differ from the light. Reports contain the chain itself, for machines.
 */

import type { Percent, UtcMillis } from "../units.js";
import type { View } from "../view.js";
import { type Language, levelText, sentenceOf } from "./chaintext.js";
import { clockText, secondsText } from "./clocktext.js";

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

/** Sentences beside the chain. */
const BESIDE = Object.freeze({
	en: Object.freeze({
		moving: "The level is {actual}, fading to {feedback}.",
		until: "Scheduled until {until}.",
		since: "In effect since {since}.",
		reached:
			"That is the mean of class {class}: the street is designed for {full} full, {floor} floor.",
		uneven: "Where the next lamps give less, the uniformity of a class is not reached.",
		missed: "That is below any class: the street is designed for {full} full, {floor} floor.",
	}),
	fr: Object.freeze({
		moving: "Le niveau est de {actual}, en transition vers {feedback}.",
		until: "Programmé jusqu'à {until}.",
		since: "En vigueur depuis {since}.",
		reached:
			"C'est la moyenne de la classe {class} : la rue est conçue pour {full} (pleine), {floor} (plancher).",
		uneven:
			"Si les luminaires voisins éclairent moins, l'uniformité d'une classe n'est pas atteinte.",
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
	const isLimit = last?.by === "thermal" || last?.by === "minimumDuty"; // no fade
	if (light.actual !== light.feedback && !isLimit)
		sentences.push(
			moving
				.replace("{actual}", levelText(light.actual, language))
				.replace("{feedback}", levelText(light.feedback, language)),
		);
	if (sensing.dark) sentences.push(...classSentence(view, light.feedback, language));
	if (plan.classes && light.reason === "sensor") sentences.push(BESIDE[language].uneven);
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
