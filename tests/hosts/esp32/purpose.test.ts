/**
 * Purposes of certificates, by key usage and extended key usage: the controller and OpenSSL, as the
 * client of a TLS server that shows them, accept and refuse the same, but for the rows that say so.
 */
import "./sdk/globals.js";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { beforeAll, describe, expect, test } from "@jest/globals";
import CertificateManager from "../../../hosts/moddable/chain.js";
import { type Content, certificateOf, der, dns, extension, p256 } from "../moddable/forge.js";
import { Controller, power } from "./controller.js";

const NAME = "broker.city.example";
const keys = { city: p256(), between: p256(), broker: p256() };
const VALID = { from: "200101", to: "491231" };

const oid = (hex: string) => der(6, Buffer.from(hex, "hex"));
const SERVER = oid("2b06010505070301");
const CLIENT = oid("2b06010505070302");
const CODE = oid("2b06010505070303");
const ANY = oid("551d2500");
/** Microsoft's and Netscape's of the time of export limits. */
const GATED = [oid("2b0601040182370a0303"), oid("6086480186f8420401")];
const purposes = (...list: Uint8Array[]): Partial<Content> => ({
	extensions: [extension("25", false, der(0x30, ...list))],
});
const critical = (...list: Uint8Array[]): Partial<Content> => ({
	extensions: [extension("25", true, der(0x30, ...list))],
});

const CITY = certificateOf({
	...{ subject: "city", issuer: "city", keys: keys.city, signer: keys.city, isAuthority: true },
	...VALID,
});
/** The leaf, and an intermediate where one is given. */
function chainOf(leaf: Partial<Content>, between?: Partial<Content>): Buffer[] {
	const [issuer, signer] = between ? ["between", keys.between] : ["city", keys.city];
	const first = certificateOf({
		...{ subject: NAME, issuer, keys: keys.broker, signer, names: [dns(NAME)] },
		...{ ...VALID, ...leaf },
	});
	if (!between) return [first];
	const above = { subject: "between", issuer: "city", keys: keys.between, signer: keys.city };
	return [first, certificateOf({ ...above, ...VALID, isAuthority: true, ...between })];
}

function controllerTakes(chain: readonly Buffer[]): boolean {
	const certificate = new Uint8Array(CITY).buffer as ArrayBuffer;
	const manager = new CertificateManager({ certificate });
	return manager.verify(
		chain.map((one) => new Uint8Array(one)),
		{ tls_server_name: NAME },
	);
}

const pem = (one: Buffer) =>
	`-----BEGIN CERTIFICATE-----\n${one.toString("base64")}\n-----END CERTIFICATE-----\n`;

/** Whether OpenSSL, as a client, accepts the chain that a server shows. */
async function opensslTakes(chain: readonly Buffer[]): Promise<boolean> {
	const key = keys.broker.privateKey.export({ format: "pem", type: "pkcs8" });
	const server = createServer({ key, cert: chain.map(pem).join("") });
	server.on("tlsClientError", () => {});
	await once(server.listen(0, "127.0.0.1"), "listening");
	const { port } = server.address() as AddressInfo;
	const client = connect({
		...{ host: "127.0.0.1", port, ca: pem(CITY), servername: NAME },
		rejectUnauthorized: false,
	});
	await once(client, "secureConnect");
	const { authorized } = client;
	client.destroy();
	server.close();
	return authorized;
}

beforeAll(() => {
	power.on = new Controller();
	power.on.date = Date.UTC(2026, 6);
});

describe("a broker's certificate", () => {
	const rows: [what: string, leaf: Partial<Content>, is: boolean, between?: Partial<Content>][] = [
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
	const whole = rows.map(([what, leaf, is, between]) => [what, leaf, is, between] as const);
	test.each(whole)("%s: the controller as OpenSSL", async (_what, leaf, is, between) => {
		const chain = chainOf(leaf, between);
		expect([controllerTakes(chain), await opensslTakes(chain)]).toEqual([is, is]);
	});

	/** RFC 5280, 4.2.1.12, names any purpose; OpenSSL asks for the server's and knows two old ones. */
	const others: [what: string, leaf: Partial<Content>, controller: boolean][] = [
		["for any purpose", purposes(ANY), true],
		["for Microsoft's gated servers", purposes(GATED[0]!), false],
		["for Netscape's gated servers", purposes(GATED[1]!), false],
	];
	test.each(others)("%s: not as OpenSSL", async (_what, leaf, controller) => {
		const chain = chainOf(leaf);
		expect([controllerTakes(chain), await opensslTakes(chain)]).toEqual([controller, !controller]);
	});
	test("with purposes that are no list is refused", () => {
		const extensions = [extension("25", false, der(4, Buffer.of(1)))];
		expect(controllerTakes(chainOf({ extensions }))).toBe(false);
	});
});
