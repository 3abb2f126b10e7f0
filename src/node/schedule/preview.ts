/**
 * Preview: makes the walk through a night under given settings, and dates the coming night.
 */
import { NightWalk } from "../../explain/preview.js";
import type { Settings } from "../../settings/table.js";
import type { Night } from "../../time/night.js";
import type { Zone } from "../../time/zone.js";
import type { UtcMillis } from "../../units.js";
import { boundsOf } from "../light/bounds.js";
import { scheduleOptions } from "./options.js";
import { Schedule } from "./schedule.js";

/**
 * A walk at its start. `day`: date of the night's evening, in days since 1970-01-01. `hours`: of
 * operation by the meter; absent: as at the last cleaning. `zone` and `bounds` of the settings save
 * a lamp the memory of a second copy.
 */
export function walkOf(
	settings: Settings,
	day: number,
	hours = settings.cleanedAt,
	zone?: Zone,
	bounds = boundsOf(settings),
): NightWalk {
	// a walk has no readings: a fitted photocell would count as unreliable
	const schedule = new Schedule(scheduleOptions(settings, false), zone);
	return new NightWalk(schedule, { zone: schedule.zone, bounds, power: settings, hours }, day);
}

/** Date of the present night until sunrise, then of the coming one. */
export function comingDay(night: Night, utc: UtcMillis): number {
	return utc < (night.sunrise ?? night.end) ? night.day : night.day + 1;
}
