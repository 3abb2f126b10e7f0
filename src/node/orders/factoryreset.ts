/**
 * Factory reset: erases all data of the street and of the owner (ETSI EN 303 645, 5.11-1).
 *
 * `life` remains and continues to rise, because receivers distinguish a lamp's messages by it. The
 * record of images and the keys that verify them remain, too: a reset must not allow an older
 * image. So do the identities of a driver on a bus and of a sensor beside it, facts of the luminaire. The store has
 * no list of its keys, so they are listed here; a test compares the list with the code. NVS of
 * ESP-IDF only marks an erased value and overwrites it when its page is needed: against a probe on
 * the chip only flash encryption protects.
 */
import type { Host, Store } from "../../host.js";
import { keyOf } from "../../settings/bank.js";
import { SECTIONS } from "../../settings/table.js";
import {
	BANK_KEY,
	CERTIFICATE_PREFIX,
	COUNTERS_KEY,
	DAYS_KEY,
	FORGED_KEY,
	GUESSED_KEY,
	HANDOVER_KEY,
	HEALTH_KEY,
	REASON_KEY,
	REPEATS_KEY,
	REPORTED_KEY,
	SAMPLES_KEY,
	SECRET_KEY,
	SELFTEST_KEY,
	STANDING_KEY,
	TIME_KEY,
	TRIAL_KEY,
	TRIAL_PREFIX,
} from "../../storekeys.js";
import { CERTIFICATES } from "../settings/certificatetrial.js";

export const RESET_REASON = "factoryReset";

/** Name of the flash log in `storeFailure` (src/node/storage/journalwriter.ts). */
const EVENTS = "journal";
/** The keys beside those of the settings. `reason` is overwritten. */
const KEYS: readonly string[] = Object.freeze([
	SECRET_KEY,
	GUESSED_KEY,
	BANK_KEY,
	REPORTED_KEY,
	STANDING_KEY,
	REPEATS_KEY,
	SELFTEST_KEY,
	COUNTERS_KEY,
	DAYS_KEY,
	SAMPLES_KEY,
	TIME_KEY,
	HEALTH_KEY,
	FORGED_KEY,
	HANDOVER_KEY,
	...CERTIFICATES.flatMap((name) => [CERTIFICATE_PREFIX + name, TRIAL_PREFIX + name]),
	TRIAL_KEY,
]);

/**
 * Erases the keys and the flash log, and writes the reason for the next life. The caller restarts
 * the lamp, and lets nothing be stored between. Returns the first key that could be neither erased
 * nor emptied, or undefined if the reset is complete.
 */
export function eraseAll(store: Store, flashLog: Host["flashLog"]): string | undefined {
	const slots = SECTIONS.flatMap((section) => [keyOf(section, "a"), keyOf(section, "b")]);
	let left: string | undefined;
	for (const key of [...slots, ...KEYS])
		if (store.erase(key) !== "ok" && store.write(key, "") !== "ok") left ??= key;
	for (let sector = 0; sector < flashLog.sectors; sector += 1)
		if (!flashLog.erase(sector)) left ??= EVENTS;
	if (left === undefined) store.write(REASON_KEY, RESET_REASON);
	return left;
}
