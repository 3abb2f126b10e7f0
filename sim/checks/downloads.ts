/**
 * Downloads: whether a lamp may be at its class for an image (docs/update.md, Light during an update).
 *
 * It is from two seconds before the connection to the image server until that has ended, and for the
 * verification after it. The two seconds before, and those for the signature of an offer, are left to
 * the tolerance of each check.
 */
import type { Witness } from "../street/witness.js";
import { Overlaps } from "./overlaps.js";

/** The light before a piece of work without a bound, and that work, ms. */
const VERIFIED_WITHIN = 10_000;

export class Downloads implements Witness {
	readonly #connections: Overlaps;

	constructor(count: number) {
		this.#connections = new Overlaps(count);
	}

	/** A connection to the image server is open, or was until `before` ms ago, verification included. */
	isUnderWay(at: number, lamp: number, before: number): boolean {
		return this.#connections.isOn(at, lamp, VERIFIED_WITHIN + before);
	}

	onConnection(at: number, lamp: number, isOpen: boolean): void {
		this.#connections.turn(at, lamp, isOpen);
	}
}
