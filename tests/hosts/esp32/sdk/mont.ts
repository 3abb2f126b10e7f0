/** `mont`: arithmetic modulo m. The SDK's inverse of 0 never returns; nobody may ask for it. */
export default class Mont {
	readonly m: bigint;
	constructor({ m }: { m: bigint }) {
		this.m = m;
	}
	mulinv(a: bigint): bigint {
		let [r0, r1, s0, s1] = [this.m, a, 0n, 1n];
		if (a <= 0n || a >= this.m) throw new Error(`mulinv(${a}) never returns`);
		while (r1) [r0, r1, s0, s1] = [r1, r0 % r1, s1, s0 - (r0 / r1) * s1];
		return s0 < 0n ? s0 + this.m : s0;
	}
}
