/**
 * Commands: the table of what a technician can type.
 *
 * To add a command: a line here. `run` answers with lines that are made one by one as the serial
 * line takes them; each may have any length up to OUTPUT_BYTES.
 */

import { formatDate, formatInstant, parseDate, parseInstant } from "../command/instant.js";
import { FIELDS } from "../command/table.js";
import { explain, LANGUAGES, type Language } from "../explain/explain.js";
import { explainPast, latestAt } from "../explain/past.js";
import { previewLines } from "../explain/previewtext.js";
import { frozen } from "../frozen.js";
import { listed, one, parted, usage, wholeNumber } from "./lines.js";
import type { ConsoleOwner, OrderAnswer } from "./owner.js";
import { energyLines, entryLine, type Lines, statusLines } from "./print.js";
import { done, set, show } from "./settingscommands.js";
import { fill, TEXTS } from "./texts.js";

interface Command {
	readonly name: string;
	readonly usage: string;
	readonly about: Readonly<Record<Language, string>>;
	/** `rest`: what follows the name, trimmed. `order`: a number for an id that was not used yet. */
	readonly run: (rest: string, owner: ConsoleOwner, order: number) => Lines;
}

/** How many events `log` shows unless told; a screen has 24 lines. */
const LOG_LINES = 16;
/** An override from the pole lasts a week at most, as one from the desk (command/table.ts). */
const MINUTES_MAX = 7 * 24 * 60;

export const COMMANDS: readonly Command[] = frozen([
	{
		name: "help",
		usage: "help [COMMAND|SETTING]",
		about: { en: "this list, or more about one", fr: "cette liste, ou l'explication d'un nom" },
		run: help,
	},
	{
		name: "status",
		usage: "status",
		about: { en: "the lamp at a glance", fr: "la lampe en un coup d'œil" },
		run: (_rest, owner) => statusLines(owner.view),
	},
	{
		name: "explain",
		usage: "explain [HH:MM[:SS]]",
		about: {
			en: "why it shines as it does, or did then",
			fr: "pourquoi elle brille ainsi, ou brillait alors",
		},
		run: why,
	},
	{
		name: "preview",
		usage: "preview [DATE]",
		about: {
			en: "the levels of the coming night, or of that of a date, if nobody comes",
			fr: "les niveaux de la nuit qui vient, ou de celle d'une date, sans passage",
		},
		run: preview,
	},
	{
		name: "time",
		usage: "time INSTANT",
		about: {
			en: "tell the date, where no time server can, or a false one was believed",
			fr: "donner la date, si aucun serveur ne peut ou si une fausse a été crue",
		},
		run: tellTime,
	},
	{
		name: "show",
		usage: "show [SETTING]",
		about: { en: "settings and their values", fr: "les réglages et leurs valeurs" },
		run: show,
	},
	{
		name: "set",
		usage: "set SETTING VALUE",
		about: {
			en: 'edit a setting ("" is empty); apply puts it in force',
			fr: 'préparer un réglage ("" : vide) ; apply le met en vigueur',
		},
		run: set,
	},
	{
		name: "apply",
		usage: "apply",
		about: {
			en: "try what was set; 10 minutes without confirm, or a restart, take it back",
			fr: "essayer ce qui est préparé ; sans confirm, annulé après 10 minutes ou redémarrage",
		},
		run: (_rest, owner) => done(owner, owner.apply(), "applied"),
	},
	{
		name: "confirm",
		usage: "confirm",
		about: { en: "keep what was applied", fr: "conserver ce qui est appliqué" },
		run: (_rest, owner) => done(owner, owner.confirm(), "confirmed"),
	},
	{
		name: "revert",
		usage: "revert",
		about: {
			en: "leave what was set or applied, back to what was kept",
			fr: "abandonner ce qui est préparé ou appliqué",
		},
		run: (_rest, owner) => {
			owner.revert();
			return one(TEXTS[owner.language].reverted);
		},
	},
	{
		name: "log",
		usage: "log [COUNT]",
		about: { en: "the latest events, newest last", fr: "les derniers événements" },
		run: log,
	},
	{
		name: "energy",
		usage: "energy",
		about: {
			en: "what was used (modelled), by night and by hour",
			fr: "l'énergie (modélisée), par nuit et par heure",
		},
		run: (_rest, owner) => energyLines(owner.view),
	},
	{
		name: "override",
		usage: "override LEVEL MINUTES",
		about: {
			en: "a level in per cent for a while; people are still lit",
			fr: "un niveau en pour cent pour un temps ; les passants restent éclairés",
		},
		run: override,
	},
	{
		name: "clear",
		usage: "clear",
		about: { en: "end the override", fr: "terminer la dérogation" },
		run: (_rest, owner, order) => ordered(owner, '"command":"clearOverride"', order),
	},
	{
		name: "connect",
		usage: "connect",
		about: {
			en: "reach for the broker now, without waiting",
			fr: "joindre le courtier tout de suite, sans attendre",
		},
		run: (_rest, owner) => {
			owner.connectNow();
			return one(TEXTS[owner.language].connecting);
		},
	},
	{
		name: "language",
		usage: "language en|fr",
		about: { en: "the language of the console", fr: "la langue de la console" },
		run: (rest, owner) =>
			LANGUAGES.includes(rest as Language)
				? done(owner, owner.speak(rest as Language), "spoken")
				: usage("language en|fr", owner),
	},
]);

