/**
 * Words: all texts of the page, in English and French; a chain's sentences are the lamp's own.
 */
import { CHAIN_TEXTS, type Language, sentenceOf } from "../../../src/explain/chaintext.js";
import type { ChainLink } from "../../../src/lighting/chain.js";
import type { ReportedLink } from "../messages.js";
import { ORDERS_EN, ORDERS_FR } from "./orderwords.js";
import { UPDATES_EN, UPDATES_FR } from "./updatewords.js";
import type { Words } from "./wordlist.js";

export type { Language };

const EN: Words = {
	...ORDERS_EN,
	...UPDATES_EN,
	skip: "Skip to the chosen lamp",
	street: "The street; arrow keys go from lamp to lamp",
	speed: "Speed",
	language: "Language",
	pause: "Pause",
	max: "Max",
	note: "Glow: the lamp's own PWM, live. Numbers: the last reports of the lamps.",
	used: "Energy used",
	saved: "Saved compared with the old lamps",
	online: "Lamps online",
	published: "Messages published",
	hint: "Choose a lamp to see the reasons of its level.",
	why: "Why",
	again: "Refresh",
	ahead: "Tonight's forecast",
	aheadNote: "{hours} of light and {energy} (modelled), without presence and without orders.",
	aheadNone: "It does not get dark.",
	aheadUntil: "Off.",
	aheadChart: "Levels of the night, from {from} to {until}",
	line: "Serial line",
	type: "Line to the lamp",
	send: "Send",
	lamp: "Lamp {lamp}",
	lampSays: "Lamp {lamp}: {level}, {reason}",
	silent: "no report yet",
	asking: "Waiting for the answer of the lamp ...",
	noAnswer: "No answer. The lamp may be offline, or the street is paused.",
	refused: "The lamp rejected the request: {reason}.",
	noClock: "it has no date",
	lost: "No connection to the simulator. Waiting for it ...",
	ended: "The run has ended. The page shows its last state.",
	failed: "An error ended the run: {why}. The page shows its last state.",
	where: "Broker {broker} · serial lines 127.0.0.1:{port} · seed {seed}",
	whereSilent: "Seed {seed}",
	sun: "sun {degrees}°",
	lux: "sky {lux} lx",
	shines: "Shines",
	asked: "Level",
	reason: "Reason",
	photocell: "Photocell",
	ownLight: "Light at the sensor",
	power: "Power (modelled)",
	energy: "Energy",
	hours: "Operating hours",
	day: "day",
	night: "night",
	unknown: "unknown",
	default: "default",
	program: "program",
	sensor: "presence",
	override: "order",
	emergency: "emergency",
	systemFailure: "fault",
	"by.other": "{by}: {level}{source}.",
};

const FR: Words = {
	...ORDERS_FR,
	...UPDATES_FR,
	skip: "Aller à la lampe choisie",
	street: "La rue ; les flèches vont d'une lampe à l'autre",
	speed: "Vitesse",
	language: "Langue",
	pause: "Pause",
	max: "Max",
	note: "Halo : le signal PWM de la lampe, en direct. Nombres : le dernier rapport des lampes.",
	used: "Énergie consommée",
	saved: "Économie face aux anciennes lampes",
	online: "Lampes en ligne",
	published: "Messages publiés",
	hint: "Choisissez une lampe pour voir les raisons de son niveau.",
	why: "Pourquoi",
	again: "Actualiser",
	ahead: "Prévision de la nuit",
	aheadNote: "{hours} de lumière et {energy} (modélisés), sans présence et sans ordre.",
	aheadNone: "Il ne fera pas nuit.",
	aheadUntil: "Éteinte.",
	aheadChart: "Niveaux de la nuit, de {from} à {until}",
	line: "Ligne série",
	type: "Ligne à envoyer à la lampe",
	send: "Envoyer",
	lamp: "Lampe {lamp}",
	lampSays: "Lampe {lamp} : {level}, {reason}",
	silent: "pas encore de rapport",
	asking: "En attente de la réponse de la lampe ...",
	noAnswer: "Pas de réponse. La lampe est peut-être hors ligne, ou la rue est en pause.",
	refused: "La lampe a rejeté la demande : {reason}.",
	noClock: "elle n'a pas de date",
	lost: "Pas de connexion au simulateur. En attente ...",
	ended: "La simulation est terminée. La page en montre le dernier état.",
	failed: "Une erreur a mis fin à la simulation : {why}. La page en montre le dernier état.",
	where: "Broker {broker} · lignes série 127.0.0.1:{port} · graine {seed}",
	whereSilent: "Graine {seed}",
	sun: "soleil {degrees}°",
	lux: "ciel {lux} lx",
	shines: "Éclaire à",
	asked: "Niveau",
	reason: "Raison",
	photocell: "Cellule",
	ownLight: "Lumière au capteur",
	power: "Puissance (calculée)",
	energy: "Énergie",
	hours: "Heures de marche",
	day: "jour",
	night: "nuit",
	unknown: "inconnu",
	default: "défaut",
	program: "programme",
	sensor: "présence",
	override: "ordre",
	emergency: "urgence",
	systemFailure: "panne",
	"by.other": "{by} : {level}{source}.",
};

const WORDS: Readonly<Record<Language, Words>> = { en: EN, fr: FR };

/** The visitor's language (BCP 47), if the page has it; English otherwise. */
export function preferredLanguage(tag: string): Language {
	return tag.toLowerCase().startsWith("fr") ? "fr" : "en";
}

/** Texts in one language: words by key with `{name}` filled in, numbers, dates. */
export class Speech {
	constructor(
		readonly language: Language,
		readonly zone: string,
	) {}

	say(key: string, fill: Readonly<Record<string, string | number>> = {}): string {
		const words = WORDS[this.language];
		return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name] ?? ""));
	}

	/** Whether there is a text for `key`. */
	knows(key: string): boolean {
		return key in WORDS[this.language];
	}

	/** All keys that have a text. */
	get keys(): readonly string[] {
		return Object.keys(WORDS[this.language]);
	}

	/** One link of the chain that explains a level. */
	sentence(link: ReportedLink): string {
		if (isChainLink(link)) return sentenceOf(link, this.language).replace(/ (?=[%:;])/g, "\u00a0");
		const { by, level, source } = link;
		const from = source ? ` (${source})` : "";
		return this.say("by.other", { by, level: this.percent(level), source: from });
	}

	number(value: number, decimals: number, unit = ""): string {
		const text = value.toLocaleString(this.language, {
			minimumFractionDigits: decimals,
			maximumFractionDigits: decimals,
		});
		return unit ? `${text}\u00a0${unit}` : text;
	}

	percent(value: number): string {
		return this.number(value, 0, "%");
	}

	/** Hours and minutes. */
	time(utc: number): string {
		return this.clock(utc).slice(0, 5);
	}

	clock(utc: number): string {
		return new Date(utc).toLocaleTimeString(this.language === "en" ? "en-GB" : "fr-BE", {
			timeZone: this.zone,
		});
	}

	date(utc: number): string {
		return new Date(utc).toLocaleDateString(this.language === "en" ? "en-GB" : "fr-BE", {
			timeZone: this.zone,
			weekday: "long",
			day: "numeric",
			month: "long",
			year: "numeric",
		});
	}
}

/** Whether the link has a sentence here: a lamp of a later version may report another kind. */
function isChainLink(link: ReportedLink): link is ReportedLink & ChainLink {
	return Object.hasOwn(CHAIN_TEXTS.en, link.by);
}
