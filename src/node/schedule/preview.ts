/**
 * Preview: the walk through a night with the settings in force, and the day of the coming night.
 */
import { NightWalk } from "../../explain/preview.js";
import type { Settings } from "../../settings/table.js";
import type { Night } from "../../time/night.js";
import type { UtcMillis } from "../../units.js";
import { boundsOf } from "../light/bounds.js";
import { scheduleOptions } from "./options.js";
import { Schedule } from "./schedule.js";

/** A walk that is not begun. @param day days since 1970-01-01: the date of the night's evening. */
export function walkOf(settings: Settings, day: number): NightWalk {
	const options = scheduleOptions(settings);
	// a walk has no photocell: a fitted one without an output would be in doubt
	const schedule = new Schedule({ ...options, photocellFitted: false });
	const bounds = boundsOf(settings);
	return new NightWalk(schedule, { zone: schedule.zone, bounds, power: settings }, day);
}

/** The day of the present or coming night; from sunrise on that of the coming evening. */
export function comingDay(night: Night, utc: UtcMillis): number {
	return utc < (night.sunrise ?? night.end) ? night.day : night.day + 1;
}
