/**
 * Texts: messages of the laptop's programs and of the page at the pole, in English and French, by
 * name.
 *
 * Names of commands, options, settings and files stay as they are typed.
 */
import { RUN_TEXTS } from "./runtexts.js";
import { SITE_TEXTS } from "./sitetexts.js";
import { TOOL_TEXTS } from "./tooltexts.js";
import { type Part, type Text, textOf } from "./words.js";

const TABLE = { ...RUN_TEXTS, ...TOOL_TEXTS, ...SITE_TEXTS };

export type TextName = keyof typeof TABLE;

/** A text by its name. */
export function text(name: TextName, ...parts: readonly Part[]): Text {
	return textOf(TABLE[name], parts);
}
