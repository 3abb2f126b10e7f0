/**
 * Settings: validation in the documented order with its words, merging, and the sections of a revision.
 *
 * Follows docs/light.md, Settings: Stored by a depot, A revision, Values; docs/settings.md, Rules between
 * settings; docs/broker.md, settings/desired and settings/reported.
 */
import { calendarErrors, calendarNames, holidaysErrors } from "./calendar.js";
import { depreciationErrors } from "./depreciation.js";
import { isObject, type Json, member, parseObject } from "./json.js";
import { floorLevel, fullLevel, isClass } from "./levels.js";
import { textOf } from "./mqtt.js";
import { programErrors, programName } from "./program.js";
import { type Characters, SECTIONS, type Section, type Setting } from "./settingtable.js";
import { zoneErrors } from "./zone.js";

export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;
/** All values of all sections. */
export type AllValues = Readonly<Record<string, Values>>;

/** Why a value or a section is refused: a word of the contract, and a clause in English. */
export interface Why {
	readonly reason: string;
	readonly words: string;
}

export function standardValues(section: Section): Values {
	const values: Record<string, Value> = {};
	for (const setting of section.settings) values[setting.name] = setting.standard;
	return values;
}

export function standardSettings(): AllValues {
	const all: Record<string, Values> = {};
	for (const section of SECTIONS) all[section.name] = standardValues(section);
	return all;
}

export function sectionNamed(name: string): Section | undefined {
	return SECTIONS.find((section) => section.name === name);
}

/** A value as it was told, in the type of its setting and to its step; or why it is none. */
export function checkValue(setting: Setting, given: Json): { readonly value: Value } | Why {
	const { type, name } = setting;
	const why = (reason: string, words: string): Why => ({ reason, words: `${name} ${words}` });
	switch (type.kind) {
		case "boolean":
			if (typeof given !== "boolean") return why("wrongType", "must be true or false");
			return { value: given };
		case "number": {
			if (typeof given !== "number" || !Number.isFinite(given)) {
				return why("wrongType", "must be a number");
			}
			if (given < type.min || given > type.max) {
				const unit = type.unit === "" ? "" : ` ${type.unit}`;
				return why("outOfRange", `must be ${type.min} to ${type.max}${unit}`);
			}
			const inverse = Math.round(1 / type.step);
			const steps = Math.round(given * inverse);
			if (Math.abs(given * inverse - steps) > 1e-6) {
				return why("notAStep", `must be in steps of ${type.step}`);
			}
			return { value: steps / inverse + 0 };
		}
		case "choice":
			if (typeof given !== "string" || !type.choices.includes(given)) {
				return why("notAChoice", `must be one of ${type.choices.join(", ")}`);
			}
			return { value: given };
		default:
			return typeof given === "string"
				? checkText(setting, given)
				: why("wrongType", "must be a text");
	}
}

const LETTERS: Readonly<Record<Characters, RegExp>> = {
	name: /^[A-Za-z0-9_-]*$/,
	printable: /^[ -~]*$/,
	host: /^[A-Za-z0-9.:-]*$/,
	hosts: /^[A-Za-z0-9.:,-]*$/,
	topic: /^[A-Za-z0-9_/-]*$/,
};
const BAD = "has a character that is not allowed";

function checkText(setting: Setting, text: string): { readonly value: Value } | Why {
	const { type, name } = setting;
	const why = (reason: string, words: string): Why => ({ reason, words: `${name} ${words}` });
	const good = { value: text };
	switch (type.kind) {
		case "text": {
			if (text.length < type.min || text.length > type.max) {
				return why("wrongLength", `must have ${type.min} to ${type.max} characters`);
			}
			if (!LETTERS[type.characters].test(text)) return why("badCharacter", BAD);
			if (type.characters === "topic" && text.split("/").includes("")) {
				return why("badCharacter", "must not have an empty level");
			}
			if (type.characters === "hosts" && text !== "" && text.split(",").includes("")) {
				return why("badCharacter", "must not have an empty name");
			}
			if (type.characters === "name" && ["all", "group", "unassigned"].includes(text)) {
				return why("reservedName", "must not be all, group, unassigned");
			}
			return good;
		}
		case "ssid":
			if (hasControl(text)) return why("badCharacter", BAD);
			if (new TextEncoder().encode(text).length > type.max) {
				return why("badCharacter", "must have at most 32 bytes of UTF-8");
			}
			return good;
		case "passphrase":
			if (!LETTERS.printable.test(text)) return why("badCharacter", BAD);
			if (text === "" || /^[0-9A-Fa-f]{64}$/.test(text)) return good;
			if (text.length < 8 || text.length > 63) {
				return why("wrongLength", "must have 8 to 63 characters, or 64 hexadecimal digits");
			}
			return good;
		case "program":
		case "namedProgram":
		case "calendar":
		case "holidays":
		case "zone":
		case "depreciation": {
			if (text.length > type.max) {
				return why("wrongLength", `must have at most ${type.max} characters`);
			}
			if (!LETTERS.printable.test(text)) return why("badCharacter", BAD);
			const fault = textFault(type.kind, text);
			return fault === undefined ? good : why(fault.reason, fault.words);
		}
		default:
			return good;
	}
}

