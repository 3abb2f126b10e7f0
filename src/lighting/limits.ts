/**
 * Limits: keeps a decided level within its bounds, in a fixed order.
 *
 * The order is floor, protection, maxLevel. The floor is the least light of a street while it is
 * dark, also when it is empty; a protected lamp (a crossing, a school) stays at full class.
 * Settings with maxLevel below the floor or below full class are refused when they are read, so the
 * order matters only for the limit of the hardware: maxLevel comes last. Maintenance factor,
 * constant light output and thermal cap follow later, before the curve.
 */
import type { Percent } from "../units.js";

export interface Bounds {
	/** Least level while it is dark, percent of output. */
	readonly floorLevel: Percent;
	/** Full class: the level of a protected lamp and of an emergency. */
	readonly fullLevel: Percent;
	/** Never exceeded. */
	readonly maxLevel: Percent;
	/** A crossing or a school: never below full class while it is dark, by any order. */
	readonly protected: boolean;
}

export type Limit = "floor" | "protected" | "maxLevel";

/** Receives each limit that changed the level. Passed only for an explanation. */
type LimitVisitor = (by: Limit, level: Percent) => void;

/** The level within its bounds. `belowFloor`: the floor does not apply; protection does. */
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
