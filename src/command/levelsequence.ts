/**
 * Level sequence: the levels of identify and selfTest, for a minute at most.
 *
 * They lie between full class and the least permitted level: the floor while it is dark, off by
 * day. The sequence is a request like an override, so presence raises it and an emergency has
 * precedence. A restart ends it. Each step is a new request; the lamp is idle between steps.
 */
import type { Override } from "../lighting/arbiter.js";
import type { Millis, Percent } from "../units.js";
import type { SequenceOrder } from "./orders.js";

/** Two seconds at each level: visible from afar, and no flicker for pedestrians below. */
const BLINK: Millis = 2000;
/** A light sensor responds within 3 s (node/health/lampmonitor.ts); the fade takes one. */
export const TEST_STEP: Millis = 8000;
const TEST_RAMP: Millis = 1000;
/** Shares of the range between the ends: down in three steps, and up again in one. */
const TEST_SHARES: readonly number[] = Object.freeze([1, 0.7, 0.35, 0, 1]);

/** The least and the greatest permitted level at present. */
export interface Ends {
	readonly leastLevel: Percent;
	readonly fullLevel: Percent;
}

export class LevelSequence {
	readonly kind: SequenceOrder["kind"];
	/** The order's id. */
	readonly source: string;
	readonly endsAt: Millis;
	/** When the next step or the end is due. */
	nextAt: Millis;
	/** The present request to the light. */
	request: Override;
	/** The level before the sequence, which maintenance holds instead of a step's. */
	readonly before: Percent;
	private step = -1;

	/** `before`: the level without this sequence. */
	constructor(order: SequenceOrder, now: Millis, ends: Ends, before: Percent) {
		this.before = before;
		this.kind = order.kind;
		this.source = order.id;
		this.nextAt = now;
		const { kind } = order;
		this.endsAt = now + (kind === "identify" ? order.duration : TEST_STEP * TEST_SHARES.length);
		this.request = this.next(now, ends);
	}

	/** Makes the step that is due; false: the sequence has ended. */
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
