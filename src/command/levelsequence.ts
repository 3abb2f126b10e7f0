/**
 * Level sequence: the levels a lamp runs through to show which one it is, or to be tested; a minute at most.
 *
 * They lie between two ends, full class and the least that may shine now: the floor while it is dark,
 * nothing by day. It is a request like an override, so presence raises it and an emergency is above
 * it. A restart ends it. Each step is a new request; between steps nothing happens.
 */
import type { Override } from "../lighting/arbiter.js";
import type { Millis, Percent } from "../units.js";
import type { SequenceOrder } from "./orders.js";

/** Two seconds of each: seen from afar, and no flicker to who walks below. */
const BLINK: Millis = 2000;
/** A light sensor answers within three seconds (node/health/lampmonitor.ts); the fade takes one. */
export const TEST_STEP: Millis = 8000;
const TEST_RAMP: Millis = 1000;
/** Of what lies between the ends: down in three steps, and up again in one. */
const TEST_SHARES: readonly number[] = Object.freeze([1, 0.7, 0.35, 0, 1]);

/** The least and the most that may shine now. */
export interface Ends {
	readonly leastLevel: Percent;
	readonly fullLevel: Percent;
}

export class LevelSequence {
	readonly kind: SequenceOrder["kind"];
	/** The order's id. */
	readonly source: string;
	readonly endsAt: Millis;
	/** When the next step is due, or the end. */
	nextAt: Millis;
	/** What is asked of the light now. */
	request: Override;
	private step = -1;

	constructor(order: SequenceOrder, now: Millis, ends: Ends) {
		this.kind = order.kind;
		this.source = order.id;
		this.nextAt = now;
		const { kind } = order;
		this.endsAt = now + (kind === "identify" ? order.duration : TEST_STEP * TEST_SHARES.length);
		this.request = this.next(now, ends);
	}

	/** Makes the step that is due; false: it is over. */
	advance(now: Millis, ends: Ends): boolean {
		if (now < this.nextAt) return true;
		if (now >= this.endsAt) return false;
		this.request = this.next(now, ends);
		return true;
	}

	private next(now: Millis, { leastLevel, fullLevel }: Ends): Override {
		const isTest = this.kind === "selfTest";
		this.step += 1;
		this.nextAt = Math.min(now + (isTest ? TEST_STEP : BLINK), this.endsAt);
		const share = isTest ? (TEST_SHARES[this.step] ?? 1) : (this.step + 1) % 2;
		const level = Math.round(leastLevel + share * (fullLevel - leastLevel)) as Percent;
		const { source } = this;
		const rampToLevelTime = isTest ? TEST_RAMP : 0;
		return { reason: "override", level, source, rampToLevelTime, inhibitSensors: false };
	}
}
