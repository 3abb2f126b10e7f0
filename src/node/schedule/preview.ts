/**
 * Preview: a walk through a night with the settings in force, and which night comes next.
 */
import { NightWalk } from "../../explain/preview.js";
import type { Settings } from "../../settings/table.js";
import type { Night } from "../../time/night.js";
import type { UtcMillis } from "../../units.js";
import { boundsOf } from "../light/bounds.js";
import { scheduleOptions } from "./options.js";
import { Schedule } from "./schedule.js";

/** @param day days since 1970-01-01: the date of the night's evening. */
export function walkOf(settings: Settings, day: number): NightWalk {
	const options = scheduleOptions(settings);
	// the walk gives it no photocell to ask: one that says nothing would be one in doubt
	const schedule = new Schedule({ ...options, photocellFitted: false });
	const bounds = boundsOf(settings);
	return new NightWalk(schedule, { zone: schedule.zone, bounds, power: settings }, day);
}

/** The night that is or comes: in the morning, once the sun is up, that of the evening to come. */
export function comingDay(night: Night, utc: UtcMillis): number {
	return utc < (night.sunrise ?? night.end) ? night.day : night.day + 1;
}
