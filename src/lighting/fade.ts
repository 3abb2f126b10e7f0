/**
 * Fade: moves the light from one level to another so that it appears even to the eye.
 *
 * A lamp rises quickly and falls slowly. A fade is known whole when it begins: corners on the curve
 * of IEC 62386-102, SEGMENT steps apart at most, at equal times; so each is the one before times one
 * ratio. Between two corners the light is linear and at most 1 % above the curve. The host carries
 * it there (`Dimmer.fade`): no turn of the firmware is needed before the end, and the level of any
 * instant is arithmetic. The curve ends at 0.1 %; from there to off, and back, is a jump.
 *
 * A class with numbers that change in place, not a replaced value: a lamp fades for each passer-by,
 * and a fade must not allocate. The node owns the only instance.
 */
import type { Millis, Percent } from "../units.js";
import { FULL_STEP, LEAST_LEVEL, placeOf, ratioOf } from "./curve.js";

/**
 * Most steps of the curve between two corners. A chord over d of ln(light) lies d^2 / 8 above the
 * curve: 10 steps of 2.77 % are d = 0.273, and 0.93 %.
 */
export const SEGMENT = 10;

/** Most corners of a fade behind its start: 26. */
export const MOST_CORNERS: number = Math.ceil(FULL_STEP / SEGMENT);

/** A shorter fade is a jump: the host moves the light each 5 ms, and the eye sees none of it. */
const SHORTEST_RAMP: Millis = 20;

/** Longest fade that may be requested: one hour, as in an order. */
export const MAX_RAMP: Millis = 3_600_000;

/**
 * Time by which light is requested before a blocking operation, during which an edge of the PIR may
 * be lost. The slowest rise takes 1 s, and the driver may have to start first; then the lamp is at
 * full class.
 */
export const LIGHT_LEAD_TIME: Millis = 2_000;

export class Fade {
	/** The level at the end of the fade, or at rest. */
	target: Percent;
	/** When the target is reached; in the past: at rest. */
	endsAt: Millis = -Infinity;
	/** Segments of the last fade, each `ramp / segments` long; 0: it was a jump. */
	segments = 0;
	/** The level at the start, 0.1 % or more. */
	start: Percent;
	/** The level at a corner, by that at the corner before. */
	ratio = 1;
	/** From the start to the end, whole ms. */
	ramp: Millis = 0;
	startedAt: Millis = 0;
	private end: number; // place of the target on the curve

	/** Starts at rest at `level`. */
	constructor(level: Percent) {
		this.target = level;
		this.start = level;
		this.end = placeOf(level);
	}

	/**
	 * Moves from the present level to `target`, arriving at `now + rampToLevelTime` at the latest
	 * (0 or an invalid time: at once). Called with every decision: the same target changes nothing
	 * unless it would be reached sooner. A rise under way keeps at least its pace, so that a higher
	 * target does not delay it. Returns whether the light takes another way from now on.
	 */
	retarget(target: Percent, rampToLevelTime: Millis, now: Millis): boolean {
		const isRunning = now < this.endsAt;
		const isSame = target === this.target;
		if (isSame && !isRunning) return false;
		let ramp = rampToLevelTime > 0 ? rampToLevelTime : 0;
		ramp = ramp < MAX_RAMP ? (ramp + 0.5) | 0 : MAX_RAMP;
		if (isSame && now + ramp >= this.endsAt) return false;
		const level = isRunning ? this.levelAt(now) : this.target;
		const from = isRunning ? placeOf(level) : this.end;
		const end = isSame ? this.end : placeOf(target);
		const way = end - from;
		if (isRunning && way > 0) {
			const before = this.end - placeOf(this.start);
			const keeping = before > 0 ? Math.ceil((way * this.ramp) / before) : ramp;
			if (keeping < ramp) ramp = keeping;
		}
		const segments = ramp < SHORTEST_RAMP ? 0 : Math.ceil((way < 0 ? -way : way) / SEGMENT);
		if (segments < 1) ramp = 0;
		else this.ratio = ratioOf(way / segments);
		// biome-ignore lint/complexity/useMathMinMax: no call between an edge and its light
		this.start = level > LEAST_LEVEL ? level : LEAST_LEVEL;
		this.target = target;
		this.end = end;
		this.segments = segments;
		this.ramp = ramp;
		this.startedAt = now;
		this.endsAt = now + ramp;
		return true;
	}

	/** The level at `now`, which is not before the last `retarget`. */
	levelAt(now: Millis): Percent {
		const { ramp } = this;
		if (now >= this.endsAt || ramp === 0) return this.target;
		const place = ((now - this.startedAt) * this.segments) / ramp;
		const corner = place | 0;
		const level = this.levelOf(corner);
		return (level + (this.levelOf(corner + 1) - level) * (place - corner)) as Percent;
	}

	/** The level at a corner, 0 (the start) to `segments` (the end: 0.1 % or more). */
	levelOf(corner: number): Percent {
		const { ratio, target } = this;
		if (corner >= this.segments) return Math.max(target, LEAST_LEVEL) as Percent;
		let level: number = this.start;
		for (let index = 0; index < corner; index += 1) level *= ratio;
		return level as Percent;
	}

	/** The instant of a corner, whole ms. */
	instantOf(corner: number): Millis {
		return this.startedAt + Math.round((corner * this.ramp) / this.segments);
	}
}
