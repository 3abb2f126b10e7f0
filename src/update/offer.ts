/**
 * Offer: an image that the CMS proposes, when this lamp's turn is, and why the lamp refuses it.
 */
import type { Profile } from "../host.js";
import type { Millis, UtcMillis } from "../units.js";
import { type ImageHeader, imageId, PRODUCT } from "./header.js";

/** Where an image is stored. */
export interface ImageSource {
	readonly host: string;
	readonly port: number;
	readonly tls: boolean;
	/** Begins with a slash. */
	readonly path: string;
}

export interface Offer {
	readonly id: string;
	readonly source: ImageSource;
	/** Signed header, base 64. */
	readonly header: string;
	readonly notBefore: UtcMillis;
	/** The turns of the lamps are spread evenly over this time from `notBefore` on. */
	readonly spread: Millis;
	/** The group that goes first; absent: all groups together. */
	readonly canary?: string | undefined;
	/** How much later the other groups follow. */
	readonly canaryLead: Millis;
	/** Install also while the place is occupied at night. */
	readonly whileOccupied: boolean;
	/** Install also an image that failed on this lamp before. */
	readonly again: boolean;
}

/** Withdraws an offer that has not become the running image. */
export interface StopOrder {
	readonly id: string;
	readonly stop: true;
}

/** A new list of update keys (keylist.ts), in base 64. */
export interface KeyOffer {
	readonly id: string;
	readonly keys: string;
}

export type OfferRefusal =
	| "malformed" // not a valid offer, or its header is malformed
	| "wrongProduct"
	| "wrongHardware"
	| "wrongProfile" // a development image for a release lamp, or the reverse
	| "olderCounter"
	| "unknownKey"
	| "retiredKey" // an image of a later key has been kept here
	| "wrongSignature"
	| "failedBefore"
	| "laterKeyMissing"; // a list of keys without a key after the one that signed it

/** The present state of this lamp. */
export interface Installed {
	readonly hardware: string;
	readonly profile: Profile;
	readonly version: string;
	/** Lowest accepted counter. */
	readonly counter: number;
	/** Id of the running image; empty: it came over the cable. */
	readonly image: string;
	/** Ids of images that failed on this lamp. */
	readonly failed: readonly string[];
}

/** Why the image is refused, before its signature is verified. */
export function refusalOf(
	header: ImageHeader,
	{ again }: Pick<Offer, "again">,
	installed: Installed,
): OfferRefusal | undefined {
	if (header.product !== PRODUCT) return "wrongProduct";
	if (header.hardware !== installed.hardware) return "wrongHardware";
	if (header.profile !== installed.profile) return "wrongProfile";
	if (header.counter < installed.counter) return "olderCounter";
	if (!again && installed.failed.includes(imageId(header))) return "failedBefore";
	return undefined;
}

/** Whether the image runs here already; by version alone if the running one came by cable. */
export function isInstalled(header: ImageHeader, installed: Installed): boolean {
	if (installed.image !== "") return installed.image === imageId(header);
	return installed.version === header.version;
}

/**
 * When this lamp's turn is. `position`: its own part of the spread, 0 to 1, from a hash of its
 * name. An offer that arrives after that instant gets a turn within LATE_SPREAD, because a street
 * whose power returns is many lamps.
 */
export function turnOf(
	offer: Pick<Offer, "notBefore" | "spread" | "canary" | "canaryLead">,
	group: string,
	position: number,
	receivedAt: UtcMillis,
): UtcMillis {
	const isLater = offer.canary !== undefined && offer.canary !== group;
	const from = offer.notBefore + (isLater ? offer.canaryLead : 0);
	const turn = from + Math.floor(position * offer.spread);
	const late = receivedAt + Math.floor(position * LATE_SPREAD);
	return (turn > receivedAt ? turn : late) as UtcMillis;
}
/** A server that serves ten thousand lamps within a day serves a street of them in ten minutes. */
export const LATE_SPREAD: Millis = 600_000;
