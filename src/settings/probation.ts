/**
 * Probation: settings that could disconnect the lamp are kept only after it has reached the broker,
 * or the network if no broker is set.
 *
 * All other settings apply at once: they cannot prevent the arrival of the next ones.
 */
import type { Millis } from "../units.js";
import type { Bank } from "./bank.js";
import type { SettingName, Settings } from "./table.js";

/** Settings of the access to the network. */
const WIFI: readonly SettingName[] = Object.freeze(["wifiName", "wifiPassword"]);
/** Addresses, credentials and names for the broker: an ACL may refuse a wrong name. */
const NETWORK: readonly SettingName[] = Object.freeze([
	"site",
	"node",
	"root",
	"brokerHost",
	"brokerPort",
	"brokerTls",
	"brokerServerName",
	"brokerUser",
	"brokerPassword",
	...WIFI,
]);
/**
 * Added to reconnectSpread, which contains the first attempt: for further attempts and a broker's
 * restart.
 */
export const PROBATION_MARGIN: Millis = 10 * 60_000;
/** A lamp reverts after this many lives, if each lost power before the end of its probation. */
export const PROBATION_LIVES = 3;

/**
 * Whether `after` needs probation. It does not if `before` has no broker: no working state exists to
 * revert to, and a lamp commissioned in the depot cannot reach its broker. It does not if `after`
 * has none: no proof is possible. If Wi-Fi alone changed, joining the network is the proof.
 */
export function needsProbation(before: Settings, after: Settings): boolean {
	const isOther = (name: SettingName) => before[name] !== after[name];
	if (before.brokerHost !== "" && after.brokerHost !== "") return NETWORK.some(isOther);
	return before.wifiName !== "" && after.wifiName !== "" && WIFI.some(isOther);
}

/**
 * Instant at which settings on probation are reverted; Infinity: none are. `from`: its begin, or
 * the boot.
 */
export function probationEnd(bank: Bank, settings: Settings, life: number, from: Millis): Millis {
	if (!bank.fallback) return Infinity;
	if (life - bank.fallback.life >= PROBATION_LIVES) return from;
	return from + settings.reconnectSpread + PROBATION_MARGIN;
}
