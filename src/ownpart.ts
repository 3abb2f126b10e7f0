/**
 * Own part: a lamp's own delay within a spread, by a hash of its name.
 *
 * So ten thousand lamps that reconnect, switch on or fetch an image within one spread are
 * distributed evenly, and each has the same delay in every life.
 */
import type { Millis } from "./units.js";

/** Position of a name, 0 to below 1: FNV-1a, its bits mixed to separate pole-1 and pole-2. */
export function positionOf(name: string): number {
	const { imul } = Math;
	const { length } = name;
	let hash = 0x811c9dc5;
	for (let at = 0; at < length; at += 1) hash = imul(hash ^ name.charCodeAt(at), 0x01000193);
	hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The delay of `name` within `spread`, ms: 0 to below `spread`. */
export function ownPart(name: string, spread: Millis): Millis {
	return Math.floor(positionOf(name) * spread);
}
