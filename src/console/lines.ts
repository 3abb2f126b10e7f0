/**
 * Lines: functions that the commands share: words of a line, messages for lines that do not fit.
 */
import { clockText, dateText } from "../explain/clocktext.js";
import type { Millis, UtcMillis } from "../units.js";
import { type Answer, type Lines, refused, sentence } from "./answer.js";
import type { ConsoleOwner } from "./owner.js";
import { faultText, say, type TextName } from "./texts.js";

const MINUTE: Millis = 60_000;
const DAY: Millis = 86_400_000;
/** The typed form of an empty text. */
export const EMPTY = '""';

export function usage(text: string, { language }: ConsoleOwner): Answer {
	return refused("usage", say(language, "usage", text));
}

/** Success, with a text of the console's language. */
export function success({ language }: ConsoleOwner, name: TextName, ...parts: string[]): Answer {
	return sentence(say(language, name, ...parts));
}

/** Failure; `reason`: the word for scripts. */
export function denied(
	reason: string,
	{ language }: ConsoleOwner,
	name: TextName,
	...parts: string[]
): Answer {
	return refused(reason, say(language, name, ...parts));
}

/** Nothing changed, and why. */
export function notDone(owner: ConsoleOwner, why: string): Answer {
	return denied("notDone", owner, "notDone", faultText(owner.language, why));
}

/** The state of the settings: stored, edited or on trial; the same sentence wherever it matters. */
export function stateText({ language, trial, isEdited }: ConsoleOwner): string {
	if (!trial) return say(language, isEdited ? "waits" : "stored");
	const { left, isProving, before } = trial;
	const span = left > MINUTE ? `${Math.ceil(left / MINUTE)} min` : `${Math.ceil(left / 1000)} s`;
	return say(language, isProving ? "proving" : "trial", span, before || say(language, "former"));
}

/** A listing of one line. */
export function only(line: string): Lines {
	return (index) => (index === 0 ? line : undefined);
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

/** The setting of that name; for people in any case. */
export function nameIn(
	text: string,
	{ names }: ConsoleOwner,
	isPlain: boolean,
): string | undefined {
	const exact = names.find((name) => name === text);
	if (exact !== undefined || isPlain) return exact;
	const lower = text.toLowerCase();
	return names.find((name) => name.toLowerCase() === lower);
}

/** `until 23:09`, or without a clock `for 60 min`; `span` in ms. */
export function untilText({ language, view }: ConsoleOwner, span: Millis): string {
	const { utc } = view.time;
	const { zone } = view.plan;
	if (utc === undefined) return say(language, "forSpan", Math.round(span / MINUTE));
	const end = (utc + span) as UtcMillis;
	return say(language, "untilAt", span < DAY ? clockText(zone, end) : dateText(zone, end));
}
