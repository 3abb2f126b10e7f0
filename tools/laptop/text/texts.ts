/**
 * Texts: messages of the laptop's programs and of the page at the pole, in English and French, by
 * name; the shared ones are of lib/text.
 */
import { type Part, type Text, textOf } from "../../../lib/text/bilingual.js";
import { SHARED_TEXTS } from "../../../lib/text/texts.js";
import { PROGRAM_TEXTS } from "./programtexts.js";
import { RECORD_TEXTS } from "./recordtexts.js";
import { RUN_TEXTS } from "./runtexts.js";

const TABLE = { ...SHARED_TEXTS, ...PROGRAM_TEXTS, ...RUN_TEXTS, ...RECORD_TEXTS };

export type TextName = keyof typeof TABLE;

/** A text by its name. */
export function text(name: TextName, ...parts: readonly Part[]): Text {
	return textOf(TABLE[name], parts);
}
