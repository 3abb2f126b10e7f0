/**
 * Session proof: whether a session with the broker stands under the settings in force.
 *
 * It stands once the broker has accepted the subscription and acknowledged the lamp's own state,
 * and lasted for STANDS_AFTER since. Without a broker the network is the proof.
 */
import type { LinkEvent } from "../../link/contract.js";
import type { Millis } from "../../units.js";

/** A broker that ends a client at its second packet, or a double identifier, does so sooner. */
export const STANDS_AFTER: Millis = 60_000;

export class SessionProof {
	/** When the session stands, or stood once; Infinity: none does. */
	standsAt: Millis;
	private isSubscribed = false;

	constructor(standsAt: Millis) {
		this.standsAt = standsAt;
	}

	/** Other settings are in force. */
	begin(standsAt: Millis): void {
		this.isSubscribed = false;
		this.standsAt = standsAt;
	}

	/** The connection changed. */
	onLink(kind: LinkEvent["kind"], now: Millis): void {
		if (now >= this.standsAt) return; // a session that stood once is proof
		if (kind === "subscribed") this.isSubscribed = true;
		else if (kind === "joined") this.standsAt = now;
		else if (kind === "reported" && this.isSubscribed) this.standsAt = now + STANDS_AFTER;
		else if (kind === "lost" || kind === "failed") this.begin(Infinity);
	}
}