function hasControl(text: string): boolean {
	for (const letter of text) {
		const code = letter.codePointAt(0)!;
		if (code < 32 || (code >= 127 && code < 160)) return true;
	}
	return false;
}

function textFault(kind: string, text: string): Why | undefined {
	const of = (reason: string, words: string | undefined) =>
		words === undefined ? undefined : { reason, words };
	switch (kind) {
		case "program":
			return of("invalidProgram", programErrors(text, false));
		case "namedProgram":
			return text === "" ? undefined : of("invalidProgram", programErrors(text, true));
		case "calendar":
			return of("invalidCalendar", calendarErrors(text));
		case "holidays":
			return of("invalidCalendar", holidaysErrors(text));
		case "zone":
			return of("invalidZone", zoneErrors(text));
		default:
			return of("invalidDepreciation", depreciationErrors(text));
	}
}

/** The sentence of the first rule of its own that a section breaks; undefined: none. */
export function brokenRule(section: string, values: Values): string | undefined {
	switch (section) {
		case "light":
			return brokenLight(values);
		case "calendar":
			return brokenCalendar(values);
		case "sensing":
			return brokenSensing(values);
		case "power":
			return brokenPower(values);
		case "link":
			return brokenLink(values);
		default:
			return undefined;
	}
}

/** Mean of a class, to compare two of one kind: the order of the table. */
const ORDER = [
	"P1",
	"P2",
	"P3",
	"P4",
	"P5",
	"P6",
	"C0",
	"C1",
	"C2",
	"C3",
	"C4",
	"C5",
	"M1",
	"M2",
	"M3",
	"M4",
	"M5",
	"M6",
];

function brokenLight(values: Values): string | undefined {
	const of = (name: string) => values[name] as number;
	const full = values.fullClass as string;
	const floor = values.floorClass as string;
	const areBoth = isClass(full) && isClass(floor);
	if ((isClass(full) || isClass(floor)) && of("installedMean") === 0) {
		return "installedMean must be told where a class is set";
	}
	if (areBoth && full[0] !== floor[0]) return "floorClass must be of the same kind as fullClass";
	if (areBoth && ORDER.indexOf(floor) < ORDER.indexOf(full)) {
		return "floorClass must not ask for more than fullClass";
	}
	const fullPercent = fullLevel(values);
	const floorPercent = floorLevel(values);
	if (isClass(full) && fullPercent > 100) {
		return "installedMean is too small: the full class would need more than 100 %";
	}
	const kind = isClass(full) ? full[0] : isClass(floor) ? floor[0] : undefined;
	if (kind === "M" && values.sensorEffect !== "none") {
		return "sensorEffect must be none on M classes: light that follows each vehicle breaks their uniformity";
	}
	if (of("maxLevel") < floorPercent) return "maxLevel must not be below the floor";
	if (fullPercent < floorPercent) return "fullLevel must not be below the floor";
	if (values.lightProtected === true && of("maxLevel") < fullPercent) {
		return "maxLevel must not be below the full class where lightProtected is set";
	}
	if (of("presenceLevel") !== 0 && of("lingerLevel") > of("presenceLevel")) {
		return "lingerLevel must not be above presenceLevel";
	}
	if (of("systemFailureLevel") < floorPercent) {
		return "systemFailureLevel must not be below the floor";
	}
	return undefined;
}

function brokenCalendar(values: Values): string | undefined {
	const names: string[] = [];
	for (const setting of ["program2", "program3", "program4"]) {
		const text = values[setting] as string;
		if (text !== "") names.push(programName(text));
	}
	if (new Set(names).size < names.length) {
		return "program2 must not have the name of another program";
	}
	for (const name of calendarNames(values.calendar as string)) {
		if (name !== "program" && !names.includes(name)) {
			return "calendar must name only programs that are set";
		}
	}
	return undefined;
}

function brokenSensing(values: Values): string | undefined {
	const of = (name: string) => values[name] as number;
	const key = values.siteKey as string;
	if (of("onLevel") >= of("offLevel")) return "onLevel must be less than offLevel";
	if (of("neighbourGroup") !== 0 && key === "") return "neighbourGroup needs a siteKey";
	if (key !== "" && key.length < 16) return "siteKey must have 16 characters or more";
	if (of("maxBroadcastPeriod") < of("minBroadcastPeriod")) {
		return "maxBroadcastPeriod must not be below minBroadcastPeriod";
	}
	return undefined;
}

