/** Answer: one paragraph about a lamp, in English and French, that a clerk can paste. */
import type { Language } from "../../lib/text/bilingual.js";
import type { Facts } from "./facts.js";
import { programOf } from "./facts.js";

export interface Answer {
	/** Whether the work is over: the lamp works. */
	readonly isClosed: boolean;
	readonly text: Readonly<Record<Language, string>>;
}

interface Question {
	/** The lamp's name on its pole. */
	readonly lamp: string;
	/** Identifiers of the orders that were sent. */
	readonly explain: string;
	readonly selfTest: string;
	readonly zone: string;
	/** Whether the orders were answered before: then reports alone are enough. */
	readonly isAnswered?: boolean;
}

/** Parts of a lamp in a self-test that a resident understands; others are the maintenance's. */
const PARTS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
	lamp: { en: "its light source", fr: "sa source lumineuse" },
	pir: { en: "its movement sensor", fr: "son détecteur de mouvement" },
	lightSensor: { en: "its light sensor", fr: "son capteur de lumière" },
};
const OTHER: Readonly<Record<Language, string>> = { en: "its controller", fr: "son contrôleur" };

export function answerOf(facts: Facts, question: Question): Answer {
	const { lamp, zone } = question;
	const open = (en: string, fr: string): Answer => ({ isClosed: false, text: { en, fr } });
	const closed = (en: string, fr: string): Answer => ({ isClosed: true, text: { en, fr } });
	const since = (at: number | undefined): Readonly<Record<Language, string>> =>
		at === undefined
			? { en: "", fr: "" }
			: { en: ` since ${clock(at, zone, "en")}`, fr: ` depuis ${clock(at, zone, "fr")}` };
	const passed = {
		en: "this was passed to maintenance.",
		fr: "le service d'entretien en est informé.",
	};
	const { state } = facts;

	if (facts.isOnline === undefined)
		return open(
			`Lamp ${lamp} has not reported to the control system yet; ${passed.en}`,
			`La lampe ${lamp} ne s'est pas encore annoncée au système de gestion ; ${passed.fr}`,
		);
	if (!facts.isOnline) {
		const { en, fr } = since(facts.offlineSince);
		return open(
			`Lamp ${lamp} has been out of contact${en}, so it may be without power; ${passed.en}`,
			`La lampe ${lamp} ne répond plus${fr} et n'a peut-être plus de courant ; ${passed.fr}`,
		);
	}
	if (state?.maintenanceMode)
		return open(
			`A technician is working on lamp ${lamp} at the moment.`,
			`Un technicien travaille actuellement à la lampe ${lamp}.`,
		);
	const [fault] = facts.faults;
	if (fault) {
		const { en, fr } = since(fault[1]);
		const isOut = fault[0] === "lampFailure";
		return open(
			`Lamp ${lamp} ${isOut ? "is out" : "has a fault"}${en}; ${passed.en}`,
			`La lampe ${lamp} est ${isOut ? "éteinte" : "en défaut"}${fr} ; ${passed.fr}`,
		);
	}
	const failed = facts.tests.get(question.selfTest);
	if (failed && failed.length > 0) {
		const parts = [...new Set(failed.map((part) => PARTS[part] ?? OTHER))];
		const list = (language: Language) =>
			new Intl.ListFormat(language).format(parts.map((part) => part[language]));
		return open(
			`Lamp ${lamp} was tested and ${list("en")} did not pass; ${passed.en}`,
			`La lampe ${lamp} a été testée ; l'essai a échoué pour ${list("fr")} ; ${passed.fr}`,
		);
	}
	const reply = facts.replies.get(question.explain);
	if (!reply && !failed && !question.isAnswered)
		return open(
			`Lamp ${lamp} did not answer the control system; ${passed.en}`,
			`La lampe ${lamp} n'a pas répondu au système de gestion ; ${passed.fr}`,
		);
	const works = {
		en: failed ? "it was tested and it works." : "it works.",
		fr: failed ? "elle a été testée et elle fonctionne." : "elle fonctionne.",
	};
	const level = state?.feedbackLightCommand ?? state?.actualLightState;
	if (state?.dark === false)
		return closed(
			`Lamp ${lamp} is off because it is light outside; ${works.en}`,
			`La lampe ${lamp} est éteinte parce qu'il fait jour ; ${works.fr}`,
		);
	if (state?.reason === "override" || state?.reason === "emergency")
		return closed(
			`Lamp ${lamp} is at ${level} % by an order of the operator; ${works.en}`,
			`La lampe ${lamp} est à ${decimal(level)} % sur ordre de l'exploitant ; ${works.fr}`,
		);
	const program = programOf(reply?.chain ?? state?.chain);
	const from = /^(\d{2}:\d{2})/.exec(program?.source ?? "")?.[1];
	const at = program?.level ?? level;
	if (at !== undefined && at < 100) {
		const [en, fr] = from ? [` from ${from}`, ` à partir de ${from}`] : ["", ""];
		return closed(
			`Lamp ${lamp} was dimmed to ${at} % by its program${en}; ${works.en}`,
			`La lampe ${lamp} a été réduite à ${decimal(at)} % par son programme${fr} ; ${works.fr}`,
		);
	}
	return closed(
		`Lamp ${lamp} is at full light by its program; ${works.en}`,
		`La lampe ${lamp} est à pleine lumière selon son programme ; ${works.fr}`,
	);
}

/** With a decimal comma. */
const decimal = (level: number | undefined) => `${level}`.replace(".", ",");

/** `21:04`, with the date where it is not today's evening for the reader. */
function clock(at: number, zone: string, language: Language): string {
	const locale = language === "en" ? "en-GB" : "fr-BE";
	const options = { timeZone: zone, hour: "2-digit", minute: "2-digit" } as const;
	const day = { timeZone: zone, day: "numeric", month: "long" } as const;
	const time = new Intl.DateTimeFormat(locale, options).format(at);
	const date = new Intl.DateTimeFormat(locale, day).format(at);
	return language === "en" ? `${time} on ${date}` : `${time} le ${date}`;
}
