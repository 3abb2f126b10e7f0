/**
 * Chains of certificates as a peer may send them: which one the controller's C takes for the broker's; and
 * their purposes, in which it and OpenSSL, as clients of a server that shows them, agree.
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	type Content,
	certificateOf,
	der,
	dns,
	extension,
	ip,
	type Keys,
	p256,
	p384,
	rsa,
} from "../../hosts/moddable/forge.js";
import { hex, Native } from "../support/native.js";

const NAME = "broker.city.example";
const SUMMER = Date.UTC(2026, 6);
const VALID = { from: "200101", to: "491231" };
const zero = Buffer.from("3006020101020100", "hex");

const keys = {
	city: p256(),
	broker: p256(),
	between: p256(),
	stranger: p256(),
	lamp: p256(),
	rsa: rsa(2048),
	rsa4096: rsa(4096),
	small: rsa(1024),
	p384: p384(),
};

const native = new Native();
let program: string;
beforeAll(() => {
	program = native.build("driver");
});
afterAll(() => native.remove());

type Row = [what: string, chain: Uint8Array[], ca?: Buffer, name?: string];
const requestFor = ([, chain, ca = CITY, name = NAME]: Row): string =>
	["chain", hex(ca), name, SUMMER, ...chain.map(hex)].join(" ");
/** The verdict on each row, by its sentence. */
function verdicts(rows: readonly Row[]): readonly [what: string, verdict: string][] {
	const answers = native.answersTo(program, rows.map(requestFor));
	return rows.map(([what], index) => [what, answers[index]!]);
}

/** One that the CMS signed for the broker, but for what is said otherwise. */
const made = (more: Partial<Content> = {}): Buffer =>
	certificateOf({
		subject: NAME,
		issuer: "city",
		keys: keys.broker,
		signer: keys.city,
		names: [dns(NAME)],
		...more,
	});
const authority = (more: Partial<Content> = {}): Buffer =>
	made({ subject: "city", keys: keys.city, names: [], isAuthority: true, ...more });
const CITY = authority();
const between = (more: Partial<Content> = {}): Buffer =>
	made({ subject: "between", keys: keys.between, names: [], isAuthority: true, ...more });
const below = (more: Partial<Content> = {}): Buffer =>
	made({ issuer: "between", signer: keys.between, ...more });

const ecdsa = (last: number): Buffer =>
	der(0x30, der(6, Buffer.from("2a8648ce3d0403", "hex"), Buffer.of(last)));
const rsaName = (last: number): Buffer =>
	der(0x30, der(6, Buffer.from("2a864886f70d0101", "hex"), Buffer.of(last)), der(5));
function offCurve({ publicKey }: Keys): Buffer {
	const spki = publicKey.export({ format: "der", type: "spki" });
	spki[spki.length - 1]! ^= 1;
	return spki;
}
/** The key's number with the name of a curve that is not supported. */
function otherKind({ publicKey }: Keys): Buffer {
	const spki = publicKey.export({ format: "der", type: "spki" });
	const at = spki.indexOf(Buffer.from("2a8648ce3d030107", "hex"));
	spki[at + 7] = 2;
	return spki;
}
/** An RSA key of these numbers. */
function rsaKey(modulus: bigint, exponent: bigint): Buffer {
	const integer = (number: bigint) => {
		const digits = number.toString(16);
		const even = digits.length % 2 === 0 ? digits : `0${digits}`;
		return der(
			2,
			Buffer.from(Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even, "hex"),
		);
	};
	const numbers = der(0x30, integer(modulus), integer(exponent));
	return der(0x30, rsaName(1), der(3, Buffer.of(0), numbers));
}

