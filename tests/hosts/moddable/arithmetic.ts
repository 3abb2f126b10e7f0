/**
 * Arithmetic: one corpus of signatures, and who judges it: the simulator's, the controller's, Node's OpenSSL.
 *
 * The chosen cases stand in golden/wycheproof.ts. Where WYCHEPROOF names a folder with the files of
 * C2SP/wycheproof (testvectors_v1), all their cases are judged.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as chosen from "../../golden/wycheproof.js";

export interface SignatureCase {
	readonly what: string;
	/** x and y, hex. */
	readonly key: string;
	readonly message: string;
	readonly signature: string;
	readonly verdict: boolean;
}
export interface RsaCase {
	readonly what: string;
	readonly modulus: string;
	readonly exponent: string;
	readonly message: string;
	readonly signature: string;
	/** Absent: Node's is the truth. */
	readonly verdict?: boolean;
}
export interface HmacCase {
	readonly what: string;
	readonly key: string;
	readonly message: string;
	/** Of 32 bytes or less. */
	readonly tag: string;
	readonly verdict: boolean;
}
export interface Pbkdf2Case {
	readonly what: string;
	readonly password: string;
	readonly salt: string;
	readonly rounds: number;
	/** Of any length; a lamp derives its first 32 bytes. */
	readonly derived: string;
}

const FOLDER = process.env.WYCHEPROOF;

interface File {
	readonly testGroups: readonly {
		readonly publicKey: { uncompressed: string; modulus: string; publicExponent: string };
		readonly tests: readonly {
			readonly tcId: number;
			readonly comment: string;
			readonly msg: string;
			readonly sig: string;
			readonly key: string;
			readonly tag: string;
			readonly password: string;
			readonly salt: string;
			readonly iterationCount: number;
			readonly dk: string;
			readonly result: "valid" | "invalid" | "acceptable";
		}[];
	}[];
}
const fileOf = (folder: string, name: string): File =>
	JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));

export const ECDSA_CASES: readonly SignatureCase[] = FOLDER
	? fileOf(FOLDER, "ecdsa_secp256r1_sha256_test").testGroups.flatMap(({ publicKey, tests }) =>
			tests.map(({ tcId, comment, msg, sig, result }) => ({
				what: `${tcId} ${comment}`,
				key: publicKey.uncompressed.slice(2),
				message: msg,
				signature: sig,
				verdict: result === "valid",
			})),
		)
	: chosen.ECDSA.map(([id, what, key, message, signature, verdict]) => ({
			what: `${id} ${what}`,
			key,
			message,
			signature,
			verdict,
		}));

export const RSA_CASES: readonly RsaCase[] = FOLDER
	? fileOf(FOLDER, "rsa_signature_2048_sha256_test").testGroups.flatMap(({ publicKey, tests }) =>
			tests.map(({ tcId, comment, msg, sig, result }) => ({
				what: `${tcId} ${comment}`,
				modulus: publicKey.modulus,
				exponent: publicKey.publicExponent,
				message: msg,
				signature: sig,
				...(result === "acceptable" ? {} : { verdict: result === "valid" }),
			})),
		)
	: chosen.RSA.map(([id, what, key, message, signature]) => {
			const [modulus, exponent] = chosen.RSA_KEYS[key]!;
			return { what: `${id} ${what}`, modulus, exponent, message, signature };
		});

export const HMAC_CASES: readonly HmacCase[] = FOLDER
	? fileOf(FOLDER, "hmac_sha256_test").testGroups.flatMap(({ tests }) =>
			tests.map(({ tcId, key, msg, tag, result }) => ({
				what: String(tcId),
				key,
				message: msg,
				tag,
				verdict: result === "valid",
			})),
		)
	: chosen.HMAC.map(([id, key, message, tag, verdict]) => ({
			what: String(id),
			key,
			message,
			tag,
			verdict,
		}));

export const PBKDF2_CASES: readonly Pbkdf2Case[] = FOLDER
	? fileOf(FOLDER, "pbkdf2_hmacsha256_test").testGroups.flatMap(({ tests }) =>
			tests.map(({ tcId, comment, password, salt, iterationCount, dk }) => ({
				what: `${tcId} ${comment}`,
				password,
				salt,
				rounds: iterationCount,
				derived: dk,
			})),
		)
	: chosen.PBKDF2.map(([id, what, password, salt, rounds, derived]) => ({
			what: `${id} ${what}`,
			password,
			salt,
			rounds,
			derived,
		}));

export const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
export const digestOf = (message: string): Uint8Array =>
	new Uint8Array(createHash("sha256").update(bytesOf(message)).digest());

const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64url");

/** OpenSSL's verdict; what it cannot even read is not good. */
export function nodeOnEcdsa({ key, message, signature }: Omit<SignatureCase, "verdict">): boolean {
	try {
		const [x, y] = [base64(key.slice(0, 64)), base64(key.slice(64))];
		const point = { kty: "EC", crv: "P-256", x, y };
		const made = createPublicKey({ key: point, format: "jwk" });
		return verify("sha256", bytesOf(message), made, bytesOf(signature));
	} catch {
		return false;
	}
}

