/**
 * Own: a number of each lamp's own, evenly spread, from a text.
 *
 * Follows docs/light.md, "Own parts".
 */

/** h(text): 0 to 1, 1 excluded. */
export function ownPart(text: string): number {
	let x = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) x = Math.imul(x ^ text.charCodeAt(i), 0x01000193);
	x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
	x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
	x = x ^ (x >>> 16);
	return (x >>> 0) / 4294967296;
}
