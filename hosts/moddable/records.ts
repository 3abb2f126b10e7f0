/**
 * Records: watches which records a TLS peer announces, and how long, before anything is made of them.
 *
 * The SDK makes room for up to 32 KB on five bytes' word, from anybody and before it knows whom it speaks
 * to. A controller has 40 KB of chunks that never grow, half of them in use: where they do not suffice XS
 * ends, which no exception can be caught of, and the lamp restarts.
 *
 * Data that comes in the clear, before the peer's keys hold, the SDK keeps and hands on once they do: who
 * sits in between would speak for the broker.
 */

/** Type, version, length (RFC 5246 6.2.3). */
const HEADER = 5;
/** The most that a record may have (ibid.): 2^14 bytes and what encryption adds to them. */
export const LONGEST_RECORD = 18_432;

/** Types (6.2.1). */
const CHANGE_CIPHER_SPEC = 20;
const APPLICATION_DATA = 23;

export class Records {
	private headerBytes = 0;
	private type = 0;
	/** The peer's keys hold for what it sends. */
	private isSealed = false;
	/** Bytes to come of the record whose header came. */
	private left = 0;

	/** Follows the bytes as TLS takes them. False: what comes next is too long, or data in the clear. */
	follow(bytes: Uint8Array): boolean {
		for (let at = 0; at < bytes.length; ) {
			if (this.headerBytes === HEADER) {
				const step = Math.min(this.left, bytes.length - at);
				at += step;
				this.left -= step;
				if (this.left === 0) this.headerBytes = 0;
				continue;
			}
			this.headerBytes += 1;
			if (this.headerBytes === 1) this.type = bytes[at]!;
			if (this.headerBytes >= HEADER - 1) this.left = 256 * (this.left & 255) + bytes[at]!;
			at += 1;
			if (this.headerBytes < HEADER) continue;
			if (this.left > LONGEST_RECORD) return false;
			if (this.type === CHANGE_CIPHER_SPEC) this.isSealed = true;
			else if (this.type === APPLICATION_DATA && !this.isSealed) return false;
			if (this.left === 0) this.headerBytes = 0;
		}
		return true;
	}
}
