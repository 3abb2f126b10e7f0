/**
 * External broker: lamps on real TCP connections to an external broker, at paced speeds only.
 *
 * The clock is held while an answer is due (connection, CONNACK, SUBACK, PUBACK, PINGRESP) for more
 * than `grace` of virtual time, and only for HOLD of wall clock each time: a broker that hangs must
 * not stop the street. Data from
 * the broker is stamped with the virtual instant of its arrival. Such runs are real, not
 * repeatable. TLS is Node's: it proves a lamp's request and its reaction to a failure, not the
 * lamp's own TLS.
 */
import { connect, isIP, type Socket } from "node:net";
import { checkServerIdentity, type PeerCertificate, connect as tlsConnect } from "node:tls";
import mqtt, { type Packet, type Parser } from "mqtt-packet";
import { INPUT, type InputKind } from "../../hosts/virtual/protocol.js";
import type { StreamEnd } from "../../src/host.js";
import type { BrokerListener, BrokerSide, PublishOptions } from "../network/broker/broker.js";
import type { LampStream, LampStreams } from "../network/streams.js";
import type { Target } from "../network/target.js";
import type { Admission, Watcher } from "../street/network.js";
import { OrderClient } from "./orderclient.js";

/** Longest wait for one answer, ms of wall clock: many times that of a broker on the same network. */
const HOLD = 500;
/** Packets of a lamp that a broker answers, by their name in mqtt-packet. */
const ANSWERED: readonly string[] = ["connect", "subscribe", "unsubscribe", "pingreq"];
const ANSWERS: readonly string[] = ["connack", "suback", "unsuback", "pingresp", "puback"];
const ENDS: Readonly<Record<string, StreamEnd>> = {
	ENOTFOUND: "nameUnknown",
	EAI_AGAIN: "nameUnknown",
	ETIMEDOUT: "timedOut",
	ECONNRESET: "closedByPeer",
	EPIPE: "closedByPeer",
};
/** Prefixes of Node's and OpenSSL's error codes for certificates and handshakes. */
const TLS_ERRORS = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/;

interface ExternalOptions {
	readonly ways: LampStreams;
	readonly ears: BrokerListener;
	readonly host: string;
	readonly port: number;
	/** All brokers by the names that the lamps have for them; absent: that one. */
	readonly addresses?: readonly Address[];
	/** Whether the broker is reached over TLS, for the client that observes orders. */
	readonly isSecure?: boolean;
	readonly watcher?: Watcher;
	/** Longest wait for one answer, ms of wall clock (HOLD). */
	readonly hold?: number;
	/** Virtual ms for one answer before the clock is held (0). */
	readonly grace?: number;
	/** A lamp's stored `tls.ca`, `tls.cert`, `tls.key`; absent: no TLS. */
	credential?(lamp: number, key: string): string | undefined;
	/** Filters of the topics of orders, for the checks; empty: none is observed. */
	readonly orderFilters: readonly string[];
	/** Virtual ms now, between two windows too. */
	now(): number;
}

interface Address {
	readonly name: string;
	readonly host: string;
	readonly port: number;
}

const REFUSALS: Readonly<Record<number, string>> = {
	1: "refused: protocol version",
	2: "refused: client identifier",
	3: "refused: broker not available",
	4: "refused: name or password",
	5: "refused: not authorised",
};

/** One lamp's connection. */
interface Line {
	readonly way: LampStream;
	readonly tls: Target["tls"];
	/** With TLS, the TLS socket from the handshake on. */
	socket: Socket;
	/** Answers due; the connection itself is one. */
	due: number;
	timer: NodeJS.Timeout | undefined;
	end: StreamEnd;
	/** The broker's own reason in a CONNACK, or that of a handshake. */
	refusal: string | undefined;
	readonly sent: Parser;
	readonly got: Parser;
}

export class ExternalBroker implements BrokerSide {
	readonly #options: ExternalOptions;
	readonly #lines = new Map<LampStream, Line>();
	readonly #desk: OrderClient | undefined;
	readonly #addresses: readonly Address[];
	/** Lamps that came online; of the others the latest reason. */
	readonly #online = new Set<number>();
	readonly #reasons = new Map<number, string>();
	/** Lines that an answer is due on, the oldest first: since when, virtual ms. */
	readonly #due = new Map<Line, number>();
	#released: (() => void) | undefined;
	#quiet: Promise<void> | undefined;

