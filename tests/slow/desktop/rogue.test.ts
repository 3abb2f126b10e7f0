/**
 * Rogue servers at the broker's address: whatever they show, the lamp refuses them at once and lives.
 *
 * `npm run host -- headless --broker`: XS 17 and the TLS in C, at `openssl s_server` (1.3; tests/slow/system/tlspeers.test.ts has both).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { der } from "../../hosts/moddable/forge.js";
import { until } from "../../support/until.js";
import { Authority, type Identity } from "../support/certificates.js";
import { LiveLamp } from "./livelamp.js";
import { KEY_EXCHANGES, Middleman, Rogue, signedAs } from "./rogues.js";

const HERE = { san: "DNS:localhost,IP:127.0.0.1" };

let folder: string;
let city: Authority;
let stranger: Authority;
let genuine: Identity;

/** One that calls that port at once, and trusts the CMS. */
const lampAt = (port: number, ca = city.ca) =>
	new LiveLamp(
		{
			identity: { site: "liege", node: "pole-1" },
			link: {
				brokerHost: "127.0.0.1",
				brokerPort: port,
				brokerTls: true,
				reconnectSpread: 1,
			},
		},
		{ "tls.ca": ca },
	);

/** What becomes of the first handshake, and whether the lamp lives on. */
async function endOf(port: number, ca?: string): Promise<[end: string, status: number | null]> {
	const lamp = lampAt(port, ca);
	try {
		const { rest } = await lamp.next("stream", /^(open|tlsRefused|timedOut|unreachable)$/);
		return [rest, await lamp.end()];
	} finally {
		await lamp.stop();
	}
}

const integer = (hex: string) => der(2, Buffer.from(hex, "hex"));
/** Of the usual 32 bytes: with a shorter one the SDK looked for s elsewhere. */
const R = "11".repeat(32);
const N = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-"));
	city = new Authority(folder, "city");
	stranger = new Authority(folder, "stranger");
	genuine = city.sign("broker", HERE);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a server that is no broker of the CMS", () => {
	const untrusted = (name: string, signature?: Uint8Array): [Identity, ...string[]] => {
		const id = stranger.sign(name, HERE);
		return [signature ? signedAs(id, signature) : id, stranger.ca];
	};
	const numbers = (r: string, s: string) => der(0x30, integer(r), integer(s));
	const rows: [what: string, shown: () => [Identity, ...string[]]][] = [
		["of another city", () => untrusted("plain")],
		["whose leaf is signed with s = 0", () => untrusted("zero", numbers(R, "00"))],
		["whose leaf is signed with r = s = 0", () => untrusted("zeros", numbers("00", "00"))],
		["whose leaf is signed with r = s = -1", () => untrusted("minus", numbers("ff", "ff"))],
		["whose leaf is signed with s = n", () => untrusted("order", numbers(R, `00${N}`))],
		[
			"whose leaf names our authority and is signed with s = 0",
			() => [signedAs(city.sign("forged", HERE), numbers(R, "00")), city.ca],
		],
		[
			"that shows the city's own certificate behind its own",
			() => [stranger.sign("a", HERE), city.ca],
		],
		[
			"that shows the broker's and the city's behind its own",
			() => [stranger.sign("b", HERE), genuine.cert, city.ca],
		],
		[
			"whose leaf another lamp's key has signed",
			() => {
				const lamp = city.sign("lamp");
				return [city.sign("by-lamp", { ...HERE, by: lamp }), lamp.cert, city.ca];
			},
		],
		[
			"with RSA of 8192 bits between",
			() => {
				const by = city.sign("huge", { rsa: 8192, isAuthority: true, by: city.sign("x") });
				return [city.sign("by-huge", { ...HERE, by }), by.cert, city.ca];
			},
		],
		[
			"that shows a client's certificate of the city",
			() => [city.sign("client", { ...HERE, purpose: "clientAuth" }), city.ca],
		],
		[
			"below an intermediate for clients",
			() => {
				const by = city.sign("clients", { isAuthority: true, purpose: "clientAuth" });
				return [city.sign("below-clients", { ...HERE, by }), by.cert, city.ca];
			},
		],
		["for another name", () => [city.sign("other", { san: "DNS:elsewhere.example" }), city.ca]],
	];
	test.each(rows)("%s is refused", async (_what, shown) => {
		const rogue = await new Rogue().start(...shown());
		expect(await endOf(rogue.port)).toEqual(["tlsRefused", 0]);
		await rogue.stop();
	});

	test.each(KEY_EXCHANGES)(
		"with the broker's certificate and a key exchange of %s gets no key",
		async (_what, hash, by) => {
			const middleman = await new Middleman([genuine.cert, city.ca], hash, by).start();
			const lamp = lampAt(middleman.port);
			await lamp.next("stream", /^reached$/);
			const isRefused = () => lamp.said.some(({ rest }) => rest === "tlsRefused");
			await until("the lamp judges", () => isRefused() || middleman.isAccepted);
			expect(middleman.isAccepted).toBe(false);
			expect(lamp.said.map(({ rest }) => rest)).toContain("tlsRefused");
			await lamp.stop();
			await middleman.stop();
		},
	);
});

describe("a broker of the CMS", () => {
	let rsaCity: Authority;
	beforeAll(() => {
		rsaCity = new Authority(folder, "rsa-city", 2048);
	});
	const between = (name: string, of: Authority, rsa?: number) =>
		of.sign(name, { isAuthority: true, ...(rsa ? { rsa } : {}) });
	const rows: [what: string, shown: () => [ca: string, Identity, ...string[]]][] = [
		["with the authority behind it", () => [city.ca, genuine, city.ca]],
		["alone", () => [city.ca, genuine]],
		[
			"for clients and servers",
			() => {
				const purpose = "clientAuth,serverAuth";
				return [city.ca, city.sign("both", { ...HERE, purpose }), city.ca];
			},
		],
		["of RSA 2048", () => [city.ca, city.sign("rsa", { ...HERE, rsa: 2048 }), city.ca]],
		["of an authority of RSA 2048", () => [rsaCity.ca, rsaCity.sign("ec", HERE), rsaCity.ca]],
		[
			"behind an intermediate",
			() => {
				const by = between("between", city);
				return [city.ca, city.sign("below", { ...HERE, by }), by.cert, city.ca];
			},
		],
		[
			"behind an intermediate of RSA 4096",
			() => {
				const by = between("rsa-between", city, 4096);
				return [city.ca, city.sign("below-rsa", { ...HERE, by }), by.cert];
			},
		],
	];
	test.each(rows)("%s is taken", async (_what, shown) => {
		const [ca, id, ...behind] = shown();
		const broker = await new Rogue().start(id, ...behind);
		expect(await endOf(broker.port, ca)).toEqual(["open", 0]);
		await broker.stop();
	});
});