test("a chain that leads to the city's authority is trusted", () => {
	const rsaCity = authority({ keys: keys.rsa, signer: keys.rsa });
	const sha384 = { hash: "sha384", algorithm: ecdsa(3) };
	const bigCity = authority({ keys: keys.p384, signer: keys.p384, ...sha384 });
	const rows: Row[] = [
		["the authority behind it", [made(), CITY]],
		["the leaf alone", [made()]],
		["an intermediate", [below(), between()]],
		["an intermediate and the authority", [below(), between(), CITY]],
		["an intermediate that may sign", [below(), between({ usage: 0x06 })]],
		["an intermediate without further ones", [below(), between({ pathLength: 0 })]],
		[
			"an intermediate of RSA 4096",
			[below({ signer: keys.rsa4096 }), between({ keys: keys.rsa4096 })],
		],
		["an authority of RSA", [made({ signer: keys.rsa }), rsaCity], rsaCity],
		["a leaf of RSA", [made({ keys: keys.rsa }), CITY]],
		["SHA-384", [made(sha384)]],
		["SHA-512", [made({ hash: "sha512", algorithm: ecdsa(4) })]],
		["P-384", [made({ signer: keys.p384, ...sha384 })], bigCity],
		["a name among others", [made({ names: [dns("other"), ip(1, 2, 3, 4), dns(NAME)] })]],
		["a name in capitals", [made({ names: [dns(NAME.toUpperCase())] })]],
		["a wild card", [made({ names: [dns("*.city.example")] })]],
		["an address", [made({ names: [ip(10, 0, 0, 1)] })], CITY, "10.0.0.1"],
	];
	expect(verdicts(rows)).toEqual(rows.map(([what]) => [what, "trusted"]));
});

test("a certificate of the city is trusted though it begins after the lamp's date, which may be behind", () => {
	const rows: Row[] = [
		["a server's", [made({ from: "260801" })]],
		["an intermediate", [below(), between({ from: "260801" })]],
		["the authority", [made()], authority({ from: "260801" })],
	];
	expect(verdicts(rows)).toEqual(rows.map(([what]) => [what, "trusted"]));
});

// security: Mbed TLS goes by
test("a chain out of date is refused for its date, the authority's own included", () => {
	const rows: Row[] = [
		["out of date", [made({ to: "260601" })]],
		["an intermediate out of date", [below(), between({ to: "260601" })]],
		["an authority out of date", [made()], authority({ to: "260601" })],
	];
	expect(verdicts(rows)).toEqual(rows.map(([what]) => [what, "date"]));
});

