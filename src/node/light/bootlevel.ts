/** Boot level: the level that shines before anything else of a life is done. */
import type { Host } from "../../host.js";
import type { Settings } from "../../settings/table.js";
import type { Percent } from "../../units.js";

/** Stands for no level: nothing to resume. */
const NO_LEVEL = -1;

/**
 * The level that shines first: after a restart without a loss of power the one that was decided last,
 * else `powerOnLevel`. It is taken once: a life that ends before its own first decision leaves none,
 * so that no row of crashes keeps a lamp dark. A brownout is a loss of power: memory may have lost it.
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
