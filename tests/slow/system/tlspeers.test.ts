/**
 * The controller's TLS in C at real and at lying peers: `openssl s_server` of every kind, rogues, peers that
 * are cut off or drip, and a fuzzer.
 */
import { spawnSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { der } from "../../hosts/moddable/forge.js";
import { scaled } from "../../support/scale.js";
import { KEY_EXCHANGES, Middleman, signedAs } from "../desktop/rogues.js";
import { Authority, type Identity } from "../support/certificates.js";
import { Driver, hex, Native } from "../support/native.js";
import { freePort, Program } from "../support/programs.js";

const native = new Native();
let folder: string;
let driver: Driver;
let ec: Authority;
let rsa: Authority;
let stranger: Authority;
let genuine: Identity;
const HERE = { san: "DNS:localhost,IP:127.0.0.1" };

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-"));
	ec = new Authority(folder, "ec");
	rsa = new Authority(folder, "rsa", 2048);
	stranger = new Authority(folder, "stranger");
	genuine = ec.sign("broker", HERE);
	driver = new Driver(native.build("driver"));
});
afterAll(async () => {
	const status = await driver.end();
	native.remove();
	rmSync(folder, { recursive: true });
	expect([status, status === 0 || driver.output]).toEqual([0, true]);
});

const rawOf = (pem: string): string => hex(new X509Certificate(pem).raw);
const keyOf = (pem: string): string =>
	hex(createPrivateKey(pem).export({ format: "der", type: "pkcs8" }));

/** Connects, sends a word, and reads the line that it becomes. */
interface Call {
	readonly port: number;
	readonly ca?: Authority;
	readonly own?: Identity | undefined;
	readonly name?: string;
	readonly date?: number;
	/** The most bytes that are read at once; 0: all. */
	readonly step?: number;
}
const call = ({ port, ca = ec, own, name = "localhost", date = Date.now(), step = 0 }: Call) =>
	driver.ask(
		"connect",
		port,
		name,
		date,
		rawOf(ca.ca),
		own ? rawOf(own.cert) : "-",
		own ? keyOf(own.key) : "-",
		"hello",
		step,
	);

/** A server that reverses lines. */
async function serve(id: Identity, behind: readonly string[], ...more: string[]) {
	const port = await freePort();
	const path = `${id.certPath}.chain`;
	writeFileSync(path, behind.join("\n"));
	const chain = behind.length > 0 ? ["-cert_chain", path] : [];
	const where = ["s_server", "-accept", `127.0.0.1:${port}`, "-rev"];
	const shown = ["-cert", id.certPath, "-key", id.keyPath, ...chain];
	const program = new Program("openssl", [...where, ...shown, ...more], "pipe");
	running.add(program);
	await program.says(/ACCEPT/);
	return { port, stop: () => program.stop("SIGKILL") };
}
const running = new Set<Program>();
afterEach(async () => {
	for (const program of running) await program.stop("SIGKILL");
	running.clear();
});