describe("a chain of a stranger", () => {
	const impostor = (more: Partial<Content> = {}): Buffer =>
		made({ keys: keys.stranger, signer: keys.stranger, ...more });
	const selfSigned = { subject: "s", issuer: "s", keys: keys.stranger, signer: keys.stranger };
	const self = authority({ keys: keys.stranger, signer: keys.stranger });
	const lamp = made({ subject: "lamp", keys: keys.lamp, names: [] });
	const byLamp = made({ issuer: "lamp", signer: keys.lamp, keys: keys.stranger });
	const noAuthority = made({ subject: "lamp", keys: keys.lamp, isAuthority: false });
	const tooMany = [
		below({ issuer: "x", signer: keys.lamp }),
		between({ subject: "x", issuer: "between", signer: keys.between, keys: keys.lamp }),
		between({ pathLength: 0 }),
	];
	const nameConstraints = [extension("1e", true, der(0x30))];
	/** Refused without a signature computed. */
	const unsuitable: Row[] = [
		["of another authority", [impostor({ issuer: "s" }), authority(selfSigned)]],
		["that signed itself, with the city's behind it", [impostor({ issuer: NAME }), CITY]],
		["with the broker's certificate behind it", [impostor({ issuer: NAME }), made(), CITY]],
		["signed by a lamp", [byLamp, lamp, CITY]],
		["signed by a lamp, which says that it may not", [byLamp, noAuthority, CITY]],
		["signed by one that may sign messages alone", [below(), between({ usage: 0x80 })]],
		["with an intermediate too many", tooMany],
		["in another order", [CITY, made()]],
		["with a gap", [below(), CITY]],
		["whose issuer has another name", [below({ issuer: "other" }), between()]],
		["of five", [below(), between({ issuer: "b" }), CITY, CITY, CITY]],
		["signed with SHA-224", [made({ hash: "sha224", algorithm: ecdsa(1) })]],
		["without a name", [made({ names: [] })]],
		["for another name", [made({ names: [dns("other.city.example")] })]],
		["for a name that ends so", [made({ names: [dns(`x${NAME}`)] })]],
		["for a wild card of a label too few", [made({ names: [dns("*.example")] })]],
		["for every name", [made({ names: [dns("*")] })]],
		["whose intermediate has the name", [below({ names: [] }), between({ names: [dns(NAME)] })]],
		["whose name is in no list of names", [made({ names: [der(0x81, Buffer.from(NAME))] })]],
		["for another address", [made({ names: [ip(10, 0, 0, 2)] })], CITY, "10.0.0.1"],
		["whose name is its subject alone", [made({ subject: NAME, names: [] })]],
	];
	/** Refused by the library's verification. */
	const untrusted: Row[] = [
		["of an authority with the city's name", [impostor(), self]],
		["with the city's certificate behind it", [impostor(), CITY]],
		["signed with s = 0", [made({ signature: zero })]],
		["signed with nothing", [made({ signature: Buffer.alloc(0) })]],
		["that names RSA for a key of P-256", [made({ algorithm: rsaName(11) })]],
		[
			"signed by another key that the city certified under its own name",
			[made({ signer: keys.between }), between({ subject: "city" })],
		],
		["below an intermediate of a stranger", [below(), between({ signer: keys.stranger })]],
	];
	/** Not even parsed by the library. */
	const unparsed: Row[] = [
		["signed with an unknown algorithm", [made({ algorithm: ecdsa(9) })]],
		["with a point on no curve between", [below(), between({ spki: offCurve(keys.between) })]],
		["that names two algorithms", [made({ inner: ecdsa(3) })]],
		["with constraints that nobody understands", [made({ extensions: nameConstraints })]],
		["with a key of another kind", [made({ spki: otherKind(keys.broker) })]],
	];
	// security: Mbed TLS computes
	test.each([
		["unsuitable", unsuitable],
		["untrusted", untrusted],
		["unparsed", unparsed],
	])("is %s: each row", (verdict, rows) => {
		expect(verdicts(rows)).toEqual(rows.map(([what]) => [what, verdict]));
	});
	// security: Mbed TLS computes
	test("with an RSA key out of bounds between is refused before its arithmetic", () => {
		const odd = (bits: number) => (1n << BigInt(bits - 1)) + 1n;
		const bounds: [what: string, modulus: bigint, exponent: bigint][] = [
			["of 1024 bits", odd(1024), 65_537n],
			["of 2047 bits", odd(2047), 65_537n],
			["of 4097 bits", odd(4097), 65_537n],
			["of 8192 bits", odd(8192), 65_537n],
			["with exponent 65539", odd(2048), 65_539n],
			["with an exponent as long as itself", odd(4096), odd(4096) - 2n],
			["with exponent 1", odd(2048), 1n],
			["with an even exponent", odd(2048), 65_536n],
			["that is even", odd(2048) + 1n, 65_537n],
		];
		const rows = bounds.map(([what, modulus, exponent]): Row => {
			const spki = rsaKey(modulus, exponent);
			return [what, [below({ signer: keys.rsa }), between({ spki })]];
		});
		const seen = verdicts(rows);
		expect(seen.filter(([, verdict]) => !/^(unsuitable|unparsed)$/.test(verdict))).toEqual([]);
		const within = rsaKey(odd(4096), 65_537n);
		const control: Row = ["", [below({ signer: keys.rsa }), between({ spki: within })]];
		expect(verdicts([control])).toEqual([["", "untrusted"]]);
	});
	test("damaged at any byte is refused (seed 7)", () => {
		const sound = [below(), between()];
		const places = fc.tuple(fc.nat(1), fc.nat(), fc.nat(255));
		const rows = fc
			.sample(places, { seed: 7, numRuns: 400 })
			.flatMap(([index, at, byte]): Row[] => {
				const chain = sound.map((certificate) => Buffer.from(certificate));
				const place = at % chain[index]!.length;
				if (chain[index]![place] === byte) return [];
				chain[index]![place] = byte;
				return [[`${index} at ${place}: ${byte}`, chain]];
			});
		expect(verdicts(rows).filter(([, verdict]) => verdict === "trusted")).toEqual([]);
		expect(verdicts([["sound", sound]])).toEqual([["sound", "trusted"]]);
	});
});

