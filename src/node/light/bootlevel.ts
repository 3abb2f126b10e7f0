/**
 * Boot level: the level that shines before any other work of a life.
 */
import type { Host } from "../../host.js";
import type { Percent } from "../../units.js";

/** Marks that no level is retained. */
const NO_LEVEL = -1;

/** Whether a number that was retained is the level of a decision. */
export function isLevel(value: number | undefined): value is Percent {
	return value !== undefined && value >= 0 && value <= 100;
}

/**
 * The first level of a life, per cent: the retained level after a restart without loss of power,
 * else the most that is set, because nothing is known yet. A retained level is used once: a life
 * that ends before its first decision leaves none, so no series of crashes keeps a lamp dark; the
 * refusals stay. A brownout counts as loss of power, because memory may be corrupt.
 */
export function bootLevel(
	{ powerCause, retained }: Pick<Host, "powerCause" | "retained">,
	{ maxLevel }: { readonly maxLevel: Percent },
): Percent {
	if (retained === "notAvailable") return maxLevel;
	const { level, refusals } = retained;
	const isLost = powerCause === "powerOn" || powerCause === "brownout";
	const last = isLost ? undefined : level.read();
	level.write(NO_LEVEL);
	if (isLost) refusals.write(0);
	return isLevel(last) ? last : maxLevel;
}