	constructor(options: ExternalOptions) {
		this.#options = options;
		const { host, port, orderFilters, ears, isSecure = false, watcher = {} } = options;
		this.#addresses = options.addresses ?? [{ name: host, host, port }];
		if (orderFilters.length === 0) return;
		const where = { host, port, isSecure, ...watcher };
		this.#desk = new OrderClient(where, orderFilters, (topic, payload) =>
			ears.onOrder(options.now(), topic, payload),
		);
	}

	get url(): string {
		const { host, port, isSecure } = this.#options;
		return `${isSecure ? "mqtts" : "mqtt"}://${host}:${port}`;
	}

	/** Lamps `first` and on that came online, and the reasons of the others. */
	admissionOf(first: number, lamps: number): Admission {
		const reasons = new Map<string, number>();
		for (let lamp = first; lamp < first + lamps; lamp++) {
			if (this.#online.has(lamp)) continue;
			const reason = this.#reasons.get(lamp) ?? "did not try";
			reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
		}
		return { online: this.#online.size, reasons };
	}

	onOpen(way: LampStream, at: number, target: Target): void {
		const { ways } = this.#options;
		const arrival = ways.arrival(way, at);
		const refused = this.#refusal(target, way.lamp);
		if (refused) {
			const isTrustless = refused === "tlsRefused";
			this.#reasons.set(way.lamp, isTrustless ? `${refused}: no authority (--ca)` : refused);
			ways.sendEnd(way, arrival, refused);
			return;
		}
		const { tls } = target;
		const { host, port } = this.#addressOf(target)!;
		const socket = connect({ host, port, noDelay: true });
		const sent = mqtt.parser();
		const got = mqtt.parser();
		const end = "unreachable";
		const line: Line = {
			way,
			tls,
			socket,
			due: 0,
			timer: undefined,
			end,
			refusal: undefined,
			sent,
			got,
		};
		this.#lines.set(way, line);
		sent.on("packet", (packet: Packet) => this.#onSent(line, packet));
		got.on("packet", (packet: Packet) => {
			if (ANSWERS.includes(packet.cmd)) this.#answered(line);
			if (packet.cmd !== "connack") return;
			if (packet.returnCode === 0) this.#online.add(way.lamp);
			else line.refusal = REFUSALS[packet.returnCode!] ?? `refused: ${packet.returnCode}`;
		});
		for (const parser of [sent, got]) parser.on("error", () => {}); // each side reports its own
		this.#expect(line);
		socket.on("connect", () => this.#connected(line, tls ? INPUT.streamReached : INPUT.streamOpen));
		this.#listen(line);
		if (!tls) this.#read(line);
	}

	onSecure(way: LampStream): void {
		const line = this.#lines.get(way);
		if (!line?.tls) return;
		line.socket = this.#secured(line.socket, line.tls, way.lamp);
		this.#expect(line);
		line.socket.on("secureConnect", () => this.#connected(line, INPUT.streamOpen));
		this.#listen(line);
		this.#read(line);
	}

	onBytes(way: LampStream, _at: number, bytes: Uint8Array): void {
		const line = this.#lines.get(way);
		if (!line) return;
		const copy = Buffer.from(bytes);
		line.sent.parse(copy);
		line.socket.write(copy, () =>
			this.#options.ways.reached(way, this.#options.now(), copy.length),
		);
	}

	onClose(way: LampStream): void {
		this.#lines.get(way)?.socket.end();
	}

	/** Data is sent down on arrival; the clock stops here if none has come. */
	nextDue(): number {
		return this.#dueBy;
	}

	work(): void {} // sockets work by themselves

	quiet(): Promise<void> | undefined {
		if (!this.#isOverdue) return undefined;
		return (this.#quiet ??= new Promise((resolve) => {
			this.#released = resolve;
		}));
	}

	publish(topic: string, payload: string | Uint8Array, options: PublishOptions): void {
		this.#desk?.publish(topic, payload, options);
	}

	async close(): Promise<void> {
		this.#desk?.close();
		for (const line of this.#lines.values()) line.socket.destroy();
	}

	/** Lamps reach only the given brokers: no other host exists in this street. */
	#refusal(target: Target, lamp: number): StreamEnd | undefined {
		if (target.tls && !this.#credential(lamp, "ca")) return "tlsRefused"; // no CA to trust
		if (!this.#addresses.some(({ name }) => name === target.host)) return "nameUnknown";
		return this.#addressOf(target) ? undefined : "unreachable";
	}

	/** The lamps' address list has one port; several brokers are known by their names. */
	#addressOf({ host, port }: Target): Address | undefined {
		const address = this.#addresses.find(({ name }) => name === host);
		return address && (this.#addresses.length > 1 || address.port === port) ? address : undefined;
	}

	#credential(lamp: number, name: string): string | undefined {
		return this.#options.credential?.(lamp, `tls.${name}`);
	}

	#secured(socket: Socket, tls: NonNullable<Target["tls"]>, lamp: number): Socket {
		const { serverName, date } = tls;
		return tlsConnect({
			// A controller's version. In 1.3 a refused certificate is reported after the handshake.
			socket,
			minVersion: "TLSv1.2",
			maxVersion: "TLSv1.2",
			ca: this.#credential(lamp, "ca"),
			cert: this.#credential(lamp, "cert"),
			key: this.#credential(lamp, "key"),
			servername: isIP(serverName) ? "" : serverName, // RFC 6066: no addresses
			checkServerIdentity: (_name, certificate) =>
				checkServerIdentity(serverName, certificate) ?? checkDate(certificate, date),
		});
	}

	#connected(line: Line, kind: InputKind): void {
		const { ways, now } = this.#options;
		line.end = "closedByPeer";
		if (line.way.live) ways.send(line.way, now(), kind, 0);
		else line.socket.destroy(); // the lamp was reset meanwhile
		this.#answered(line);
	}

	#read({ socket, way, got }: Line): void {
		const { ways, now } = this.#options;
		socket.on("data", (bytes: Buffer) => {
			if (way.live) ways.sendBytes(way, now(), bytes);
			got.parse(bytes);
		});
	}

	#listen(line: Line): void {
		const { ways, now } = this.#options;
		const { socket, way } = line;
		socket.on("error", (error: NodeJS.ErrnoException) => {
			const code = error.code ?? "";
			line.end = TLS_ERRORS.test(code) ? "tlsRefused" : (ENDS[code] ?? line.end);
			if (line.end === "tlsRefused") line.refusal = `tlsRefused: ${reasonOf(error)}`;
		});
		socket.on("close", () => {
			if (line.socket !== socket) return; // the TLS socket above it reports
			this.#reasons.set(way.lamp, line.refusal ?? line.end);
			if (way.live) ways.sendEnd(way, now(), line.end);
			this.#lines.delete(way);
			this.#release(line);
		});
	}

	#onSent(line: Line, packet: Packet): void {
		if (packet.cmd === "publish") {
			const payload = Buffer.from(packet.payload);
			this.#options.ears.onReport(this.#options.now(), packet.topic, payload);
			if (packet.qos > 0) this.#expect(line);
		} else if (ANSWERED.includes(packet.cmd)) this.#expect(line);
	}

	#expect(line: Line): void {
		line.due++;
		if (!this.#due.has(line)) this.#due.set(line, this.#options.now());
		clearTimeout(line.timer);
		line.timer = setTimeout(() => this.#release(line), this.#options.hold ?? HOLD);
	}

	#answered(line: Line): void {
		if (line.due === 0) return;
		if (--line.due === 0) {
			this.#release(line);
			return;
		}
		this.#due.delete(line); // the next answer is due since about now
		this.#due.set(line, this.#options.now());
		this.#goOn();
	}

	#release(line: Line): void {
		line.due = 0;
		clearTimeout(line.timer);
		this.#due.delete(line);
		this.#goOn();
	}

	/** The end of the grace of the oldest answer that is due. */
	get #dueBy(): number {
		const oldest = this.#due.values().next();
		return oldest.done ? Infinity : oldest.value + (this.#options.grace ?? 0);
	}

	get #isOverdue(): boolean {
		return this.#options.now() >= this.#dueBy;
	}

	/** With all that has arrived: else the next answer, which is there too, holds the clock again. */
	#goOn(): void {
		const released = this.#released;
		if (!released || this.#isOverdue) return;
		this.#released = this.#quiet = undefined;
		setImmediate(released);
	}
}

/** Certificates are also checked by the lamp's date; Node has checked them by its own. */
function checkDate({ valid_to }: PeerCertificate, date: number): Error | undefined {
	if (date <= Date.parse(valid_to)) return undefined;
	const dates = `ended on ${iso(valid_to)}, before the lamp's ${iso(date)}`;
	return Object.assign(new Error(`the certificate ${dates}`), { code: "CERT_NOT_VALID" });
}

const iso = (date: string | number): string => new Date(date).toISOString().slice(0, 19);

/** OpenSSL's reason without its numbers: `error:0A000410:SSL routines::ssl/tls alert ...`. */
function reasonOf({ message }: Error): string {
	const [line = ""] = message.trim().split("\n");
	return line.replace(/^.*SSL routines:[^:]*:/, "").replace(/:\.\.\/.*$/, "");
}
