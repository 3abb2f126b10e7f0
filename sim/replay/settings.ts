/**
 * Settings: those of a recording as sections of a lamp's store.
 */
import { recordingText } from "../../lib/recording/recordingfile.js";
import type { Language, Text } from "../../lib/text/bilingual.js";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { faultText } from "../../src/settings/faults.js";
import { readSection } from "../../src/settings/section.js";
import { DEFAULTS, type SectionName, type Settings, settingOf } from "../../src/settings/table.js";

type Values = Readonly<Record<string, string | number | boolean>>;

/** Recordings have no secrets; a row of neighbours needs a key, and no datagram comes. */
const NO_SECRET = "a recording has no key";

/** Section and text of each. */
export function storedSettings(values: Values): readonly (readonly [SectionName, string])[] {
	return [...sectionsOf(values)].map(
		([section, sectionValues]) => [section, JSON.stringify(sectionValues)] as const,
	);
}

/** Why a setting is not valid in this firmware; undefined: all are. */
export function faultOfSettings(
	values: Values,
): { readonly name: string; readonly why: Text } | undefined {
	const unknown = Object.keys(values).find((name) => !settingOf(name));
	if (unknown !== undefined) return { name: unknown, why: recordingText("unknownSetting") };
	let settings: Settings = DEFAULTS;
	for (const [section, text] of storedSettings(values)) {
		const read = readSection(settings, section, text, VALIDATORS);
		const [first] = read.rejections;
		if (first) {
			const of = (language: Language) => faultText(first, String(values[first.name]), language);
			return { name: first.name, why: { en: of("en"), fr: of("fr") } };
		}
		settings = read.settings;
	}
	return undefined;
}

function sectionsOf(values: Values): Map<SectionName, Record<string, unknown>> {
	const sections = new Map<SectionName, Record<string, unknown>>();
	const all = Number(values.neighbourGroup ?? 0) > 0 ? { ...values, siteKey: NO_SECRET } : values;
	for (const [name, value] of Object.entries(all)) {
		const setting = settingOf(name);
		if (!setting) continue;
		const sectionValues = sections.get(setting.section) ?? {};
		sectionValues[name] = value;
		sections.set(setting.section, sectionValues);
	}
	return sections;
}
