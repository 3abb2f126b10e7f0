/** Certificates and keys against Node's own reading of them, and against damage. */
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	checkCertificate,
	checkKey,
	Der,
	isPair,
	SEQUENCE,
} from "../../../hosts/moddable/certificate.js";
import { derOf } from "../../../hosts/moddable/pem.js";
import { newKey, requestOf } from "../../../tools/laptop/provision/certificate.js";
import { certificateFor } from "../../support/authority.js";
import { EC, ED, RSA } from "./certificates.js";
import { certificateOf, der, p256 } from "./forge.js";

const LABEL = "CERTIFICATE";
const pemOf = (der: Uint8Array, label = LABEL): string => {
	const lines =
		Buffer.from(der)
			.toString("base64")
			.match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
};
const bytesOf = (pem: string): Buffer => Buffer.from(derOf(pem, LABEL)!);
const isReadByNode = (der: Uint8Array): boolean => {
	try {
		return new X509Certificate(der).subject !== undefined;
	} catch {
		return false;
	}
};
const SUMMER = Date.UTC(2026, 6);

describe("a certificate", () => {
	const all = { EC, RSA, ED };
	// security: 5.5-8, 5.5-3
	test.each(Object.entries(all))(
		"%s holds from its first to its last second, as Node reads it",
		(_name, pem) => {
			const { validFrom, validTo } = new X509Certificate(pem);
			const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
			const at = [from - 1000, from, to, to + 1000].map((date) => checkCertificate(pem, date));
			expect(at).toEqual(["notYetValid", "valid", "valid", "expired"]);
		},
	);

	const RSA_BYTES = bytesOf(RSA);
	const base64 = RSA.split("\n").slice(1, -1).join("");
	const edit = (find: string, put: string) => {
		const hex = bytesOf(EC).toString("hex");
		expect(hex.split(find).length).toBeGreaterThan(1);
		return pemOf(Buffer.from(hex.replace(find, put), "hex"));
	};
	/** UTCTime 270101000000Z, and the same with other digits. */
	const END = Buffer.from("270101000000Z").toString("hex");
	const until = (text: string) => edit(END, Buffer.from(text).toString("hex"));
	const wellMade: [what: string, pem: string, verdict: string][] = [
		[
			"with carriage returns and words around it",
			`Ours:\r\n${RSA.replaceAll("\n", "\r\n")}\r\nend`,
			"valid",
		],
		["in one line", `-----BEGIN ${LABEL}-----${base64}-----END ${LABEL}-----`, "valid"],
		["before another one", `${EC}\n${ED}`, "valid"],
		["to a leap day", until("280229235959Z"), "valid"],
		["of the last century", until("991231235959Z"), "expired"],
	];
	test.each(wellMade)("%s is read", (_what, pem, verdict) => {
		expect(checkCertificate(pem, SUMMER)).toBe(verdict);
	});

	const malformed: [what: string, pem: string][] = [
		["nothing", ""],
		["no end", RSA.slice(0, -10)],
		["another kind", RSA.replaceAll("CERTIFICATE", "PUBLIC KEY")],
		["a character that is no base64", RSA.replace("MII", "M!I")],
		["a character short", RSA.replace("MII", "MI")],
		["no bytes", `-----BEGIN ${LABEL}-----\n-----END ${LABEL}-----`],
		["padding within", RSA.replace("MII", "M=I")],
		["a byte more", pemOf(Buffer.concat([RSA_BYTES, Buffer.of(0)]))],
		["a byte less", pemOf(RSA_BYTES.subarray(0, -1))],
		["a day that no year has", until("270229000000Z")],
		["a thirteenth month", until("271301000000Z")],
		["the 24th hour", until("270101240000Z")],
		["no Zulu time", until("270101000000+")],
		["letters for digits", until("2701010000xxZ")],
		["lengths in a longer form", edit("308201", "30830001")],
	];
	test.each(malformed)("%s is malformed", (_what, pem) => {
		expect(checkCertificate(pem, SUMMER)).toBe("malformed");
	});

	test("cut short anywhere, or with a part too many, is malformed", () => {
		for (const pem of [EC, RSA, ED]) {
			const der = bytesOf(pem);
			for (let end = 0; end < der.length; end += 1)
				expect(checkCertificate(pemOf(der.subarray(0, end)), SUMMER)).toBe("malformed");
		}
	});

	test("with any bit turned is no throw, and what Node cannot read is hardly ever taken", () => {
		const turned = new Map<string, number>();
		let taken = 0;
		let wrongly = 0; // a letter of a name, a digit of an object's number: we do not read those
		for (const pem of [EC, RSA]) {
			const der = bytesOf(pem);
			for (let bit = 0; bit < 8 * der.length; bit += 1) {
				const bytes = Buffer.from(der);
				bytes[bit >> 3]! ^= 1 << (bit & 7);
				const verdict = checkCertificate(pemOf(bytes), SUMMER);
				turned.set(verdict, (turned.get(verdict) ?? 0) + 1);
				if (verdict === "malformed") continue;
				taken += 1;
				if (!isReadByNode(bytes)) wrongly += 1;
			}
		}
		expect([...turned.keys()].sort()).toEqual(["expired", "malformed", "notYetValid", "valid"]);
		expect(turned.get("malformed")).toBeGreaterThan(1500);
		expect(wrongly).toBeLessThan(taken / 50);
	});

	test("random bytes in a block of it are malformed", () => {
		const judge = (bytes: Uint8Array) =>
			expect(checkCertificate(pemOf(bytes), SUMMER)).toBe("malformed");
		fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), judge), { seed: 20261124 });
	});

	/** X.690, 8.1.3 and 10.1: the length's bytes, how many bytes follow, and the content's count. */
	const lengths: [what: string, length: number[], follow: number, count: number | undefined][] = [
		["none", [0], 0, 0],
		["the longest short one", [127], 127, 127],
		["one byte more follows", [127], 128, 127],
		["one byte less follows", [127], 126, undefined],
		["128 in two bytes", [0x81, 128], 128, 128],
		["128 in two bytes, one short", [0x81, 128], 127, undefined],
		["127 in two bytes", [0x81, 127], 127, undefined],
		["255 in two bytes", [0x81, 255], 255, 255],
		["256 in three bytes", [0x82, 1, 0], 256, 256],
		["255 in three bytes", [0x82, 0, 255], 255, undefined],
		["65,535 in three bytes", [0x82, 255, 255], 65_535, 65_535],
		["65,536 in four bytes", [0x83, 1, 0, 0], 65_536, undefined],
		["without an end (BER)", [0x80], 4, undefined],
		["the reserved form", [0xff], 255, undefined],
		["a length whose byte is missing", [0x81], 0, undefined],
		["a length of which one byte is missing", [0x82, 1], 0, undefined],
	];
	test.each(lengths)("a length: %s", (_what, length, follow, count) => {
		const bytes = Uint8Array.from([SEQUENCE, ...length, ...new Uint8Array(follow).fill(5)]);
		const der = new Der(bytes, 0, bytes.length);
		const content = der.take(SEQUENCE);
		expect(content?.count).toBe(count);
		const start = 1 + length.length;
		expect(content?.rest).toEqual(
			count === undefined ? undefined : bytes.subarray(start, start + count),
		);
		expect(der.count).toBe(count === undefined ? bytes.length : follow - count);
	});
	test("a length does not reach beyond the element around it", () => {
		const bytes = Uint8Array.from([SEQUENCE, 4, SEQUENCE, 3, 5, 5, 5, 5]); // 3 of 2 bytes
		const inner = new Der(bytes, 0, bytes.length).take(SEQUENCE)!;
		expect([inner.count, inner.take(SEQUENCE)]).toEqual([4, undefined]);
	});

	test("elements nested without end are malformed", () => {
		let der = Buffer.of(0x30, 0);
		while (der.length < 120) der = Buffer.concat([Buffer.of(0x30, der.length), der]);
		expect(checkCertificate(pemOf(der), SUMMER)).toBe("malformed");
	});
});

