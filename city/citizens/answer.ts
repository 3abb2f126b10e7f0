/** Answer: one paragraph about a lamp, in English and French, that a clerk can paste. */
import type { Language } from "../../lib/text/bilingual.js";
import type { Facts, Findings } from "./facts.js";

type Of = Readonly<Record<Language, string>>;

export interface Answer {
	/** Whether the work is over: a test has judged that the lamp works. */
	readonly isClosed: boolean;
	readonly text: Of;
}

interface Question {
	/** The lamp's name on its pole. */
	readonly lamp: string;
	readonly zone: string;
	/** Undefined: the lamp is being tested, or will be. */
	readonly findings: Findings | undefined;
	/** Instant of the next test. */
	readonly next?: number | undefined;
}

/** Parts of a lamp in a self-test that a resident understands; others are the maintenance's. */
const PARTS: ReadonlyMap<string, Of> = new Map<string, Of>([
	["lamp", { en: "its light source", fr: "sa source lumineuse" }],
	["pir", { en: "its movement sensor", fr: "son détecteur de mouvement" }],
	["lightSensor", { en: "its light sensor", fr: "son capteur de lumière" }],
]);
const OTHER: Of = { en: "its controller", fr: "son contrôleur" };

/** Why a lamp refuses a test, by the reason of its reply; others are the maintenance's. */
const BECAUSE: ReadonlyMap<string, Of> = new Map<string, Of>([
	[
		"notYet",
		{
			en: " because its clock is behind that of the control system",
			fr: " parce que son horloge retarde sur celle du système de gestion",
		},
	],
	[
		"stale",
		{
			en: " because the order came late, or its clock is ahead",
			fr: " parce que l'ordre est arrivé trop tard ou que son horloge avance",
		},
	],
	[
		"rateExceeded",
		{
			en: " because it had received too many orders",
			fr: " parce qu'il avait reçu trop d'ordres",
		},
	],
]);

export const WAITING: Answer["text"] = {
	en: "The lamp is being tested; the result follows within two minutes.",
	fr: "Le luminaire est en cours d'essai ; le résultat suit dans les deux minutes.",
};

/** Of a report that a person has closed. */
export const closedBy = (reason: string): Answer["text"] => ({
	en: `Closed by the lighting service: ${reason}`,
	fr: `Clôturé par le service d'éclairage : ${reason}`,
});

const PASSED: Answer["text"] = {
	en: "this was passed to maintenance.",
	fr: "le service d'entretien en est informé.",
};

const open = (en: string, fr: string): Answer => ({ isClosed: false, text: { en, fr } });

export function answerOf(facts: Facts, question: Question): Answer {
	const obstacle = obstacleOf(facts, question);
	if (obstacle) return obstacle;
	const { lamp, findings } = question;
	if (findings) return byTest(question, findings, facts.isDark);
	const { en, fr } = nextOf(question);
	if (en === "") return { isClosed: false, text: WAITING };
	return open(`Lamp ${lamp} ${en}.`, `Le luminaire ${lamp} ${fr}.`);
}

/** The answer where no test judges a lamp until this has changed: a fault, a repair, no contact. */
export function obstacleOf(
	facts: Facts,
	{ lamp, zone }: Pick<Question, "lamp" | "zone">,
): Answer | undefined {
	const since = (at: number | undefined): Of =>
		at === undefined
			? { en: "", fr: "" }
			: { en: ` since ${clock(at, zone, "en")}`, fr: ` depuis ${clock(at, zone, "fr")}` };
	if (facts.isOnline === undefined)
		return open(
			`Lamp ${lamp} has not reported to the control system yet; ${PASSED.en}`,
			`Le luminaire ${lamp} ne s'est pas encore annoncé au système de gestion ; ${PASSED.fr}`,
		);
	if (!facts.isOnline) {
		const { en, fr } = since(facts.offlineSince);
		return open(
			`Lamp ${lamp} has been out of contact${en}, so it may be without power; ${PASSED.en}`,
			`Le luminaire ${lamp} ne répond plus${fr} et n'a peut-être plus de courant ; ${PASSED.fr}`,
		);
	}
	if (facts.isMaintained)
		return open(
			`A technician is working on lamp ${lamp} at the moment.`,
			`Un technicien travaille actuellement au luminaire ${lamp}.`,
		);
	const [fault] = facts.faults;
	if (!fault) return undefined;
	const { en, fr } = since(fault[1]);
	const isOut = fault[0] === "lampFailure";
	return open(
		`Lamp ${lamp} ${isOut ? "is out" : "has a fault"}${en}; ${PASSED.en}`,
		`Le luminaire ${lamp} est ${isOut ? "éteint" : "en défaut"}${fr} ; ${PASSED.fr}`,
	);
}

