/**
 * Lines: what the commands share: short answers, and the words of a line.
 */
import type { ConsoleOwner } from "./owner.js";
import type { Lines } from "./print.js";
import { fill, TEXTS } from "./texts.js";

/** How an empty text is typed. */
export const EMPTY = '""';

export function usage(text: string, owner: ConsoleOwner): Lines {
	return one(fill(TEXTS[owner.language].usage, text));
}

export function one(line: string): Lines {
	return (nth) => (nth === 0 ? line : undefined);
}

export function listed(lines: readonly string[]): Lines {
	return (nth) => lines[nth];
}

/** The first word and what follows it. */
export function parted(text: string): readonly [string, string] {
	const line = text.trim();
	const space = line.indexOf(" ");
	return space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1).trim()];
}

/** Digits only, at most five; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
	if (text.length < 1 || text.length > 5) return undefined;
	for (let at = 0; at < text.length; at += 1) {
		const digit = text.charCodeAt(at) - 48;
		if (!(digit >= 0 && digit <= 9)) return undefined;
	}
	return Number(text);
}
