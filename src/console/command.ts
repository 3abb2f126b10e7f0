/**
 * Command: one row of the command table, and the session it runs in.
 */
import { both } from "../settings/sentences.js";
import type { Millis } from "../units.js";
import type { Answer } from "./answer.js";
import type { Gate } from "./gate.js";
import type { ConsoleOwner } from "./owner.js";

/** The session that runs a command. */
export interface Talk {
	readonly owner: ConsoleOwner;
	readonly gate: Gate;
	readonly now: Millis;
	/** Counters of the lamp whose export was imported, as members of JSON. */
	counts: string | undefined;
	/** The imported settings were applied and confirmed. */
	isImportKept: boolean;
	/** A script uses the session (plain mode). */
	isPlain: boolean;
	/** A technician is logged in. */
	isOpen: boolean;
	/** The session ends after this answer. */
	isOver: boolean;
}

export interface Command {
	readonly name: string;
	readonly usage: string;
	/** Both languages in one text (settings/kinds.ts). */
	readonly about: string;
	/** `rest`: the text after the name, trimmed. */
	readonly run: (rest: string, talk: Talk) => Answer;
}

/** A row of the table; the name is the first word of `usage`. */
export function command(usage: string, en: string, fr: string, run: Command["run"]): Command {
	const space = usage.indexOf(" ");
	const name = space < 0 ? usage : usage.slice(0, space);
	return Object.freeze({ name, usage, about: both([en, fr]), run });
}
