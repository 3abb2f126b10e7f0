/**
 * Command: one row of what can be typed, and what it gets to work with. Types only.
 */
import type { Language } from "../explain/explain.js";
import type { Millis } from "../units.js";
import type { Answer } from "./answer.js";
import type { Gate } from "./gate.js";
import type { ConsoleOwner } from "./owner.js";

/** The talk that a command is part of. */
export interface Talk {
	readonly owner: ConsoleOwner;
	readonly gate: Gate;
	readonly now: Millis;
	/** A number for an id that was not used yet. */
	readonly order: number;
	/** What the lamp had counted whose export was imported, as members of JSON. */
	counts: string | undefined;
	/** A script talks. */
	isPlain: boolean;
	/** Someone is logged in. */
	isOpen: boolean;
	/** It ends with this answer. */
	isOver: boolean;
}

export interface Command {
	readonly name: string;
	readonly usage: string;
	readonly about: Readonly<Record<Language, string>>;
	/** `rest`: what follows the name, trimmed. */
	readonly run: (rest: string, talk: Talk) => Answer;
}
