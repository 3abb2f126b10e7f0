/**
 * City settings: the table of settings and the kinds of place as data for the city's programs, which
 * import nothing of the firmware (city/settings.ts).
 */
import type { SettingData } from "../../lib/site/settingrules.js";
import { rangeOf } from "../../src/settings/help.js";
import type { Kind } from "../../src/settings/kinds.js";
import { valuesOfPlace } from "../../src/settings/places.js";
import { SETTINGS, settingOf } from "../../src/settings/table.js";
import { shapeOf } from "./settingsschemas.js";

const HEAD = `/**
 * Settings: the firmware's table and its kinds of place as data, one JSON object a line.
 *
 * Written by \`npm run renew -- settings\`.
 */

`;

/** The whole file. */
export function citySettings(): string {
	const places = (settingOf("place")!.kind as Kind & { type: "choice" }).choices
		.map((kind) => ({ kind, values: valuesOfPlace(kind as Parameters<typeof valuesOfPlace>[0]) }))
		.filter(({ values }) => values.length > 0);
	return `${HEAD}${table("SETTINGS", SETTINGS.map(rowOf))}\n${table("PLACES", places)}`;
}

function table(name: string, rows: readonly object[]): string {
	const lines = rows.map((row) => JSON.stringify(row).replaceAll("\\", "\\\\")).join("\n");
	return `export const ${name} = \`\n${lines}\n\`;\n`;
}

function rowOf({ name, section, kind, initial, secret }: (typeof SETTINGS)[number]): SettingData {
	const base = { name, section, initial: initial as SettingData["initial"] };
	const range = { en: ranged(kind, "en"), fr: ranged(kind, "fr") };
	const shape =
		kind.type === "number" ? { ...shapeOf(kind), type: "number", step: kind.step } : shapeOf(kind);
	return { ...base, ...(secret ? { secret } : {}), ...shape, range } as SettingData;
}

function ranged(kind: Kind, language: "en" | "fr"): string {
	const range = rangeOf(kind, language);
	return kind.type === "choice" ? `${language === "fr" ? "l'un de" : "one of"} ${range}` : range;
}
