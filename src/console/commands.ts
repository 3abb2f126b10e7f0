/**
 * Commands: the table of what a technician can type.
 *
 * To add a command: a line here. `run` answers with lines that are made one by one as the serial
 * line takes them; each may have any length up to OUTPUT_BYTES.
 */

import { formatDate, parseDate } from "../command/instant.js";
import { FIELDS } from "../command/table.js";
import { explain, LANGUAGES, type Language } from "../explain/explain.js";
import { explainPast, latestAt } from "../explain/past.js";
import { previewLines } from "../explain/previewtext.js";
import { frozen } from "../frozen.js";
import type { ConsoleOwner, OrderAnswer } from "./owner.js";
import { energyLines, entryLine, type Lines, statusLines } from "./print.js";
import { fill, TEXTS } from "./texts.js";

interface Command {
	readonly name: string;
	readonly usage: string;
	readonly about: Readonly<Record<Language, string>>;
	/** `rest`: what follows the name, trimmed. `order`: a number for an id that was not used yet. */
	readonly run: (rest: string, owner: ConsoleOwner, order: number) => Lines;
}

/** How an empty text is typed. */
const EMPTY = '""';
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
		name: "show",
		usage: "show [SETTING]",
		about: { en: "settings and their values", fr: "les réglages et leurs valeurs" },
		run: show,
	},
	{
		name: "set",
		usage: "set SETTING VALUE",
		about: {
			en: 'change a setting ("" is empty); in force at once, no confirm in this version',
			fr: 'changer un réglage ("" : vide) ; en vigueur aussitôt, sans confirmation encore',
		},
		run: set,
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
				? set(`language ${rest}`, owner)
				: usage("language en|fr", owner),
	},
]);

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

function show(rest: string, owner: ConsoleOwner): Lines {
	const line = (name: string) => `${name} = ${owner.show(name) || EMPTY}`;
	if (rest === "")
		return (nth) => {
			const name = owner.names[nth];
			return name === undefined ? undefined : line(name);
		};
	return one(
		owner.show(rest) === undefined ? fill(TEXTS[owner.language].unknownSetting, rest) : line(rest),
	);
}

function set(rest: string, owner: ConsoleOwner): Lines {
	const [name, value] = parted(rest);
	if (name === "" || value === "") return usage("set SETTING VALUE", owner);
	if (!owner.names.includes(name)) return one(fill(TEXTS[owner.language].unknownSetting, name));
	const answer = owner.set(name, value === EMPTY ? "" : value);
	const texts = TEXTS[owner.language]; // the language may just have changed
	return one(
		"why" in answer
			? fill(texts.refused, name, answer.why)
			: fill(texts.inForce, name, answer.value || EMPTY),
	);
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

function usage(text: string, owner: ConsoleOwner): Lines {
	return one(fill(TEXTS[owner.language].usage, text));
}

const NOTHING: Lines = () => undefined;

function one(line: string): Lines {
	return (nth) => (nth === 0 ? line : undefined);
}

function listed(lines: readonly string[]): Lines {
	return (nth) => lines[nth];
}

/** The first word and what follows it. */
function parted(text: string): readonly [string, string] {
	const line = text.trim();
	const space = line.indexOf(" ");
	return space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1).trim()];
}

/** Digits only, at most five; undefined for anything else. */
function wholeNumber(text: string): number | undefined {
	if (text.length < 1 || text.length > 5) return undefined;
	for (let at = 0; at < text.length; at += 1) {
		const digit = text.charCodeAt(at) - 48;
		if (!(digit >= 0 && digit <= 9)) return undefined;
	}
	return Number(text);
}
