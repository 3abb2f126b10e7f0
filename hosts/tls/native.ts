/**
 * Native: TLS, digests and judgements on certificates, in C with Mbed TLS (native.c).
 *
 * Bytes are views or buffers. A link is one TLS session: the bytes of TCP are put into it and taken
 * from it, and its handshake runs on a thread of its own.
 */

/** All in DER; `key` is PKCS #8, of RSA or P-256. */
export interface Trust {
	readonly authority: ArrayBuffer;
	/** For a server that requests one. */
	readonly certificate: ArrayBuffer | undefined;
	readonly key: ArrayBuffer | undefined;
	readonly name: string;
	/** A date that is certainly past, in milliseconds since 1970. */
	readonly date: number;
}

/** States of a link; a negative one is a refusal. */
export const OPEN = 1;
/** The bytes of the peer ended in the handshake. */
export const REFUSED_ENDED = -6;

export const CERTIFICATE_STATES = Object.freeze([
	"valid",
	"malformed",
	"expired",
	"notYetValid",
] as const);
export const KEY_STATES = Object.freeze(["valid", "malformed", "unsupported"] as const);

export class Link extends Native("luminode_link_destructor") {
	/** Called in a turn of its own: its state, its room, or the bytes to be sent changed. */
	readonly onNews: () => void;

	constructor({ authority, certificate, key, name, date }: Trust, onNews: () => void) {
		super();
		this.onNews = onNews;
		native("luminode_link").call(this, authority, certificate, key, name, date);
	}

	get state(): number {
		return native("luminode_link_state").call(this);
	}

	/** 12 or 13, negative where it was resumed; 0 before it is open. */
	get version(): number {
		return native("luminode_link_version").call(this);
	}

	/** Bytes of the peer that `put` takes. */
	get room(): number {
		return native("luminode_link_room").call(this);
	}

	put(bytes: Uint8Array): void {
		native("luminode_link_put").call(this, bytes);
	}

	/** No more bytes will come. */
	cut(): void {
		native("luminode_link_cut").call(this);
	}

	/** Bytes that wait for the peer. */
	get pending(): number {
		return native("luminode_link_pending").call(this);
	}

	take(into: Uint8Array): number {
		return native("luminode_link_take").call(this, into);
	}

	/** Bytes to be read; -1: the session has ended. */
	available(): number {
		return native("luminode_link_available").call(this);
	}

	read(into: Uint8Array): number {
		return native("luminode_link_read").call(this, into);
	}

	/** Bytes that one write takes now. */
	get writable(): number {
		return native("luminode_link_writable").call(this);
	}

	write(bytes: Uint8Array): boolean {
		return native("luminode_link_write").call(this, bytes);
	}

	/** Announces the end; its bytes are pending then. */
	end(): void {
		native("luminode_link_end").call(this);
	}

	/** Nothing comes after this; a handshake in progress ends by itself. */
	close(): void {
		native("luminode_link_close").call(this);
	}
}

export function sha256(bytes: Uint8Array): ArrayBuffer {
	return native("luminode_sha256").call(undefined, bytes);
}

export function hmacSha256(key: Uint8Array, bytes: Uint8Array): ArrayBuffer {
	return native("luminode_hmac").call(undefined, key, bytes);
}

/** The one digest in progress. */
export const running = Object.freeze({
	begin(): void {
		native("luminode_running_begin").call(undefined);
	},
	add(bytes: Uint8Array): void {
		native("luminode_running_add").call(undefined, bytes);
	},
	end(): ArrayBuffer {
		return native("luminode_running_end").call(undefined);
	},
});

/** P-256: `point` x and y, `signature` in DER. */
export function ecdsaVerify(point: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
	return native("luminode_ecdsa").call(undefined, point, digest, signature);
}

/** Of CERTIFICATE_STATES, by number. */
export function certificateState(der: ArrayBuffer, date: number): number {
	return native("luminode_certificate").call(undefined, der, date);
}

/** Of KEY_STATES, by number. */
export function keyState(der: ArrayBuffer): number {
	return native("luminode_private_key").call(undefined, der);
}

export function isPair(certificate: ArrayBuffer, key: ArrayBuffer): boolean {
	return native("luminode_is_pair").call(undefined, certificate, key);
}
