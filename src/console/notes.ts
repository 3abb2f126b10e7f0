/**
 * Notes: lines about valid settings that are improbable, made in pieces, because light never waits.
 */
import type { Language } from "../explain/chaintext.js";
import type { Millis } from "../units.js";
import { type Answer, listing } from "./answer.js";
import type { ConsoleOwner, LintFinding } from "./owner.js";
import { numeral, say } from "./texts.js";

/** Pause between two pieces of the work. */
const PAUSE: Millis = 20;

/** The answer of `check`: a line a note, or one sentence if there is none. */
export function check(owner: ConsoleOwner): Answer {
	const { language } = owner;
	const work = owner.lint();
	let text: string | undefined = say(language, "noNote");
	return {
		lines: () => {
			const found = work.next();
			if (!found) return found; // null: LATER
			text = undefined;
			return line(found, language);
		},
		end: () => (text === undefined ? {} : { text }),
		flow: "page",
		poll: PAUSE,
	};
}

/** The result of an edit, for people, and the notes on that setting. */
export function edited(text: string, name: string, owner: ConsoleOwner): Answer {
	const work = owner.lint(name);
	return listing((nth) => {
		if (nth === 0) return text;
		let found = work.next();
		while (found === null) found = work.next();
		return found && line(found, owner.language);
	});
}

function line(found: LintFinding, language: Language): string {
	return say(language, "note", noteText(found, language));
}

/** A finding as a sentence without its full stop; numbers have the language's decimal sign. */
export function noteText({ rule, values }: LintFinding, language: Language): string {
	const parts = values.map((value) =>
		typeof value === "number" ? numeral(language, `${value}`) : `${value}`,
	);
	return say(language, `note.${rule}`, ...parts);
}
