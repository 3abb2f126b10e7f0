/**
 * Validate: converts an input from a person or a message to a valid value, or gives the rejection.
 *
 * Numbers are JSON numbers or plain decimals, in the unit outside. Programs and zones are validated
 * by their own rooms; node passes those validators, because this room may not import them.
 */
import { frozen } from "../frozen.js";
import { type Alphabet, type Kind, type NumberKind, scaleOf, type TextKind } from "./kinds.js";
import { type Setting, type SettingValue, settingOf, toInside } from "./table.js";
import { faultOfPassphrase, faultOfSsid } from "./wifi.js";

export type RejectionReason =
	| "unknownSetting"
	| "wrongType"
	| "outOfRange"
	| "notAStep" // finer than the setting's step
	| "wrongLength"
	| "badCharacter"
	| "reservedName"
	| "notAChoice"
	| "invalidProgram"
	| "invalidCalendar"
	| "invalidZone"
	| "invalidDepreciation"
	| "conflict" // with another setting (rules.ts)
	| "malformed" // of the text of a whole section
	| "storeFailure"; // valid, but the write to flash failed

export interface Rejection {
	readonly reason: RejectionReason;
	/** The setting, or the section for `malformed`; at most 32 characters. */
	readonly name: string;
	/** Continues "NAME ...": a clause in English. */
	readonly why: string;
}

/** Each returns why a text is not valid, or undefined if it is. */
export interface Validators {
	program(text: string): string | undefined;
	namedProgram(text: string): string | undefined;
	calendar(text: string): string | undefined;
	holidays(text: string): string | undefined;
	zone(text: string): string | undefined;
	depreciation(text: string): string | undefined;
}

const INVALID: Readonly<Record<keyof Validators, RejectionReason>> = Object.freeze({
	program: "invalidProgram",
	namedProgram: "invalidProgram",
	calendar: "invalidCalendar",
	holidays: "invalidCalendar",
	zone: "invalidZone",
	depreciation: "invalidDepreciation",
});

/** Topic levels reserved by the broker contract. */
const RESERVED: readonly string[] = Object.freeze(["all", "group", "unassigned"]);
const PRINTABLE = /[^ -~]/;
/** A character outside each alphabet; undefined: the text is validated as a whole. */
const FORBIDDEN = frozen({
	name: /[^A-Za-z0-9_-]/,
	topic: /[^A-Za-z0-9_/-]/,
	host: /[^A-Za-z0-9.:-]/,
	hosts: /[^A-Za-z0-9.:,-]/,
	printable: PRINTABLE,
	passphrase: PRINTABLE,
	ssid: undefined,
} satisfies Record<Alphabet, RegExp | undefined>);
/** Sign, digits and point of the longest valid number. */
const NUMBER_MAX_CHARACTERS = 12;
const NAME_SHOWN = 32;
/** In binary a decimal is no exact multiple of its step; within this tolerance it counts as one. */
const STEP_TOLERANCE = 1e-6;

export function isRejection<T>(result: T | Rejection): result is Rejection {
	return typeof result === "object" && result !== null && "reason" in result && "why" in result;
}

/** The value of `input` for the setting `name`, or the rejection. Never throws, for any input. */
export function validate(
	name: string,
	input: unknown,
	validators: Validators,
): SettingValue | Rejection {
	const setting = settingOf(name);
	if (!setting) return reject("unknownSetting", name.slice(0, NAME_SHOWN), "is not a setting");
	return validateFor(setting, input, validators);
}

/** The same for a setting that was looked up. */
export function validateFor(
	setting: Setting,
	input: unknown,
	validators: Validators,
): SettingValue | Rejection {
	const validated = validateKind(setting.kind, input, validators);
	if (typeof validated !== "object") return validated;
	return reject(validated.reason, setting.name, validated.why);
}

export function reject(reason: RejectionReason, name: string, why: string): Rejection {
	return { reason, name, why };
}

type Complaint = Omit<Rejection, "name">;

