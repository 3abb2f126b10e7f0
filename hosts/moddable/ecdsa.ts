/**
 * ECDSA: verifies signatures (FIPS 186-5, 6.4.2) in place of the SDK's module, for TLS, too.
 *
 * The SDK's module accepts any r and s, and its modular inverse of 0 never returns: the watchdog
 * ends the lamp. Here only a point on the curve and 0 < r, s < n in strict DER reach the
 * arithmetic.
 */
import type Curve from "curve";
import type ECPoint from "ecp";
import { Der, INTEGER, SEQUENCE } from "host/certificate";
import Mont from "mont";

/** Bytes of an INTEGER of the larger curve of the SDK, P-384, with the zero that keeps it positive. */
const LONGEST_INTEGER = 49;

export default class ECDSA {
	private readonly key: ECPoint;
	private readonly curve: Curve;

	constructor(key: ECPoint, curve: Curve) {
		this.key = key;
		this.curve = curve;
	}

	/**
	 * `signature` in DER, an exact view or buffer; an invalid one gives false, never an exception.
	 */
	verify(digest: ArrayBuffer, signature: ArrayBuffer | Uint8Array): boolean {
		const { key, curve } = this;
		if (!isOnCurve(key, curve)) return false;
		const { n, G, ec } = curve;
		const pair = new Der(new Uint8Array(signature), 0, signature.byteLength);
		const content = pair.take(SEQUENCE);
		const r = numberIn(content);
		const s = numberIn(content);
		if (r === undefined || s === undefined || !content?.isOver || !pair.isOver) return false;
		if (r === 0n || r >= n || s === 0n || s >= n) return false;
		const e = BigInt.fromArrayBuffer(digest.slice(0, curve.orderSize)); // both of whole bytes
		const w = new Mont({ m: n }).mulinv(s);
		const point = ec.mul2(G, (e * w) % n, key, (r * w) % n);
		return !point.isZero() && point.x % n === r;
	}
}

/** Excludes the point at infinity, which no key's coordinates represent. */
function isOnCurve(key: ECPoint | undefined, curve: Curve | undefined): key is ECPoint {
	if (!key || !curve) return false;
	const { x, y } = key;
	const { a, b, m } = curve.ec;
	return x < m && y < m && (y * y - (x * x + a) * x - b) % m === 0n;
}

/** The next INTEGER, if it is positive and of the shortest form (X.690, 8.3). */
function numberIn(der: Der | undefined): bigint | undefined {
	const number = der?.take(INTEGER);
	if (!number || number.count < 1 || number.count > LONGEST_INTEGER) return undefined;
	const first = number.byte(0);
	if (first > 127 || (first === 0 && number.count > 1 && number.byte(1) < 128)) return undefined;
	return BigInt.fromArrayBuffer(number.rest.slice().buffer);
}
