/**
 * Text: UTF-8 by the engine's own conversion, for every host on the SDK.
 *
 * `String.fromArrayBuffer` throws on invalid UTF-8 and takes a whole buffer: both are handled here,
 * because a host function does not throw.
 */
import type { Utf8 } from "luminode/host";

export const utf8: Utf8 = Object.freeze({
	encode(text: string, into: Uint8Array, at: number): number {
		const bytes = new Uint8Array(ArrayBuffer.fromString(text));
		if (at + bytes.length > into.length) return -1;
		into.set(bytes, at);
		return bytes.length;
	},
	decode(bytes: Uint8Array, start: number, count: number): string | undefined {
		if (bytes.subarray(start, start + count).indexOf(0) >= 0) return undefined;
		try {
			return String.fromArrayBuffer(bytes.slice(start, start + count).buffer);
		} catch {
			return undefined;
		}
	},
});