function validateKind(
	kind: Kind,
	input: unknown,
	validators: Validators,
): SettingValue | Complaint {
	switch (kind.type) {
		case "number":
			return validateNumber(kind, input);
		case "boolean":
			return validateBoolean(input);
		case "choice":
			return typeof input === "string" && kind.choices.includes(input)
				? (input as SettingValue)
				: { reason: "notAChoice", why: `must be one of ${kind.choices.join(", ")}` };
		case "text":
			return validateText(kind, input);
		case "program":
		case "namedProgram":
		case "calendar":
		case "holidays":
		case "zone":
		case "depreciation":
			return validateBy(kind.type, kind.max, input, validators);
	}
}

function validateNumber(kind: NumberKind, input: unknown): SettingValue | Complaint {
	const value = typeof input === "string" && isDecimal(input) ? Number(input) : input;
	if (typeof value !== "number") return { reason: "wrongType", why: "must be a number" };
	if (!(value >= kind.min && value <= kind.max)) {
		const { min, max, unit } = kind;
		return { reason: "outOfRange", why: `must be ${min} to ${max} ${unit}`.trimEnd() };
	}
	const scale = scaleOf(kind);
	const steps = Math.round(value * scale);
	if (Math.abs(value * scale - steps) > STEP_TOLERANCE)
		return { reason: "notAStep", why: `must be in steps of ${kind.step}` };
	return toInside(kind, (steps + 0) / scale) as SettingValue; // the exact decimal; never -0
}

function validateBoolean(input: unknown): boolean | Complaint {
	if (input === true || input === "true" || input === "on") return true;
	if (input === false || input === "false" || input === "off") return false;
	return { reason: "wrongType", why: "must be true or false" };
}

function validateText(kind: TextKind, input: unknown): SettingValue | Complaint {
	const { alphabet, min, max } = kind;
	if (typeof input !== "string") return { reason: "wrongType", why: "must be a text" };
	if (input.length < min || input.length > max)
		return { reason: "wrongLength", why: `must have ${min} to ${max} characters` };
	if (FORBIDDEN[alphabet]?.test(input))
		return { reason: "badCharacter", why: "has a character that is not allowed" };
	if (alphabet === "name" && RESERVED.includes(input))
		return { reason: "reservedName", why: `must not be ${RESERVED.join(", ")}` };
	if (alphabet === "topic" && hasEmptyLevel(input))
		return { reason: "badCharacter", why: "must not have an empty level" };
	if (alphabet === "hosts" && hasEmptyName(input))
		return { reason: "badCharacter", why: "must not have an empty name" };
	const why = alphabet === "ssid" ? faultOfSsid(input) : undefined;
	if (why) return { reason: "badCharacter", why };
	const wrong = alphabet === "passphrase" ? faultOfPassphrase(input) : undefined;
	if (wrong) return { reason: "wrongLength", why: wrong };
	return input as SettingValue;
}

function validateBy(
	type: keyof Validators,
	max: number,
	input: unknown,
	validators: Validators,
): SettingValue | Complaint {
	if (typeof input !== "string") return { reason: "wrongType", why: "must be a text" };
	if (input.length > max)
		return { reason: "wrongLength", why: `must have at most ${max} characters` };
	if (FORBIDDEN.printable.test(input))
		// characters that need an escape could make a stored section too long
		return { reason: "badCharacter", why: "has a character that is not allowed" };
	const why = validators[type](input);
	return why === undefined ? (input as SettingValue) : { reason: INVALID[type], why };
}

/** [-]digits[.digits]: no exponent, no hexadecimal, no blanks, which Number() would accept. */
function isDecimal(text: string): boolean {
	const start = text.startsWith("-") ? 1 : 0;
	if (text.length > NUMBER_MAX_CHARACTERS) return false;
	let digits = 0;
	let point = -1;
	for (let i = start; i < text.length; i += 1) {
		const character = text.charCodeAt(i);
		if (isDigit(character)) digits += 1;
		else if (character === 46 && point < 0 && digits > 0) point = i;
		else return false;
	}
	return digits > 0 && point !== text.length - 1;
}

function hasEmptyLevel(topic: string): boolean {
	return topic.startsWith("/") || topic.endsWith("/") || topic.includes("//");
}

function hasEmptyName(list: string): boolean {
	return list.startsWith(",") || list.endsWith(",") || list.includes(",,");
}

function isDigit(character: number): boolean {
	return character >= 48 && character <= 57;
}