describe("a broker's certificate", () => {
	const oid = (text: string) => der(6, Buffer.from(text, "hex"));
	const [SERVER, CLIENT] = [oid("2b06010505070301"), oid("2b06010505070302")];
	const [CODE, ANY] = [oid("2b06010505070303"), oid("551d2500")];
	/** Microsoft's and Netscape's of the time of export limits. */
	const GATED = [oid("2b0601040182370a0303"), oid("6086480186f8420401")];
	const purposes = (...list: Uint8Array[]): Partial<Content> => ({
		extensions: [extension("25", false, der(0x30, ...list))],
	});
	const critical = (...list: Uint8Array[]): Partial<Content> => ({
		extensions: [extension("25", true, der(0x30, ...list))],
	});
	const LASTING = authority(VALID);
	/** The leaf, and an intermediate where one is given. */
	const chainOf = (leaf: Partial<Content>, above?: Partial<Content>): Buffer[] =>
		above
			? [below({ ...VALID, ...leaf }), between({ ...VALID, ...above })]
			: [made({ ...VALID, ...leaf })];
	const pem = (certificate: Buffer) =>
		`-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`;

	/** Whether OpenSSL, as a client, accepts the chain that a server shows. */
	async function opensslTakes(chain: readonly Buffer[]): Promise<boolean> {
		const key = keys.broker.privateKey.export({ format: "pem", type: "pkcs8" });
		const server = createServer({ key, cert: chain.map(pem).join("") });
		server.on("tlsClientError", () => {});
		await once(server.listen(0, "127.0.0.1"), "listening");
		const { port } = server.address() as AddressInfo;
		const client = connect({
			host: "127.0.0.1",
			port,
			ca: pem(LASTING),
			servername: NAME,
			rejectUnauthorized: false,
		});
		await once(client, "secureConnect");
		const { authorized } = client;
		client.destroy();
		server.close();
		return authorized;
	}
	const takes = (chain: Buffer[]): boolean => verdicts([["", chain, LASTING]])[0]![1] === "trusted";

	const rows: [what: string, leaf: Partial<Content>, is: boolean, above?: Partial<Content>][] = [
		["without an extension", {}, true],
		["for servers", purposes(SERVER), true],
		["for servers, critical", critical(SERVER), true],
		["for clients and servers", purposes(CLIENT, SERVER), true],
		["for clients", purposes(CLIENT), false],
		["for clients, critical", critical(CLIENT), false],
		["for code", purposes(CODE), false],
		["for no purpose", purposes(), false],
		["of a lamp, for clients, that may sign", { ...purposes(CLIENT), usage: 0x80 }, false],
		["whose key may sign", { usage: 0x80 }, true],
		["whose key may encrypt keys", { usage: 0x20 }, true],
		["whose key may agree on keys", { usage: 0x08 }, true],
		["whose key may sign, for servers", { ...purposes(SERVER), usage: 0x80 }, true],
		["whose key may sign certificates alone", { usage: 0x04 }, false],
		["whose key may not deny", { usage: 0x40 }, false],
		["whose key may do nothing", { usage: 0 }, false],
		["below an intermediate for servers", {}, true, purposes(SERVER)],
		["below an intermediate for clients", {}, false, purposes(CLIENT)],
		["for servers, below an intermediate for clients", purposes(SERVER), false, purposes(CLIENT)],
	];
	const cases = rows.map(([what, leaf, is, above]) => [what, leaf, is, above] as const);
	// security: Mbed TLS goes by
	test.each(cases)("%s: the controller as OpenSSL", async (_what, leaf, is, above) => {
		const chain = chainOf(leaf, above);
		expect([takes(chain), await opensslTakes(chain)]).toEqual([is, is]);
	});
	/** RFC 5280, 4.2.1.12, names any purpose; OpenSSL asks for the server's and accepts two old ones. */
	const others: [what: string, leaf: Partial<Content>, controller: boolean][] = [
		["for any purpose", purposes(ANY), true],
		["for Microsoft's gated servers", purposes(GATED[0]!), false],
		["for Netscape's gated servers", purposes(GATED[1]!), false],
	];
	test.each(others)("%s: not as OpenSSL", async (_what, leaf, controller) => {
		const chain = chainOf(leaf);
		expect([takes(chain), await opensslTakes(chain)]).toEqual([controller, !controller]);
	});
	test("with purposes that are no list is refused", () => {
		const extensions = [extension("25", false, der(4, Buffer.of(1)))];
		expect(takes(chainOf({ extensions }))).toBe(false);
	});
});
