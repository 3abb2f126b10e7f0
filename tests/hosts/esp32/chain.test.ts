/** Chains of certificates as a peer may send them: which one the controller takes for the broker's. */
import "./sdk/globals.js";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import CertificateManager from "../../../hosts/moddable/chain.js";
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
} from "../moddable/forge.js";
import { Controller, power } from "./controller.js";

const NAME = "broker.city.example";
const SUMMER = Date.UTC(2026, 6);
const zero = Buffer.from("3006020101020100", "hex");

const keys = {
	city: p256(),
	broker: p256(),
	between: p256(),
	stranger: p256(),
	lamp: p256(),
	rsa: rsa(2048),
	small: rsa(1024),
	p384: p384(),
};

/** One that the CMS signed for the broker, but for what is said otherwise. */
const made = (more: Partial<Content> = {}): Buffer =>
	certificateOf({
		...{ subject: NAME, issuer: "city", keys: keys.broker, signer: keys.city, names: [dns(NAME)] },
		...more,
	});
const authority = (more: Partial<Content> = {}): Buffer =>
	made({ subject: "city", keys: keys.city, names: [], isAuthority: true, ...more });
const CITY = authority();
/** An intermediate of the city's. */
const between = (more: Partial<Content> = {}): Buffer =>
	made({ subject: "between", keys: keys.between, names: [], isAuthority: true, ...more });
const below = (more: Partial<Content> = {}): Buffer =>
	made({ issuer: "between", signer: keys.between, ...more });

function managerOf(certificate: Buffer = CITY): CertificateManager {
	return new CertificateManager({ certificate: new Uint8Array(certificate).buffer as ArrayBuffer });
}
/** What throws ends the handshake, as a refusal does. */
function isTaken(chain: readonly Uint8Array[], name = NAME, ca = CITY): boolean {
	const manager = managerOf(ca);
	try {
		return manager.verify(
			chain.map((one) => new Uint8Array(one)),
			{ tls_server_name: name },
		);
	} catch {
		return false;
	}
}

beforeAll(() => {
	power.on = new Controller();
	power.on.date = SUMMER;
});

describe("a chain that leads to the city's authority", () => {
	const rsaCity = authority({ keys: keys.rsa, signer: keys.rsa });
	const bigCity = authority({
		keys: keys.p384,
		signer: keys.p384,
		hash: "sha384",
		algorithm: ecdsa(3),
	});
	const rows: [what: string, chain: Uint8Array[], ca?: Buffer][] = [
		["the authority behind it", [made(), CITY]],
		["the leaf alone", [made()]],
		["an intermediate", [below(), between()]],
		["an intermediate and the authority", [below(), between(), CITY]],
		["an intermediate that may sign", [below(), between({ usage: 0x06 })]],
		["an intermediate without further ones", [below(), between({ pathLength: 0 })]],
		["an authority of RSA", [made({ signer: keys.rsa }), rsaCity], rsaCity],
		["a leaf of RSA", [made({ keys: keys.rsa }), CITY]],
		["SHA-384", [made({ hash: "sha384", algorithm: ecdsa(3) })]],
		["SHA-512", [made({ hash: "sha512", algorithm: ecdsa(4) })]],
		["P-384", [made({ signer: keys.p384, hash: "sha384", algorithm: ecdsa(3) })], bigCity],
		["a name among others", [made({ names: [dns("other"), ip(1, 2, 3, 4), dns(NAME)] })]],
		["a name in capitals", [made({ names: [dns(NAME.toUpperCase())] })]],
		["a wild card", [made({ names: [dns("*.city.example")] })]],
	];
	const whole = rows.map(([what, chain, ca = CITY]) => [what, chain, ca] as const);
	test.each(whole)("with %s is taken", (_what, chain, ca) => {
		expect(isTaken(chain, NAME, ca)).toBe(true);
	});
	test("is taken for an address", () => {
		expect(isTaken([made({ names: [ip(10, 0, 0, 1)] })], "10.0.0.1")).toBe(true);
		expect(isTaken([made({ names: [ip(10, 0, 0, 1)] })], "10.0.0.2")).toBe(false);
	});
	test("gives the peer's key for what follows, and no other", () => {
		const manager = managerOf();
		expect(() => manager.getKey(new ArrayBuffer(1))).toThrow("vouched for");
		manager.verify([new Uint8Array(made())], { tls_server_name: NAME });
		const { x } = keys.broker.publicKey.export({ format: "jwk" });
		const key = manager.getKey(new ArrayBuffer(1)) as { pub: { x: bigint } };
		expect(key.pub.x.toString(16).padStart(64, "0")).toBe(
			Buffer.from(x!, "base64url").toString("hex"),
		);
		manager.verify([new Uint8Array(made({ names: [] }))], { tls_server_name: NAME });
		expect(() => manager.getKey(new ArrayBuffer(1))).toThrow("vouched for");
	});
});

