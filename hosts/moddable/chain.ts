/**
 * Chain: verifies a TLS peer's certificates up to the pinned authority (RFC 5280, 6.1), in place of
 * the SDK's `ssl/cert`.
 *
 * The SDK's module continues after a signature that does not verify: it accepted any certificate
 * that was followed by the authority's own. And it computes with a stranger's keys before it checks
 * the authority. Here the chain is followed from the authority downwards: only verified keys are
 * used.
 */
import { Digest } from "crypt";
import Curve from "curve";
import ECDSA from "ecdsa";
import ECPoint from "ecp";
import { Der, INTEGER, OBJECT, SEQUENCE } from "host/certificate";
import { bitsIn, type Certificate, hexOf, isFor, isSame, parse } from "host/x509";
import PKCS1_5 from "pkcs1_5";
import PKCS8 from "pkcs8";
import type { RsaKey } from "sdk/pkcs1_5";

/** A leaf, two intermediates, the authority: more would only block the controller for longer. */
const MOST_CERTIFICATES = 4;

/** Object identifiers in hex: of keys (RFC 5480, RFC 8017), and of curves. */
const EC_KEY = "2a8648ce3d0201";
const RSA_KEY = "2a864886f70d010101";
const P256 = "2a8648ce3d030107";
const P384 = "2b81040022";

interface EcKey {
	readonly pub: ECPoint;
	readonly curve: Curve;
}
type PublicKey = RsaKey | EcKey;

/** Options that the SDK's TLS passes. */
export interface Options {
	readonly certificate?: ArrayBuffer;
	readonly clientCertificates?: ArrayBuffer[];
	readonly clientKey?: ArrayBuffer;
}

export default class CertificateManager {
	private readonly authority: Certificate;
	private readonly own: ArrayBuffer[];
	private readonly ownKey: ArrayBuffer | undefined;
	/** The peer's key, once verified. */
	private peer: PublicKey | undefined;

	/** Throws if the authority's certificate is invalid or out of date. */
	constructor({ certificate, clientCertificates = [], clientKey }: Options) {
		const authority = certificate && parse(new Uint8Array(certificate), Date.now());
		if (!authority) throw new Error("no authority");
		this.authority = authority;
		this.own = clientCertificates;
		this.ownKey = clientKey;
	}

	/** `certificates` in DER, the peer's first. */
	verify(
		certificates: readonly Uint8Array[],
		{ tls_server_name: name }: { readonly tls_server_name?: string },
	): boolean {
		this.peer = undefined;
		const chain = this.chainOf(certificates);
		const [leaf] = chain;
		if (!leaf?.isForServers || !leaf.isForHandshake) return false;
		if (name === undefined || !isFor(leaf, name)) return false;
		let key = keyIn(this.authority);
		for (let at = chain.length - 1; at >= 0; at -= 1) {
			const one = chain[at]!;
			if (!key || !isSignedBy(one, key)) return false;
			key = keyIn(one);
		}
		this.peer = key;
		return key !== undefined;
	}

	/** The peer's key for its signatures, or the lamp's own for its certificate. */
	getKey(certificate: ArrayBuffer): PublicKey {
		if (this.ownKey && certificate === this.own[0]) return PKCS8.parse(new Uint8Array(this.ownKey));
		if (!this.peer) throw new Error("no certificate was vouched for");
		return this.peer;
	}

	/** The lamp's own, for a server that requests one. */
	findPreferredCert(): ArrayBuffer[] {
		return this.own;
	}

	/** The SDK's version makes the peer's certificate an authority from then on. */
	register(): void {}

	/**
	 * From the peer's to the one that the authority signed, by names; empty if they form no chain.
	 */
	private chainOf(certificates: readonly Uint8Array[]): readonly Certificate[] {
		const chain: Certificate[] = [];
		if (certificates.length > MOST_CERTIFICATES) return chain;
		for (const bytes of certificates) {
			const one = parse(bytes, Date.now());
			const below = chain[chain.length - 1];
			if (!one || (below && !isAbove(one, below, chain.length - 1))) return [];
			chain.push(one);
			if (isSame(one.issuer, this.authority.subject)) return chain;
		}
		return [];
	}
}

/** `between`: intermediates below it, the last certificate not counted (4.2.1.9). */
function isAbove(one: Certificate, below: Certificate, between: number): boolean {
	const maySign = one.isAuthority && one.isForServers && one.pathLength >= between;
	return maySign && isSame(one.subject, below.issuer);
}

function isSignedBy({ tbs, algorithm, signature }: Certificate, key: PublicKey): boolean {
	const isRsa = "modulus" in key;
	const hash = hashOf(algorithm, isRsa);
	if (!hash) return false;
	const digest = new Digest(hash);
	digest.write(tbs.slice().buffer as ArrayBuffer);
	const result = digest.close();
	if (isRsa) return new PKCS1_5(key).verify(result, signature);
	return new ECDSA(key.pub, key.curve).verify(result, signature);
}

/** Hashes of RFC 8017 and RFC 5758; weaker ones are refused. */
function hashOf(algorithm: string, isRsa: boolean): "SHA256" | "SHA384" | "SHA512" | undefined {
	switch (algorithm) {
		case isRsa ? "2a864886f70d01010b" : "2a8648ce3d040302":
			return "SHA256";
		case isRsa ? "2a864886f70d01010c" : "2a8648ce3d040303":
			return "SHA384";
		case isRsa ? "2a864886f70d01010d" : "2a8648ce3d040304":
			return "SHA512";
		default:
			return undefined;
	}
}

/** Undefined: an unsupported kind of key. */
function keyIn({ key }: Certificate): PublicKey | undefined {
	const info = key.within(0);
	const algorithm = info.take(SEQUENCE);
	const kind = algorithm?.take(OBJECT);
	const bits = bitsIn(info);
	if (!kind || !bits) return undefined;
	switch (hexOf(kind)) {
		case EC_KEY: {
			const name = algorithm?.take(OBJECT);
			return name && pointIn(bits, hexOf(name));
		}
		case RSA_KEY: {
			const pair = new Der(bits, 0, bits.length).take(SEQUENCE);
			const modulus = pair?.take(INTEGER);
			const exponent = pair?.take(INTEGER);
			return (
				modulus &&
				exponent && { modulus: numberOf(modulus.rest), exponent: numberOf(exponent.rest) }
			);
		}
		default:
			return undefined;
	}
}

/** An uncompressed point (SEC 1, 2.3.4); its use checks whether it is on the curve. */
function pointIn(bits: Uint8Array, name: string): EcKey | undefined {
	if (name !== P256 && name !== P384) return undefined;
	const curve = new Curve(name === P256 ? "secp256r1" : "secp384r1");
	const size = curve.orderSize;
	if (bits[0] !== 4 || bits.length !== 1 + 2 * size) return undefined;
	const pub = new ECPoint(numberOf(bits.subarray(1, 1 + size)), numberOf(bits.subarray(1 + size)));
	return { pub, curve };
}

function numberOf(bytes: Uint8Array): bigint {
	return BigInt.fromArrayBuffer(bytes.slice().buffer);
}
