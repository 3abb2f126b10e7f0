/**
 * Factory reset: what a lamp knows of its street and its owner is erased (ETSI EN 303 645, 5.11-1).
 *
 * `life` stays and goes on rising: the broker tells a lamp's messages apart by it. So do the record of
 * images and the key they are signed with: a reset must not open the way to an older image. The store keeps no
 * list of its keys, so they stand here; a test compares this list with the code. NVS of ESP-IDF marks an
 * erased value and overwrites it when its page is needed: against a probe on the chip only flash
 * encryption helps.
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
} from "../../storekeys.js";

export const RESET_REASON = "factoryReset";

/** As `storeFailure` names the log of events (src/node/storage/journalwriter.ts). */
const EVENTS = "journal";
/** Beside the settings' own. `reason` is written anew. */
const KEYS: readonly string[] = Object.freeze([
	...[SECRET_KEY, GUESSED_KEY, BANK_KEY, REPORTED_KEY, STANDING_KEY, REPEATS_KEY, SELFTEST_KEY],
	...[COUNTERS_KEY, DAYS_KEY, SAMPLES_KEY, TIME_KEY, HEALTH_KEY, FORGED_KEY, HANDOVER_KEY],
	...["ca", "cert", "key"].map((name) => CERTIFICATE_PREFIX + name),
]);

/**
 * Erases it all; the next life says why. The caller starts it, and lets nothing be stored between.
 * Returns the first key that the store refused to erase and to empty: then the reset is not done.
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
