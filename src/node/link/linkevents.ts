/**
 * Link events: the journal's events for a change of the connection to the broker.
 */
import type { LampEvent } from "../../journal/events.js";
import type { LinkEnd, LinkEvent } from "../../link/contract.js";
import type { Contact, ContactChange } from "../../monitor/contact.js";
import type { Millis } from "../../units.js";

/** The event for `linkEvent`, if it deserves one. `spread`: the setting reconnectSpread, ms. */
export function eventOf(
	linkEvent: LinkEvent,
	contact: Contact,
	now: Millis,
	spread: Millis,
): LampEvent | undefined {
	switch (linkEvent.kind) {
		case "online":
			return failure(contact.onOnline(), {});
		case "lost":
			contact.onLost(now);
			return { type: "linkLost", attributes: why(linkEvent.end, linkEvent.detail) };
		case "failed":
			return failure(contact.onFailed(now, spread), why(linkEvent.end, linkEvent.detail));
		case "subscribed":
		case "joined":
		case "reported":
			return undefined; // only settings and updater use it
		case "subscriptionRefused":
			return failure(contact.onRefused(), { why: linkEvent.kind });
	}
}

interface Why {
	readonly why?: string;
	readonly detail?: string;
}

/** The attributes of an end. `detail`: the broker's breach of the standard, if any. */
function why(end: LinkEnd, detail: string | undefined): Why & { readonly why: string } {
	return detail === undefined ? { why: end } : { why: end, detail };
}

function failure(flag: ContactChange, attributes: Why): LampEvent | undefined {
	return flag && { type: "communicationFailure", startEndFlag: flag, attributes };
}
