/**
 * Boot level: the level that shines before any other work of a life.
 *
 * The retained number is the level plus REFUSAL for each refusal by the broker in a row. Firmware
 * that retained the level alone reads any refusal as no level, and lights at `powerOnLevel`.
 */
import type { Host } from "../../host.js";
import type { Settings } from "../../settings/table.js";
import type { Percent } from "../../units.js";

/** Marks that no level is retained. */
const NO_LEVEL = -1;
const REFUSAL = 1000;
/** More do not lengthen the wait (link/backoff.ts). */
const REFUSALS_MOST = 32;

/** The number to retain. */
export function retainedOf(level: number, refusals: number): number {
	return level + REFUSAL * Math.min(refusals, REFUSALS_MOST);
}

/** The refusals in a number that was retained; 0 if it is none of `retainedOf`. */
export function refusalsIn(value = NO_LEVEL): number {
	if (value < REFUSAL + NO_LEVEL) return 0;
	const refusals = Math.floor((value - NO_LEVEL) / REFUSAL);
	return refusals <= REFUSALS_MOST ? refusals : 0;
}

/** The level in a number that was retained, per cent; below 0 or above 100: none. */
const levelIn = (value = NO_LEVEL): number => value - REFUSAL * refusalsIn(value);

const isLevel = (level: number): boolean => level >= 0 && level <= 100;

/** Whether a number that was retained holds the level of a decision. */
export const hasLevel = (value: number | undefined): boolean => isLevel(levelIn(value));

/**
 * The first level of a life, per cent: the retained level after a restart without loss of power,
 * else `powerOnLevel`, not above `maxLevel`. A retained level is used once: a life that ends before its first decision
 * leaves none, so no series of crashes keeps a lamp dark; the refusals stay. A brownout counts as
 * loss of power, because memory may be corrupt.
 */
export function bootLevel(
	{ powerCause, retained }: Pick<Host, "powerCause" | "retained">,
	settings: Pick<Settings, "powerOnLevel" | "maxLevel">,
): Percent {
	const powerOnLevel = Math.min(settings.powerOnLevel, settings.maxLevel) as Percent;
	if (retained === "notAvailable") return powerOnLevel;
	if (powerCause === "powerOn" || powerCause === "brownout") {
		retained.write(NO_LEVEL);
		return powerOnLevel;
	}
	const value = retained.read() ?? NO_LEVEL;
	const level = levelIn(value);
	retained.write(NO_LEVEL + REFUSAL * refusalsIn(value));
	return isLevel(level) ? (level as Percent) : powerOnLevel;
}
