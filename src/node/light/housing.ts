/**
 * Housing: its temperature, passed to the light path; emits begin and end of derating.
 *
 * The host reports a change of 1 K and more, so a sensor that dies hot is silent. In a day and a night
 * the lamp's own heat and the weather change a housing by more: after that its temperature is unknown,
 * and nothing limits the output.
 */
import type { LampEvent, StartEndFlag } from "../../journal/events.js";
import { COLD, isTemperature } from "../../lighting/thermal.js";
import type { Millis } from "../../units.js";
import type { LightPath } from "./lightpath.js";

interface HousingOwner {
	readonly light: Pick<LightPath, "cap" | "onTemperature">;
	emit(event: LampEvent, now: Millis): void;
}

export const SILENT_AFTER: Millis = 24 * 3_600_000;

export class Housing {
	/** The last temperature, degrees Celsius. */
	celsius: number | undefined;
	private readonly lamp: HousingOwner;
	private readAt: Millis = Infinity;

	constructor(lamp: HousingOwner) {
		this.lamp = lamp;
	}

	/** Takes a temperature; returns whether the thermal cap changed. */
	take(celsius: number, now: Millis): boolean {
		if (!isTemperature(celsius)) return false;
		this.celsius = celsius;
		this.readAt = now;
		return this.heat(celsius, celsius, now);
	}

	/** Forgets the temperature of a sensor that is silent; returns whether the thermal cap changed. */
	forget(now: Millis): boolean {
		if (this.celsius === undefined || now - this.readAt < SILENT_AFTER) return false;
		const last = this.celsius;
		this.celsius = undefined;
		return this.heat(COLD, last, now);
	}

	/** Emits `thermalDerating` when derating begins or ends, not for changes of the cap in between. */
	private heat(celsius: number, reported: number, now: Millis): boolean {
		const { lamp } = this;
		const { light } = lamp;
		const before = light.cap;
		if (!light.onTemperature(celsius)) return false;
		if (before >= 100) lamp.emit(thermalDerating("start", reported), now);
		else if (light.cap >= 100) lamp.emit(thermalDerating("end", reported), now);
		return true;
	}
}

function thermalDerating(startEndFlag: StartEndFlag, celsius: number): LampEvent {
	return { type: "thermalDerating", startEndFlag, attributes: { temperature_C: celsius } };
}
