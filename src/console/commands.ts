/**
 * Commands: the table of the technician's commands, and the execution of a line.
 *
 * To add a command: CONTRIBUTING.md.
 */
import type { Language } from "../explain/chaintext.js";
import { sentenceOf } from "../settings/sentences.js";
import { type Answer, listed, listing } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { denied, nameIn, parted, usage } from "./lines.js";
import { LINK_COMMANDS } from "./linkcommands.js";
import { LOOKING } from "./looking.js";
import { ORDERS } from "./ordercommands.js";
import type { ConsoleOwner } from "./owner.js";
import { FRENCH_NAMES, QUESTIONS } from "./questions.js";
import { RECORD } from "./record.js";
import { SESSION } from "./sessioncommands.js";
import { SETTINGS_COMMANDS } from "./settingscommands.js";
import { TEST } from "./testcommands.js";
import { say } from "./texts.js";
import { WATCH } from "./watch.js";

const HELP: Command = command(
	"help [COMMAND|SETTING]",
	"this list, or more about one; ? is the same",
	"cette liste, ou l'explication d'un nom ; ? de même",
	help,
);

export const COMMANDS: readonly Command[] = Object.freeze([
	HELP,
	...QUESTIONS,
	...LOOKING,
	WATCH,
	RECORD,
	TEST,
	...SETTINGS_COMMANDS,
	...ORDERS,
	...LINK_COMMANDS,
	...SESSION,
]);
/** Column of the meanings: two blanks behind the longest usage. */
const USAGE_COLUMNS = 2 + Math.max(...COMMANDS.map(({ usage }) => usage.length));
/** Commands that only look; the beginning of such a name is sufficient for people. */
const LOOKS =
	" help why tonight offline sensors changes status events energy watch record show network broker ";
/** Commands of a lamp without a secret. */
const OF_NEW_LAMP = " help status language ";

/** Runs one line that is not empty. */
export function run(line: string, talk: Talk): Answer {
	const [word, rest] = parted(line);
	const found = find(word, talk.isPlain);
	const { owner } = talk;
	if (found.length === 0) return denied("unknownCommand", owner, "unknownCommand", word);
	if (found.length > 1) {
		const names = found.map(({ name }) => name).join(", ");
		return denied("unknownCommand", owner, "ambiguous", word, names);
	}
	const command = found[0]!;
	const { name } = command;
	const isBegun = name.toLowerCase().startsWith(word.toLowerCase()) && name.length > word.length;
	if (isBegun && !LOOKS.includes(` ${name} `))
		return denied("unknownCommand", owner, "typeWhole", name);
	if (rest !== "" && command.usage === name) return usage(name, owner);
	return command.run(rest, talk);
}

/** The command of that name; for people without its case, `?`, or all that begin so. */
function find(word: string, isPlain: boolean): readonly Command[] {
	const exact = COMMANDS.filter(({ name }) => name === word);
	if (isPlain || exact.length > 0) return exact;
	if (word === "?") return [HELP];
	const french = FRENCH_NAMES.split(` ${word.toLowerCase()} `);
	const lower = french.length > 1 ? french[1]!.split(" ")[0]! : word.toLowerCase();
	const same = COMMANDS.filter(({ name }) => name.toLowerCase() === lower);
	if (same.length > 0) return same;
	return COMMANDS.filter(({ name }) => name.toLowerCase().startsWith(lower));
}

/** Whether a lamp without a secret runs the line. */
export function isOfNewLamp(line: string): boolean {
	const [word] = parted(line);
	const [first] = find(word, true);
	return word === "?" || (first !== undefined && OF_NEW_LAMP.includes(` ${first.name} `));
}

/** Whether the line begins like a command. */
export function isCommand(line: string): boolean {
	return find(parted(line)[0], true).length > 0;
}

/** Whether the line contains a secret, so that it must not enter the history. */
export function holdsSecret(line: string, owner: ConsoleOwner): boolean {
	const [word, rest] = parted(line);
	const lower = word.toLowerCase();
	if (lower === "secret" || lower === "login") return true;
	const name = lower === "set" ? nameIn(parted(rest)[0], owner, false) : undefined;
	return name !== undefined && owner.isSecret(name);
}

function help(rest: string, { owner, isPlain }: Talk): Answer {
	const { language } = owner;
	if (rest === "")
		return listing((index) => {
			const command = COMMANDS[index];
			if (command) return helpLine(command, language);
			return index === COMMANDS.length ? say(language, "settings") : undefined;
		});
	const lines: string[] = []; // a name can be a command and a setting
	const name = nameIn(rest, owner, isPlain);
	for (const { usage, about } of find(rest, isPlain || name !== undefined))
		lines.push(usage, sentenceOf(about, language));
	const about = name === undefined ? undefined : owner.about(name, language);
	if (about !== undefined) lines.push(...about.split("\n"));
	return lines.length > 0 ? listed(lines) : denied("unknownName", owner, "unknownName", rest);
}

function helpLine({ usage, about }: Command, language: Language): string {
	return `${usage.padEnd(USAGE_COLUMNS)}${sentenceOf(about, language)}`;
}
