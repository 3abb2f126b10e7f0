/**
 * Handover: life and counters that a node takes over from the one it replaces, at its next boot.
 *
 * One key holds both: the last life of the dead node, and the text of its counters for the next
 * boot. So a power cut leaves the handover either undone or complete; to apply it twice does no
 * harm.
 */
import type { Store, StoreResult } from "../../host.js";
import { HANDOVER_KEY, LIFE_KEY } from "../../storekeys.js";

/** Separator in the key `life`, between the bound and the number above which lives are counted. */
export const ABOVE = ">";

/** Stores the handover for the next boot. `totals`: the text of the counters (counters.ts). */
export function storeHandover(store: Store, life: number, totals: string): StoreResult {
	return store.write(HANDOVER_KEY, `${life}\n${totals}`);
}

/**
 * Applies a stored handover, before counters and life are read. If a write fails, the whole
 * handover is left to the next boot.
 */
export function takeHandover(store: Store, countersKey: string, daysKey: string): void {
	const text = store.read(HANDOVER_KEY);
	if (!text) return;
	const [life, totals] = text.split("\n");
	const [ownLife] = (store.read(LIFE_KEY) ?? "0").split(ABOVE);
	if (store.write(LIFE_KEY, `${ownLife}${ABOVE}${life}`) !== "ok") return;
	if (totals && store.write(countersKey, totals) !== "ok") return;
	store.erase(daysKey); // the nights of another pole
	// if it remained, the next boot would set the counters back
	if (store.erase(HANDOVER_KEY) !== "ok") store.write(HANDOVER_KEY, "");
}
