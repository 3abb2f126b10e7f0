/**
 * Tonight: chooses the program of a night from the texts of the settings.
 *
 * Programs and calendar stay texts and are parsed once a night: of four programs and sixteen rules
 * a night needs one, and the settings hold their texts in any case.
 */
import { programFor } from "../../lighting/calendar.js";
import { DEFAULT_NAME, programFault, programNamed } from "../../lighting/program.js";
import { dateOf } from "../../time/date.js";

/** The settings with programs and calendar, validated before (src/node/settings/validators.ts). */
export interface ProgramTexts {
	readonly program: string;
	readonly program2: string;
	readonly program3: string;
	readonly program4: string;
	readonly calendar: string;
	readonly holidays: string;
}

/** A valid program as text, and the name that a calendar uses for it. */
interface TonightProgram {
	readonly name: string;
	readonly text: string;
}

/**
 * The program of the night whose evening is `day` (days since 1970-01-01). If the named program
 * cannot be found or parsed, the one without a name applies; if that cannot be parsed either, the
 * result is undefined and the default request lights the lamp.
 */
export function programOf(texts: ProgramTexts, day: number): TonightProgram | undefined {
	const name = nameOf(texts, day);
	if (name !== DEFAULT_NAME)
		for (const named of [texts.program2, texts.program3, texts.program4]) {
			const text = programNamed(name, named);
			if (text !== undefined && isValid(text)) return { name, text };
		}
	return isValid(texts.program) ? { name: DEFAULT_NAME, text: texts.program } : undefined;
}

function isValid(text: string): boolean {
	return programFault(text) === undefined;
}

function nameOf(texts: ProgramTexts, day: number): string {
	const { calendar, holidays } = texts;
	if (calendar === "") return DEFAULT_NAME;
	return programFor(calendar, holidays, dateOf(day), dateOf(day + 1));
}
