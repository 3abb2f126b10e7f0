/**
 * Boot: the level that shines before anything else.
 *
 * Follows docs/light.md, "Boot and restart".
 */
import type { PowerCause } from "../../src/host.js";

/** `retained`: the level of the last decision of the life before; undefined: none was retained. */
export function bootLevel(
	cause: PowerCause,
	isMemoryKept: boolean,
	retained: number | undefined,
	maxLevel: number,
): number {
	const goesOn =
		cause === "restart" || cause === "watchdog" || cause === "crash" || cause === "update";
	return goesOn && isMemoryKept && retained !== undefined ? retained : maxLevel;
}
