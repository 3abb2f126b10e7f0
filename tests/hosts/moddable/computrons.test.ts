/**
 * Computrons of the checks of a peer's bytes, in XS: the modules of the controller, with stand-ins for the
 * SDK's arithmetic. Each case is refused or accepted within a stated count.
 */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import ts from "typescript";
import { DUSK_UTC, theEngine } from "../../../bench/lamp.js";
import type { Fleet, Image } from "../../../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../../../hosts/virtual/fleet/onethread.js";
import { EFFECT, INPUT } from "../../../hosts/virtual/protocol.js";
import { certificateOf, dns, p256 } from "./forge.js";

const NAME = "broker.city.example";
const keys = { city: p256(), broker: p256() };
const VALID = { from: "200101", to: "491231" };
const CITY = certificateOf({
	...{ subject: "city", issuer: "city", keys: keys.city, signer: keys.city, isAuthority: true },
	...VALID,
});
const LEAF = certificateOf({
	...{ subject: NAME, issuer: "city", keys: keys.broker, signer: keys.city, names: [dns(NAME)] },
	...VALID,
});

/** The arithmetic of the SDK, which is C: here each call ends at once. */
const STAND_INS = {
	crypt: "export class Digest { write() {} close() { return new ArrayBuffer(32); } }",
	mont: "export default class { mulinv() { return 1n; } }",
	ecp: "export default class { x = 0n; y = 0n; isZero() { return false; } }",
	curve: `export default class { constructor() {
		this.n = 1n << 256n; this.orderSize = 32; this.G = undefined;
		this.ec = { a: 0n, b: 0n, m: 1n << 257n, mul2: (g, k, key, r) => ({ x: r, isZero: () => false }) };
	} }`,
	pkcs8: "export default {};",
	"host/pem": "export const derOf = () => undefined;",
	"sdk/pkcs1_5":
		"export default class { constructor({ modulus }) { this.modulusSize = 256; this.rsa = { process: () => 0n }; } }",
} as const;
const OURS = {
	...{ "host/certificate": "certificate", "host/x509": "x509" },
	...{ ecdsa: "ecdsa", pkcs1_5: "pkcs1_5", "host/chain": "chain" },
};

/** A case is an expression of the program's names; it yields whether the bytes were accepted. */
const CASES: readonly [what: string, code: string, accepted: boolean, most: number][] = [
	["the broker's certificate", "verify([leaf])", true, 45_000],
	["a list of ten certificates", "verify(new Array(10).fill(leaf))", false, 300],
	["one that ends early", "verify([leaf.subarray(0, 100)])", false, 1_100],
	["one longer than its bytes", "verify([changed(2, 255)])", false, 3_000],
	["16 KB of empty elements", "verify([empty])", false, 2_800_000],
	["16 KB of nested elements", "verify([nested])", false, 8_000],
	["an RSA modulus of 8192 bits", "isKey(1n << 8191n | 1n)", false, 1_300],
	["an RSA modulus of 4097 bits", "isKey(1n << 4096n | 1n)", false, 1_300],
	["an even RSA modulus", "isKey(1n << 2047n)", false, 800],
	["an RSA modulus of 2048 bits", "isKey(1n << 2047n | 1n)", true, 1_300],
	["a signature with s = 0", "isSigned([0x30, 6, 2, 1, 1, 2, 1, 0])", false, 2_000],
	["a signature with r = -1", "isSigned([0x30, 6, 2, 1, 255, 2, 1, 1])", false, 2_000],
	["a signature of 16 KB", "isSigned(number)", false, 45_000],
];
/** Byte by byte, each in a turn of its own: the last case. */
const CHANGED = CASES.length + 1;
const CHANGED_MOST = 45_000;

