/**
 * Commands: the table of the technician's commands, and the execution of a line.
 *
 * To add a command: a row in the file of its topic.
 */
import { type Answer, listed, listing, refused } from "./answer.js";
import type { Command, Talk } from "./command.js";
import { parted, usage } from "./lines.js";
import { LINK_COMMANDS } from "./linkcommands.js";
import { LOOKING } from "./looking.js";
import { ORDERS } from "./ordercommands.js";
import type { ConsoleOwner } from "./owner.js";
import { RECORD } from "./record.js";
import { SESSION } from "./sessioncommands.js";
import { SETTINGS_COMMANDS } from "./settingscommands.js";
import { TEST } from "./testcommands.js";
import { fill, TEXTS } from "./texts.js";
import { WATCH } from "./watch.js";

const HELP: Command = Object.freeze({
	name: "help",
	usage: "help [COMMAND|SETTING]",
	about: Object.freeze({
		en: "this list, or more about one",
		fr: "cette liste, ou l'explication d'un nom",
	}),
	run: help,
});

export const COMMANDS: readonly Command[] = Object.freeze([
	HELP,
	...LOOKING,
	WATCH,
	RECORD,
	TEST,
	...SETTINGS_COMMANDS,
	...ORDERS,
	...LINK_COMMANDS,
	...SESSION,
]);
/** Column of the meanings. */
const USAGE_COLUMNS = 24;

/** Runs one line that is not empty. */
export function run(line: string, talk: Talk): Answer {
	const [word, rest] = parted(line);
	const command = COMMANDS.find(({ name }) => name === word);
	if (command && rest !== "" && command.usage === word) return usage(word, talk.owner);
	if (command) return command.run(rest, talk);
	const { unknownCommand } = TEXTS[talk.owner.language];
	return refused("unknownCommand", fill(unknownCommand, word));
}

/** Whether the line contains a secret, so that it must not enter the history. */
export function holdsSecret(line: string, owner: ConsoleOwner): boolean {
	const [word, rest] = parted(line);
	if (word === "secret" || word === "login") return true;
	return word === "set" && owner.isSecret(parted(rest)[0]);
}

function help(rest: string, { owner }: Talk): Answer {
	const { language } = owner;
	const texts = TEXTS[language];
	if (rest === "")
		return listing((nth) => {
			const command = COMMANDS[nth];
			if (command) return `${command.usage.padEnd(USAGE_COLUMNS)}${command.about[language]}`;
			return nth === COMMANDS.length ? texts.settings : undefined;
		});
	const lines: string[] = []; // a name can be a command and a setting
	const command = COMMANDS.find(({ name }) => name === rest);
	if (command) lines.push(command.usage, command.about[language]);
	const about = owner.about(rest, language);
	if (about !== undefined) lines.push(...about.split("\n"));
	return lines.length > 0 ? listed(lines) : refused("unknownName", fill(texts.unknownName, rest));
}
