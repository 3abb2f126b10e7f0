/**
 * Slow link: a link with a rate, a delay and losses between a lamp and the broker, as TCP presents it.
 *
 * A lost segment comes later and not never: it is sent again after a time-out, and all that follows
 * on the stream waits for it. Heads are counted, because on such a link they are most of a
 * short message.
 */

export interface SlowLink {
	/** Bits a second, each way. */
	readonly rate: number;
	/** One way, ms. */
	readonly delay: number;
	/** Share of the segments that are lost. */
	readonly loss: number;
}

/** Payload of a segment, bytes; and its heads: IPv4, TCP and a TLS record (bench/wirebytes.ts). */
const SEGMENT = 500;
const HEADS = 69;
/** A handshake with one intermediate certificate each way, bytes, and its further round trips. */
export const HANDSHAKE_BYTES = 6_000;
export const HANDSHAKE_TRIPS = 2;
/** First time-out of a sender that has measured nothing (RFC 6298), on top of a round trip. */
const TIMEOUT = 1_000;
/** A link that loses more than this in a row has ended, which is a fault of its own. */
const MOST_LOSSES = 5;

/** When the last of `count` bytes, sent from `from` on, has left. `chance`: uniform in 0..1. */
export function leftAt(
	{ rate, delay, loss }: SlowLink,
	from: number,
	count: number,
	chance: () => number,
): number {
	let at = from;
	for (let rest = count; rest > 0; rest -= SEGMENT) {
		const bits = 8 * (Math.min(rest, SEGMENT) + HEADS);
		let timeout = 2 * delay + TIMEOUT;
		for (let lost = 0; lost < MOST_LOSSES && chance() < loss; lost++) {
			at += timeout;
			timeout *= 2;
		}
		at += (1000 * bits) / rate;
	}
	return Math.ceil(at);
}
