/**
 * Setting rules: the settings that a site file may give, and their validation.
 *
 * The laptop takes the firmware's own rules; the city those of the public contract, which know no
 * syntax of a program and no rule between two settings.
 */
import type { Text } from "../text/bilingual.js";

/** Settings of one lamp. */
export interface Planned {
	/** Settings of the file, in the form of `set`; never a secret. */
	readonly values: ReadonlyMap<string, string>;
	/** The same by section, in the form of a report over the broker. */
	readonly sections: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export interface SettingRules {
	/** All settings by name. */
	readonly settings: ReadonlyMap<string, { readonly secret?: boolean }>;
	/** The settings that a kind of place has. */
	readonly placeNames: readonly string[];
	/** Name and value of each setting of a kind of place; none for a lamp without one. */
	valuesOfPlace(kind: string): Iterable<readonly [name: string, value: string]>;
	/**
	 * The settings `names` by their cells. An empty cell has the firmware's default; each fault is
	 * reported, and the setting keeps its default.
	 */
	planned(
		names: readonly string[],
		cellOf: (name: string) => string,
		complain: (why: Text) => void,
	): Planned;
}

/** A setting as data: name, default and form of its value, by the words of JSON Schema. */
export interface SettingData {
	readonly name: string;
	readonly section: string;
	readonly initial: string | number | boolean;
	readonly secret?: true;
	/** Absent: one of `enum`. */
	readonly type?: "number" | "boolean" | "string";
	readonly enum?: readonly string[];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly step?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly pattern?: string;
	readonly not?: { readonly enum: readonly string[] };
	/** The permitted values in words. */
	readonly range: Text;
}

/** A number as a spreadsheet of a country with decimal commas writes it, with a point. */
export function pointed(cell: string): string {
	return cell.replace(/^(-?\d+),(\d+)$/, "$1.$2");
}

/** A cell in a message. */
export function shown(cell: string): string {
	return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}...` : cell);
}