/** The instant of the next test; empty: none is planned. */
function nextOf({ zone, next }: Question): Of {
	if (next === undefined) return { en: "", fr: "" };
	return {
		en: `will be tested at ${clock(next, zone, "en")}`,
		fr: `sera testé à ${clock(next, zone, "fr")}`,
	};
}

/** The answer of a lamp that is connected and reports no fault. */
function byTest(
	question: Question,
	{ chain, result, refusal }: Findings,
	isDark: boolean | undefined,
): Answer {
	const { lamp } = question;
	if (!result && refusal !== undefined) {
		const { en, fr } = BECAUSE.get(refusal) ?? { en: "", fr: "" };
		return open(
			`Lamp ${lamp} answered and refused the test${en}; ${PASSED.en}`,
			`Le luminaire ${lamp} a répondu et refusé l'essai${fr} ; ${PASSED.fr}`,
		);
	}
	if (!result)
		return open(
			`Lamp ${lamp} did not answer the control system; ${PASSED.en}`,
			`Le luminaire ${lamp} n'a pas répondu au système de gestion ; ${PASSED.fr}`,
		);
	if (result.failed.length > 0) {
		const parts = [...new Set(result.failed.map((part) => PARTS.get(part) ?? OTHER))];
		const list = (language: Language) =>
			new Intl.ListFormat(language).format(parts.map((part) => part[language]));
		return open(
			`Lamp ${lamp} was tested and ${list("en")} did not pass; ${PASSED.en}`,
			`Le luminaire ${lamp} a été testé ; l'essai a échoué pour ${list("fr")} ; ${PASSED.fr}`,
		);
	}
	const { en, fr } = conduct(lamp, chain, isDark);
	if (!result.notJudged.includes("lamp"))
		return {
			isClosed: true,
			text: {
				en: `${en}; it was tested and it works.`,
				fr: `${fr} ; il a été testé et il fonctionne.`,
			},
		};
	if (isDark === false)
		return open(
			`${en}; it will be tested after dark.`,
			`${fr} ; il sera testé à la tombée de la nuit.`,
		);
	const next = nextOf(question);
	if (next.en !== "")
		return open(
			`${en}; the test did not show its light, and it ${next.en}.`,
			`${fr} ; l'essai n'a pas montré sa lumière, et il ${next.fr}.`,
		);
	return open(
		`${en}; it reports no fault, and no test can show its light; ${PASSED.en}`,
		`${fr} ; il ne signale aucun défaut, et aucun essai ne peut constater sa lumière ; ${PASSED.fr}`,
	);
}

/** The reason of the level before the test. */
function conduct(lamp: string, chain: Findings["chain"], isDark: boolean | undefined): Of {
	if (isDark === false)
		return {
			en: `Lamp ${lamp} is off because it is light outside`,
			fr: `Le luminaire ${lamp} est éteint parce qu'il fait jour`,
		};
	const order = chain.find(({ by }) => by === "override" || by === "emergency");
	if (order)
		return {
			en: `Lamp ${lamp} is at ${order.level} % by an order of the operator`,
			fr: `Le luminaire ${lamp} est à ${decimal(order.level)} % sur ordre de l'exploitant`,
		};
	const program = chain.find(({ by }) => by === "program");
	if (!program) return { en: `Lamp ${lamp} is connected`, fr: `Le luminaire ${lamp} est connecté` };
	const { level, source = "" } = program;
	if (level >= 100)
		return {
			en: `Lamp ${lamp} is at full light by its program`,
			fr: `Le luminaire ${lamp} est à pleine lumière selon son programme`,
		};
	const from = /^\d{2}:\d{2}/.exec(source)?.[0];
	const [en, fr] = from ? [` from ${from}`, ` à partir de ${from}`] : ["", ""];
	return {
		en: `Lamp ${lamp} was dimmed to ${level} % by its program${en}`,
		fr: `Le luminaire ${lamp} a été réduit à ${decimal(level)} % par son programme${fr}`,
	};
}

/** With a decimal comma. */
const decimal = (level: number) => `${level}`.replace(".", ",");

/** `21:04`, with the date where it is not today's evening for the reader. */
function clock(at: number, zone: string, language: Language): string {
	const locale = language === "en" ? "en-GB" : "fr-BE";
	const options = { timeZone: zone, hour: "2-digit", minute: "2-digit" } as const;
	const day = { timeZone: zone, day: "numeric", month: "long" } as const;
	const time = new Intl.DateTimeFormat(locale, options).format(at);
	const date = new Intl.DateTimeFormat(locale, day).format(at);
	return language === "en" ? `${time} on ${date}` : `${time} le ${date}`;
}
