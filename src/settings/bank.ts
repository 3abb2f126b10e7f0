/**
 * Bank: which of its two slots each section is read from, and since which revision.
 *
 * Each section has two slots in the store. What changes is written to the slot that is not in force;
 * then this record, one key, is written, and all of it is in force at once: a power cut at any write
 * leaves the old settings or the new ones. A section that did not change keeps its slot, so that a
 * change costs the flash no more than what it changes.
 */
import { SECTIONS, type SectionName } from "./table.js";

/** `a`, `b`, or `-`: the section was never stored and has its defaults. */
export type Slot = "a" | "b" | "-";

export interface Bank {
	/** A letter a section, in the order of the table. */
	readonly slots: string;
	/** Rises with every switch: names what the CMS was told. */
	readonly switches: number;
	/** The last the CMS gave; 0: none yet. */
	readonly revision: number;
	/** Bits of the sections changed at the pole since then. */
	readonly drift: number;
	/** The highest revision that was tried and taken back; it is not tried again. 0: none. */
	readonly refused: number;
	/** Bits of the sections it had changed. */
	readonly reverted: number;
	/** On probation: what to go back to, and the life in which it began. */
	readonly fallback: Fallback | undefined;
}

export interface Fallback {
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

/** Of the text; another layout would have another. */
const FORMAT = "1";
const FIELDS = 7;
const FIELDS_OF_PROBATION = 4;

/** The key of a section's slot: at most 15 characters (NVS of ESP-IDF). */
export function keyOf(section: SectionName, slot: Slot = "a"): string {
	return `${slot === "b" ? "alt" : "set"}.${section}`;
}

/** Where a section is read from. */
export function slotOf(bank: Bank, section: SectionName): Slot {
	return bank.slots.charAt(SECTIONS.indexOf(section)) as Slot;
}

/** The slot that a change of the section is written to: never `a` before there is a record. */
export function spareOf(bank: Bank, section: SectionName): "a" | "b" {
	return slotOf(bank, section) === "b" ? "a" : "b";
}

/** The slots with those of the sections in `mask` changed over. */
export function changedOver(bank: Bank, mask: number): string {
	let slots = "";
	for (let i = 0; i < SECTIONS.length; i += 1)
		slots += hasBit(mask, i) ? spareOf(bank, SECTIONS[i]!) : bank.slots.charAt(i);
	return slots;
}

/** Bits of the sections that lie in different slots. */
export function differing(one: string, other: string): number {
	let mask = 0;
	for (let i = 0; i < SECTIONS.length; i += 1)
		if (one.charAt(i) !== other.charAt(i)) mask |= 1 << i;
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

/** The record that writeBank wrote; undefined for anything else. */
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
