/**
 * Lines: input names, in a script and while a lamp lives.
 */

import type { Note } from "host/turn";
import type { Lux, UtcMillis } from "luminode/units";

/** The input with that name and value; undefined for an unknown name. */
export function noteOf(word: string, value: number): Note | undefined {
	switch (word) {
		case "movement":
			return (lamp, now) => lamp.onMovement(now);
		case "stillness":
			return (lamp, now) => lamp.onStillness(now);
		case "illuminance":
			return (lamp, now) => lamp.onIlluminance(now, value as Lux);
		case "temperature":
			return (lamp, now) => lamp.onTemperature(now, value);
		case "time":
			return (lamp, now) => lamp.onTime(now, value as UtcMillis);
		default:
			return undefined;
	}
}
