/** Derating: a temperature of the housing, on its way to the light and, where it matters, the journal. */
import type { LampEvent, StartEndFlag } from "../../journal/events.js";
import type { Millis } from "../../units.js";
import type { LightPath } from "./lightpath.js";

interface DeratingOwner {
	readonly light: Pick<LightPath, "cap" | "onTemperature">;
	emit(event: LampEvent, now: Millis): void;
}

/** Returns whether the light must follow. While derating lasts, more or less of it is no news. */
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
