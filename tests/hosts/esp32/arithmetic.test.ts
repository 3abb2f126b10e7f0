/**
 * What a controller computes with what strangers send: the simulator, OpenSSL and it answer alike, and
 * nothing but numbers in range ever reaches the arithmetic of the SDK (its inverse of 0 never returns).
 */
import "./sdk/globals.js";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { crypto } from "../../../hosts/moddable/crypto.js";
import ECDSA from "../../../hosts/moddable/ecdsa.js";
import PKCS1_5 from "../../../hosts/moddable/pkcs1_5.js";
import { verify as simulated } from "../../../hosts/virtual/fleet/p256.js";
import {
	bytesOf,
	digestOf,
	ECDSA_CASES,
	HMAC_CASES,
	madeCases,
	nodeOnEcdsa,
	nodeOnRsa,
	RSA_CASES,
	type RsaCase,
	type SignatureCase,
} from "../moddable/arithmetic.js";
import Curve from "./sdk/curve.js";
import ECPoint from "./sdk/ecp.js";
import Mont from "./sdk/mont.js";

function answersOf(one: SignatureCase): Record<string, boolean> {
	const [key, signature] = [bytesOf(one.key), bytesOf(one.signature)];
	const digest = digestOf(one.message);
	return {
		controller: crypto.ecdsaVerify(key, digest, signature),
		simulator: simulated(key, digest, signature),
		openssl: nodeOnEcdsa(one),
	};
}
const alike = (verdict: boolean) => ({ controller: verdict, simulator: verdict, openssl: verdict });

describe("a signature of P-256", () => {
	test.each(ECDSA_CASES)("Wycheproof $what: $verdict", (one) => {
		expect(answersOf(one)).toEqual(alike(one.verdict));
	});
	test.each(madeCases())("$what: $verdict", (one) => {
		expect(answersOf(one)).toEqual(alike(one.verdict));
	});

	test("with any byte of it changed is judged alike (seed 7)", () => {
		const [good] = madeCases();
		const count = good!.signature.length / 2;
		fc.assert(
			fc.property(fc.nat(count - 1), fc.nat(255), (at, byte) => {
				const changed = Buffer.from(good!.signature, "hex");
				changed[at] = byte;
				const answers = answersOf({ ...good!, signature: changed.toString("hex") });
				expect(answers).toEqual(alike(answers.openssl!));
			}),
			{ seed: 7, numRuns: 200 },
		);
	});

	test("costs one inverse and one double product at most, and none where it is refused by its form", () => {
		let [inverses, products] = [0, 0];
		const { mulinv } = Mont.prototype;
		const { mul2 } = new Curve("secp256r1").ec.constructor.prototype;
		const curve = new Curve("secp256r1");
		Object.assign(Mont.prototype, {
			mulinv(this: Mont, a: bigint) {
				if (this.m === curve.n) inverses += 1;
				return mulinv.call(this, a);
			},
		});
		Object.assign(curve.ec.constructor.prototype, {
			mul2(...words: unknown[]) {
				products += 1;
				return mul2.apply(this, words);
			},
		});
		for (const one of [...madeCases(), ...ECDSA_CASES]) {
			[inverses, products] = [0, 0];
			const [key, signature] = [bytesOf(one.key), bytesOf(one.signature)];
			const isGood = crypto.ecdsaVerify(key, digestOf(one.message), signature);
			expect([one.what, inverses <= 1, products <= 1]).toEqual([one.what, true, true]);
			if (isGood) expect([inverses, products]).toEqual([1, 1]);
			if (/s (0|-1|n|n \+ 1)$|point (that|of|whose)|half a/.test(one.what))
				expect([inverses, products]).toEqual([0, 0]);
		}
		Object.assign(Mont.prototype, { mulinv });
		Object.assign(curve.ec.constructor.prototype, { mul2 });
	});

	test("of a key that is none, as TLS may hand it over, is not good", () => {
		const curve = new Curve("secp256r1");
		const none = undefined as never;
		const digest = new ArrayBuffer(32);
		expect(new ECDSA(none, curve).verify(digest, new Uint8Array(8))).toBe(false);
		expect(new ECDSA(new ECPoint(1n, 1n), none).verify(digest, new Uint8Array(8))).toBe(false);
	});
});

const controllerOnRsa = ({ modulus, exponent, message, signature }: RsaCase): boolean => {
	try {
		const key = { modulus: BigInt(`0x${modulus}`), exponent: BigInt(`0x${exponent}`) };
		const digest = digestOf(message).buffer as ArrayBuffer;
		return new PKCS1_5(key).verify(digest, bytesOf(signature));
	} catch {
		return false;
	}
};

describe("a signature of RSA", () => {
	test.each(RSA_CASES)("Wycheproof $what", (one) => {
		const verdict = nodeOnRsa(one);
		expect(controllerOnRsa(one)).toBe(verdict);
		if (one.verdict !== undefined) expect(verdict).toBe(one.verdict);
	});

	const odd = (bits: number) => (1n << BigInt(bits - 1)) + 1n;
	test.each([
		["of 2048 bits, exponent 65537", odd(2048), 65_537n, true],
		["of 2048 bits, exponent 3", odd(2048), 3n, true],
		["of 4096 bits", odd(4096), 65_537n, true],
		["of 2047 bits", odd(2047), 65_537n, false],
		["of 4097 bits", odd(4097), 65_537n, false],
		["of 8192 bits", odd(8192), 65_537n, false],
		["of 65536 bits", odd(65_536), 65_537n, false],
		["that is even", odd(2048) + 1n, 65_537n, false],
		["of 0", 0n, 65_537n, false],
		["of 1", 1n, 65_537n, false],
		["with exponent 0", odd(2048), 0n, false],
		["with exponent 1", odd(2048), 1n, false],
		["with exponent 2", odd(2048), 2n, false],
		["with an even exponent", odd(2048), 65_536n, false],
		["with exponent 65539", odd(2048), 65_539n, false],
		["with an exponent as long as itself", odd(2048), odd(2048) - 2n, false],
	])("a modulus %s is computed with: %s", (_what, modulus, exponent, isTaken) => {
		const made = () => new PKCS1_5({ modulus, exponent });
		if (isTaken) expect(made().modulusSize).toBeGreaterThanOrEqual(256);
		else expect(made).toThrow("out of bounds");
	});
	test("a key of another kind, or none, is none", () => {
		expect(() => new PKCS1_5({} as never)).toThrow("out of bounds");
		expect(() => new PKCS1_5({ modulus: 3, exponent: 3 } as never)).toThrow("out of bounds");
	});
	test("the lamp's own key is not looked at: it was at the console", () => {
		expect(() => new PKCS1_5({ modulus: 15n, exponent: 3n }, true)).not.toThrow();
	});
});

describe("HMAC", () => {
	test.each(HMAC_CASES)("Wycheproof $what: $verdict", ({ key, message, tag, verdict }) => {
		const made = crypto.hmacSha256(bytesOf(key), bytesOf(message));
		const begin = Buffer.from(made).toString("hex").slice(0, tag.length);
		expect(begin === tag).toBe(verdict);
	});
});
