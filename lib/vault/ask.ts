/**
 * Ask: a secret from the person at the keyboard, not shown; or from the environment, for scripts.
 */
import type { Readable, Writable } from "node:stream";
import type { Language, Text } from "../text/bilingual.js";
import { text } from "../text/texts.js";
import { Trouble } from "../text/trouble.js";
import { Interrupted } from "./interrupted.js";
import { PASSPHRASE_MIN } from "./vaultcontent.js";

/** Passphrase of the vault, for runs without a person. */
const PASSPHRASE_VARIABLE = "LUMINODE_PASSPHRASE";
const CTRL_C = "\u0003";
const CTRL_U = "\u0015";
const BACKSPACE = /[\b\u007f]/;

/** The process in which the program runs; its own, or a test's. */
export interface Seat {
	readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };
	readonly stdout: Writable & { readonly isTTY?: boolean };
	readonly stderr: Writable;
	readonly environment?: Readonly<Record<string, string | undefined>>;
	now(): Date;
}

export interface Asking extends Seat {
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The passphrase; asked for twice for a new vault. */
export async function passphrase(
	seat: Asking,
	path: string,
	isNew: boolean,
	language: Language = "en",
): Promise<string> {
	const given = seat.environment[PASSPHRASE_VARIABLE];
	if (given) return given;
	const question = isNew ? text("phraseOfNew", path, PASSPHRASE_MIN) : text("phraseOf", path);
	const first = await hidden(seat, question[language]);
	if (first.length < PASSPHRASE_MIN) throw new Trouble(text("phraseShort", PASSPHRASE_MIN));
	if (isNew && seat.stdin.isTTY && (await hidden(seat, text("onceMore")[language])) !== first)
		throw new Trouble(text("differ"));
	return first;
}

/** The answer to a question by one key; undefined: nobody is at the keyboard. */
export async function yes(
	seat: Asking,
	question: Text,
	language: Language = "en",
): Promise<boolean | undefined> {
	const { stdin, stderr } = seat;
	if (!stdin.isTTY) return undefined;
	stderr.write(`${question[language]} [${language === "fr" ? "o" : "y"}/n] `);
	const key = await oneOf(seat, "yon"); // oui
	return key !== "n";
}

/** Choices that have a key of their own. */
const CHOICES_MAX = 9;

/**
 * Asks for one of several choices: the index of the number typed, 0 for Return; undefined without a
 * keyboard. The first nine are listed; the number of the others is printed.
 */
export async function choose(
	seat: Asking,
	question: Text,
	choices: readonly Text[],
	language: Language = "en",
): Promise<number | undefined> {
	const { stdin, stderr } = seat;
	if (!stdin.isTTY) return undefined;
	const shown = choices.slice(0, CHOICES_MAX);
	shown.forEach((choice, index) => void stderr.write(`${index + 1}  ${choice[language]}\n`));
	if (choices.length > shown.length)
		stderr.write(`${text("more", choices.length - shown.length)[language]}\n`);
	stderr.write(`${question[language]} `);
	const keys = "123456789".slice(0, shown.length);
	const key = await oneOf(seat, `${keys}\r\n`);
	return Math.max(0, keys.indexOf(key));
}

/** The first key among `keys`; rejects with `Interrupted` at Ctrl-C. */
async function oneOf({ stdin, stderr }: Asking, keys: string): Promise<string> {
	stdin.setRawMode?.(true);
	try {
		return await new Promise<string>((resolve, reject) => {
			const onKeys = (bytes: Buffer) => {
				const key = bytes.toString("utf8").charAt(0).toLowerCase();
				if (key !== CTRL_C && (key === "" || !keys.includes(key))) return;
				stdin.off("data", onKeys).pause();
				if (key === CTRL_C) reject(new Interrupted(text("interrupted")));
				else resolve(key);
			};
			stdin.on("data", onKeys).resume();
		});
	} finally {
		stdin.setRawMode?.(false);
		stderr.write("\n");
	}
}

/** One line, not shown while it is typed; of a pipe, the whole input. */
export async function hidden(seat: Asking, question: string): Promise<string> {
	const { stdin, stderr } = seat;
	if (!stdin.isTTY) return piped(seat);
	stderr.write(question);
	stdin.setRawMode?.(true);
	let typed = "";
	try {
		return await new Promise<string>((resolve, reject) => {
			const onKeys = (bytes: Buffer) => {
				for (const key of bytes.toString("utf8")) {
					if (key === "\r" || key === "\n") return done(() => resolve(typed));
					if (key === CTRL_C) return done(() => reject(new Interrupted(text("nothingDone"))));
					if (key === CTRL_U) typed = "";
					else if (BACKSPACE.test(key)) typed = [...typed].slice(0, -1).join("");
					else typed += key;
				}
			};
			const done = (settle: () => void) => {
				stdin.off("data", onKeys).pause();
				settle();
			};
			stdin.on("data", onKeys).resume();
		});
	} finally {
		stdin.setRawMode?.(false);
		stderr.write("\n");
	}
}

async function piped({ stdin }: Asking): Promise<string> {
	let given = "";
	for await (const bytes of stdin) given += String(bytes);
	const line = given.split(/\r?\n/)[0]!;
	if (line === "") throw new Trouble(text("nobodyToAsk", PASSPHRASE_VARIABLE));
	return line;
}