const PROGRAM = `
	import Manager from "host/chain";
	import Curve from "curve";
	import ECDSA from "ecdsa";
	import PKCS1_5 from "pkcs1_5";
	BigInt.fromArrayBuffer ??= (bytes) => {
		let text = "0x0";
		for (const byte of new Uint8Array(bytes)) text += byte.toString(16).padStart(2, "0");
		return BigInt(text);
	};
	BigInt.bitLength ??= (number) => number.toString(2).length;
	/** A sequence over all of 16,000 bytes, then elements with the length of what is left. */
	function block(step, tag, length) {
		const bytes = new Uint8Array(16_000);
		const put = (at, tag, length) => bytes.set([tag, 0x82, length >> 8, length & 255], at);
		put(0, 0x30, bytes.length - 4);
		for (let at = 4; at + step <= bytes.length; at += step)
			if (step === 2) bytes[at] = tag;
			else put(at, tag, bytes.length - at - 4);
		return bytes;
	}
	export default function () {
		const leaf = new Uint8Array([${[...LEAF]}]);
		const manager = new Manager({ certificate: new Uint8Array([${[...CITY]}]).buffer });
		const [empty, nested, number] = [block(2, 5), block(4, 0x30), block(15_990, 2)];
		const changed = (at, byte) => {
			const copy = leaf.slice();
			copy[at] = byte;
			return copy;
		};
		const verify = (list) => manager.verify(list, { tls_server_name: "${NAME}" });
		const isKey = (modulus) => {
			try {
				return new PKCS1_5({ modulus, exponent: 65537n }).modulusSize > 0;
			} catch {
				return false;
			}
		};
		const key = new ECDSA({ x: 0n, y: 0n }, new Curve());
		const isSigned = (bytes) => key.verify(new ArrayBuffer(32), bytes.buffer ? bytes : new Uint8Array(bytes));
		const cases = [() => false, ${CASES.map(([, code]) => `() => ${code}`)}];
		const anyByte = (at) => verify([changed(at, leaf[at] ^ 255)]);
		return (kind, now, value) => {
			native.duty((cases[value] ?? (() => anyByte(value - cases.length)))() ? 1 : 0);
		};
	}`;

function imageOf(): Image {
	const source = (name: string) =>
		ts
			.transpileModule(readFileSync(`hosts/moddable/${name}.ts`, "utf8"), {
				compilerOptions: {
					...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
					...{ verbatimModuleSyntax: true, removeComments: true },
				},
			})
			.outputText.replace(`"./pem"`, `"host/pem"`);
	const files = Object.entries(OURS);
	return {
		modules: [
			...Object.entries(STAND_INS).map(([specifier, text]) => ({ specifier, source: text })),
			...files.map(([specifier, name]) => ({ specifier, source: source(name) })),
			{ specifier: "test/main", source: PROGRAM },
		],
		main: "test/main",
		creation: { chunkBytes: 400_000, slots: 20_000, stackSlots: 2048, keys: 256 },
		computronBudget: 20_000_000,
	};
}

let fleet: Fleet;
let now = 1;
beforeAll(async () => {
	fleet = createFleet(
		{ image: imageOf(), first: 1, count: 1, seed: 7, epochUtc: DUSK_UTC },
		await theEngine(),
	);
	fleet.boot(1, 0, "powerOn");
	fleet.start(0);
	fleet.finish();
});
afterAll(() => fleet.dispose());

/** Whether the case's bytes were accepted, and computrons. */
function run(nth: number): [accepted: boolean | undefined, computrons: number] {
	const before = fleet.statistics(1)!.computrons;
	fleet.post(1, ++now, INPUT.illuminance, nth);
	fleet.start(now);
	fleet.finish();
	let accepted: boolean | undefined;
	fleet.effects((effect, _at, _lamp, value) => {
		if (effect === EFFECT.duty) accepted = value === 1;
	});
	return [accepted, fleet.statistics(1)!.computrons - before];
}

test.each(CASES.map(([what, , ...rest], nth) => [what, ...rest, nth + 1] as const))(
	"%s: accepted: %s, within %i computrons",
	(_what, accepted, most, nth) => {
		const [, idle] = run(0);
		const [isAccepted, computrons] = run(nth);
		expect(isAccepted).toBe(accepted);
		expect(computrons - idle).toBeLessThanOrEqual(most);
		expect(computrons - idle).toBeGreaterThan(most / 4); // it did run
	},
);

test(`the broker's certificate with any one byte inverted: within ${CHANGED_MOST} computrons`, () => {
	const [, idle] = run(0);
	const costs = Array.from(LEAF, (_byte, at) => run(CHANGED + at)[1] - idle);
	expect(Math.max(...costs)).toBeLessThanOrEqual(CHANGED_MOST);
	expect(Math.min(...costs)).toBeGreaterThan(0);
});
