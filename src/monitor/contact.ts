/**
 * Contact: since when the broker has not been reached, and whether that is a failure yet.
 *
 * A lost session is taken up again within the reconnection spread; only what lasts longer is worth
 * an event (TALQ communicationFailure), with a begin and an end. It never touches the light.
 */
import type { Millis } from "../units.js";

/** A first attempt falls within one spread; a second one, backed off, within twice that. */
export const SPREADS_UNTIL_FAILURE = 3;
/** On a bench with a spread of seconds an event would come at each hiccup. */
export const LEAST_UNTIL_FAILURE: Millis = 120_000;

export type ContactChange = "start" | "end" | undefined;

export class Contact {
	private since: Millis; // the last moment with a session
	private failing = false;

	constructor(now: Millis) {
		this.since = now;
	}

	/** A session stands. */
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

	/** The broker is there, but does not let us hear: at once a failure. */
	onRefused(): ContactChange {
		if (this.failing) return undefined;
		this.failing = true;
		return "start";
	}
}
