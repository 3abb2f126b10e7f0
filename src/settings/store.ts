/**
 * Store: the settings across a power cut, one JSON object a section in the key-value store.
 *
 * A section is written only when it changed (flash wears), and read back with the same suspicion as
 * a message: a value that is not valid becomes its default, and is told. The set that comes out is
 * always valid, whatever the flash holds.
 */
import type { Store, StoreResult } from "../host.js";
import { readSection, writeSection } from "./section.js";
import { DEFAULTS, SECTIONS, type SectionName, type Settings } from "./table.js";
import type { Judges, Rejection } from "./validate.js";

/** What was found. */
export interface Loaded {
	readonly settings: Settings;
	/** What was wrong with it, section by section. */
	readonly rejections: readonly Rejection[];
	/** Sections that were stored at all; none: a lamp fresh from the factory. */
	readonly stored: number;
}

/** The key of a section: at most 15 characters (NVS of ESP-IDF). */
export function keyOf(section: SectionName): string {
	return `set.${section}`;
}

/** The settings that the store holds, on top of the defaults. */
export function loadSettings(store: Store, judges: Judges): Loaded {
	let settings = DEFAULTS;
	let stored = 0;
	const rejections: Rejection[] = [];
	for (const section of SECTIONS) {
		const text = store.read(keyOf(section));
		if (text === undefined) continue;
		stored += 1;
		const result = readSection(settings, section, text, judges);
		settings = result.settings;
		for (const rejection of result.rejections) rejections.push(rejection);
	}
	return { settings, rejections, stored };
}

/**
 * Writes the sections in which `after` differs from `before`, what is in the store. Stops at the
 * first that the store does not take and returns its answer; sections before it are written.
 */
export function saveSettings(store: Store, before: Settings, after: Settings): StoreResult {
	for (const section of SECTIONS) {
		const text = writeSection(after, section);
		if (text === writeSection(before, section)) continue;
		const result = store.write(keyOf(section), text);
		if (result !== "ok") return result;
	}
	return "ok";
}
