/**
 * Settings file: sections of settings as JSON, in the form of docs/settings.md.
 *
 * `{"light": {"place": "park", "installedMean": 10}, "calendar": {"program": "..."}}`. A kind of
 * place gives its values first; single settings override them. Every fault names the word, the rule
 * and an example, in the language asked for.
 */

import { readFileSync } from "node:fs";
import { posixOf } from "../../lib/posixzone.js";
import type { Language } from "../../lib/text/bilingual.js";
import { Zone } from "../../lib/zone.js";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { faultText } from "../../src/settings/faults.js";
import { readSection } from "../../src/settings/section.js";
import { SECTIONS, type SectionName, type Settings } from "../../src/settings/table.js";
import { isKind, withPlace } from "./places.js";

const TEXTS = {
	en: {
		noFile: "cannot be read",
		noJson: 'is not JSON, e.g. {"calendar": {"program": "sunset 100; sunrise 0"}}',
		csv: "is a table, not JSON: a site file belongs to npx luminode provision",
		noObject: "holds no object of sections",
		noSection: "{0} is not a section; sections are {1}",
		zone: "; {0} is written {1}",
	},
	fr: {
		noFile: "est illisible",
		noJson: 'n\'est pas du JSON, p. ex. {"calendar": {"program": "sunset 100; sunrise 0"}}',
		csv: "est un tableau, pas du JSON : un fichier de site va avec npx luminode provision",
		noObject: "ne contient pas d'objet de sections",
		noSection: "{0} n'est pas une section ; les sections sont {1}",
		zone: " ; {0} s'écrit {1}",
	},
} as const;

/** Settings of a file on `base`; throws an Error with all faults. */
export function readSettingsFile(path: string, base: Settings, language: Language): Settings {
	const content = contentOf(path, language);
	const faults: string[] = [];
	let settings = placeOf(content, base);
	for (const [name, section] of Object.entries(content)) {
		if (!SECTIONS.includes(name as SectionName)) {
			const { noSection } = TEXTS[language];
			faults.push(noSection.replace("{0}", name).replace("{1}", SECTIONS.join(", ")));
			continue;
		}
		const text = JSON.stringify(section);
		const result = readSection(settings, name as SectionName, text, VALIDATORS);
		settings = result.settings;
		for (const rejection of result.rejections) {
			const value = valueIn(section, rejection.name);
			const why = faultText(rejection, value, language);
			const [colon, gap] = language === "fr" ? [" : ", " : "] : [": ", " "];
			const hint = zoneHint(rejection.name, value, language);
			faults.push(`${name}${colon}${rejection.name}${gap}${why}${hint}`);
		}
	}
	if (faults.length > 0) throw new Error(`${path}\n  ${faults.join("\n  ")}`);
	return settings;
}

function contentOf(path: string, language: Language): Record<string, unknown> {
	const texts = TEXTS[language];
	let text: string;
	try {
		text = readFileSync(path, "utf8").replace(/^\uFEFF/, ""); // editors of Windows put a BOM first
	} catch (error) {
		throw new Error(`${path} ${texts.noFile} (${(error as NodeJS.ErrnoException).code})`);
	}
	let content: unknown;
	try {
		content = JSON.parse(text);
	} catch {
		const [head = ""] = text.split("\n", 1);
		throw new Error(`${path} ${/^[\w#]+[,;]/.test(head) ? texts.csv : texts.noJson}`);
	}
	if (typeof content !== "object" || content === null || Array.isArray(content))
		throw new Error(`${path} ${texts.noObject}`);
	return content as Record<string, unknown>;
}

/** The values of the file's kind of place; an unknown kind is refused with its section. */
function placeOf({ light }: Record<string, unknown>, base: Settings): Settings {
	const place = valueIn(light, "place");
	return isKind(place) ? withPlace(base, place) : base;
}

function valueIn(section: unknown, name: string): string {
	const values = (section ?? {}) as Record<string, unknown>;
	return Object.hasOwn(values, name) ? String(values[name]) : "";
}

/** The POSIX text of a zone that was given by its name. */
export function zoneHint(setting: string, value: string, language: Language): string {
	if (setting !== "zone" || !/^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(value)) return "";
	const zone = Zone.of(value);
	const posix = zone && posixOf(zone, Date.UTC(2026, 0, 1));
	return posix ? TEXTS[language].zone.replace("{0}", value).replace("{1}", posix) : "";
}
