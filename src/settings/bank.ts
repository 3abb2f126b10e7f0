/**
 * Bank: the slot from which each section of the settings is read, and the revision in force.
 *
 * Each section has two slots in the store. A changed section is written to the slot that is not in
 * force; then this record, one key, is written and puts all changes in force at once. A power cut
 * at any write leaves the old settings or the new ones. A section that did not change keeps its
 * slot, so only changed sections cost flash writes.
 */
import { SECTIONS, type SectionName } from "./table.js";

/** `a`, `b`, or `-`: never stored, so the section has its defaults. */
export type Slot = "a" | "b" | "-";

export interface Bank {
	/** One letter per section, in the order of the table. */
	readonly slots: string;
	/** Rises with every switch: identifies the settings reported to the CMS. */
	readonly switches: number;
	/** The last revision from the CMS; 0: none yet. */
	readonly revision: number;
	/** Bits of the sections changed at the pole since that revision. */
	readonly drift: number;
	/** The highest revision that was tried and reverted; it is not tried again. 0: none. */
	readonly refused: number;
	/** Bits of the sections that it had changed. */
	readonly reverted: number;
	/** During probation: the settings to revert to, and the life in which it began. */
	readonly fallback: Fallback | undefined;
}

interface Fallback {
	readonly slots: string;
	readonly revision: number;
	readonly drift: number;
	readonly life: number;
}

export const NO_BANK: Bank = Object.freeze({
	slots: "-".repeat(SECTIONS.length),
	switches: 0,
	revision: 0,
	drift: 0,
	refused: 0,
	reverted: 0,
	fallback: undefined,
});

/** Version of the record's layout. */
const FORMAT = "1";
const FIELDS = 7;
const FIELDS_OF_PROBATION = 4;

/** The key of a section's slot: at most 15 characters (NVS of ESP-IDF). */
export function keyOf(section: SectionName, slot: Slot = "a"): string {
	return `${slot === "b" ? "alt" : "set"}.${section}`;
}

/** The slot in force of a section. */
export function slotOf(bank: Bank, section: SectionName): Slot {
	return bank.slots.charAt(SECTIONS.indexOf(section)) as Slot;
}

/** The slot for a change of the section: never `a` before the first record is written. */
export function spareOf(bank: Bank, section: SectionName): "a" | "b" {
	return slotOf(bank, section) === "b" ? "a" : "b";
}

/** The slots, switched for the sections in `mask`. */
export function changedOver(bank: Bank, mask: number): string {
	let slots = "";
	for (let i = 0; i < SECTIONS.length; i += 1)
		slots += hasBit(mask, i) ? spareOf(bank, SECTIONS[i]!) : bank.slots.charAt(i);
	return slots;
}

/** Bits of the sections whose slots differ. */
export function differing(slots: string, other: string): number {
	let mask = 0;
	for (let i = 0; i < SECTIONS.length; i += 1)
		if (slots.charAt(i) !== other.charAt(i)) mask |= 1 << i;
	return mask;
}

export function hasBit(mask: number, place: number): boolean {
	return (mask & (1 << place)) !== 0;
}

/** The record for the store: at most 120 characters. */
export function writeBank(bank: Bank): string {
	const { slots, switches, revision, drift, refused, reverted, fallback } = bank;
	const text = `${FORMAT} ${slots} ${switches} ${revision} ${drift} ${refused} ${reverted}`;
	if (!fallback) return text;
	return `${text} ${fallback.slots} ${fallback.revision} ${fallback.drift} ${fallback.life}`;
}

/** Reads a record of writeBank; undefined for any other text. */
export function readBank(text: string): Bank | undefined {
	const fields = text.split(" ");
	const hasFallback = fields.length === FIELDS + FIELDS_OF_PROBATION;
	if (fields[0] !== FORMAT || (fields.length !== FIELDS && !hasFallback)) return undefined;
	for (let i = 1; i < fields.length; i += 1)
		if (!(i === 1 || i === FIELDS ? isSlots(fields[i]!) : isCount(fields[i]!))) return undefined;
	const number = (place: number) => Number(fields[place]);
	return {
		slots: fields[1]!,
		switches: number(2),
		revision: number(3),
		drift: number(4),
		refused: number(5),
		reverted: number(6),
		fallback: hasFallback
			? { slots: fields[7]!, revision: number(8), drift: number(9), life: number(10) }
			: undefined,
	};
}

function isSlots(text: string): boolean {
	if (text.length !== SECTIONS.length) return false;
	for (let i = 0; i < text.length; i += 1) if (!"ab-".includes(text.charAt(i))) return false;
	return true;
}

function isCount(text: string): boolean {
	const value = Number(text);
	return text !== "" && Number.isSafeInteger(value) && value >= 0;
}
