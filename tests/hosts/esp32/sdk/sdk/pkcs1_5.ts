/** The SDK's `pkcs1_5`, below ours: RSA with any modulus and any exponent. */
export interface RsaKey {
	readonly modulus: bigint;
	readonly exponent: bigint;
}

export default class PKCS1_5 {
	readonly modulusSize: number;
	readonly rsa: { process(number: bigint): bigint };
	constructor({ modulus, exponent }: RsaKey, _isPrivate?: boolean, _oid?: readonly number[]) {
		this.modulusSize = Math.ceil(modulus.toString(16).length / 2);
		this.rsa = {
			process: (number) => {
				let result = 1n;
				for (const bit of exponent.toString(2))
					result = (result * result * (bit === "1" ? number : 1n)) % modulus;
				return result;
			},
		};
	}
	verify(): boolean {
		throw new Error("reads the digest alone");
	}
}
