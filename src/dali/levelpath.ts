/**
 * Level path: the way of a fade (`Dimmer.fade`) in levels of the driver, and when the next one is due.
 *
 * The driver itself fades for FADE_TIME after each level, evenly on its curve, as a fade of ours is
 * between two corners. So the level that is sent is that of FADE_TIME later, in spans of FADE_TIME,
 * and the light is where the path is. The path is shortened to whole spans, so that the light has
 * arrived when the firmware's fade ends, even if a frame had to wait: a rise of 0.8 s takes 0.7.
 */
import { FULL_STEP, placeOf } from "../lighting/curve.js";
import type { Millis, Percent } from "../units.js";

/** The driver's extended fade time: the shortest there is. */
export const FADE_TIME: Millis = 100;
/** The frame of a level takes 16 ms, and may wait for one under way. */
const FRAME: Millis = 50;
/** Bits of the duty: 0.1 % of the light is 66, and a step of the curve there is 2. */
export const DUTY_BITS = 16;
const LARGEST: number = (1 << DUTY_BITS) - 1;
/** Numbers of a point: ms from the start, and duty. */
const POINT = 2;
/** Of the path that the light path lays: 26 corners and 4 more (lighting/dutypath.ts). */
const MOST_POINTS = 32;
/** From this part of a step on a level is raised to the next one: a floor is met within 1.1 %. */
const PART = 0.4;

/** The level nearest to the light of a duty; 0: off. */
export function levelOf(duty: number): number {
	if (!(duty > 0)) return 0;
	if (duty >= LARGEST) return FULL_STEP;
	return Math.ceil(placeOf(((duty * 100) / LARGEST) as Percent) - PART);
}

export class LevelPath {
	private readonly points = new Uint32Array(POINT * MOST_POINTS);
	private count = 0; // numbers in it
	private from = 0; // duty at the start
	private end = 0; // duty of the last point, or at rest
	private lastAt: Millis = -Infinity; // the last level is sent; the light is there a FADE_TIME later
	private span: Millis = 0; // from the start to the end, whole FADE_TIMEs

	/** Stays at a duty. */
	hold(duty: number): void {
		this.end = duty;
		this.lastAt = -Infinity;
	}

	/** Lays a path of `count` points, which begins with `start`. */
	lay(path: Uint32Array, count: number, now: Millis): void {
		const { points } = this;
		this.from = this.dutyAt(now);
		points.set(path);
		const end = POINT * count;
		this.count = end;
		this.end = path[end - 1]!;
		this.span = FADE_TIME * Math.max(((path[end - 2]! - FRAME) / FADE_TIME) | 0, 1);
		this.start(now);
	}

	/** The path begins at `now`: its first frame had to wait. */
	start(now: Millis): void {
		this.lastAt = now + this.span - FADE_TIME;
	}

	/** The duty at `now`. That of the end is read and not computed: a hair above off would be lit. */
	dutyAt(now: Millis): number {
		const { points, count, span } = this;
		const left = this.lastAt + FADE_TIME - now;
		if (!(left > 0)) return this.end;
		const passed = ((span - left) * points[count - POINT]!) / span; // ms of the points
		let [at, duty] = [0, this.from];
		for (let place = 0; place < count; place += POINT) {
			const until = points[place]!;
			const to = points[place + 1]!;
			if (passed < until) return duty + ((to - duty) * (passed - at)) / (until - at);
			at = until;
			duty = to;
		}
		return duty;
	}

	/** The level to send at `now`. */
	levelAt(now: Millis): number {
		return levelOf(this.dutyAt(now + FADE_TIME));
	}

	/** Whether the light goes down anywhere behind `now`. */
	fallsAfter(now: Millis): boolean {
		return this.end < this.dutyAt(now);
	}

	/**
	 * When the level after `level`, that of `now`, is to be sent; Infinity: that was the last. It is the
	 * first whole FADE_TIME with another level, since the light goes one way: at each of them in a fast
	 * fade, and as late as the path leaves the level in a slow one.
	 */
	nextAt(now: Millis, level: number): Millis {
		const { lastAt } = this;
		if (now >= lastAt) return Infinity;
		let [least, most] = [1, Math.ceil((lastAt - now) / FADE_TIME)];
		while (least < most) {
			const middle = (least + most) >> 1;
			if (this.levelAt(now + middle * FADE_TIME) === level) least = middle + 1;
			else most = middle;
		}
		return Math.min(now + least * FADE_TIME, lastAt);
	}
}
