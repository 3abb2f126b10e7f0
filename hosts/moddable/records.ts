/**
 * Records: watches how long the records are that a TLS peer announces, before memory is taken for them.
 *
 * The SDK makes room for up to 32 KB on five bytes' word, from anybody and before it knows whom it speaks
 * to. A controller has 40 KB of chunks that never grow, half of them in use: where they do not suffice XS
 * ends, which no exception can be caught of, and the lamp restarts.
 */

/** Type, version, length (RFC 5246 6.2.3). */
const HEADER = 5;
/** The most that a record may have (ibid.): 2^14 bytes and what encryption adds to them. */
export const LONGEST_RECORD = 18_432;

export class Records {
	private headerBytes = 0;
	/** Bytes to come of the record whose header came. */
	private left = 0;

	/** Follows the bytes as TLS takes them. False: what comes next is longer than any record may be. */
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
			if (this.headerBytes >= HEADER - 1) this.left = 256 * (this.left & 255) + bytes[at]!;
			at += 1;
			if (this.headerBytes < HEADER) continue;
			if (this.left > LONGEST_RECORD) return false;
			if (this.left === 0) this.headerBytes = 0;
		}
		return true;
	}
}
