/**
 * Offer: an image that the city offers, when this lamp's turn is, and why it may not be for it.
 */
import type { Millis, UtcMillis } from "../units.js";
import { type ImageHeader, imageId, PRODUCT } from "./header.js";

/** Where an image lies. */
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
	/** From `notBefore` on the lamps come evenly over this. */
	readonly spread: Millis;
	/** The group that goes first; absent: all at once. */
	readonly canary?: string | undefined;
	/** How much later the others follow. */
	readonly canaryLead: Millis;
	/** Also where someone is there at night. */
	readonly whileOccupied: boolean;
	/** Also if this lamp went back from that very image before. */
	readonly again: boolean;
}

/** What the CMS wants no more: an offer that has not become the running image. */
export interface StopOrder {
	readonly id: string;
	readonly stop: true;
}

export type OfferRefusal =
	| "malformed" // no offer, or its header is none
	| "wrongProduct"
	| "wrongHardware"
	| "olderCounter"
	| "unknownKey"
	| "retiredKey" // an image of a later key has been kept here
	| "wrongSignature"
	| "failedBefore";

/** What stands at this lamp. */
export interface Installed {
	readonly hardware: string;
	readonly version: string;
	/** Below which no image is taken. */
	readonly counter: number;
	/** Id of the running image; empty: it came over the cable. */
	readonly image: string;
	/** Ids of images that this lamp went back from. */
	readonly failed: readonly string[];
}

/** Why the image is not for this lamp, before its signature is looked at. */
export function refusalOf(
	header: ImageHeader,
	{ again }: Pick<Offer, "again">,
	installed: Installed,
): OfferRefusal | undefined {
	if (header.product !== PRODUCT) return "wrongProduct";
	if (header.hardware !== installed.hardware) return "wrongHardware";
	if (header.counter < installed.counter) return "olderCounter";
	if (!again && installed.failed.includes(imageId(header))) return "failedBefore";
	return undefined;
}

/** Whether the image runs here already. One that came over the cable is known by its version alone. */
export function isInstalled(header: ImageHeader, installed: Installed): boolean {
	if (installed.image !== "") return installed.image === imageId(header);
	return installed.version === header.version;
}

/**
 * When this lamp's turn is. `position`: its own place in the CMS, 0 to 1, by a hash of its name. Who
 * hears of it too late comes within LATE_SPREAD: a street that gets its power back is many lamps.
 */
export function turnOf(
	offer: Pick<Offer, "notBefore" | "spread" | "canary" | "canaryLead">,
	group: string,
	position: number,
	heardAt: UtcMillis,
): UtcMillis {
	const isLater = offer.canary !== undefined && offer.canary !== group;
	const from = offer.notBefore + (isLater ? offer.canaryLead : 0);
	const turn = from + Math.floor(position * offer.spread);
	const late = heardAt + Math.floor(position * LATE_SPREAD);
	return (turn > heardAt ? turn : late) as UtcMillis;
}
/** A server that serves ten thousand lamps within a day serves a street of them in ten minutes. */
export const LATE_SPREAD: Millis = 600_000;
