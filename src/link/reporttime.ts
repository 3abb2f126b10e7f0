/**
 * Report time: the instant of a report, by date and by uptime.
 *
 * Without a trusted clock `time` is absent and only `uptime_ms` is sent. Earlier events of this life
 * get their date once the clock is trusted.
 */
import { formatInstant } from "../command/instant.js";
import type { Millis, UtcMillis } from "../units.js";
import type { View } from "../view.js";
import type { Writer } from "./writer.js";

/** Time of an event of any life; the clock dates this one's. `utc`: as stored; NaN: unknown. */
export function writeTimeOf(w: Writer, view: View, life: number, at: Millis, utc: number): void {
	if (!Number.isNaN(utc)) writeTime(w, view, at, utc as UtcMillis);
	else if (life === view.identity.life) writeTime(w, view, at);
	else w.fixed("uptime_ms", at, 0);
}

/** Time of an instant: the date if the clock is trusted, and always the uptime. */
export function writeTime(w: Writer, view: View, at: Millis, known?: UtcMillis): void {
	const utc = known ?? utcAt(view, at);
	if (utc !== undefined) w.member("time", formatInstant(utc));
	w.fixed("uptime_ms", at, 0);
}

/** The date of a monotonic instant of this life, by the present clock; undefined without one. */
function utcAt(view: View, at: Millis): UtcMillis | undefined {
	const { utc, now } = view.time;
	return utc === undefined ? undefined : ((utc - (now - at)) as UtcMillis);
}
