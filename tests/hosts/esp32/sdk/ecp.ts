/** `ecp`: a point of a curve; the one at infinity has no coordinates. */
export default class ECPoint {
	constructor(
		readonly x: bigint,
		readonly y: bigint,
		readonly isInfinite = false,
	) {}
	isZero(): boolean {
		return this.isInfinite;
	}
}
