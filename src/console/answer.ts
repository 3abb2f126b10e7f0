/**
 * Answer: the result of a command: lines that are made on demand, and an end.
 *
 * For people: the lines, and the text of the end. For a script: one JSON object a line, and a last
 * line that begins with `ok` or `error` (docs/console.md).
 */
import { quote } from "../json.js";
import type { Millis } from "../units.js";

/** Stands for a line that is not available yet; it is requested again after a short wait. */
export const LATER = null;

/** One line of a listing by its number; undefined after the last. */
export type Lines = (index: number) => string | undefined;
/** The same if a line may not be available yet. */
type LiveLines = (index: number, now: Millis) => string | undefined | typeof LATER;

/** The end of an answer. */
export interface End {
	/** Why the command failed, as one word of the list in docs/console.md; absent: it succeeded. */
	readonly reason?: string;
	/** Text for people; absent: the lines are sufficient. */
	readonly text?: string;
}

export interface Answer {
	readonly lines?: LiveLines;
	/** Lines for scripts; absent: the lines for people, as `{"text":...}`. */
	readonly json?: LiveLines;
	/** Called after the last line; absent: the command succeeded. */
	readonly end?: () => End;
	/** `page`: stops when the screen is full. `live`: prints on its own; any key ends it. */
	readonly flow?: "page" | "live";
	/**
	 * Receives the following lines instead of commands, without echo, until it returns an `Answer`.
	 * `undefined`: a line that is not UTF-8 or too long. A fault is reported only at the end; else
	 * the rest of a paste would be run as commands.
	 */
	readonly take?: (line: string | undefined, index: number) => Answer | undefined;
	/** For people: the request for the nth line, from 0; absent: the request for a paste, once. */
	readonly ask?: (index: number) => string;
}

/** Success, with one sentence. */
export function sentence(text: string): Answer {
	return { end: () => ({ text }) };
}

/** Failure, with one sentence. */
export function refused(reason: string, text: string): Answer {
	return { end: () => ({ reason, text }) };
}

export function listing(lines: Lines, json?: Lines): Answer {
	return json ? { lines, json, flow: "page" } : { lines, flow: "page" };
}

export function listed(lines: readonly string[]): Answer {
	return listing((index) => lines[index]);
}

/** A line for people as a JSON object for scripts. */
export function textObject(line: string): string {
	return `{"text":${quote(line)}}`;
}

/** The last line of an answer to a script. */
export function lastLine({ reason, text }: End): string {
	return `${reason === undefined ? "ok" : `error ${reason}`}${text === undefined ? "" : ` ${text}`}`;
}
