/**
 * Memory: lives that were lived, so that properties which draw the same nights live each of them once.
 */
import fc from "fast-check";
import { type Firmware, type Lived, runNight } from "./lampnight.js";
import type { Night } from "./night.js";

/** As many as a property draws in the gate; a life takes some 50 kB. */
const MOST = 300;
const lives = new Map<string, { readonly night: Night; readonly lived: Lived }>();
let livedBy: Firmware | undefined;

export function recall(night: Night, firmware: Firmware): Lived {
	if (firmware !== livedBy) lives.clear();
	livedBy = firmware;
	const name = fc.stringify(night);
	const known = lives.get(name);
	if (known) return retold(night, known.night, known.lived);
	const lived = runNight(night, firmware);
	if (lives.size >= MOST) lives.delete(lives.keys().next().value!);
	lives.set(name, { night, lived });
	return lived;
}

/** The orders that were taken are those of this copy of the night. */
function retold(night: Night, before: Night, lived: Lived): Lived {
	const taken = night.happenings.filter((_, i) => lived.taken.has(before.happenings[i]!));
	return { ...lived, taken: new Set(taken) };
}
