/**
 * Rogues: TLS servers that lie: certificates whose signatures are none, and a key exchange that nobody signed.
 */
import { createECDH, X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { der } from "../../hosts/moddable/forge.js";
import type { Identity } from "../support/certificates.js";
import { freePort, Program } from "../support/programs.js";

/** The same certificate with other bytes for its signature; its key stays. */
export function signedAs({ cert, certPath, ...rest }: Identity, signature: Uint8Array): Identity {
	const { raw } = new X509Certificate(cert);
	const lengthOf = (at: number): number => 4 + raw.readUInt16BE(at + 2); // both have a length of two bytes
	const tbs = raw.subarray(4, 4 + lengthOf(4));
	const algorithm = raw.subarray(4 + tbs.length, 4 + tbs.length + 2 + raw[4 + tbs.length + 1]!);
	const made = der(0x30, tbs, algorithm, der(0x03, Buffer.of(0), signature));
	const lines = made.toString("base64").match(/.{1,64}/g)!;
	const pem = ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
	writeFileSync(certPath, pem);
	return { ...rest, cert: pem, certPath };
}

/** `openssl s_server` on the loopback: shows a certificate and whatever follows it. */
export class Rogue {
	port = 0;
	#program: Program | undefined;

	async start(id: Identity, ...behind: string[]): Promise<this> {
		this.port = await freePort();
		const path = `${id.certPath}.chain`;
		writeFileSync(path, behind.join("\n"));
		const chain = behind.length > 0 ? ["-cert_chain", path] : [];
		const where = ["s_server", "-accept", `127.0.0.1:${this.port}`, "-quiet"];
		const shown = ["-cert", id.certPath, "-key", id.keyPath, ...chain];
		this.#program = new Program("openssl", [...where, ...shown], "pipe");
		await this.#program.says(/^/);
		return this;
	}

	async stop(): Promise<void> {
		await this.#program?.stop("SIGKILL");
	}
}

/** Handshake messages of a client, by their type, as they come in the clear. */
const CLIENT_KEY_EXCHANGE = 16;

/** Key exchanges of a middleman: what is wrong, hash and signature algorithm (RFC 5246, 7.4.1.4.1). */
export const KEY_EXCHANGES: readonly [what: string, hash: number, by: number][] = [
	["no hash and no signature", 0, 0],
	["no hash", 0, 3],
	["a hash that nobody offered", 9, 3],
	["a signature that nobody offered", 4, 7],
	["DSA", 4, 2],
	["SHA-1", 2, 3],
	["the algorithms offered, and a forgery", 4, 3],
];

/**
 * Has the certificates alone, not their key: sends them, and a key exchange of its own with the given
 * algorithms and a signature that nobody made. `isAccepted`: the client went on.
 */
export class Middleman {
	port = 0;
	isAccepted = false;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();

	constructor(chain: readonly string[], hash: number, signer: number) {
		const certificates = chain.map((pem) => new X509Certificate(pem).raw);
		this.#server = createServer((socket) => {
			this.#sockets.add(socket);
			socket.on("error", () => {});
			let isGreeted = false;
			socket.on("data", (bytes) => {
				if (isGreeted) this.isAccepted ||= bytes[0] === 22 && bytes[5] === CLIENT_KEY_EXCHANGE;
				else socket.write(flight(certificates, hash, signer));
				isGreeted = true;
			});
		});
	}

	async start(): Promise<this> {
		this.port = await freePort();
		await new Promise<void>((done) => this.#server.listen(this.port, "127.0.0.1", done));
		return this;
	}

	async stop(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		await new Promise((done) => this.#server.close(done));
	}
}

/** ServerHello to ServerHelloDone (RFC 5246, 7.4), a record each. */
function flight(certificates: readonly Uint8Array[], hash: number, signer: number): Buffer {
	const sized = (count: 1 | 2 | 3, bytes: Uint8Array): Buffer => {
		const size = Buffer.alloc(count);
		size.writeUIntBE(bytes.length, 0, count);
		return Buffer.concat([size, bytes]);
	};
	const message = (type: number, body: Uint8Array): Buffer => {
		const text = Buffer.concat([Buffer.of(type), sized(3, body)]);
		return Buffer.concat([Buffer.of(22, 3, 3), sized(2, text)]);
	};
	const point = createECDH("prime256v1").generateKeys();
	const hello = Buffer.concat([Buffer.of(3, 3), Buffer.alloc(32, 7), Buffer.of(0, 0xc0, 0x2b, 0)]);
	const list = sized(3, Buffer.concat(certificates.map((certificate) => sized(3, certificate))));
	const signature = sized(2, Buffer.from("3006020101020101", "hex"));
	const exchange = [Buffer.of(3, 0, 23), sized(1, point), Buffer.of(hash, signer), signature];
	const done = message(14, Buffer.alloc(0));
	return Buffer.concat([
		message(2, hello),
		message(11, list),
		message(12, Buffer.concat(exchange)),
		done,
	]);
}
