/**
 * The arithmetic of the controller's TLS in C, with Debian's Mbed TLS: it, the simulator and OpenSSL answer
 * alike to the corpus of hosts/moddable/arithmetic.ts.
 *
 * With WYCHEPROOF, a folder of C2SP/wycheproof (testvectors_v1), all cases of its files.
 */
import { createHash, createHmac, createPublicKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { verify as simulated } from "../../../hosts/virtual/fleet/p256.js";
import {
	bytesOf,
	digestOf,
	ECDSA_CASES,
	HMAC_CASES,
	madeCases,
	nodeOnEcdsa,
	nodeOnRsa,
	PBKDF2_CASES,
	RSA_CASES,
	type SignatureCase,
} from "../../hosts/moddable/arithmetic.js";
import { hex, Native } from "../support/native.js";

const native = new Native();
let program: string;
const answersTo = (lines: readonly string[]) => native.answersTo(program, lines);
beforeAll(() => {
	program = native.build("driver");
});
afterAll(() => native.remove());

const requestFor = ({ key, message, signature }: Omit<SignatureCase, "verdict">): string =>
	`ecdsa ${hex(bytesOf(key))} ${hex(digestOf(message))} ${hex(bytesOf(signature))}`;
const base64 = (text: string): string => Buffer.from(text, "hex").toString("base64url");

describe("a signature of P-256", () => {
	// security: 5.5-2
	// security: the SDK's own TLS
	test("is judged alike by the controller, the simulator and OpenSSL", () => {
		const cases = [...madeCases(), ...ECDSA_CASES];
		const answers = answersTo(cases.map(requestFor));
		const judged = cases.map((signatureCase, index) => ({
			what: signatureCase.what,
			controller: answers[index] === "true",
			simulator: simulated(
				bytesOf(signatureCase.key),
				digestOf(signatureCase.message),
				bytesOf(signatureCase.signature),
			),
			openssl: nodeOnEcdsa(signatureCase),
		}));
		expect(judged).toEqual(
			cases.map(({ what, verdict }) => ({
				what,
				controller: verdict,
				simulator: verdict,
				openssl: verdict,
			})),
		);
	});
	test("with any byte of it changed is judged alike (seed 7)", () => {
		const good = madeCases()[0]!;
		const places = fc.tuple(fc.nat(good.signature.length / 2 - 1), fc.nat(255));
		const cases = fc.sample(places, { seed: 7, numRuns: 400 }).map(([at, byte]) => {
			const changed = Buffer.from(good.signature, "hex");
			changed[at] = byte;
			return { ...good, signature: changed.toString("hex") };
		});
		const answers = answersTo(cases.map(requestFor));
		expect(answers).toEqual(cases.map((testCase) => String(nodeOnEcdsa(testCase))));
	});
});

test("a signature of RSA is judged as OpenSSL judges it", () => {
	const lines = RSA_CASES.map(({ modulus, exponent, message, signature }) => {
		const key = { kty: "RSA", n: base64(modulus.replace(/^(00)+/, "")), e: base64(exponent) };
		const made = createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "der" });
		return `rsa ${hex(made)} ${hex(digestOf(message))} ${hex(bytesOf(signature))}`;
	});
	expect(answersTo(lines)).toEqual(RSA_CASES.map((rsaCase) => String(nodeOnRsa(rsaCase))));
});

describe("digests", () => {
	test("HMAC of Wycheproof", () => {
		const answers = answersTo(
			HMAC_CASES.map(({ key, message }) => `hmac ${hex(bytesOf(key))} ${hex(bytesOf(message))}`),
		);
		const isAsMade = (tag: string, index: number) => answers[index]!.slice(0, tag.length) === tag;
		expect(HMAC_CASES.map(({ what, tag }, index) => [what, isAsMade(tag, index)])).toEqual(
			HMAC_CASES.map(({ what, verdict }) => [what, verdict]),
		);
	});
	test("PBKDF2 of Wycheproof", () => {
		const answers = answersTo(
			PBKDF2_CASES.map(({ password, salt, rounds }) =>
				["pbkdf2", hex(bytesOf(password)), hex(bytesOf(salt)), rounds.toString(16)].join(" "),
			),
		);
		const isAsMade = (derived: string, answer: string) =>
			answer.length === 64 && (derived.startsWith(answer) || answer.startsWith(derived));
		expect(
			PBKDF2_CASES.map(({ what, derived }, index) => [what, isAsMade(derived, answers[index]!)]),
		).toEqual(PBKDF2_CASES.map(({ what }) => [what, true]));
	});
	test("SHA-256 and HMAC of any bytes are Node's (seed 7)", () => {
		const bytes = () => fc.uint8Array({ maxLength: 200 });
		const pairs = fc.sample(fc.tuple(bytes(), bytes()), { seed: 7, numRuns: 200 });
		const answers = answersTo(
			pairs.flatMap(([key, text]) => [`sha256 ${hex(text)}`, `hmac ${hex(key)} ${hex(text)}`]),
		);
		expect(answers).toEqual(
			pairs.flatMap(([key, text]) => [
				createHash("sha256").update(text).digest("hex"),
				createHmac("sha256", key).update(text).digest("hex"),
			]),
		);
	});
});
