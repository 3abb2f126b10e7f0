/**
 * Limits: what bounds a level after the decision, in a fixed order.
 *
 * Floor, protection, maxLevel. The floor is the light a street keeps while it is dark, even with
 * nobody there; a protected lamp (a crossing, a school) keeps full class. Settings with maxLevel
 * below the floor or below full class are refused where they are read, so the order matters only
 * for what the hardware may bear, which is why maxLevel comes last. Maintenance factor, constant
 * light output and thermal cap follow after it, before the curve.
 */
import type { Percent } from "../units.js";

export interface Bounds {
	/** Kept while it is dark, percent of output. */
	readonly floorLevel: Percent;
	/** Full class: what a protected lamp keeps, and what an emergency asks for. */
	readonly fullLevel: Percent;
	/** Never exceeded. */
	readonly maxLevel: Percent;
	/** A crossing or a school: never below full class while it is dark, whoever orders it. */
	readonly protected: boolean;
}

export type Limit = "floor" | "protected" | "maxLevel";

/** Told of each limit that changed the level; given only when an explanation is asked for. */
export type LimitVisitor = (by: Limit, level: Percent) => void;

/**
 * The level within its bounds. `belowFloor`: the order that won says the floor does not hold;
 * protection holds all the same.
 */
export function limit(
	level: Percent,
	belowFloor: boolean,
	dark: boolean,
	bounds: Bounds,
	visit?: LimitVisitor | undefined,
): Percent {
	let bounded = level;
	if (dark && !belowFloor && bounded < bounds.floorLevel) {
		bounded = bounds.floorLevel;
		visit?.("floor", bounded);
	}
	if (dark && bounds.protected && bounded < bounds.fullLevel) {
		bounded = bounds.fullLevel;
		visit?.("protected", bounded);
	}
	if (bounded > bounds.maxLevel) {
		bounded = bounds.maxLevel;
		visit?.("maxLevel", bounded);
	}
	return bounded;
}