describe("a private key", () => {
	const pkcs8 = { type: "pkcs8", format: "pem" } as const;
	const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
	const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
	const rsaDer = Buffer.from(derOf(String(rsa.export(pkcs8)), "PRIVATE KEY")!);
	const keys: [what: string, pem: string, verdict: string][] = [
		["RSA in PKCS #8", String(rsa.export(pkcs8)), "valid"],
		["RSA in PKCS #1", String(rsa.export({ ...pkcs8, type: "pkcs1" })), "malformed"],
		["P-256 in PKCS #8", String(ec.export(pkcs8)), "valid"],
		[
			"P-384 in PKCS #8",
			String(generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey.export(pkcs8)),
			"unsupported",
		],
		["EC in SEC 1", String(ec.export({ ...pkcs8, type: "sec1" })), "malformed"],
		["Ed25519", String(generateKeyPairSync("ed25519").privateKey.export(pkcs8)), "unsupported"],
		[
			"one under a password",
			String(rsa.export({ ...pkcs8, cipher: "aes-128-cbc", passphrase: "x" })),
			"malformed",
		],
		["one cut short", pemOf(rsaDer.subarray(0, -1), "PRIVATE KEY"), "malformed"],
		["a certificate", RSA, "malformed"],
	];
	// security: 5.5-8, 5.5-3
	test.each(keys)("%s", (_what, pem, verdict) => {
		expect(checkKey(pem)).toBe(verdict);
	});

	test("is matched to its own certificate alone, as by Node", () => {
		const pem = String(rsa.export(pkcs8));
		const matching = certificateFor(requestOf("L-0017", pem));
		const others = [RSA, EC, ED, certificateFor(requestOf("L-0017", newKey()))];
		const seen = [matching, ...others].map((certificate) => isPair(certificate, pem));
		const expected = [matching, ...others].map((each) =>
			new X509Certificate(each).checkPrivateKey(rsa),
		);
		expect([seen, expected]).toEqual(Array(2).fill([true, false, false, false, false]));
		expect([isPair(matching, String(ec.export(pkcs8))), isPair(pem, matching)]).toEqual([
			false,
			false,
		]);
	});
	test("of P-256 is matched by its point, as by Node; without one it matches none", () => {
		const keys = p256();
		const matching = pemOf(certificateOf({ subject: "l", issuer: "l", keys, signer: keys }));
		const [mine, other] = [keys.privateKey, ec].map((key) => String(key.export(pkcs8)));
		const expected = [matching, EC, RSA].map((each) =>
			new X509Certificate(each).checkPrivateKey(keys.privateKey),
		);
		expect([matching, EC, RSA].map((each) => isPair(each, mine!))).toEqual(expected);
		expect([expected, isPair(matching, other!)]).toEqual([[true, false, false], false]);
		const keyDer = Buffer.from(derOf(mine!, "PRIVATE KEY")!);
		const secret = keyDer.subarray(keyDer.indexOf(Buffer.of(0x04, 0x20)), -0x46); // the point is last
		const numbers = der(0x30, der(2, Buffer.of(1)), secret);
		const bare = der(0x30, der(2, Buffer.of(0)), keyDer.subarray(6, 27), der(4, numbers));
		expect(checkKey(pemOf(bare, "PRIVATE KEY"))).toBe("valid");
		expect(isPair(matching, pemOf(bare, "PRIVATE KEY"))).toBe("notAvailable");
	});
});
