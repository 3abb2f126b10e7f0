/** Bounds: floor, full class, maximum and protection from the settings. */
import type { Bounds } from "../../lighting/limits.js";
import { floorLevelOf, fullLevelOf } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";

export function boundsOf(settings: Settings): Bounds {
	return {
		fullLevel: fullLevelOf(settings),
		floorLevel: floorLevelOf(settings),
		maxLevel: settings.maxLevel,
		protected: settings.lightProtected,
	};
}
