/**
 * Store: keeps the settings across a power cut, one JSON object per section in the key-value store.
 *
 * A section is written only when it changed (flash wear), to the slot that is not in force
 * (bank.ts), under a seal (seal.ts). A text under the lamp's own seal is read by the engine's
 * parser without validation, which makes a boot six times as quick. Any other text, e.g. from the
 * depot, is validated like a message: an invalid value is replaced by its default and reported as a
 * rejection. The resulting set is valid for any content of the flash.
 */
import type { StoreResult } from "../host.js";
import { BANK_KEY } from "../storekeys.js";
import {
	type Bank,
	changedOver,
	hasBit,
	keyOf,
	NO_BANK,
	readBank,
	type Slot,
	slotOf,
	spareOf,
	writeBank,
} from "./bank.js";
import { ownText, type SettingsDoors, seal, textOf } from "./seal.js";
import { addOwnSection, readSection, writeSection } from "./section.js";
import {
	type Changes,
	DEFAULTS,
	onDefaults,
	SECTIONS,
	type SectionName,
	type Settings,
} from "./table.js";
import { type Rejection, reject, type Validators } from "./validate.js";

/** Result of loading. */
export interface Loaded {
	readonly settings: Settings;
	readonly bank: Bank;
	/** Bits of the sections that were wholly valid, but not under the lamp's own seal. */
	readonly validated: number;
	/** Errors of the stored texts, section by section. */
	readonly rejections: readonly Rejection[];
}

/** The settings of the store, on top of the defaults. */
export function loadSettings(doors: SettingsDoors, validators: Validators): Loaded {
	const text = doors.store.read(BANK_KEY);
	const bank = text === undefined ? undefined : readBank(text);
	const loaded = loadBank(bank, doors, validators);
	if (text === undefined || bank) return loaded;
	return {
		...loaded,
		rejections: [reject("malformed", BANK_KEY, "is malformed"), ...loaded.rejections],
	};
}

/** The settings of a bank; without one, those in the slots `a`, to which a depot writes. */
export function loadBank(
	bank: Bank | undefined,
	doors: SettingsDoors,
	validators: Validators,
): Loaded {
	const changes: Changes = {};
	let slots = "";
	let validated = 0;
	const rejections: Rejection[] = [];
	for (let i = 0; i < SECTIONS.length; i += 1) {
		const section = SECTIONS[i]!;
		const slot = bank ? (bank.slots.charAt(i) as Slot) : "a";
		const key = keyOf(section, slot);
		const stored = slot === "-" ? undefined : doors.store.read(key);
		slots += bank || stored !== undefined ? slot : "-";
		if (stored === undefined) {
			if (bank && slot !== "-") rejections.push(reject("malformed", section, "is not there"));
			continue;
		}
		const trustedText = ownText(key, stored, doors);
		if (trustedText !== undefined) addOwnSection(changes, trustedText);
		else {
			const text = textOf(stored);
			const { settings, rejections: found } = readSection(DEFAULTS, section, text, validators);
			if (settings !== DEFAULTS) Object.assign(changes, settings); // a section's own differences
			if (found.length === 0) validated |= 1 << i;
			else for (const rejection of found) rejections.push(rejection);
		}
	}
	return {
		settings: onDefaults(changes),
		bank: bank ?? { ...NO_BANK, slots },
		validated,
		rejections,
	};
}

/** Writes a section of `settings` to its spare slot, where it is not in force yet. */
export function writeSpare(
	bank: Bank,
	section: SectionName,
	settings: Settings,
	doors: SettingsDoors,
): StoreResult {
	const key = keyOf(section, spareOf(bank, section));
	const sealed = seal(key, writeSection(settings, section), doors);
	return doors.store.read(key) === sealed ? "ok" : doors.store.write(key, sealed);
}

/**
 * Adds the lamp's own seal to the text of a section, in its slot. `settings` are in force from that
 * text; a text that would give other values if read without validation is left unchanged. One key
 * is written, and a power cut leaves the text with or without the seal: both have the same meaning.
 */
export function sealStored(
	bank: Bank,
	section: SectionName,
	settings: Settings,
	doors: SettingsDoors,
): void {
	const key = keyOf(section, slotOf(bank, section));
	const stored = doors.store.read(key) ?? "";
	const text = textOf(stored);
	if (text === "" || ownText(key, stored, doors) !== undefined) return;
	const changes: Changes = {};
	addOwnSection(changes, text);
	const unsealed = onDefaults(changes);
	if (writeSection(unsealed, section) === writeSection(settings, section))
		doors.store.write(key, seal(key, text, doors));
}

/** Bits of the sections in which the two differ. */
export function changedSections(settings: Settings, other: Settings): number {
	let mask = 0;
	for (let i = 0; i < SECTIONS.length; i += 1) {
		const section = SECTIONS[i]!;
		if (writeSection(settings, section) !== writeSection(other, section)) mask |= 1 << i;
	}
	return mask;
}

/**
 * Writes the sections in which `after` differs from `before`, the settings of `bank`, to their
 * spare slots. Returns the slots of `after` and the bits of those sections, or the store's error.
 * Nothing is in force before `switchTo`.
 */
export function prepare(
	bank: Bank,
	before: Settings,
	after: Settings,
	doors: SettingsDoors,
): { readonly slots: string; readonly mask: number } | Exclude<StoreResult, "ok"> {
	const mask = changedSections(before, after);
	for (let i = 0; i < SECTIONS.length; i += 1) {
		if (!hasBit(mask, i)) continue;
		const result = writeSpare(bank, SECTIONS[i]!, after, doors);
		if (result !== "ok") return result;
	}
	return { slots: changedOver(bank, mask), mask };
}

/** Puts a bank in force by writing one key. */
export function switchTo(bank: Bank, { store }: SettingsDoors): StoreResult {
	return store.write(BANK_KEY, writeBank(bank));
}