describe("openssl s_server", () => {
	const kinds = [12, 13].flatMap((version) =>
		["ec", "rsa"].flatMap((broker) =>
			["ec", "rsa"].flatMap((authority) =>
				["no", "ec", "rsa"].map(
					(certificate) => [version, broker, authority, certificate] as const,
				),
			),
		),
	);
	// security: 5.5-1
	test.each(kinds)(
		"TLS %i, a broker of %s, an authority of %s, %s certificate of the lamp's own",
		async (version, broker, authority, certificate) => {
			const ca = authority === "ec" ? ec : rsa;
			const id = ca.sign(`${broker}-broker`, {
				...HERE,
				...(broker === "rsa" ? { rsa: 2048 } : {}),
			});
			const mine =
				certificate === "no"
					? undefined
					: ca.sign(`${certificate}-lamp`, certificate === "rsa" ? { rsa: 2048 } : {});
			const asks = mine ? ["-Verify", "1", "-verify_return_error", "-CAfile", ca.caPath] : [];
			const server = await serve(id, [], `-tls1_${version - 10}`, ...asks);
			const callOptions = { port: server.port, ca, own: mine };
			const answers = [
				await call(callOptions),
				await call(callOptions),
				await call({ ...callOptions, step: 7 }),
			];
			await server.stop();
			expect(answers).toEqual([
				`done ${version} full olleh`,
				...Array(2).fill(`done ${version} resumed olleh`),
			]);
		},
	);
	test.each([
		["AES-256", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384"],
		["ChaCha20", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"],
		["X25519", "-groups", "X25519"],
		["P-384", "-groups", "P-384"],
	])("with %s in both versions", async (_what, option, value) => {
		const version = option === "-cipher" ? ["-tls1_2"] : [];
		const server = await serve(genuine, [], ...version, option, value);
		expect(await call({ port: server.port })).toMatch(/^done 1[23] full olleh$/);
		await server.stop();
	});
	test.each([
		["TLS 1.1 alone", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
		["suites without forward secrecy", "-tls1_2", "-cipher", "AES128-GCM-SHA256"],
		["suites of CBC", "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256"],
	])("that has %s is refused", async (_what, ...more) => {
		const server = await serve(genuine, [], ...more);
		expect(await call({ port: server.port })).toMatch(/^(byPeer|protocol|ended)$/);
		await server.stop();
	});
	test("that asks for a certificate gets none from a lamp without one, and ends", async () => {
		const asks = ["-Verify", "1", "-verify_return_error", "-CAfile", ec.caPath];
		for (const version of ["-tls1_2", "-tls1_3"]) {
			const server = await serve(genuine, [], version, ...asks);
			expect(await call({ port: server.port })).not.toContain("olleh");
			await server.stop();
		}
	});
	// security: a session that was resumed
	test("whose session was resumed is refused on the day after its certificate", async () => {
		const server = await serve(genuine, []);
		const later = Date.now() + 31 * 86_400_000;
		await driver.ask("forget");
		expect(await call({ port: server.port })).toContain("full");
		expect(await call({ port: server.port })).toContain("resumed");
		expect(await call({ port: server.port, date: later })).toBe("date");
		await server.stop();
	});
	test("whose session belongs to another name is asked for its certificates", async () => {
		const server = await serve(genuine, []);
		await driver.ask("forget");
		expect(await call({ port: server.port })).toContain("full");
		expect(await call({ port: server.port, name: "elsewhere" })).toBe("chain");
		expect(await call({ port: server.port, name: "127.0.0.1" })).toContain("full olleh");
		await server.stop();
	});
});

describe("a server that is no broker of the CMS", () => {
	const integer = (text: string) => der(2, Buffer.from(text, "hex"));
	const numbers = (r: string, s: string) => der(0x30, integer(r), integer(s));
	const R = "11".repeat(32);
	const N = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
	const untrusted = (name: string, signature?: Uint8Array): [Identity, ...string[]] => {
		const id = stranger.sign(name, HERE);
		return [signature ? signedAs(id, signature) : id, stranger.ca];
	};
	const rows: [what: string, refusal: string, shown: () => [Identity, ...string[]]][] = [
		["of another city", "chain", () => untrusted("plain")],
		["whose leaf is signed with s = 0", "chain", () => untrusted("zero", numbers(R, "00"))],
		["whose leaf is signed with s = n", "chain", () => untrusted("order", numbers(R, `00${N}`))],
		...(["00", "ff", `00${N}`].map((s) => [
			`whose leaf names our authority and is signed with s = ${s.slice(0, 4)}`,
			"signature",
			() => [signedAs(ec.sign(`forged-${s.slice(0, 4)}`, HERE), numbers(R, s)), ec.ca],
		]) as [string, string, () => [Identity, string]][]),
		[
			"that shows the city's own certificate behind its own",
			"chain",
			() => [stranger.sign("a", HERE), ec.ca],
		],
		[
			"that shows the broker's and the city's behind its own",
			"chain",
			() => [stranger.sign("b", HERE), genuine.cert, ec.ca],
		],
		[
			"whose leaf another lamp's key has signed",
			"chain",
			() => {
				const lamp = ec.sign("lamp");
				return [ec.sign("by-lamp", { ...HERE, by: lamp }), lamp.cert, ec.ca];
			},
		],
		[
			"with RSA of 8192 bits between",
			"chain",
			() => {
				const by = ec.sign("huge", { rsa: 8192, isAuthority: true });
				return [ec.sign("by-huge", { ...HERE, by }), by.cert, ec.ca];
			},
		],
		[
			"that shows a client's certificate of the city",
			"chain",
			() => [ec.sign("client", { ...HERE, purpose: "clientAuth" }), ec.ca],
		],
		["for another name", "chain", () => [ec.sign("other", { san: "DNS:elsewhere.example" })]],
		["out of date", "date", () => [ec.sign("old", { ...HERE, from: -9, to: -2 })]],
	];
	// security: 5.5-1
	test.each(rows)("%s is refused: %s, in both versions", async (_what, refusal, shown) => {
		const [id, ...behind] = shown();
		const answers = [];
		for (const version of ["-tls1_2", "-tls1_3"]) {
			const server = await serve(id, behind, version);
			answers.push(await call({ port: server.port }));
			await server.stop();
		}
		expect(answers).toEqual([refusal, refusal]);
	});
	// security: the SDK's own TLS
	test.each(KEY_EXCHANGES)(
		"with the broker's certificate and a key exchange of %s gets no key",
		async (_what, hash, by) => {
			const middleman = await new Middleman([genuine.cert, ec.ca], hash, by).start();
			expect(await call({ port: middleman.port })).toBe("protocol");
			expect(middleman.isAccepted).toBe(false);
			await middleman.stop();
		},
	);
});

describe("a peer", () => {
	/** Stands between the lamp and a server, and passes the server's bytes on as `pass` says. */
	async function between(to: number, pass: (bytes: Buffer, lamp: Socket, sent: number) => void) {
		const sockets: Socket[] = [];
		const server: Server = createServer((lamp) => {
			const broker = dial(to, "127.0.0.1");
			let sent = 0;
			lamp.setNoDelay(true);
			for (const socket of [lamp, broker]) socket.on("error", () => {});
			lamp.on("data", (bytes) => broker.write(bytes));
			broker.on("data", (bytes) => {
				pass(bytes, lamp, sent);
				sent += bytes.length;
			});
			for (const socket of [lamp, broker])
				socket.on("close", () => [lamp, broker].map((each) => each.destroy()));
			sockets.push(lamp, broker);
		});
		const port = await freePort();
		await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
		const stop = () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		};
		return { port, stop };
	}
	const versions = [["-tls1_2"], ["-tls1_3"]];
	// security: a peer that is cut off, drips
	test.each(versions)("cut off after any number of bytes ends the attempt: %s", async (version) => {
		const server = await serve(genuine, [ec.ca], version);
		await driver.ask("forget");
		let most = 0;
		const relay = await between(server.port, (bytes, lamp, sent) => {
			most = sent + bytes.length;
			lamp.write(bytes);
		});
		await call({ port: relay.port });
		relay.stop();
		expect(most).toBeGreaterThan(1000);
		const seen = new Set<string>();
		for (let end = 0; end < most - 100; end += scaled(61, 7)) {
			await driver.ask("forget");
			const cut = await between(server.port, (bytes, lamp, sent) => {
				if (sent + bytes.length > end) lamp.end(bytes.subarray(0, Math.max(0, end - sent)));
				else lamp.write(bytes);
			});
			seen.add(await call({ port: cut.port }));
			cut.stop();
		}
		await server.stop();
		expect(
			[...seen].filter((answer) => !/^(ended|protocol|done 1[23] full )$/.test(answer)),
		).toEqual([]);
		expect(seen).toContain("ended");
	});
	test.each(versions)("that drips byte by byte is waited for: %s", async (version) => {
		const server = await serve(genuine, [ec.ca], version);
		await driver.ask("forget");
		const dripping = await between(server.port, (bytes, lamp) => {
			for (const byte of bytes) lamp.write(Buffer.of(byte));
		});
		expect(await call({ port: dripping.port, step: 1 })).toMatch(/^done 1[23] full olleh$/);
		dripping.stop();
		await server.stop();
	});
	test("that says nothing is waited for, without an end of its own", async () => {
		const server = await serve(genuine, []);
		const silent = await between(server.port, () => {});
		expect(await call({ port: silent.port })).toBe("waits");
		silent.stop();
		await server.stop();
	});
	test("that talks another language is refused at once", async () => {
		const server = await serve(genuine, []);
		for (const text of [
			"HTTP/1.1 400 Bad Request\r\n\r\n",
			"\x16\x03\x03\xff\xff".padEnd(70_000, "x"),
		]) {
			const other = await between(server.port, (_bytes, lamp) => lamp.write(text, "latin1"));
			expect(await call({ port: other.port })).toBe("protocol");
			other.stop();
		}
		await server.stop();
	});
});

// security: 5.5-2
// security: a peer that is cut off, drips
test("damaged bytes of a server, and damaged certificates: no byte that nobody wrote (seed 7)", () => {
	const fuzz = native.build("fuzz");
	const [ca, leaf] = [rawOf(ec.ca), rawOf(genuine.cert)];
	const count = scaled(400, 20_000);
	const args = ["7", count, Date.now(), ca, leaf, keyOf(genuine.key), "localhost"];
	const { stdout, stderr, status } = spawnSync(fuzz, args.map(String), { encoding: "utf8" });
	expect([status, stderr]).toEqual([0, ""]);
	const [, sessions, undamaged, read] = /(\d+) sessions, (\d+) undamaged, (\d+) read/.exec(stdout)!;
	expect(Number(sessions)).toBe(count);
	expect(Number(undamaged)).toBeGreaterThan(0);
	expect(Number(read)).toBeLessThan(count);
});
