/** Derating: passes the housing's temperature to the light path; emits begin and end. */
import type { LampEvent, StartEndFlag } from "../../journal/events.js";
import type { Millis } from "../../units.js";
import type { LightPath } from "./lightpath.js";

interface DeratingOwner {
	readonly light: Pick<LightPath, "cap" | "onTemperature">;
	emit(event: LampEvent, now: Millis): void;
}

/**
 * Handles a temperature, degrees Celsius; returns whether the thermal cap changed. Emits
 * `thermalDerating` when derating begins or ends, and not for changes of the cap in between.
 */
export function heat(lamp: DeratingOwner, celsius: number, now: Millis): boolean {
	const { light } = lamp;
	const before = light.cap;
	if (!light.onTemperature(celsius)) return false;
	if (before >= 100) lamp.emit(thermalDerating("start", celsius), now);
	else if (light.cap >= 100) lamp.emit(thermalDerating("end", celsius), now);
	return true;
}

function thermalDerating(startEndFlag: StartEndFlag, celsius: number): LampEvent {
	return { type: "thermalDerating", startEndFlag, attributes: { temperature_C: celsius } };
}