function brokenPower(values: Values): string | undefined {
	let last = 0;
	for (const name of ["ledPower10_W", "ledPower25_W", "ledPower50_W", "ledPower_W"]) {
		const power = values[name] as number;
		if (power === 0) continue;
		if (power < last) {
			return "ledPower_W and the powers at 50, 25 and 10 % must rise with the level";
		}
		last = power;
	}
	return undefined;
}

function brokenLink(values: Values): string | undefined {
	if (values.presenceReporting === true && values.reporting === "narrow") {
		return "presenceReporting must be off with reporting narrow";
	}
	if ((values.stateMaxInterval as number) < (values.stateMinInterval as number)) {
		return "stateMaxInterval must not be below stateMinInterval";
	}
	return undefined;
}

/** The values of a section that a depot wrote (Stored by a depot). */
export function depotValues(section: Section, text: string): Values {
	const standard = standardValues(section);
	const parsed = parsedByDepot(text);
	if (parsed === undefined) return standard;
	const values: Record<string, Value> = { ...standard };
	for (const setting of section.settings) {
		const given = parsed[setting.name];
		if (given === undefined) continue;
		const checked = checkValue(setting, depotForm(setting, given));
		if ("value" in checked) values[setting.name] = checked.value;
	}
	return brokenRule(section.name, values) === undefined ? values : standard;
}

function parsedByDepot(text: string): Readonly<Record<string, Json>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
		return value as Readonly<Record<string, Json>>;
	} catch {
		return undefined;
	}
}

/** Numbers may also be texts there, and booleans "on" or "off". */
function depotForm(setting: Setting, given: Json): Json {
	if (typeof given !== "string") return given;
	if (setting.type.kind === "number" && /^-?[0-9]+(\.[0-9]+)?$/.test(given)) return Number(given);
	if (setting.type.kind === "boolean" && given === "on") return true;
	if (setting.type.kind === "boolean" && given === "off") return false;
	return given;
}

/** What a section that arrived says, as far as it could be read. */
export interface Desired {
	readonly revision: number;
	readonly count: number;
	readonly settings: readonly (readonly [string, Json])[];
}

const BYTES = 2048;
const MOST_REVISION = 4_294_967_295;

/** The head of a section, or why it is malformed (A revision, the first six checks). */
export function readDesired(section: Section, payload: Uint8Array): Desired | Why {
	const malformed = (words: string): Why => ({
		reason: "malformed",
		words: `${section.name} ${words}`,
	});
	const text = payload.length > BYTES ? undefined : textOf(payload);
	if (text === undefined) return malformed("is no text of 2,048 bytes at most");
	const names = section.settings.map((setting) => setting.name);
	const known = new Set(["revision", "count", "settings", ...names]);
	const parsed = parseObject(text, (name) => known.has(name));
	if ("fault" in parsed) return malformed(`is ${parsed.fault.word}`);
	const { object } = parsed;
	const revision = member(object, "revision");
	if (!isWhole(revision, 1, MOST_REVISION)) return malformed("needs a revision, 1 to 4294967295");
	const count = member(object, "count");
	if (!isWhole(count, 1, 7)) return malformed("needs a count, 1 to 7");
	const settings = member(object, "settings");
	if (!isObject(settings)) return malformed("needs settings, an object");
	const others = object.members.filter(
		([name]) => name !== "revision" && name !== "count" && name !== "settings",
	);
	if (others.length > 0) return malformed("has settings outside of settings");
	return { revision, count, settings: settings.members };
}

function isWhole(value: Json | undefined, min: number, max: number): value is number {
	return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** The section with what is desired merged into `before`, or why it is refused. */
export function mergeDesired(
	section: Section,
	desired: Desired,
	before: Values,
): { readonly values: Values } | Why {
	for (const [name] of desired.settings) {
		if (!section.settings.some((setting) => setting.name === name)) {
			return { reason: "unknownSetting", words: `${name} is not in section ${section.name}` };
		}
	}
	const given = new Map(desired.settings);
	for (const setting of section.settings) {
		const value = given.get(setting.name);
		if (value === undefined) continue;
		const type = typeof setting.standard;
		if (typeof value !== type) {
			const example = JSON.stringify(setting.standard);
			return {
				reason: "wrongType",
				words: `${setting.name} must be a JSON ${type}, e.g. ${example}`,
			};
		}
	}
	const values: Record<string, Value> = { ...before };
	for (const setting of section.settings) {
		const value = given.get(setting.name);
		if (value === undefined) continue;
		const checked = checkValue(setting, value);
		if (!("value" in checked)) return checked;
		values[setting.name] = checked.value;
	}
	const rule = brokenRule(section.name, values);
	return rule === undefined ? { values } : { reason: "conflict", words: rule };
}

export function areEqual(a: Values, b: Values): boolean {
	return Object.keys(a).every((name) => a[name] === b[name]);
}
