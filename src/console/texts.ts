/**
 * Texts: what the console answers, in the technician's language.
 */
import type { Language } from "../explain/explain.js";

type Texts = Readonly<
	Record<
		| "greeting"
		| "unknownCommand"
		| "unknownName"
		| "unknownSetting"
		| "usage"
		| "notText"
		| "inForce"
		| "refused"
		| "rejected"
		| "accepted"
		| "noEvents"
		| "connecting"
		| "notKept"
		| "settings",
		string
	>
>;

/** `{0}` and `{1}` are filled in. */
export const TEXTS: Readonly<Record<Language, Texts>> = Object.freeze({
	en: Object.freeze({
		greeting: "luminode {0}, node {1}. Type help.",
		unknownCommand: "unknown command: {0}. Type help.",
		unknownName: "neither a command nor a setting: {0}",
		unknownSetting: "no setting is called {0}. show lists them all.",
		usage: "usage: {0}",
		notText: "the line is not UTF-8 and was ignored",
		inForce: "{0} = {1}, in force at once and kept",
		refused: "{0} stays as it is: {1}",
		rejected: "rejected: {0}",
		accepted: "{0}",
		noEvents: "no events",
		notKept: "what was decided at {0} is not kept",
		connecting: "the link does not wait any longer",
		settings: "settings: show lists them, help NAME explains one",
	}),
	fr: Object.freeze({
		greeting: "luminode {0}, nœud {1}. Tapez help.",
		unknownCommand: "commande inconnue : {0}. Tapez help.",
		unknownName: "ni commande ni réglage : {0}",
		unknownSetting: "aucun réglage ne s'appelle {0}. show les liste tous.",
		usage: "usage : {0}",
		notText: "la ligne n'est pas en UTF-8, elle est ignorée",
		inForce: "{0} = {1}, en vigueur immédiatement et conservé",
		refused: "{0} reste inchangé : {1}",
		rejected: "refusé : {0}",
		accepted: "{0}",
		noEvents: "aucun événement",
		notKept: "ce qui fut décidé à {0} n'est pas conservé",
		connecting: "la liaison n'attend plus",
		settings: "réglages : show les liste, help NOM en explique un",
	}),
});

/** Puts the parts in; by functions, since a part may hold a `$`. */
export function fill(text: string, first: string, second = ""): string {
	return text.replace("{0}", () => first).replace("{1}", () => second);
}
