/**
 * Mapping file: the mapping of a file of lights, kept as JSON beside it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Mapping } from "./mapping.js";

/** `lights.csv.mapping.json`. */
export const mappingBeside = (file: string): string => `${file}.mapping.json`;

/** In a mapping of version 0.1.0 the field `cabinet` has this key. */
const OLD_CABINET = /"cabin"(?=\s*:)/;

/** A mapping that was kept there. */
export function mappingIn(file: string): Mapping | undefined {
	if (!existsSync(file)) return undefined;
	try {
		return JSON.parse(readFileSync(file, "utf8").replace(OLD_CABINET, '"cabinet"')) as Mapping;
	} catch {
		return undefined;
	}
}

/** Keeps a mapping there. @returns whether it is kept */
export function keepMapping(file: string, mapping: Mapping): boolean {
	try {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(mapping, undefined, "\t")}\n`);
		return true;
	} catch {
		return false; // a folder without write access: it is asked for again
	}
}
