/**
 * Records: checks the types and lengths of records that a TLS peer announces, before they are used.
 *
 * The SDK allocates up to 32 KB on the announcement of five bytes, from any peer and before
 * authentication. A controller has 40 KB of chunks that never grow, half of them in use: if they do
 * not suffice, XS aborts, which no exception handler catches, and the lamp restarts.
 *
 * The SDK keeps data that comes in the clear, before the peer's keys are in force, and delivers
 * them afterwards: a man in the middle could send them in the broker's name.
 */

/** Type, version, length (RFC 5246 6.2.3). */
const HEADER = 5;
/** The maximum of a record (ibid.): 2^14 bytes and the overhead of encryption. */
export const LONGEST_RECORD = 18_432;

/** Types (6.2.1). */
const CHANGE_CIPHER_SPEC = 20;
const APPLICATION_DATA = 23;

export class Records {
	private headerBytes = 0;
	private type = 0;
	/** The peer's keys are in force for its records. */
	private isSealed = false;
	/** Bytes to come of the record whose header has come. */
	private left = 0;

	/**
	 * Follows the bytes as TLS takes them. False: the next record is too long, or data in the
	 * clear.
	 */
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
