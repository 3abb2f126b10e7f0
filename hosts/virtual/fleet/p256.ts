/**
 * P256: verifies an ECDSA signature over a digest that is already made (FIPS 186-5, 6.4.2).
 *
 * Node's own crypto hashes its input and takes no digest, unlike the device's library. Only public
 * values pass here, so nothing needs constant time.
 */

// SP 800-186, 3.2.1.3
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const G: Point = Object.freeze([
	0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
	0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
	1n,
] as const);

/** Jacobian coordinates: x / z^2, y / z^3; z = 0 is the point at infinity. */
type Point = readonly [bigint, bigint, bigint];
const INFINITE: Point = Object.freeze([1n, 1n, 0n] as const);

const mod = (a: bigint, m: bigint) => ((a % m) + m) % m;

function invert(a: bigint, m: bigint): bigint {
	let [r0, r1, s0, s1] = [mod(a, m), m, 1n, 0n];
	while (r1) {
		const q = r0 / r1;
		[r0, r1] = [r1, r0 - q * r1];
		[s0, s1] = [s1, s0 - q * s1];
	}
	return mod(s0, m);
}

function double([x, y, z]: Point): Point {
	const yy = (y * y) % P;
	const s = (4n * x * yy) % P;
	const zz = (z * z) % P;
	const m = 3n * (x - zz) * (x + zz);
	const x3 = mod(m * m - 2n * s, P);
	return [x3, mod(m * (s - x3) - 8n * yy * yy, P), (2n * y * z) % P];
}

function add(a: Point, b: Point): Point {
	if (!a[2]) return b;
	if (!b[2]) return a;
	const za = (a[2] * a[2]) % P;
	const zb = (b[2] * b[2]) % P;
	const ua = (a[0] * zb) % P;
	const sa = (a[1] * zb * b[2]) % P;
	const h = mod(b[0] * za - ua, P);
	const r = mod(b[1] * za * a[2] - sa, P);
	if (!h) return r ? INFINITE : double(a);
	const hh = (h * h) % P;
	const v = (ua * hh) % P;
	const x = mod(r * r - hh * h - 2n * v, P);
	return [x, mod(r * (v - x) - sa * hh * h, P), (h * a[2] * b[2]) % P];
}

function multiply(k: bigint, point: Point): Point {
	let sum = INFINITE;
	for (const bit of k.toString(2)) {
		sum = double(sum);
		if (bit === "1") sum = add(sum, point);
	}
	return sum;
}

const number = (bytes: Uint8Array) => BigInt(`0x0${Buffer.from(bytes).toString("hex")}`);

/** One INTEGER of DER at `at`, positive and of shortest form (X.690, 8.3); undefined otherwise. */
function integerAt(der: Uint8Array, at: number): { value: bigint; end: number } | undefined {
	const length = der[at + 1] ?? 0;
	const end = at + 2 + length;
	if (der[at] !== 0x02 || length < 1 || length > 33 || end > der.length) return undefined;
	const first = der[at + 2]!;
	if (first > 0x7f || (first === 0 && length > 1 && der[at + 3]! < 0x80)) return undefined;
	return { value: number(der.subarray(at + 2, end)), end };
}

/** `key`: 64 bytes x, y; `digest`: 32 bytes; `signature`: DER SEQUENCE of r and s. Never throws. */
export function verify(key: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
	if (key.length !== 64 || signature[0] !== 0x30 || signature[1] !== signature.length - 2)
		return false;
	const r = integerAt(signature, 2);
	const s = r && integerAt(signature, r.end);
	if (!r || !s || s.end !== signature.length) return false;
	if (!r.value || r.value >= N || !s.value || s.value >= N) return false;
	const x = number(key.subarray(0, 32));
	const y = number(key.subarray(32));
	if (x >= P || y >= P || mod(y * y - x * x * x + 3n * x - B, P)) return false;
	const w = invert(s.value, N);
	const u = mod(number(digest) * w, N);
	const v = mod(r.value * w, N);
	const point = add(multiply(u, G), multiply(v, [x, y, 1n]));
	if (!point[2]) return false;
	const z = invert(point[2], P);
	return mod(mod(point[0] * z * z, P), N) === r.value;
}
