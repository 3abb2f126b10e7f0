/**
 * Setting value: a value for the lamps, validated as a lamp validates it, before a street begins.
 */
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { faultText } from "../../src/settings/faults.js";
import { readSection } from "../../src/settings/section.js";
import { DEFAULTS, SECTIONS, type SectionName, settingOf } from "../../src/settings/table.js";

/** Why a lamp would refuse the value, with the rule and an example; undefined: it takes it. */
export function faultOfSetting(
	section: string,
	name: string,
	value: string | number | boolean,
): string | undefined {
	if (!SECTIONS.includes(section as SectionName))
		return `${section} is no section; sections are ${SECTIONS.join(", ")}`;
	if (settingOf(name)?.section !== section)
		return `${name} is no setting of ${section} (docs/settings.md)`;
	const text = JSON.stringify({ [name]: value });
	const { rejections } = readSection(DEFAULTS, section as SectionName, text, VALIDATORS);
	// a rule between settings may hold with the other settings of this street
	const rejection = rejections.find(
		(rejected) => rejected.name === name && rejected.reason !== "conflict",
	);
	return rejection && `${name} ${faultText(rejection, String(value), "en")}`;
}
