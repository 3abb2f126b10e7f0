/**
 * Command: one row of the command table, and the session it runs in. Types only.
 */
import type { Language } from "../explain/chaintext.js";
import type { Millis } from "../units.js";
import type { Answer } from "./answer.js";
import type { Gate } from "./gate.js";
import type { ConsoleOwner } from "./owner.js";

/** The session that runs a command. */
export interface Talk {
	readonly owner: ConsoleOwner;
	readonly gate: Gate;
	readonly now: Millis;
	/** A number for an order's id, unused in this session. */
	readonly order: number;
	/** Counters of the lamp whose export was imported, as members of JSON. */
	counts: string | undefined;
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
	readonly about: Readonly<Record<Language, string>>;
	/** `rest`: the text after the name, trimmed. */
	readonly run: (rest: string, talk: Talk) => Answer;
}
