/**
 * Probation: settings by which a lamp could cut itself off are kept only when the broker was seen, or
 * where there is none, the network.
 *
 * All others apply at once: they cannot keep the next ones from arriving.
 */
import type { Millis } from "../units.js";
import type { Bank } from "./bank.js";
import type { SettingName, Settings } from "./table.js";

/** The way to any network. */
const WIFI: readonly SettingName[] = Object.freeze(["wifiName", "wifiPassword"]);
/** Where the broker is, and under which name it is spoken to: an ACL may refuse a wrong one. */
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
/** Beyond reconnectSpread, in which the first attempt falls: a few more, and a broker's restart. */
export const PROBATION_MARGIN: Millis = 10 * 60_000;
/** A lamp that is cut before the time is up, boot after boot, goes back at this many. */
export const PROBATION_LIVES = 3;

/**
 * Whether `after` must prove itself. Without a broker before there is nothing to go back to, and a
 * lamp set up in the depot is out of its reach; without one afterwards nothing can prove it. From one
 * Wi-Fi to another it needs none: that the network is there proves it.
 */
export function needsProbation(before: Settings, after: Settings): boolean {
	const isOther = (name: SettingName) => before[name] !== after[name];
	if (before.brokerHost !== "" && after.brokerHost !== "") return NETWORK.some(isOther);
	return before.wifiName !== "" && after.wifiName !== "" && WIFI.some(isOther);
}

/** When what is on probation is taken back; Infinity: nothing is. `from`: it began, or the boot. */
export function probationEnd(bank: Bank, settings: Settings, life: number, from: Millis): Millis {
	if (!bank.fallback) return Infinity;
	if (life - bank.fallback.life >= PROBATION_LIVES) return from;
	return from + settings.reconnectSpread + PROBATION_MARGIN;
}
