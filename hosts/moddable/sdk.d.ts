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
