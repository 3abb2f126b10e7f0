/** Certificates and keys, as the controller's C reads them: against Node's reading, and against damage. */
import { createHash, generateKeyPairSync, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { derOf } from "../../../hosts/moddable/pem.js";
import { newKey, requestOf } from "../../../tools/laptop/provision/certificate.js";
import { EC, ED, RSA } from "../../hosts/moddable/certificates.js";
import { certificateOf, dns, ip, p256, p384, rsa } from "../../hosts/moddable/forge.js";
import { certificateFor } from "../../support/authority.js";
import { hex, Native } from "../support/native.js";

const native = new Native();
let program: string;
const answersTo = (lines: readonly string[]) => native.answersTo(program, lines);
beforeAll(() => {
	program = native.build("driver");
});
afterAll(() => native.remove());

const SUMMER = Date.UTC(2026, 6);
const bytesOf = (pem: string, label = "CERTIFICATE"): Buffer => Buffer.from(derOf(pem, label)!);
const isReadByNode = (der: Uint8Array): boolean => {
	try {
		return new X509Certificate(der).subject !== undefined;
	} catch {
		return false;
	}
};
const stateAt = (der: Uint8Array, date = SUMMER) => `certificate ${hex(der)} ${date}`;

describe("a certificate", () => {
	test.each(Object.entries({ EC, RSA, ED }))(
		"%s holds from its first to its last second, as Node reads it",
		(_name, pem) => {
			const { validFrom, validTo } = new X509Certificate(pem);
			const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
			const dates = [from - 1000, from, to, to + 1000];
			const answers = answersTo(dates.map((date) => stateAt(bytesOf(pem), date)));
			expect(answers).toEqual(["notYetValid", "valid", "valid", "expired"]);
		},
	);
	const edit = (find: string, put: string): Buffer => {
		const text = bytesOf(EC).toString("hex");
		expect(text.split(find).length).toBeGreaterThan(1);
		return Buffer.from(text.replace(find, put), "hex");
	};
	const END = Buffer.from("270101000000Z").toString("hex");
	const until = (text: string) => edit(END, Buffer.from(text).toString("hex"));
	test("of dates that are, and that are none", () => {
		const rows: [der: Buffer, state: string][] = [
			[until("280229235959Z"), "valid"],
			[until("991231235959Z"), "expired"],
			[until("270229000000Z"), "malformed"],
			[until("271301000000Z"), "malformed"],
			[until("270101240000Z"), "malformed"],
			[until("270101006000Z"), "malformed"],
			[until("270101000000+"), "malformed"],
			[until("2701010000xxZ"), "malformed"],
			[edit("308201", "30830001"), "malformed"],
			[Buffer.concat([bytesOf(RSA), Buffer.of(0)]), "malformed"],
		];
		expect(answersTo(rows.map(([der]) => stateAt(der)))).toEqual(rows.map(([, state]) => state));
	});
	// security: Mbed TLS goes by
	test("with a length in a longer form than it needs is malformed", () => {
		const certificate = bytesOf(EC);
		const rest = certificate.length - (certificate[3]! + 256 * certificate[2]! + 4);
		expect([rest, certificate.subarray(-0x4a).toString("hex", 0, 3)]).toEqual([0, "034800"]);
		const longer = Buffer.concat([
			certificate.subarray(0, -0x4a),
			Buffer.of(3, 0x81, 0x48),
			certificate.subarray(-0x48),
		]);
		longer.writeUInt16BE(certificate.readUInt16BE(2) + 1, 2);
		expect(answersTo([stateAt(certificate), stateAt(longer)])).toEqual(["valid", "malformed"]);
	});
	test("cut short anywhere is malformed", () => {
		const cuts = [EC, RSA, ED].flatMap((pem) => {
			const der = bytesOf(pem);
			return Array.from(der, (_byte, end) => der.subarray(0, end));
		});
		const answers = answersTo(cuts.map((der) => stateAt(der)));
		expect(new Set(answers)).toEqual(new Set(["malformed"]));
		expect(answers).toHaveLength(cuts.length);
	});
	test("with any bit turned: what Node cannot read is hardly ever taken", () => {
		const turned = [EC, RSA].flatMap((pem) => {
			const der = bytesOf(pem);
			return Array.from({ length: 8 * der.length }, (_none, bit) => {
				const bytes = Buffer.from(der);
				bytes[bit >> 3]! ^= 1 << (bit & 7);
				return bytes;
			});
		});
		const answers = answersTo(turned.map((der) => stateAt(der)));
		const taken = turned.filter((_der, index) => answers[index] !== "malformed");
		expect(turned.length - taken.length).toBeGreaterThan(1500);
		expect(taken.filter((der) => !isReadByNode(der)).length).toBeLessThan(taken.length / 50);
	});
	test("has the fingerprint that Node gives it", () => {
		const all = [EC, RSA, ED].map((pem) => bytesOf(pem));
		expect(answersTo(all.map((der) => `fingerprint ${hex(der)}`))).toEqual(
			all.map((der) => createHash("sha256").update(der).digest("hex")),
		);
	});
});

describe("an authority's own signature", () => {
	const made = (keys: ReturnType<typeof p256>, more = {}) =>
		certificateOf({ subject: "city", issuer: "city", keys, signer: keys, ...more });
	const sha384 = Buffer.from("300a06082a8648ce3d040303", "hex");
	test("is verified as Node verifies it, or the certificate is none", () => {
		const [ownKeys, other, big, longKey] = [p256(), p256(), p384(), rsa(2048)];
		const rows: [what: string, der: Buffer, is: boolean][] = [
			["P-256", made(ownKeys), true],
			["P-384", made(big, { hash: "sha384", algorithm: sha384 }), true],
			["RSA", made(longKey), true],
			["openssl's", bytesOf(EC), true],
			["openssl's of RSA", bytesOf(RSA), true],
			["another's signature", made(ownKeys, { signer: other }), false],
			["another's name", made(ownKeys, { issuer: "elsewhere" }), false],
			["s = 0", made(ownKeys, { signature: Buffer.from("3006020101020100", "hex") }), false],
		];
		const answers = answersTo(rows.map(([, der]) => `self ${hex(der)}`));
		expect(rows.map(([what], index) => [what, answers[index]])).toEqual(
			rows.map(([what, , is]) => [what, String(is)]),
		);
		const byNode = rows.map(([, der]) => {
			const read = new X509Certificate(der);
			return read.issuer === read.subject && read.verify(read.publicKey);
		});
		expect(byNode).toEqual(rows.map(([, , is]) => is));
	});
});

test("names: a certificate is for those that Node says", () => {
	const keys = p256();
	const names = [
		dns("broker.city.example"),
		dns("*.Other.example"),
		dns("*"),
		ip(10, 0, 0, 1),
		ip(255, 100, 9, 0),
	];
	const der = certificateOf({ subject: "s", issuer: "s", keys, signer: keys, names });
	const asked = [
		"broker.city.example",
		"BROKER.city.example",
		"x.broker.city.example",
		"city.example",
		"a.other.example",
		"b.OTHER.EXAMPLE",
		"a.b.other.example",
		"other.example",
		"example",
		"10.0.0.1",
		"10.0.0.2",
		"255.100.9.0",
		"0.0.0.0",
	];
	const read = new X509Certificate(der);
	const isFor = (name: string) =>
		(/^[\d.]+$/.test(name) ? read.checkIP(name) : read.checkHost(name)) !== undefined;
	expect(answersTo(asked.map((name) => `for ${hex(der)} ${name}`))).toEqual(
		asked.map((name) => String(isFor(name))),
	);
});

describe("a private key", () => {
	const pkcs8 = { type: "pkcs8", format: "der" } as const;
	const long = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
	const ec = p256().privateKey;
	// security: 5.5-8, 5.5-3
	test("of RSA or P-256 in PKCS #8 is taken, any other refused", () => {
		const rsaKey = long.export(pkcs8);
		const rows: [what: string, der: Buffer, state: string][] = [
			["RSA", rsaKey, "valid"],
			["RSA of 1024 bits", rsa(1024).privateKey.export(pkcs8), "unsupported"],
			["RSA in PKCS #1", long.export({ ...pkcs8, type: "pkcs1" }), "malformed"],
			["P-256", ec.export(pkcs8), "valid"],
			["P-384", p384().privateKey.export(pkcs8), "unsupported"],
			["P-256 in SEC 1", ec.export({ ...pkcs8, type: "sec1" }), "malformed"],
			["Ed25519", generateKeyPairSync("ed25519").privateKey.export(pkcs8), "unsupported"],
			["cut short", rsaKey.subarray(0, -1), "malformed"],
			["a certificate", bytesOf(RSA), "malformed"],
		];
		const answers = answersTo(rows.map(([, der]) => `key ${hex(der)}`));
		expect(rows.map(([what], index) => [what, answers[index]])).toEqual(
			rows.map(([what, , state]) => [what, state]),
		);
	});
	test("is matched to its own certificate alone, as by Node", () => {
		const pem = String(long.export({ type: "pkcs8", format: "pem" }));
		const keys = p256();
		const certificate = certificateOf({ subject: "l", issuer: "l", keys, signer: keys });
		const certificates = [
			bytesOf(certificateFor(requestOf("L-0017", pem))),
			bytesOf(certificateFor(requestOf("L-0017", newKey()))),
			bytesOf(EC),
			bytesOf(ED),
			certificate,
		];
		for (const key of [long, keys.privateKey]) {
			const lines = certificates.map((der) => `pair ${hex(der)} ${hex(key.export(pkcs8))}`);
			const asNode = certificates.map((der) => new X509Certificate(der).checkPrivateKey(key));
			expect(answersTo(lines)).toEqual(asNode.map(String));
			expect(asNode).toContain(true);
		}
	});
});
