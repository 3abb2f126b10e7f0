/**
 * What the hosts use of the Moddable SDK 8.2.3 and it declares nowhere.
 */

interface ArrayBufferConstructor {
	/** UTF-8 of a text. */
	fromString(text: string): ArrayBuffer;
}
interface StringConstructor {
	/** Throws where the bytes are no UTF-8. */
	fromArrayBuffer(buffer: ArrayBufferLike): string;
}
interface Uint8ArrayConstructor {
	/** RFC 4648, white space ignored; throws on what is none. */
	fromBase64(text: string): Uint8Array;
}
interface BigIntConstructor {
	/** Big-endian, unsigned. */
	fromArrayBuffer(buffer: ArrayBufferLike): bigint;
}

declare module "hmac" {
	import type { Digest } from "crypt";
	export default class HMAC {
		constructor(digest: Digest, key: ArrayBuffer);
		process(data: ArrayBuffer): ArrayBuffer;
	}
}
declare module "ecp" {
	export default class ECPoint {
		constructor(x: bigint, y: bigint);
	}
}
declare module "curve" {
	export default class Curve {
		constructor(name: "secp256r1");
	}
}
declare module "ecdsa" {
	import type Curve from "curve";
	import type ECPoint from "ecp";
	export default class ECDSA {
		constructor(key: ECPoint, curve: Curve);
		verify(digest: ArrayBuffer, signature: ArrayBuffer, asn1: true): boolean;
	}
}
declare module "embedded:io/socket/tcp/tls" {
	import type TCP from "embedded:io/socket/tcp";

	/** Certificates in DER; the key as PKCS #8, RSA alone. */
	export interface Secure {
		serverName?: string;
		certificate?: ArrayBuffer;
		clientCertificates?: ArrayBuffer[];
		clientKey?: ArrayBuffer;
		verify?: boolean;
	}
	export interface Options {
		address: string;
		host: string;
		port: number;
		TCP: { io: typeof TCP };
		/** One that is connected: taken over, and closed to whoever had it. */
		from?: TCP;
		secure?: Secure;
		/** Ours (tcp.ts): what the SDK does not know it hands on to `TCP.io`. */
		onMade?: (tcp: never) => void;
		onReadable?: (count: number) => void;
		onWritable?: (count: number) => void;
		onError?: () => void;
	}
	export default class TLSSocket {
		constructor(options: Options);
		/** At most what came; returns how much. */
		read(into: Uint8Array): unknown;
		/** Room left; throws where it is too much. */
		write(bytes: Uint8Array | ArrayBuffer): unknown;
		close(): void;
	}
}
