/**
 * Lamp monitor: checks after each settled step whether the light followed (monitor/response.ts).
 *
 * Checks steps at night only, and only where commissioning measured the lamp's response
 * (`lampResponse`). It never switches the lamp. Its faults are inferred, and each event states it.
 */
import type { LampEvent } from "../../journal/events.js";
import {
	isDark,
	type LampResponse,
	PERSISTENCE,
	ResponseDetector,
	responseTo,
	SUPPRESSION,
} from "../../monitor/response.js";
import type { LightMeter } from "../../sensing/lightmeter.js";
import type { Settings } from "../../settings/table.js";
import type { Lux, Millis, Percent } from "../../units.js";
import type { LightPath } from "../light/lightpath.js";

/** The sensor integrates for a second, and the host reads it each second. */
const SETTLE: Millis = 3000;

type LampFault = "lampFailure" | "dimmingFailure" | "lampUnexpectedOn";

export interface LampMonitorOwner {
	readonly light: Pick<LightPath, "level" | "actualAt" | "settlesAt">;
	readonly lightMeter: LightMeter | undefined;
	readonly schedule: { readonly dark: { readonly dark: boolean } };
	readonly settings: Settings;
	emit(event: LampEvent, now: Millis): void;
}

export class LampMonitor {
	/** When the next check is due. */
	checkAt: Millis;
	private readonly lamp: LampMonitorOwner;
	private readonly detector = new ResponseDetector();
	private burns = false; // lampUnexpectedOn stands: lit by day, after a night without response
	private level: Percent; // of the light path, at the last step
	private movedAt: Millis;
	private settled: Percent | undefined; // level before the step
	private lux = 0 as Lux; // before the step

	constructor(lamp: LampMonitorOwner, now: Millis) {
		this.lamp = lamp;
		this.level = lamp.light.level;
		this.movedAt = now;
		this.checkAt = now + SETTLE;
	}

	get dueAt(): Millis {
		return this.lamp.light.level === this.level ? this.checkAt : -Infinity;
	}

	tick(now: Millis): void {
		const { light, lightMeter } = this.lamp;
		if (light.level !== this.level) this.move(now);
		if (now < this.checkAt) return;
		if (light.actualAt(now) !== light.level) {
			// a fade is under way, or the thermal cap holds the level down
			this.checkAt = now + (light.settlesAt < Infinity ? SETTLE : SUPPRESSION);
			return;
		}
		const lux = lightMeter?.reading;
		if (lux === undefined) this.checkAt = Infinity;
		else if (this.settled === undefined || this.settled !== light.level) this.assessStep(lux, now);
		else this.assessSteady(lux, now);
	}

	/** The fault that stands. */
	get standing(): LampFault | undefined {
		const { standing } = this.detector;
		return standing && faultOf(standing);
	}

	get isBurning(): boolean {
		return this.burns;
	}

	/** Continues after an interruption. A reported fault stands until responses end it. */
	resume(now: Millis): void {
		this.detector.forget();
		this.settled = undefined;
		this.level = this.lamp.light.level;
		this.movedAt = now;
		this.checkAt = now + SETTLE;
	}

	/** Ends all faults: nothing is inferred any more. */
	end(now: Millis): void {
		this.report(undefined, this.detector.standing, now);
		this.burn(false, now);
	}

	private move(now: Millis): void {
		const { light, lightMeter } = this.lamp;
		this.level = light.level;
		this.movedAt = now;
		this.checkAt = now + SETTLE;
		if (lightMeter) this.lux = lightMeter.reading; // read before the first step
	}

	private assessStep(lux: Lux, now: Millis): void {
		const { schedule, settings, light } = this.lamp;
		const { settled } = this;
		const answer =
			settled === undefined || !schedule.dark.dark
				? undefined
				: responseTo(settled, this.lux, light.level, lux, settings.lampResponse);
		this.settled = light.level;
		this.checkAt = this.movedAt + SUPPRESSION + PERSISTENCE;
		if (answer) this.note(answer, now);
	}

	/** Checks a steady level: no light where some is due, or light by day. */
	private assessSteady(lux: Lux, now: Millis): void {
		const { schedule, settings, light } = this.lamp;
		this.checkAt = Infinity;
		const { dark } = schedule.dark;
		if (dark && isDark(light.level, lux, settings.lampResponse)) {
			if (this.detector.noteDark()) this.report("dark", undefined, now);
		} else if (!dark && light.level === 0 && this.detector.standing === "fixed")
			this.burn(true, now);
	}

	private note(answer: LampResponse, now: Millis): void {
		const before = this.detector.standing;
		if (this.detector.note(answer, now)) this.report(this.detector.standing, before, now);
		if (this.detector.standing !== "fixed") this.burn(false, now);
	}

	/**
	 * By day the lamp's light is not measurable; a driver that was stuck all night is taken as
	 * stuck.
	 */
	private burn(on: boolean, now: Millis): void {
		if (on === this.burns) return;
		this.burns = on;
		this.emit("lampUnexpectedOn", on ? "start" : "end", now);
	}

	private report(
		next: LampResponse | undefined,
		before: LampResponse | undefined,
		now: Millis,
	): void {
		if (before) this.emit(faultOf(before), "end", now);
		if (next) this.emit(faultOf(next), "start", now);
	}

	private emit(type: LampFault, startEndFlag: "start" | "end", now: Millis): void {
		// No constant: XS cannot stringify an object in flash.
		const event: LampEvent = { type, startEndFlag, attributes: { inference: true } };
		this.lamp.emit(event, now);
	}
}

function faultOf(answer: LampResponse): LampFault {
	if (answer === "dark") return "lampFailure";
	return answer === "burning" ? "lampUnexpectedOn" : "dimmingFailure";
}