describe("a chain of a stranger", () => {
	const impostor = (more: Partial<Content> = {}): Buffer =>
		made({ keys: keys.stranger, signer: keys.stranger, ...more });
	const strangers = authority({
		subject: "s",
		issuer: "s",
		keys: keys.stranger,
		signer: keys.stranger,
	});
	const self = authority({ keys: keys.stranger, signer: keys.stranger });
	const lamp = made({ subject: "lamp", keys: keys.lamp, names: [] });
	const byLamp = made({ issuer: "lamp", signer: keys.lamp, keys: keys.stranger });
	test.each<[what: string, chain: Uint8Array[]]>([
		["of no certificate", []],
		["of another authority", [impostor({ issuer: "s" }), strangers]],
		["of an authority with the city's name", [impostor(), self]],
		["with the city's certificate behind it", [impostor(), CITY]],
		["that signed itself, with the city's behind it", [impostor({ issuer: NAME }), CITY]],
		["with the broker's certificate behind it", [impostor({ issuer: NAME }), made(), CITY]],
		["signed by a lamp", [byLamp, lamp, CITY]],
		[
			"signed by a lamp, which says that it may",
			[byLamp, made({ subject: "lamp", keys: keys.lamp, isAuthority: false }), CITY],
		],
		["signed by one that may sign messages alone", [below(), between({ usage: 0x80 })]],
		[
			"with an intermediate too many",
			[
				below({ issuer: "x", signer: keys.lamp }),
				between({ subject: "x", issuer: "between", signer: keys.between, keys: keys.lamp }),
				between({ pathLength: 0 }),
			],
		],
		["in another order", [CITY, made()]],
		["with a gap", [below(), CITY]],
		["whose issuer has another name", [below({ issuer: "other" }), between()]],
		["of five", [below(), between(), CITY, CITY, CITY]],
		["signed with s = 0", [made({ signature: zero })]],
		["signed with nothing", [made({ signature: Buffer.alloc(0) })]],
		[
			"signed with SHA-1",
			[made({ hash: "sha1", algorithm: der(0x30, der(6, Buffer.from("2a8648ce3d0401", "hex"))) })],
		],
		["signed with SHA-224", [made({ hash: "sha224", algorithm: ecdsa(1) })]],
		["signed with an algorithm that nobody knows", [made({ algorithm: ecdsa(9) })]],
		["that names two algorithms", [made({ inner: ecdsa(3) })]],
		["that names RSA for a key of P-256", [made({ algorithm: rsaName(11) })]],
		[
			"with an RSA key of 1024 bits between",
			[
				made({ issuer: "small", signer: keys.small }),
				between({ subject: "small", keys: keys.small }),
			],
		],
		["with a point on no curve between", [below(), between({ spki: offCurve(keys.between) })]],
		["with a key of another kind", [made({ spki: otherKind(keys.broker) })]],
		["out of date", [made({ to: "260601" })]],
		["not yet in date", [made({ from: "260801" })]],
		["with an intermediate out of date", [below(), between({ to: "260601" })]],
		[
			"with constraints that nobody understands",
			[made({ extensions: [extension("1e", true, der(0x30))] })],
		],
		["without a name", [made({ names: [] })]],
		["for another name", [made({ names: [dns("other.city.example")] })]],
		["for a name that ends so", [made({ names: [dns(`x${NAME}`)] })]],
		["for a wild card of a label too few", [made({ names: [dns("*.example")] })]],
		["for every name", [made({ names: [dns("*")] })]],
		[
			"whose intermediate has the name alone",
			[below({ names: [] }), between({ names: [dns(NAME)] })],
		],
		["whose name is in no list of names", [made({ names: [der(0x81, Buffer.from(NAME))] })]],
	])("%s is refused", (_what, chain) => {
		expect(isTaken(chain)).toBe(false);
	});
	test("is refused where no name is asked for", () => {
		expect(managerOf().verify([new Uint8Array(made())], {})).toBe(false);
	});
	test("does not make an authority of it by being registered", () => {
		const manager = managerOf();
		(manager.register as (certificate: Uint8Array) => void)(new Uint8Array(strangers));
		const chain = [impostor({ issuer: "s" }), strangers].map((one) => new Uint8Array(one));
		expect(manager.verify(chain, { tls_server_name: NAME })).toBe(false);
	});
	test("damaged at any byte is refused and nothing throws or hangs (seed 7)", () => {
		const sound = [below(), between()];
		const damage = fc.tuple(fc.nat(1), fc.nat(), fc.nat(255));
		fc.assert(
			fc.property(damage, ([nth, at, byte]) => {
				const chain = sound.map((one) => new Uint8Array(one));
				const one = chain[nth]!;
				const place = at % one.length;
				if (one[place] === byte) return;
				one[place] = byte;
				expect(managerOf().verify(chain, { tls_server_name: NAME })).toBe(false);
			}),
			{ seed: 7, numRuns: 400 },
		);
	});
});

describe("an authority", () => {
	test.each([
		["none", undefined],
		["bytes", Buffer.from("no certificate")],
		["out of date", authority({ to: "260601" })],
	])("that is %s ends the attempt before it begins", (_what, certificate) => {
		const own = certificate && (new Uint8Array(certificate).buffer as ArrayBuffer);
		expect(() => new CertificateManager(own ? { certificate: own } : {})).toThrow("no authority");
	});
});

describe("the lamp's own certificate", () => {
	test("is shown, and signed for with its own key alone", () => {
		const own = new ArrayBuffer(3);
		const certificate = new Uint8Array(CITY).buffer as ArrayBuffer;
		const clientKey = Uint8Array.of(9).buffer;
		const manager = new CertificateManager({ certificate, clientCertificates: [own], clientKey });
		expect(manager.findPreferredCert()).toEqual([own]);
		expect(manager.getKey(own)).toMatchObject({ bytes: Uint8Array.of(9) });
		expect(() => manager.getKey(new ArrayBuffer(3))).toThrow("vouched for");
		expect(managerOf().findPreferredCert()).toEqual([]);
	});
});

function ecdsa(last: number): Buffer {
	const name = Buffer.from("2a8648ce3d0403", "hex");
	return der(0x30, der(6, name, Buffer.of(last)));
}
function rsaName(last: number): Buffer {
	return der(0x30, der(6, Buffer.from("2a864886f70d0101", "hex"), Buffer.of(last)), der(5));
}
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
