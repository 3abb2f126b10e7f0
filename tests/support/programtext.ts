/**
 * Program text: switch points as objects, for tests; a lamp parses each point where it is needed
 * (src/lighting/plan.ts).
 */
import {
	type InvalidProgram,
	namedProgramFault,
	pointOf,
	pointTexts,
	programFault,
	type SwitchPoint,
} from "../../src/lighting/program.js";

export interface Program {
	readonly points: readonly SwitchPoint[];
}

/** A program with the name that a calendar uses for it. */
export interface NamedProgram {
	readonly name: string;
	readonly program: Program;
}

/** Parses a program's text. An invalid text gives an InvalidProgram, never an exception. */
export function parseProgram(text: string): Program | InvalidProgram {
	return programFault(text) ?? programIn(text);
}

/** Parses `NAME: PROGRAM`. */
export function parseNamedProgram(text: string): NamedProgram | InvalidProgram {
	const fault = namedProgramFault(text);
	if (fault) return fault;
	const colon = text.indexOf(":");
	const program = programIn(text.slice(colon + 1));
	return Object.freeze({ name: text.slice(0, colon).trim(), program });
}

function programIn(text: string): Program {
	return Object.freeze({ points: Object.freeze(pointTexts(text).map(pointOf)) });
}

/** Whether a parse succeeded. */
export function isProgram(parsed: Program | InvalidProgram): parsed is Program {
	return "points" in parsed;
}
