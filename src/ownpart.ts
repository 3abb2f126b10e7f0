/**
 * Own part: the share of a spread that belongs to one lamp, by a hash of its name.
 *
 * Ten thousand lamps that reconnect, switch on or fetch an image within one spread come evenly so, and
 * each at the same place in every life.
 */
import type { Millis } from "./units.js";

/** Where in 0..1 (1 excluded) a name falls: FNV-1a, its bits mixed so that pole-1 and pole-2 part. */
export function positionOf(name: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < name.length; at += 1)
		hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The part of `spread` that belongs to `name`. */
export function ownPart(name: string, spread: Millis): Millis {
	return Math.floor(positionOf(name) * spread);
}
