/**
 * Duty path: the points by which a host carries the light along a fade (`Dimmer.fade`).
 *
 * The corners of the fade become duties. Where the light meets the driver's minimum or the cap, the
 * path has a corner there, and follows the bound. Nothing here allocates; the driver owns the only
 * instance.
 */
import type { Duty, Millis, Percent } from "../units.js";
import { LEAST_LEVEL } from "./curve.js";
import { type Fade, MOST_CORNERS } from "./fade.js";

/** Points beside the corners of a fade: the first light, two bounds, the last. */
const MORE_POINTS = 4;

export class DutyPath {
	/** Of each point: ms from the order on, and the duty there. */
	readonly points = new Uint32Array(2 * (MOST_CORNERS + MORE_POINTS));
	private scale = 0; // duty for a level of 1 %, and its bounds, not rounded
	private least = 1;
	private cap = Infinity;

	/** Sets the duty for a level of 1 %, that of a lit lamp at least, and that at most; not rounded. */
	bound(scale: number, least: number, cap: number): void {
		this.scale = scale;
		this.least = least;
		this.cap = cap;
	}

	/** The duty for a level. */
	dutyOf(level: Percent): Duty {
		return (level > 0 ? (this.bounded(level * this.scale) + 0.5) | 0 : 0) as Duty;
	}

	/** Lays a new fade from its start on; the light is there already. Returns how many points. */
	lay(fade: Fade): number {
		const { points, scale } = this;
		const { segments, ratio, ramp, start, target } = fade;
		const end = target * scale;
		let raw = start * scale;
		const isRise = end > raw;
		const isBounded = (isRise ? raw : end) < this.least || (isRise ? end : raw) > this.cap;
		if (isBounded || target < LEAST_LEVEL) return this.bend(fade, fade.startedAt, false);
		const each = ramp / segments;
		const last = 2 * segments - 2;
		let at = 0.5; // the array cuts: a half more rounds
		for (let next = 0; next < last; next += 2) {
			points[next] = at += each;
			points[next + 1] = (raw *= ratio) + 0.5;
		}
		points[last] = ramp;
		points[last + 1] = end + 0.5;
		return segments;
	}

	/**
	 * Lays what is left of a fade at `now`, within the bounds; `isJump`: it begins with the level of
	 * that instant. Returns how many points.
	 */
	bend(fade: Fade, now: Millis, isJump: boolean): number {
		const { scale, cap, least } = this;
		const { segments, target } = fade;
		let count = isJump ? this.add(0, this.dutyOf(fade.levelAt(now)), 0) : 0;
		let to = fade.levelOf(0) * scale;
		let until = fade.startedAt - now;
		for (let index = 1; index <= segments; index += 1) {
			const from = to;
			const at = until;
			to = fade.levelOf(index) * scale;
			until = fade.instantOf(index) - now;
			if (until <= 0) continue;
			for (let bound = 0; bound < 2; bound += 1) {
				const duty = to > from === (bound === 0) ? least : cap; // as they are met
				const part = (duty - from) / (to - from);
				const met = at + part * (until - at);
				if (part > 0 && part < 1 && met >= 0.5) count = this.add(met, duty, count);
			}
			count = this.add(until, this.bounded(to), count);
		}
		return target < LEAST_LEVEL ? this.add(until, this.dutyOf(target), count) : count;
	}

	private bounded(duty: number): number {
		const most = Math.min(duty, this.cap);
		return Math.max(most, this.least); // a lit driver gives its least, however hot
	}

	/** Adds a point behind `count` others; of three with one duty the middle one is left out. */
	private add(at: Millis, duty: number, count: number): number {
		const { points } = this;
		const rounded = (duty + 0.5) | 0;
		const end = 2 * count;
		const isFlat = count > 1 && points[end - 1] === rounded && points[end - 3] === rounded;
		const place = isFlat ? end - 2 : end;
		points[place] = at > 0 ? (at + 0.5) | 0 : 0;
		points[place + 1] = rounded;
		return isFlat ? count : count + 1;
	}
}
