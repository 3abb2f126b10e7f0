/**
 * Notes: lines about valid settings that are improbable, made in pieces, because light never waits.
 */
import type { Language } from "../explain/chaintext.js";
import { quote } from "../json.js";
import type { Millis } from "../units.js";
import { type Answer, LATER, type LiveLines, listing } from "./answer.js";
import type { ConsoleOwner, Lint, LintFinding } from "./owner.js";
import { numeral, say } from "./texts.js";

/** Pause between two pieces of the work. */
const PAUSE: Millis = 20;

/** The answer of `check`: a line a note, or one sentence if there is none. */
export function check(owner: ConsoleOwner): Answer {
	const { language } = owner;
	const work = owner.lint();
	let count = 0;
	const counted = (text: (found: LintFinding) => string) => (found: LintFinding) => {
		count += 1;
		return text(found);
	};
	return {
		lines: linesOf(
			work,
			counted((found) => line(found, language)),
		),
		json: linesOf(work, counted(objectOf)),
		end: () => (count > 0 ? {} : { text: say(language, "noNote") }),
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

function linesOf(work: Lint, print: (found: LintFinding) => string): LiveLines {
	return () => {
		const found = work.next();
		return found ? print(found) : found === null ? LATER : undefined;
	};
}

function line(found: LintFinding, language: Language): string {
	return say(language, "note", noteText(found, language));
}

function objectOf(found: LintFinding): string {
	return `{"rule":"${found.rule}","name":"${found.name}","text":${quote(noteText(found, "en"))}}`;
}

/** A finding as a sentence without its full stop; numbers have the language's decimal sign. */
export function noteText({ rule, values }: LintFinding, language: Language): string {
	const parts = values.map((value) =>
		typeof value === "number" ? numeral(language, `${value}`) : value,
	);
	return say(language, `note.${rule}`, ...parts);
}
