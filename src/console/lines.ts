/**
 * Lines: functions that the commands share: words of a line, messages for lines that do not fit.
 */
import { type Answer, type Lines, refused } from "./answer.js";
import type { ConsoleOwner } from "./owner.js";
import { fill, TEXTS } from "./texts.js";

/** The typed form of an empty text. */
export const EMPTY = '""';

export function usage(text: string, owner: ConsoleOwner): Answer {
	return refused("usage", fill(TEXTS[owner.language].usage, text));
}

/** A listing of one line. */
export function only(line: string): Lines {
	return (nth) => (nth === 0 ? line : undefined);
}

/** The first word, and the rest. */
export function parted(text: string): readonly [string, string] {
	const line = text.trim();
	const space = line.indexOf(" ");
	return space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1).trim()];
}

/** At most five digits; undefined for any other text. */
export function wholeNumber(text: string): number | undefined {
	if (text.length < 1 || text.length > 5) return undefined;
	for (let at = 0; at < text.length; at += 1) {
		const digit = text.charCodeAt(at) - 48;
		if (!(digit >= 0 && digit <= 9)) return undefined;
	}
	return Number(text);
}
