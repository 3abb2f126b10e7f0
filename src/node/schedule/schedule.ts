/**
 * Calendar: what the date makes of this moment: dark or not, and what tonight's program asks.
 *
 * Keeps what holds until a known instant (the night, its plan, the point in force), so that a tick
 * between two instants costs a comparison. Without any time there is no program, and without a
 * trusted date `dark` is left to the photocell, or assumed: an assumed one is too coarse for it.
 * Which program it is stands in tonight.ts.
 */
import type { LightCommand } from "../../lighting/arbiter.js";
import { nextAt, type Plan, type PlanPoint, plan, pointAt } from "../../lighting/plan.js";
import { DEFAULT_NAME } from "../../lighting/program.js";
import type { LightDoubt } from "../../sensing/lighthealth.js";
import type { Settings } from "../../settings/table.js";
import { type ClockState, isDated, monotonicOf, uncertaintyAt, utcAt } from "../../time/clock.js";
import { type Dark, Darkness, type PhotocellVerdict } from "../../time/dark.js";
import { type Night, nightOf } from "../../time/night.js";
import type { Zone } from "../../time/zone.js";
import type { Millis, Percent, UtcMillis } from "../../units.js";
import { type ScheduleOptions, scheduleOptions, zoneOf } from "./options.js";
import { programOf } from "./tonight.js";

/**
 * A clock that may be this wrong, or is assumed, still knows the night but not the quarter of an hour:
 * what would save a start is then left to light.
 */
const CLOCK_DOUBT: Millis = 15 * 60_000;

/** Outside the program's periods, and by day, it asks for nothing; so the chain can say whose 0 it is. */
const OUTSIDE: LightCommand = Object.freeze({
	reason: "program",
	level: 0 as Percent,
	source: "outside",
});

export class Schedule {
	night: Night | undefined;
	dark: Dark;
	private options: ScheduleOptions;
	private darkness: Darkness;
	private rule: Zone | undefined; // the zone, read when a time first asks for it
	private plan: Plan | undefined;
	private name = DEFAULT_NAME; // of the program behind the plan
	private minimum = 0; // the minimumLightsOn that the plan was made with
	/** The program's request while it is dark; by day it is outside its period. Undefined: none. */
	request: LightCommand | undefined;
	private point: LightCommand | undefined; // what the plan asks
	private pointUntil = 0 as UtcMillis; // `point` holds until then
	private due: Millis = 0;

	constructor(options: ScheduleOptions) {
		this.options = options;
		this.darkness = new Darkness(options.place, options.darkElevation);
		this.dark = this.darkness.judge("unknown", undefined);
	}

	/** Other settings: all is asked anew, and until then it is dark. */
	configure(settings: Settings): void {
		const options = scheduleOptions(settings);
		this.options = options;
		this.darkness = new Darkness(options.place, options.darkElevation);
		this.dark = this.darkness.judge("unknown", undefined);
		this.rule = undefined;
		this.plan = undefined;
		this.request = undefined;
		this.due = 0;
		this.forget();
	}

	/** When time alone changes `dark` or the program; call `look` then, and after any input to it. */
	get dueAt(): Millis {
		return this.due;
	}

	get zone(): Zone {
		this.rule ??= zoneOf(this.options);
		return this.rule;
	}

	/** Brings `dark` and the program to `now`. `doubt`: what stands against the photocell, if anything does. */
	look(
		now: Millis,
		clock: ClockState,
		photocell: PhotocellVerdict,
		doubt?: LightDoubt | undefined,
	): void {
		const utc = utcAt(clock, now);
		this.dark = this.darkness.judge(photocell, isDated(clock) ? utc : undefined);
		if (utc === undefined) {
			this.night = undefined;
			this.plan = undefined;
			this.point = undefined;
			this.request = undefined;
			this.due = Infinity;
			return;
		}
		const isBlind = photocell === "unknown" || doubt !== undefined;
		const minimum = this.minimumAt(now, clock, isBlind);
		const night = this.night as Night | undefined;
		if (!night || utc < night.start || utc >= night.end || minimum !== this.minimum)
			this.begin(utc, minimum);
		if (this.plan && !(utc < this.pointUntil && this.point)) this.turn(this.plan, utc);
		this.request = this.point && !this.dark.dark ? OUTSIDE : this.point;
		const until = Math.min(
			this.plan ? this.pointUntil : (this.night?.end ?? utc),
			this.dark.dueAt ?? Infinity,
		);
		this.due = monotonicOf(clock, until as UtcMillis);
	}

	/** The night of a date that the light may not have been decided by yet. */
	nightAt(utc: UtcMillis): Night {
		const { night } = this;
		const isIn = night && utc >= night.start && utc < night.end;
		return isIn ? night : nightOf(this.zone, this.options.place, utc);
	}

	/** A clock that was moved, forward or back, asks everything anew. */
	forget(): void {
		this.night = undefined;
		this.point = undefined;
	}

	/** minimumLightsOn, or 0 while clock or photocell is doubtful: then each relight is made. */
	private minimumAt(now: Millis, clock: ClockState, isBlind: boolean): number {
		const { minimumLightsOn, photocellFitted } = this.options;
		if (minimumLightsOn === 0 || (photocellFitted && isBlind) || !isDated(clock)) return 0;
		return uncertaintyAt(clock, now) > CLOCK_DOUBT ? 0 : minimumLightsOn;
	}

	private begin(utc: UtcMillis, minimum: number): void {
		const { place, programs } = this.options;
		this.night = nightOf(this.zone, place, utc);
		const tonight = programOf(programs, this.night.day);
		this.plan = tonight && plan(tonight.program, this.night, minimum);
		this.name = tonight?.name ?? DEFAULT_NAME;
		this.minimum = minimum;
		this.point = undefined;
	}

	private turn(plan: Plan, utc: UtcMillis): void {
		const point = pointAt(plan, utc);
		this.pointUntil = nextAt(plan, utc);
		this.point = point ? this.commandOf(point) : OUTSIDE;
	}

	private commandOf({ level, out, sensor, text }: PlanPoint): LightCommand {
		const source = this.name === DEFAULT_NAME ? text : `${this.name}: ${text}`;
		const command: { -readonly [K in keyof LightCommand]: LightCommand[K] } = {
			reason: "program",
			level,
			source,
		};
		if (sensor) command.sensorRule = sensor;
		if (out) {
			command.belowFloor = true;
			command.inhibitSensors = this.options.ignorePresence;
		}
		return command;
	}
}
