/**
 * Settings reporting: the report of one section, and the mark that all sections were reported.
 *
 * The mark is the bank's number of switches: after a boot, a lamp without the mark of its bank
 * reports all sections again.
 */
import type { Store } from "../../host.js";
import type { SettingsReport } from "../../link/contract.js";
import { type Bank, hasBit } from "../../settings/bank.js";
import { exportSection } from "../../settings/section.js";
import { SECTIONS, type Settings } from "../../settings/table.js";
import { REPORTED_KEY } from "../../storekeys.js";

/** The last section that was rejected. */
export interface RejectedSection {
	/** Its revision; 0: not legible. */
	readonly revision: number;
	/** Index in SECTIONS. */
	readonly place: number;
	readonly why: string;
	/** The same section would be rejected again. */
	readonly isFinal: boolean;
}

/** The report of the section `place` of SECTIONS, with the stored `settings` of `bank`. */
export function reportOf(
	place: number,
	bank: Bank,
	settings: Settings,
	rejected: RejectedSection | undefined,
): SettingsReport {
	const section = SECTIONS[place]!;
	return {
		section,
		revision: bank.revision,
		status: statusOf(place, bank),
		settings: exportSection(settings, section),
		rejected: rejected?.place === place ? rejected : undefined,
	};
}

function statusOf(
	place: number,
	{ slots, fallback, reverted, drift }: Bank,
): SettingsReport["status"] {
	if (fallback && slots.charAt(place) !== fallback.slots.charAt(place)) return "probation";
	if (hasBit(reverted, place)) return "reverted";
	return hasBit(drift, place) ? "drift" : "active";
}

/** Whether the store contains the mark that all sections of `bank` were reported. */
export function isReported(store: Store, { switches }: Bank): boolean {
	return store.read(REPORTED_KEY) === `${switches}`;
}

/** Stores the mark that all sections of `bank` were reported, unless it is stored. */
export function markReported(store: Store, bank: Bank): void {
	if (!isReported(store, bank)) store.write(REPORTED_KEY, `${bank.switches}`);
}
