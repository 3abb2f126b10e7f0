/**
 * Section: writes and reads a section of the settings as one JSON object.
 *
 * Numbers are printed from whole steps, because engines differ in how they print fractions.
 */
import { isJsonRejection, type JsonObject, parseObject, quote } from "../json.js";
import { type NumberKind, scaleOf } from "./kinds.js";
import { brokenRule } from "./rules.js";
import {
	type Changes,
	DEFAULTS,
	SECTIONS,
	SETTINGS,
	type SectionName,
	type Setting,
	type SettingName,
	type Settings,
	TABLE,
	toOutside,
	withValues,
} from "./table.js";
import { type Rejection, reject, type Validators, validateFor } from "./validate.js";

/** Grouped once, at load, because a boot reads every section. */
const NAMES = namesBySection();
/** The names of settings that are milliseconds inside and seconds in a text (toInside). */
const IN_SECONDS: object = Object.freeze(
	Object.fromEntries(
		SETTINGS.filter(({ kind }) => kind.type === "number" && kind.unit === "s").map(({ name }) => [
			name,
			true,
		]),
	),
);

/** Result of reading a text: the settings with all valid values, and the rejections. */
interface SectionResult {
	readonly settings: Settings;
	/** Empty if every value was accepted. */
	readonly rejections: readonly Rejection[];
}

/** The section for reports and exports: values in the units outside, without secrets. */
export function exportSection(settings: Settings, section: SectionName): string {
	return write(settings, section, false);
}

/** The section for the lamp's own store, with its secrets. Never sent or shown. */
export function writeSection(settings: Settings, section: SectionName): string {
	return write(settings, section, true);
}

/**
 * The settings with the values in `text` for a section; settings that it does not name keep theirs.
 * An invalid value is rejected and the setting keeps its value; if the section then breaks a rule,
 * the whole section keeps its values. A caller that needs all or nothing checks that `rejections`
 * is empty.
 */
export function readSection(
	base: Settings,
	section: SectionName,
	text: string,
	validators: Validators,
): SectionResult {
	const parsed = parseObject(text, NAMES[section]);
	if (!isJsonRejection(parsed)) return readValues(base, section, parsed.json, validators);
	if (parsed.reason !== "unknownKey" || !parsed.known)
		return { settings: base, rejections: [reject("malformed", section, `is ${parsed.reason}`)] };
	const unknown = reject("unknownSetting", parsed.name ?? "", `is not in section ${section}`);
	const result = readValues(base, section, parsed.known, validators);
	return { settings: result.settings, rejections: [unknown, ...result.rejections] };
}

/** The same for a parsed text; names outside the section are skipped. */
export function readValues(
	base: Settings,
	section: SectionName,
	values: JsonObject,
	validators: Validators,
): SectionResult {
	const rejections: Rejection[] = [];
	const changes: Changes = {};
	const sectionTable = TABLE[section];
	const names = NAMES[section];
	const count = names.length;
	for (let i = 0; i < count; i += 1) {
		const name = names[i]!;
		const input = values[name];
		if (input === undefined) continue; // most: a depot writes a few
		const value = validateFor(sectionTable[name]!, input, validators);
		if (typeof value === "object") rejections.push(value);
		else changes[name] = value;
	}
	const settings = withValues(base, changes);
	const broken = brokenRule(settings, section);
	if (!broken) return { settings, rejections };
	rejections.push(reject("conflict", broken.name, broken.why));
	return { settings: base, rejections };
}

/**
 * Adds the values that differ from the defaults, of a text under the lamp's own seal (seal.ts). It
 * is read by the engine's parser: it contains only names of its section and needs no validation.
 */
export function addOwnSection(changes: Changes, text: string): void {
	const values = JSON.parse(text) as Changes;
	const names = Object.keys(values) as SettingName[];
	const count = names.length;
	for (let i = 0; i < count; i += 1) {
		const name = names[i]!; // runs a hundred times in a boot: no iterator, no call
		let value = values[name]!;
		if (name in IN_SECONDS) value = Math.round((value as number) * 1000);
		if (value !== DEFAULTS[name]) changes[name] = value;
	}
}

/** The value of one setting in the unit outside, as `set` accepts it; a secret is not shown. */
export function print(settings: Settings, setting: Setting): string {
	const value = settings[setting.name];
	if (setting.secret) return value === "" ? "(not set)" : "(set)";
	return setting.kind.type === "number"
		? printNumber(setting.kind, value as number)
		: String(value);
}

/** The names of a section, in the order of the table. */
export function namesOf(section: SectionName): readonly SettingName[] {
	return NAMES[section];
}

/** The settings of a section, in the order of the table. */
export function settingsOf(section: SectionName): readonly Setting[] {
	return Object.values(TABLE[section]);
}

function write(settings: Settings, section: SectionName, secrets: boolean): string {
	let text = "{";
	for (const setting of settingsOf(section)) {
		if (setting.secret && !secrets) continue;
		const value = settings[setting.name];
		const printed = typeof value === "string" ? quote(value) : print(settings, setting);
		text += `${text.length > 1 ? "," : ""}"${setting.name}":${printed}`;
	}
	return `${text}}`;
}

/** A decimal with as many places as the step needs, without trailing zeros. */
export function printNumber(kind: NumberKind, inside: number): string {
	const value = toOutside(kind, inside);
	const scale = scaleOf(kind);
	const steps = Math.round(Math.abs(value) * scale);
	const integer = String(Math.floor(steps / scale));
	let places = String((steps % scale) + scale).slice(1); // the leading 1 preserves leading zeros
	while (places.endsWith("0")) places = places.slice(0, -1);
	const sign = value < 0 && steps > 0 ? "-" : "";
	return places === "" ? sign + integer : `${sign}${integer}.${places}`;
}

function namesBySection(): Readonly<Record<SectionName, readonly SettingName[]>> {
	const sorted: Record<string, readonly SettingName[]> = {};
	for (const section of SECTIONS)
		sorted[section] = Object.freeze(Object.values(TABLE[section]).map(({ name }) => name));
	return Object.freeze(sorted) as Readonly<Record<SectionName, readonly SettingName[]>>;
}
