/** `curve`: P-256 and P-384 (SP 800-186), computed with fractions of their own: x / z^2, y / z^3. */
import ECPoint from "./ecp.js";
import Mont from "./mont.js";

const curves = {
	secp256r1: [
		0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
		0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
		0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
		0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
		0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
	],
	secp384r1: [
		0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
		0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
		0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
		0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
		0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
	],
} as const;

/** z = 0: the point at infinity. */
type Fraction = readonly [x: bigint, y: bigint, z: bigint];

class EC {
	readonly a = -3n;
	constructor(
		readonly b: bigint,
		readonly m: bigint,
	) {}

	/** Both at once, a bit of each at a time, as the SDK does. */
	mul2(p1: ECPoint, k1: bigint, p2: ECPoint, k2: bigint): ECPoint {
		const [first, second] = [p1, p2].map(({ x, y }): Fraction => [x, y, 1n]) as [
			Fraction,
			Fraction,
		];
		let sum: Fraction = [1n, 1n, 0n];
		for (let bit = BigInt(this.m.toString(2).length) - 1n; bit >= 0n; bit -= 1n) {
			sum = this.double(sum);
			if ((k1 >> bit) & 1n) sum = this.add(sum, first);
			if ((k2 >> bit) & 1n) sum = this.add(sum, second);
		}
		const [x, y, z] = sum;
		if (z === 0n) return new ECPoint(0n, 0n, true);
		const w = new Mont({ m: this.m }).mulinv(z);
		return new ECPoint((x * w * w) % this.m, (y * w * w * w) % this.m);
	}

	private mod(n: bigint): bigint {
		const rest = n % this.m;
		return rest < 0n ? rest + this.m : rest;
	}

	private double([x, y, z]: Fraction): Fraction {
		const s = this.mod(4n * x * y * y);
		const t = this.mod(3n * (x - z * z) * (x + z * z));
		const x3 = this.mod(t * t - 2n * s);
		return [x3, this.mod(t * (s - x3) - 8n * y ** 4n), this.mod(2n * y * z)];
	}

	private add(a: Fraction, b: Fraction): Fraction {
		if (a[2] === 0n) return b;
		const u = this.mod(b[0] * a[2] ** 2n) - a[0]; // b is no fraction: its z is 1
		const v = this.mod(b[1] * a[2] ** 3n) - a[1];
		if (this.mod(u) === 0n) return this.mod(v) === 0n ? this.double(a) : [1n, 1n, 0n];
		const x3 = this.mod(v * v - u ** 3n - 2n * a[0] * u * u);
		return [x3, this.mod(v * (a[0] * u * u - x3) - a[1] * u ** 3n), this.mod(a[2] * u)];
	}
}

export default class Curve {
	readonly G: ECPoint;
	readonly n: bigint;
	readonly ec: EC;
	readonly orderSize: number;
	constructor(name: keyof typeof curves) {
		const [m, b, x, y, n] = curves[name];
		this.ec = new EC(b, m);
		this.G = new ECPoint(x, y);
		this.n = n;
		this.orderSize = n.toString(16).length / 2;
	}
}
