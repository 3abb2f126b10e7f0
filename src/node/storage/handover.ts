/**
 * Handover: what a node takes over from a dead one at whose pole it stands, from its next life on.
 *
 * One key holds all of it: the dead node's last life and the counters, as the next boot shall find
 * them. So a power cut leaves the node as it was, or in its place; taking it up twice is as once.
 */
import type { Store, StoreResult } from "../../host.js";
import { HANDOVER_KEY, LIFE_KEY } from "../../storekeys.js";

/** In the key `life`: stands between the bound and the number above which lives are counted. */
export const ABOVE = ">";

/** From the next boot on. `totals`: the counters' text (counters.ts). */
export function storeHandover(store: Store, life: number, totals: string): StoreResult {
	return store.write(HANDOVER_KEY, `${life}\n${totals}`);
}

/**
 * Takes it up, if there is one: before the counters and the life are read. What the store refuses is
 * left, all of it, to the next boot.
 */
export function takeHandover(store: Store, countersKey: string, daysKey: string): void {
	const text = store.read(HANDOVER_KEY);
	if (!text) return;
	const [life, totals] = text.split("\n");
	const [own] = (store.read(LIFE_KEY) ?? "0").split(ABOVE);
	if (store.write(LIFE_KEY, `${own}${ABOVE}${life}`) !== "ok") return;
	if (totals && store.write(countersKey, totals) !== "ok") return;
	store.erase(daysKey); // the nights of another pole
	// taken up again at the next boot, the counters would run back
	if (store.erase(HANDOVER_KEY) !== "ok") store.write(HANDOVER_KEY, "");
}
