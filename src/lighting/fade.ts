/**
 * Fade: on the way from one level to another, in steps the eye takes for equal.
 *
 * A lamp rises quickly and falls slowly (vocabulary, facts). A fade wakes the lamp only when its
 * next step is due; a rise makes its first step at once, so that light answers in the same tick as
 * the edge of the sensor, unless a step was made just before: however often the target changes, steps
 * keep MIN_STEP_INTERVAL. Both ends are exact levels; between them stand steps of the curve.
 *
 * A class with numbers that change in place, not a value that is replaced: a fade moves some thirty
 * times for each passer-by, and a step must not allocate. The node owns the only one.
 */
import type { Millis, Percent } from "../units.js";
import { percentOf, stepOf } from "./curve.js";

/**
 * Shortest time between two steps. At 25 steps a second the eye sees motion, not steps; what is
 * quicker costs wakes (and the radio its sleep) for nothing.
 */
export const MIN_STEP_INTERVAL: Millis = 40;

/**
 * Most steps of one fade. Between the usual floor (20 %) and full there are 59 steps of the curve:
 * taken in pairs each changes the light by 5.6 %, which is about the least one notices in a lamp
 * that is not looked at; ten thousand lamps fade many times a night, and each wake has its price.
 */
export const MAX_FADE_STEPS = 32;

/** Longest fade that may be asked for: one hour, as for an order. */
export const MAX_RAMP: Millis = 3_600_000;

/**
 * Light is asked for so long before work that may hold up an edge of the PIR: the slowest rise of a
 * lamp is 1 s, and its driver may start first; it is at full class then.
 */
export const LIGHT_LEAD_TIME: Millis = 2_000;

export interface Ramps {
	/** Time of a rise, ms; 1000 or less, or the light comes after the walker. */
	readonly riseTime: Millis;
	/** Time of a fall, ms; 10,000 or more, or it startles. */
	readonly fallTime: Millis;
}

/** The time to take to a level: what was asked for, else by direction. */
export function rampOf(
	target: Percent,
	level: Percent,
	asked: Millis | undefined,
	ramps: Ramps,
): Millis {
	return asked ?? (target > level ? ramps.riseTime : ramps.fallTime);
}

export class Fade {
	private shining: Percent; // what shines since the last advance
	private aim: Percent;
	private from = 0; // step of the curve at which it began
	private distance = 0; // steps of the curve to go, signed
	private count = 0; // steps to make
	private made = 0; // steps made
	private first = 0; // 1 where the first step falls on the start (a rise)
	private startedAt: Millis = 0;
	private steppedAt: Millis = -Infinity; // when the last step fell, of this fade or one before
	private ramp: Millis = 0;
	private due: Millis = Infinity;

	/** Rests at `level`. */
	constructor(level: Percent) {
		this.shining = level;
		this.aim = level;
	}

	/** What shines. */
	get level(): Percent {
		return this.shining;
	}

	/** Where it is going, or rests. */
	get target(): Percent {
		return this.aim;
	}

	/** When the next step is due; Infinity while it rests. Later than the last `now`. */
	get dueAt(): Millis {
		return this.due;
	}

	/**
	 * Goes to `target` from wherever it is, arriving at `now + rampToLevelTime` at the latest (0, and
	 * what is no time: at once). Said again with every tick; the same target changes nothing unless
	 * it would be reached sooner. A rise under way goes on at its pace at least: who asks for more than is
	 * on its way does not hold that up.
	 */
	retarget(target: Percent, rampToLevelTime: Millis, now: Millis): void {
		if (now >= this.due) this.advance(now);
		let ramp = rampToLevelTime > 0 ? Math.round(Math.min(MAX_RAMP, rampToLevelTime)) : 0;
		if (target === this.aim && (this.due === Infinity || now + ramp >= this.endsAt())) return;
		const isRise = target > this.shining;
		const pace = this.due < Infinity ? this.ramp / this.distance : 0; // ms a step; of a rise above 0
		this.aim = target;
		this.from = stepOf(this.shining);
		this.distance = stepOf(target) - this.from;
		if (pace > 0 && isRise && this.distance * pace < ramp)
			ramp = Math.min(ramp, stepTimes(this.distance * pace));
		const way = Math.abs(this.distance) || 1; // within one step of the curve there is one to make
		this.count = Math.min(way, MAX_FADE_STEPS, (ramp / MIN_STEP_INTERVAL) | 0);
		this.made = 0;
		this.first = isRise ? 1 : 0;
		this.startedAt = isRise ? Math.max(now, this.steppedAt + MIN_STEP_INTERVAL) : now;
		this.ramp = ramp;
		this.due = this.count < 1 ? now : isRise ? this.startedAt : this.instantOf(1);
		this.advance(now); // a rise, and what goes at once
	}

	/** Makes the steps that are due and answers what shines now. */
	advance(now: Millis): Percent {
		while (now >= this.due) {
			this.made += 1;
			this.steppedAt = this.due;
			if (this.made >= this.count) this.rest();
			else {
				const covered = (this.distance * this.made) / this.count;
				this.shining = percentOf(this.from + (covered | 0)); // toward the beginning
				this.due = this.instantOf(this.made + 1);
			}
		}
		return this.shining;
	}

	private rest(): void {
		this.shining = this.aim;
		this.due = Infinity;
	}

	private endsAt(): Millis {
		return this.instantOf(this.count);
	}

	/** When step `index` (from 1) is due: whole milliseconds, evenly spread. */
	private instantOf(index: number): Millis {
		return this.startedAt + Math.ceil(((index - this.first) * this.ramp) / this.count);
	}
}

/** A time, rounded up to whole steps, one at least. */
function stepTimes(time: Millis): Millis {
	return MIN_STEP_INTERVAL * Math.max(1, Math.ceil(time / MIN_STEP_INTERVAL));
}
