/**
 * Tonight: the program of one night, out of the texts of the settings.
 *
 * Programs and calendar stay texts and are read once a night: of four programs and sixteen rules a
 * lamp needs one, and the settings keep their texts anyway.
 */
import { programFor } from "../../lighting/calendar.js";
import {
	DEFAULT_NAME,
	isProgram,
	type NamedProgram,
	parseNamedProgram,
	parseProgram,
} from "../../lighting/program.js";
import { dateOf } from "../../time/date.js";

/** The settings that say it; all have been judged (src/node/settings/validators.ts). */
export interface ProgramTexts {
	readonly program: string;
	readonly program2: string;
	readonly program3: string;
	readonly program4: string;
	readonly calendar: string;
	readonly holidays: string;
}

/**
 * The program of the night whose evening is `day` (days since 1970-01-01). What cannot be read or
 * found leaves the program without a name; if that cannot be read, there is none and the default
 * lights.
 */
export function programOf(texts: ProgramTexts, day: number): NamedProgram | undefined {
	const name = nameOf(texts, day);
	if (name !== DEFAULT_NAME)
		for (const text of [texts.program2, texts.program3, texts.program4]) {
			const named = parseNamedProgram(text);
			if ("name" in named && named.name === name) return named;
		}
	const program = parseProgram(texts.program);
	return isProgram(program) ? { name: DEFAULT_NAME, program } : undefined;
}

function nameOf(texts: ProgramTexts, day: number): string {
	const { calendar, holidays } = texts;
	if (calendar === "") return DEFAULT_NAME;
	return programFor(calendar, holidays, dateOf(day), dateOf(day + 1));
}
