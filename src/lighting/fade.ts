/**
 * Fade: moves from one level to another in steps that appear equal to the eye.
 *
 * A lamp rises quickly and falls slowly. A fade wakes the lamp only when its next step is due. A
 * rise makes its first step at once, so that light follows the edge of the sensor in the same tick;
 * but after a recent step it waits, so that steps keep MIN_STEP_INTERVAL however often the target
 * changes. Start and end are exact levels; between them are steps of the curve.
 *
 * A class with numbers that change in place, not a replaced value: a fade makes some thirty steps
 * for each passer-by, and a step must not allocate. The node owns the only instance.
 */
import type { Millis, Percent } from "../units.js";
import { percentOf, stepOf } from "./curve.js";

/**
 * Shortest time between two steps. At 25 steps a second the eye sees motion, not steps; faster
 * steps cost wake-ups (and the radio's sleep) without benefit.
 */
export const MIN_STEP_INTERVAL: Millis = 40;

/**
 * Most steps of one fade. Between the usual floor (20 %) and full lie 59 steps of the curve. Taken
 * in pairs, each changes the light by 5.6 %, about the least change that is noticed in a lamp which
 * is not looked at; every wake-up has a cost, and ten thousand lamps fade many times a night.
 */
export const MAX_FADE_STEPS = 32;

/** Longest fade that may be requested: one hour, as in an order. */
export const MAX_RAMP: Millis = 3_600_000;

/**
 * Time by which light is requested before a blocking operation, during which an edge of the PIR may
 * be lost. The slowest rise takes 1 s, and the driver may have to start first; then the lamp is at
 * full class.
 */
export const LIGHT_LEAD_TIME: Millis = 2_000;

export class Fade {
	/** The present level: since the last `advance`. */
	level: Percent;
	/** When the next step is due, later than the last `now`; Infinity at rest. */
	dueAt: Millis = Infinity;
	/** The level at the end of the fade, or at rest. */
	target: Percent;
	private from: number; // step of the curve at the start
	private distance = 0; // steps of the curve to go, signed
	private count = 0; // steps to make
	private made = 0; // steps made
	private first = 0; // 1 if the first step is at the start (a rise)
	private startedAt: Millis = 0;
	private steppedAt: Millis = -Infinity; // instant of the last step, also of an earlier fade
	private ramp: Millis = 0;

	/** Starts at rest at `level`. */
	constructor(level: Percent) {
		this.level = level;
		this.target = level;
		this.from = stepOf(level);
	}

	/**
	 * Moves from the present level to `target`, arriving at `now + rampToLevelTime` at the latest
	 * (0 or an invalid time: at once). Called on every tick: the same target changes nothing unless
	 * it would be reached sooner. A rise under way keeps at least its pace, so that a higher target
	 * does not delay it.
	 */
	retarget(target: Percent, rampToLevelTime: Millis, now: Millis): void {
		if (now >= this.dueAt) this.advance(now);
		let ramp = rampToLevelTime > 0 ? rampToLevelTime : 0;
		ramp = ramp < MAX_RAMP ? Math.round(ramp) : MAX_RAMP;
		const isRunning = this.dueAt < Infinity;
		if (target === this.target && (!isRunning || now + ramp >= this.endsAt())) return;
		const { level } = this;
		const isRise = target > level;
		const from = isRunning ? stepOf(level) : this.from + this.distance;
		const distance = stepOf(target) - from;
		if (isRunning && isRise) {
			const pace = this.ramp / this.distance; // ms a step; rise: > 0
			if (pace > 0 && distance * pace < ramp) ramp = Math.min(ramp, stepTimes(distance * pace));
		}
		this.target = target;
		this.from = from;
		this.distance = distance;
		const way = distance < 0 ? -distance : distance || 1; // less than one step counts as one
		let count = (ramp / MIN_STEP_INTERVAL) | 0;
		if (count > MAX_FADE_STEPS) count = MAX_FADE_STEPS;
		if (count > way) count = way;
		this.count = count;
		this.made = 0;
		this.first = isRise ? 1 : 0;
		const free = this.steppedAt + MIN_STEP_INTERVAL;
		const startedAt = isRise && free > now ? free : now;
		this.startedAt = startedAt;
		this.ramp = ramp;
		this.dueAt = count < 1 ? now : isRise ? startedAt : this.instantOf(1);
		if (now >= this.dueAt) this.advance(now); // the first step of a rise, and a fade without steps
	}

	/** Makes the steps that are due and returns the present level. */
	advance(now: Millis): Percent {
		while (now >= this.dueAt) {
			const count = this.count;
			const made = this.made + 1;
			this.made = made;
			this.steppedAt = this.dueAt;
			if (made >= count) {
				this.level = this.target;
				this.dueAt = Infinity;
			} else {
				const covered = (this.distance * made) / count;
				this.level = percentOf(this.from + (covered | 0)); // rounded toward the start
				this.dueAt = this.instantOf(made + 1);
			}
		}
		return this.level;
	}

	/** The instant of the last step; only while a step is due. */
	endsAt(): Millis {
		return this.instantOf(this.count);
	}

	/** When step `index` (from 1) is due: whole milliseconds, evenly spaced. */
	private instantOf(index: number): Millis {
		return this.startedAt + Math.ceil(((index - this.first) * this.ramp) / this.count);
	}
}

/** A time rounded up to whole steps, at least one. */
function stepTimes(time: Millis): Millis {
	return MIN_STEP_INTERVAL * Math.max(1, Math.ceil(time / MIN_STEP_INTERVAL));
}
