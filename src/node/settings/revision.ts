/**
 * Revision collector: collects the sections of one revision, from the first to the last.
 *
 * Each section is validated on arrival and written at once to its spare slot, so that it waits in
 * flash and not in memory. A higher revision replaces an incomplete one.
 */
import { type Bank, hasBit } from "../../settings/bank.js";
import { COLLECT_WITHIN, readDesired, validateDesired } from "../../settings/desired.js";
import type { SettingsDoors } from "../../settings/seal.js";
import { writeSection } from "../../settings/section.js";
import { writeSpare } from "../../settings/store.js";
import { SECTIONS, type Settings } from "../../settings/table.js";
import { isRejection, type Rejection, reject } from "../../settings/validate.js";
import type { Millis } from "../../units.js";
import { VALIDATORS } from "./validators.js";

/**
 * A revision is this at most, or LEAP above the highest before: so a single wrong number does not
 * shut out all later ones. Unix seconds pass until 2038, and afterwards if one comes in three years.
 */
const FREE_MAX = 2_147_483_647;
const LEAP = 100_000_000;

/** A later revision writes into the slots of the fallback, which must be dropped before. */
export const HELD: Rejection = Object.freeze(
	reject("storeFailure", "bank", "has to wait: the settings before are still kept"),
);

/** The state in force while a revision is collected. */
export interface SettingsInForce {
	readonly bank: Bank;
	readonly settings: Settings;
	/** Whether the flash may be written now. */
	readonly mayWrite: boolean;
	/** Revisions up to this one are ignored: being retained, they arrive at each connection. */
	readonly knownTo: number;
	/** A revision that was rejected for good and is ignored, too; 0: none. */
	readonly refused: number;
}

export class RevisionCollector {
	/** The revision that is collected; 0: none. */
	revision = 0;
	/** Bits of the sections that arrived. */
	arrived = 0;
	/** Bits of the sections that differ from those in force and are in their spare slots. */
	changed = 0;
	endsAt: Millis = Infinity;
	private count = 0;

	/**
	 * Takes the section `place` of SECTIONS. Returns a rejection, or undefined if it was accepted
	 * or ignored. `text`: undefined if the payload is no text of 2,048 bytes at most.
	 */
	take(
		place: number,
		text: string | undefined,
		inForce: SettingsInForce,
		doors: SettingsDoors,
		now: Millis,
	): Rejection | undefined {
		const section = SECTIONS[place]!;
		if (text === undefined)
			return reject("malformed", section, "is no text of 2,048 bytes at most");
		const desired = readDesired(section, text);
		if (isRejection(desired)) return desired;
		const { revision, count, values, unknown } = desired;
		if (revision < this.revision || revision <= inForce.knownTo) return undefined;
		if (revision === inForce.refused) return undefined;
		if (inForce.bank.fallback) return HELD;
		if (revision > this.revision) this.begin(revision, count, now);
		const most = Math.max(FREE_MAX, inForce.knownTo + LEAP);
		if (revision > most) return reject("outOfRange", section, `needs a revision, ${most} at most`);
		if (count !== this.count) return reject("malformed", section, "has another count");
		if (unknown) return unknown;
		const wanted = validateDesired(inForce.settings, section, values, VALIDATORS);
		if (isRejection(wanted)) return wanted;
		this.changed &= ~(1 << place); // a section that comes again takes the place of its first text
		if (writeSection(wanted, section) !== writeSection(inForce.settings, section)) {
			if (!inForce.mayWrite)
				return reject("storeFailure", section, "has to wait: the flash was written too often");
			if (writeSpare(inForce.bank, section, wanted, doors) !== "ok")
				return reject("storeFailure", section, "could not be stored");
			this.changed |= 1 << place;
		}
		this.arrived |= 1 << place;
		return undefined;
	}

	get isComplete(): boolean {
		if (this.count === 0) return false;
		let count = 0;
		for (let i = 0; i < SECTIONS.length; i += 1) if (hasBit(this.arrived, i)) count += 1;
		return count === this.count;
	}

	forget(): void {
		this.begin(0, 0, Infinity);
	}

	private begin(revision: number, count: number, now: Millis): void {
		this.revision = revision;
		this.count = count;
		this.arrived = 0;
		this.changed = 0;
		this.endsAt = now + COLLECT_WITHIN;
	}
}
