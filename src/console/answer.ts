/**
 * Answer: what a command says: lines as they can be made, and how it ended.
 *
 * People see the lines and the text of the end. A script sees one JSON object a line and a last line
 * that begins with `ok` or `error` (docs/console.md).
 */
import { quote } from "../json.js";
import type { Millis } from "../units.js";

/** Stands for a line that is not known yet: it is asked for again soon. */
export const LATER = null;

/** One line of a listing by its number; undefined after the last. */
export type Lines = (nth: number) => string | undefined;
/** The same where a line may have to be waited for. */
export type LiveLines = (nth: number, now: Millis) => string | undefined | typeof LATER;

/** How it ended. */
export interface End {
	/** Why not, as one word of the list in docs/console.md; absent: well. */
	readonly reason?: string;
	/** What people are told; absent: the lines said it. */
	readonly text?: string;
}

export interface Answer {
	readonly lines?: LiveLines;
	/** For scripts; absent: the lines that people see, as `{"text":...}`. */
	readonly json?: LiveLines;
	/** LightRequests for after the last line; absent: well. */
	readonly end?: () => End;
	/** `page`: stops where the screen is full. `live`: comes by itself, and any key ends it. */
	readonly flow?: "page" | "live";
	/**
	 * Wants lines instead of commands, unseen, until one is answered by an `Answer`. `undefined`: a line
	 * that was no text or too long. What is at fault it tells at the end: else the rest of a paste would
	 * be taken for commands.
	 */
	readonly take?: (line: string | undefined, nth: number) => Answer | undefined;
}

/** One sentence, and it is done. */
export function said(text: string): Answer {
	return { end: () => ({ text }) };
}

/** One sentence, and it is not done. */
export function refused(reason: string, text: string): Answer {
	return { end: () => ({ reason, text }) };
}

export function listing(lines: Lines, json?: Lines): Answer {
	return json ? { lines, json, flow: "page" } : { lines, flow: "page" };
}

export function listed(lines: readonly string[]): Answer {
	return listing((nth) => lines[nth]);
}

/** A line of a script's body for one that people see. */
export function textObject(line: string): string {
	return `{"text":${quote(line)}}`;
}

/** The last line of an answer to a script. */
export function lastLine({ reason, text }: End): string {
	return `${reason === undefined ? "ok" : `error ${reason}`}${text === undefined ? "" : ` ${text}`}`;
}
