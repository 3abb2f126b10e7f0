/**
 * Desired: one section of the settings that the CMS requests, as received from the broker.
 *
 * `{"revision":5,"count":2,"settings":{"floorLevel":30}}`: the `count` sections of one revision are
 * one change. A setting that the section does not name keeps its value, because the CMS does not
 * have the secrets.
 */
import { isJsonRejection, type JsonObject, parseObject } from "../json.js";
import type { Millis } from "../units.js";
import { namesOf, readValues } from "./section.js";
import { SECTIONS, type SectionName, type Settings, TABLE } from "./table.js";
import { type Rejection, reject, type Validators } from "./validate.js";

/** Within this time all sections of a revision must arrive; retained ones arrive in a second. */
export const COLLECT_WITHIN: Millis = 10 * 60_000;
/** 32 bits: enough for one revision a second over a century. */
const REVISION_MAX = 0xffff_ffff;

interface Desired {
	/** 1 to REVISION_MAX. */
	readonly revision: number;
	/** Number of sections of this revision, 1 to all. */
	readonly count: number;
	readonly values: JsonObject;
	/** It has a setting that is not in its section: refused, by its revision. */
	readonly unknown: Rejection | undefined;
}

/** Keys beside the names of a section. */
const HEAD: readonly string[] = Object.freeze(["revision", "count", "settings"]);
const KNOWN = Object.freeze(
	SECTIONS.map((section) => Object.freeze([...HEAD, ...namesOf(section)])),
);

/** The head and the values of the message, not validated yet; or the rejection. Never throws. */
export function readDesired(section: SectionName, text: string): Desired | Rejection {
	const parsed = parseObject(text, KNOWN[SECTIONS.indexOf(section)]!);
	if (!isJsonRejection(parsed)) return headed(section, parsed.json, undefined);
	const { known, name = "", reason } = parsed;
	if (!known) return reject("malformed", section, `is ${reason}`);
	return headed(section, known, reject("unknownSetting", name, `is not in section ${section}`));
}

function headed(
	section: SectionName,
	json: JsonObject,
	unknown: Rejection | undefined,
): Desired | Rejection {
	const { revision, count, settings } = json;
	if (!isWhole(revision, REVISION_MAX))
		return reject("malformed", section, `needs a revision, 1 to ${REVISION_MAX}`);
	if (!isWhole(count, SECTIONS.length))
		return reject("malformed", section, `needs a count, 1 to ${SECTIONS.length}`);
	if (typeof settings !== "object" || settings === null || Array.isArray(settings))
		return reject("malformed", section, "needs settings, an object");
	if (Object.keys(json).length > HEAD.length)
		return reject("malformed", section, "has settings outside of settings");
	return { revision, count, values: settings as JsonObject, unknown };
}

/**
 * `base` with the requested values; all of them, or the first rejection. A text for a number, which a
 * console accepts, is rejected as in an order.
 */
export function validateDesired(
	base: Settings,
	section: SectionName,
	values: JsonObject,
	validators: Validators,
): Settings | Rejection {
	for (const name of namesOf(section)) {
		const value = values[name];
		const { initial } = TABLE[section][name]!;
		if (value !== undefined && typeof value !== typeof initial) {
			const example = JSON.stringify(initial);
			return reject("wrongType", name, `must be a JSON ${typeof initial}, e.g. ${example}`);
		}
	}
	const { settings, rejections } = readValues(base, section, values, validators);
	return rejections[0] ?? settings;
}

function isWhole(value: unknown, most: number): value is number {
	return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most;
}
