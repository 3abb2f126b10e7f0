/**
 * Parts of the Moddable SDK 8.2.3 that the hosts use and the SDK does not declare.
 */

interface ArrayBufferConstructor {
	/** UTF-8 of a text. */
	fromString(text: string): ArrayBuffer;
}
interface StringConstructor {
	/** Throws for bytes that are no UTF-8. */
	fromArrayBuffer(buffer: ArrayBufferLike): string;
}
interface Uint8ArrayConstructor {
	/** RFC 4648, white space ignored; throws for invalid text. */
	fromBase64(text: string): Uint8Array;
}
interface BigIntConstructor {
	/** Big-endian, unsigned. */
	fromArrayBuffer(buffer: ArrayBufferLike): bigint;
}