export function nodeOnRsa({ modulus, exponent, message, signature }: RsaCase): boolean {
	try {
		const key = { kty: "RSA", n: base64(modulus.replace(/^(00)+/, "")), e: base64(exponent) };
		const made = createPublicKey({ key, format: "jwk" });
		return verify("sha256", bytesOf(message), made, bytesOf(signature));
	} catch {
		return false;
	}
}

/** Order of P-256. */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const integer = (hex: string): string => {
	const length = (hex.length / 2).toString(16).padStart(2, "0");
	return `02${length}${hex}`;
};
const sequence = (content: string): string =>
	`30${(content.length / 2).toString(16).padStart(2, "0")}${content}`;
const positive = (number: bigint): string => {
	const hex = number.toString(16);
	const even = hex.length % 2 === 0 ? hex : `0${hex}`;
	return Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even;
};

/** A key whose private part is 7: the same signature and key in each run but for OpenSSL's own chance. */
const SECRET = { crv: "P-256", kty: "EC" } as const;
const D = "0000000000000000000000000000000000000000000000000000000000000007";
const POINT =
	"8e533b6fa0bf7b4625bb30667c01fb607ef9f8b8a80fef5b300628703187b2a3" +
	"73eb1dbde03318366d069f83a6f5900053c73633cb041b21c55e1a86c1f400b4";
/** The field's prime, and y of the point whose x is 0. */
const P = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
const ROOT_OF_B = "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4";
const MESSAGE = Buffer.from("image 7").toString("hex");

/** r and s at the bounds of their range, and forms of DER that are none; and one that is good. */
export function madeCases(): SignatureCase[] {
	const [x, y] = [base64(POINT.slice(0, 64)), base64(POINT.slice(64))];
	const key = createPrivateKey({ key: { ...SECRET, d: base64(D), x, y }, format: "jwk" });
	const good = sign("sha256", bytesOf(MESSAGE), key).toString("hex");
	const raw = sign("sha256", bytesOf(MESSAGE), { key, dsaEncoding: "ieee-p1363" }).toString("hex");
	const [r, s] = [raw.slice(0, 64), raw.slice(64)].map((hex) => positive(BigInt(`0x${hex}`)));
	const at: [name: string, hex: string][] = [
		["0", "00"],
		["-1", "ff"],
		["-2^255", `80${"00".repeat(31)}`],
		["n", positive(N)],
		["n + 1", positive(N + 1n)],
		["n - 1", positive(N - 1n)],
		["1", "01"],
		["2^256", `01${"00".repeat(32)}`],
		["2^512", `01${"00".repeat(64)}`],
		["00 01", "0001"],
		["no byte", ""],
	];
	const row = (what: string, signature: string, verdict = false): SignatureCase => ({
		what,
		key: POINT,
		message: MESSAGE,
		signature,
		verdict,
	});
	const pair = (a: string, b: string): string => sequence(integer(a) + integer(b));
	const both = at.flatMap(([first, a]) =>
		at.map(([second, b]) => row(`r ${first}, s ${second}`, pair(a, b))),
	);
	const either = at.flatMap(([name, hex]) => [
		row(`r ${name}`, pair(hex, s!)),
		row(`s ${name}`, pair(r!, hex)),
	]);
	const plusN = (hex: string) => positive(BigInt(`0x${hex}`) + N);
	return [
		row("good", good, true),
		...both,
		...either,
		row("r + n", pair(plusN(r!), s!)),
		row("s + n", pair(r!, plusN(s!))),
		row("a zero too much before r", pair(`00${r}`, s!)),
		row("no byte at all", ""),
		row("a sequence alone", "3000"),
		row("r alone", sequence(integer(r!))),
		row("three numbers", sequence(integer(r!) + integer(s!) + integer("01"))),
		row("a byte behind it", `${pair(r!, s!)}00`),
		row("a byte missing", pair(r!, s!).slice(0, -2)),
		row("a length of more bytes", `3081${pair(r!, s!).slice(2)}`),
		row("an indefinite length", `3080${integer(r!)}${integer(s!)}0000`),
		row("a length of 4 GB", `3084ffffffff${integer(r!)}${integer(s!)}`),
		{ ...row("a point that is on no curve", pair(r!, s!)), key: `${POINT.slice(0, -2)}b5` },
		{ ...row("a point of zeros", pair(r!, s!)), key: "00".repeat(64) },
		{ ...row("a point of ones", pair(r!, s!)), key: "ff".repeat(64) },
		{ ...row("a point whose x is p, not 0", pair(r!, s!)), key: P + ROOT_OF_B },
		{ ...row("half a point", pair(r!, s!)), key: POINT.slice(0, 64) },
	];
}
