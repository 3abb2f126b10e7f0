/**
 * Contact: the time without the broker, and when it becomes a failure.
 *
 * A lost session is usually restored within the reconnection spread; only a longer loss is an event
 * (TALQ communicationFailure), with a begin and an end. It never affects the light.
 */
import type { Millis } from "../units.js";

/** A first attempt falls within one spread; a second one, backed off, within twice that. */
const SPREADS_UNTIL_FAILURE = 3;
/** On a bench with a spread of seconds, every short loss would otherwise be an event. */
const LEAST_UNTIL_FAILURE: Millis = 120_000;

export type ContactChange = "start" | "end" | undefined;

export class Contact {
	private since: Millis; // the last moment with a session
	private failing = false;

	constructor(now: Millis) {
		this.since = now;
	}

	/** A session begins. */
	onOnline(): ContactChange {
		if (!this.failing) return undefined;
		this.failing = false;
		return "end";
	}

	/** A session ended. */
	onLost(now: Millis): void {
		this.since = now;
	}

	/** An attempt failed. `spread`: reconnectSpread, ms. */
	onFailed(now: Millis, spread: Millis): ContactChange {
		const patience = Math.max(LEAST_UNTIL_FAILURE, SPREADS_UNTIL_FAILURE * spread);
		if (this.failing || now - this.since < patience) return undefined;
		this.failing = true;
		return "start";
	}

	/** The broker answers but refuses the subscription: a failure at once. */
	onRefused(): ContactChange {
		if (this.failing) return undefined;
		this.failing = true;
		return "start";
	}
}
