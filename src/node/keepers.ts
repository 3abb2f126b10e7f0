/** Keepers: what stores for the next life: events, counters and the time, readings. */
import type { Attendant } from "./attendant.js";
import { EventKeeper } from "./eventkeeper.js";
import { Keeper } from "./keeper.js";
import type { Lamp } from "./lamp.js";
import { ReadingKeeper } from "./readingkeeper.js";

export function keepersOf(lamp: Lamp): readonly Attendant[] {
	return [new EventKeeper(lamp), new Keeper(lamp), new ReadingKeeper(lamp)];
}
