/**
 * Texts: messages about files, options, the vault and a site file, in English and French, by name.
 *
 * Names of commands, options, settings and files stay as they are typed.
 */
import { type Part, type Text, textOf } from "./bilingual.js";
import { SITE_TEXTS } from "./sitetexts.js";
import { TOOL_TEXTS } from "./tooltexts.js";

export const SHARED_TEXTS = { ...TOOL_TEXTS, ...SITE_TEXTS };

export type TextName = keyof typeof SHARED_TEXTS;

/** A text by its name. */
export function text(name: TextName, ...parts: readonly Part[]): Text {
	return textOf(SHARED_TEXTS[name], parts);
}