const NOTHING: Lines = () => undefined;

/** Runs one line; an empty one does nothing. */
export function run(line: string, owner: ConsoleOwner, order: number): Lines {
	const [word, rest] = parted(line);
	if (word === "") return NOTHING;
	const command = COMMANDS.find(({ name }) => name === word);
	if (!command) return one(fill(TEXTS[owner.language].unknownCommand, word));
	return command.run(rest, owner, order);
}

/** Whether the line says what must not be repeated, as by the up key. */
export function holdsSecret(line: string, owner: ConsoleOwner): boolean {
	const [word, rest] = parted(line);
	return word === "set" && owner.isSecret(parted(rest)[0]);
}

function help(rest: string, owner: ConsoleOwner): Lines {
	const { language } = owner;
	if (rest === "")
		return (nth) => {
			const command = COMMANDS[nth];
			if (command) return `${command.usage.padEnd(24)}${command.about[language]}`;
			return nth === COMMANDS.length ? TEXTS[language].settings : undefined;
		};
	const lines: string[] = []; // a name can be a command and a setting
	const command = COMMANDS.find(({ name }) => name === rest);
	if (command) lines.push(command.usage, command.about[language]);
	const about = owner.about(rest, language);
	if (about !== undefined) lines.push(...about.split("\n"));
	return lines.length > 0 ? listed(lines) : one(fill(TEXTS[language].unknownName, rest));
}

/** At the pole presence may be told: who stands there sees who comes. */
function why(rest: string, owner: ConsoleOwner): Lines {
	const { language, view } = owner;
	if (rest === "") return listed(explain(view, language));
	const { utc } = view.time;
	if (utc === undefined) return one(fill(TEXTS[language].rejected, "noClock"));
	const at = latestAt(rest, view.plan.walk(0).zone, utc);
	if (at === undefined) return usage("explain [HH:MM[:SS]]", owner);
	const past = explainPast(view, at, true, language);
	return past ? listed(past.explanation) : one(fill(TEXTS[language].notKept, rest));
}

function preview(rest: string, owner: ConsoleOwner): Lines {
	const { language, view } = owner;
	const day = rest === "" ? view.plan.comingDay : parseDate(rest);
	if (day !== undefined && day >= FIELDS.date.min && day <= FIELDS.date.max)
		return previewLines(() => view.plan.walk(day), formatDate(day), language);
	if (rest === "") return one(fill(TEXTS[language].rejected, "noClock"));
	return usage(`preview [${formatDate(FIELDS.date.min)}..${formatDate(FIELDS.date.max)}]`, owner);
}

function tellTime(rest: string, owner: ConsoleOwner): Lines {
	const utc = parseInstant(rest);
	if (utc === undefined) return usage("time 2026-11-24T20:00:00Z", owner);
	const { language } = owner;
	if (!owner.tellTime(utc)) return one(fill(TEXTS[language].notDone, formatInstant(utc)));
	return statusLines(owner.view);
}

function log(rest: string, owner: ConsoleOwner): Lines {
	const count = rest === "" ? LOG_LINES : wholeNumber(rest);
	if (count === undefined || count === 0) return usage("log [COUNT]", owner);
	const { newest, oldest } = owner.journal; // what comes while we print is not of this listing
	const first = Math.max(oldest, newest - count + 1);
	if (newest < first) return one(TEXTS[owner.language].noEvents);
	return (nth) => {
		const seq = first + nth;
		if (seq > newest) return undefined;
		const entry = owner.journal.read(seq);
		return entry ? entryLine(entry) : `${seq} -`;
	};
}

function override(rest: string, owner: ConsoleOwner, order: number): Lines {
	const [first, second] = parted(rest);
	const level = wholeNumber(first);
	const minutes = wholeNumber(second);
	if (level === undefined || level > 100 || !minutes || minutes > MINUTES_MAX)
		return usage(`override LEVEL MINUTES: 0-100, 1-${MINUTES_MAX}`, owner);
	return ordered(owner, `"command":"override","level":${level},"duration":${60 * minutes}`, order);
}

/** An order with an id that no other life repeats. */
function ordered(owner: ConsoleOwner, fields: string, order: number): Lines {
	const id = `console.${owner.view.identity.life}.${order}`;
	return one(answerText(owner.order(`{"id":"${id}",${fields}}`), owner.language));
}

function answerText(answer: OrderAnswer, language: Language): string {
	if (answer.status !== "rejected") return fill(TEXTS[language].accepted, answer.status);
	const field = answer.field === undefined ? "" : ` (${answer.field})`;
	return fill(TEXTS[language].rejected, `${answer.reason ?? ""}${field}`);
}
