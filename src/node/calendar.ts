/**
 * Calendar: what the date makes of this moment: dark or not, and what tonight's program asks.
 *
 * Keeps what holds until a known instant (the night, its plan, the point in force), so that a tick
 * between two instants costs a comparison. Without any time there is no program, and without a
 * trusted date `dark` is left to the photocell, or assumed: an assumed one is too coarse for it.
 */
import type { LightCommand } from "../lighting/arbiter.js";
import { nextAt, type Plan, plan, pointAt } from "../lighting/plan.js";
import type { Program } from "../lighting/program.js";
import { type ClockState, isDated, monotonicOf, utcAt } from "../time/clock.js";
import { type Dark, Darkness, type PhotocellVerdict } from "../time/dark.js";
import { type Night, nightOf } from "../time/night.js";
import type { Place } from "../time/sun.js";
import type { Zone } from "../time/zone.js";
import type { Millis, Percent, UtcMillis } from "../units.js";

export interface CalendarOptions {
	readonly zone: Zone;
	readonly place: Place;
	/** Degrees; the sun below it means dark. */
	readonly darkElevation: number;
	/** Absent: no valid program; the default speaks. */
	readonly program: Program | undefined;
}

/** Outside the program's periods, and by day, it asks for nothing; so the chain can say whose 0 it is. */
const OUTSIDE: LightCommand = Object.freeze({
	reason: "program",
	level: 0 as Percent,
	source: "outside",
});

export class Calendar {
	night: Night | undefined;
	dark: Dark;
	private readonly options: CalendarOptions;
	private readonly darkness: Darkness;
	private plan: Plan | undefined;
	/** The program's request while it is dark; by day it is outside its period. Undefined: none. */
	asked: LightCommand | undefined;
	private point: LightCommand | undefined; // what the plan asks
	private pointUntil = 0 as UtcMillis; // `point` holds until then
	private due: Millis = 0;

	constructor(options: CalendarOptions) {
		this.options = options;
		this.darkness = new Darkness(options.place, options.darkElevation);
		this.dark = this.darkness.judge("unknown", undefined);
	}

	/** When time alone changes `dark` or the program; call `look` then, and after any input to it. */
	get dueAt(): Millis {
		return this.due;
	}

	/** Brings `dark` and the program to `now`. */
	look(now: Millis, clock: ClockState, photocell: PhotocellVerdict): void {
		const utc = utcAt(clock, now);
		this.dark = this.darkness.judge(photocell, isDated(clock) ? utc : undefined);
		if (utc === undefined) {
			this.night = undefined;
			this.plan = undefined;
			this.point = undefined;
			this.asked = undefined;
			this.due = Infinity;
			return;
		}
		if (!this.night || utc < this.night.start || utc >= this.night.end) this.begin(utc);
		if (this.plan && !(utc < this.pointUntil && this.point)) this.turn(this.plan, utc);
		this.asked = this.point && !this.dark.dark ? OUTSIDE : this.point;
		const night = this.night as Night | undefined;
		const until = Math.min(
			this.plan ? this.pointUntil : (night?.end ?? utc),
			this.dark.dueAt ?? Infinity,
		);
		this.due = monotonicOf(clock, until as UtcMillis);
	}

	/** A clock that was moved, forward or back, asks everything anew. */
	forget(): void {
		this.night = undefined;
		this.point = undefined;
	}

	private begin(utc: UtcMillis): void {
		const { zone, place, program } = this.options;
		this.night = nightOf(zone, place, utc);
		this.plan = program && plan(program, this.night);
		this.point = undefined;
	}

	private turn(plan: Plan, utc: UtcMillis): void {
		const point = pointAt(plan, utc);
		this.pointUntil = nextAt(plan, utc);
		this.point = point ? { reason: "program", level: point.level, source: point.text } : OUTSIDE;
	}
}
