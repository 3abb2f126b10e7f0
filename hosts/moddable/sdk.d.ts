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
	bitLength(number: bigint): number;
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
		readonly x: bigint;
		readonly y: bigint;
		constructor(x: bigint, y: bigint);
		/** The point at infinity. */
		isZero(): boolean;
	}
}
declare module "curve" {
	import type ECPoint from "ecp";
	/** y^2 = x^3 + a x + b (mod m). */
	export interface EC {
		readonly a: bigint;
		readonly b: bigint;
		readonly m: bigint;
		/** k1 p1 + k2 p2. */
		mul2(p1: ECPoint, k1: bigint, p2: ECPoint, k2: bigint): ECPoint;
	}
	export default class Curve {
		readonly G: ECPoint;
		/** Order of G. */
		readonly n: bigint;
		readonly ec: EC;
		/** Its length in bytes. */
		readonly orderSize: number;
		constructor(name: "secp256r1" | "secp384r1");
	}
}
declare module "mont" {
	export default class Mont {
		constructor(options: { m: bigint });
		/** Never returns for 0. */
		mulinv(a: bigint): bigint;
	}
}
declare module "pkcs8" {
	import type { RsaKey } from "sdk/pkcs1_5";

	const PKCS8: {
		/** RSA only. */
		parse(bytes: Uint8Array): RsaKey;
	};
	export default PKCS8;
}
/** The SDK's `pkcs1_5`, whose name ours has. */
declare module "sdk/pkcs1_5" {
	export interface RsaKey {
		readonly modulus: bigint;
		readonly exponent: bigint;
	}
	export default class PKCS1_5 {
		/** Bytes. */
		readonly modulusSize: number;
		readonly rsa: { process(number: bigint): bigint };
		constructor(key: RsaKey, isPrivate?: boolean, oid?: readonly number[]);
		verify(digest: ArrayBuffer, signature: ArrayBuffer | Uint8Array): boolean;
	}
}
/** The SDK's `ssl/handshake`, whose name ours has. */
declare module "sdk/handshake" {
	import type SSLStream from "ssl/stream";
	export interface Session {
		readonly chosenCipher?: { readonly keyExchangeAlgorithm: number };
	}
	const handshake: {
		readonly serverKeyExchange: {
			unpacketize(session: Session, body: SSLStream | undefined): void;
		};
	};
	export default handshake;
}
declare module "ssl/stream" {
	export default class SSLStream {
		constructor(bytes?: Uint8Array);
		/** All its bytes; nothing can be read from it afterwards. */
		getChunk(): Uint8Array;
	}
}
declare module "ssl/constants" {
	export const ECDHE_RSA: number;
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
		/** A connected socket: taken over, and closed for its previous owner. */
		from?: TCP;
		secure?: Secure;
		/** Ours (tcp.ts): the SDK passes options of other names to `TCP.io`. */
		onMade?: (tcp: never) => void;
		onReadable?: (count: number) => void;
		onWritable?: (count: number) => void;
		onError?: () => void;
	}
	export default class TLSSocket {
		constructor(options: Options);
		/** At most the bytes that came; returns how many. */
		read(into: Uint8Array): unknown;
		/** Room left; throws if the bytes do not fit. */
		write(bytes: Uint8Array | ArrayBuffer): unknown;
		close(): void;
	}
}
