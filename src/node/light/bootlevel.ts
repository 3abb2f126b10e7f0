/** Boot level: the level that shines before any other work of a life. */
import type { Host } from "../../host.js";
import type { Settings } from "../../settings/table.js";
import type { Percent } from "../../units.js";

/** Marks that no level is retained. */
const NO_LEVEL = -1;

/**
 * The first level of a life, per cent: the retained level after a restart without loss of power,
 * else `powerOnLevel`. A retained level is used once: a life that ends before its first decision
 * leaves none, so no series of crashes keeps a lamp dark. A brownout counts as loss of power,
 * because memory may be corrupt.
 */
export function bootLevel(
	{ powerCause, retained }: Pick<Host, "powerCause" | "retained">,
	{ powerOnLevel }: Pick<Settings, "powerOnLevel">,
): Percent {
	if (retained === "notAvailable") return powerOnLevel;
	const level = retained.read() ?? NO_LEVEL;
	retained.write(NO_LEVEL);
	const isSoft = powerCause !== "powerOn" && powerCause !== "brownout";
	return isSoft && level >= 0 && level <= 100 ? (level as Percent) : powerOnLevel;
}
