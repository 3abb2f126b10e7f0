/** Keepers: what stores for the next life: events, counters and the time, readings, seals. */
import type { Millis } from "../units.js";
import type { Attendant } from "./attendant.js";
import { EventKeeper } from "./eventkeeper.js";
import { Keeper } from "./keeper.js";
import type { Lamp } from "./lamp.js";
import { ReadingKeeper } from "./readingkeeper.js";
import { Sealer } from "./sealer.js";

/** `judged`: bits of the sections of the settings that the next boot need not judge again. */
export function keepersOf(lamp: Lamp, judged: number, now: Millis): readonly Attendant[] {
	const keepers: Attendant[] = [new EventKeeper(lamp), new Keeper(lamp), new ReadingKeeper(lamp)];
	if (judged !== 0) keepers.push(new Sealer(lamp, judged, now));
	return keepers;
}
