/**
 * Help: what a setting may be and what it means, for a person at the console.
 */
import type { Kind } from "./kinds.js";
import { printNumber } from "./section.js";
import { type Setting, toInside } from "./table.js";

export type Language = "en" | "fr";

/** The values a kind allows, e.g. `0 to 100 %` or `en, fr`. */
export function rangeOf(kind: Kind, language: Language): string {
	const french = language === "fr";
	switch (kind.type) {
		case "number": {
			const to = french ? "à" : "to";
			const bound = (value: number) => printNumber(kind, toInside(kind, value));
			const range = `${bound(kind.min)} ${to} ${bound(kind.max)} ${kind.unit}`.trimEnd();
			return kind.step === 1 ? range : `${range}, ${french ? "par" : "step"} ${bound(kind.step)}`;
		}
		case "boolean":
			return french ? "true ou false" : "true or false";
		case "choice":
			return kind.choices.join(", ");
		case "text":
			return `${kind.min}-${kind.max} ${french ? "caractères" : "characters"} (${kind.alphabet})`;
		case "program":
		case "zone": {
			const most = french ? "au plus" : "at most";
			return `${kind.type}, ${most} ${kind.max} ${french ? "caractères" : "characters"}`;
		}
	}
}

/** The default as `set` would take it. */
export function initialOf(setting: Setting): string {
	const { initial, kind } = setting;
	return kind.type === "number"
		? printNumber(kind, toInside(kind, initial as number))
		: String(initial);
}

/** Name, section, values, default; then the meaning, and the warning if there is one. */
export function helpOf(setting: Setting, language: Language): string {
	const words = language === "fr" ? 1 : 0;
	const { name, section, kind, meaning, warning } = setting;
	const standard = language === "fr" ? "par défaut" : "default";
	const initial = initialOf(setting) || '""';
	const head = `${name} (${section}): ${rangeOf(kind, language)}; ${standard} ${initial}`;
	return `${head}\n${meaning[words]}${warning ? `\n${warning[words]}` : ""}`;
}
