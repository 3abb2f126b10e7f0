/**
 * Fields: the members of a small JSON object that came from outside, each checked for its type.
 */
import { textOf } from "../../lib/bytes.js";

export type Fields = Readonly<Record<string, unknown>>;

/** Longest accepted text, characters. */
const TEXT_MOST = 64;

/** The object in `bytes`; undefined for anything else. */
export function fieldsIn(bytes: Uint8Array): Fields | undefined {
	try {
		const value: unknown = JSON.parse(textOf(bytes));
		return isFields(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

export function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function number(value: unknown): number | undefined {
	return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function text(value: unknown): string | undefined {
	return typeof value === "string" ? value.slice(0, TEXT_MOST) : undefined;
}

/** RFC 3339 as ms UTC. */
export function instant(value: unknown): number | undefined {
	return typeof value === "string" ? number(Date.parse(value)) : undefined;
}

export function flag(value: unknown): boolean | undefined {
	return typeof value === "boolean" ? value : undefined;
}
