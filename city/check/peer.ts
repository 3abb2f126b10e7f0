/**
 * Peer: one MQTT 3.1.1 connection, packet by packet, for checks that a client library would hide:
 * DUP, packet identifiers, a withheld PUBACK, silence.
 */
import { connect, type Socket } from "node:net";
import { type TLSSocket, connect as tlsConnect } from "node:tls";
import mqtt, { type IConnectPacket, type IPublishPacket, type Packet } from "mqtt-packet";
import type { Address } from "../broker.js";

interface Session {
	readonly clientId: string;
	readonly clean?: boolean;
	/** Seconds. */
	readonly keepalive?: number;
	readonly will?: IConnectPacket["will"];
	/** ms of silence on the open connection before CONNECT, as a lamp's light rises. */
	readonly silence?: number;
	/** Index of the address in the list. */
	readonly at?: number;
	/** Seconds that an MQTT 5 client asks the broker to keep its session; without it MQTT 3.1.1. */
	readonly expiry?: number;
}

/** A connection that did not come about, with the broker's return code if it gave one. */
export class Refused extends Error {
	constructor(
		message: string,
		readonly returnCode: number | undefined,
	) {
		super(message);
	}
}

export class Peer {
	/** Messages in the order of their arrival. */
	readonly messages: IPublishPacket[] = [];
	sessionPresent = false;
	/** Seconds that the broker grants instead of `expiry`; undefined: it does not say. */
	granted: number | undefined;
	isClosed = false;
	/** Whether messages are acknowledged as they come. */
	isAcknowledging = true;
	readonly #socket: Socket;
	readonly #within: number;
	readonly #packets: Packet[] = [];
	#wake: (() => void) | undefined;
	#id = 0;

	private constructor(socket: Socket, within: number, protocolVersion: 4 | 5) {
		this.#socket = socket;
		this.#within = within;
		const parser = mqtt.parser({ protocolVersion });
		parser.on("packet", (packet: Packet) => this.#receive(packet));
		parser.on("error", () => socket.destroy());
		socket.on("data", (bytes) => parser.parse(bytes));
		socket.on("error", () => {}); // `close` follows
		socket.on("close", () => {
			this.isClosed = true;
			this.#wake?.();
		});
	}

	/** `within`: ms for each answer. Rejects with `Refused`. */
	static async open(address: Address, session: Session, within: number): Promise<Peer> {
		const socket = await socketOf(address, session.at ?? 0, within);
		const { clientId, clean = true, keepalive = 60, will, expiry } = session;
		const protocolVersion = expiry === undefined ? 4 : 5;
		const peer = new Peer(socket, within, protocolVersion);
		if (session.silence) await pause(session.silence);
		const { user, password } = address;
		peer.#send({
			cmd: "connect",
			protocolId: "MQTT",
			protocolVersion,
			clientId,
			clean,
			keepalive,
			...(expiry === undefined ? {} : { properties: { sessionExpiryInterval: expiry } }),
			...(will ? { will } : {}),
			...(user === undefined ? {} : { username: user }),
			...(password === undefined ? {} : { password: Buffer.from(password) }),
		});
		const answer = await peer.#next(({ cmd }) => cmd === "connack", Math.max(within, 5_000));
		if (answer?.cmd === "connack" && (answer.returnCode ?? answer.reasonCode) === 0) {
			peer.sessionPresent = answer.sessionPresent;
			peer.granted = answer.properties?.sessionExpiryInterval;
			return peer;
		}
		socket.destroy();
		const code = answer?.cmd === "connack" ? (answer.returnCode ?? answer.reasonCode) : undefined;
		const why = code === undefined ? "closed without an answer" : `return code ${code}`;
		throw new Refused(`CONNECT is refused: ${why}`, code);
	}

	get socket(): Socket {
		return this.#socket;
	}

	/** Return codes, one for each filter if the broker is right; undefined: none came. */
	async subscribe(...filters: string[]): Promise<readonly number[] | undefined> {
		const messageId = this.#newId();
		const subscriptions = filters.map((topic) => ({ topic, qos: 1 as const }));
		this.#send({ cmd: "subscribe", messageId, subscriptions });
		const answer = await this.#next(
			(packet) => packet.cmd === "suback" && packet.messageId === messageId,
		);
		return answer?.cmd === "suback" ? (answer.granted as number[]) : undefined;
	}

	/** @returns whether the broker acknowledged */
	async publish(topic: string, payload: string | Buffer, retain = false): Promise<boolean> {
		const messageId = this.push(topic, payload, retain);
		const answer = await this.#next(
			(packet) => packet.cmd === "puback" && packet.messageId === messageId,
		);
		return answer !== undefined;
	}

	/** Publishes at QoS 1 without waiting. @returns the packet identifier */
	push(topic: string, payload: string | Buffer, retain = false): number {
		const messageId = this.#newId();
		this.#send({ cmd: "publish", topic, payload, qos: 1, retain, dup: false, messageId });
		return messageId;
	}

	/** Publishes at QoS 0, which is not acknowledged. */
	pass(topic: string, payload: string): void {
		this.#send({ cmd: "publish", topic, payload, qos: 0, retain: false, dup: false });
	}

	/**
	 * Waits until `count` messages have come on that topic (undefined: on any), or until none has come
	 * for `within` ms. As long as messages come it waits, so that a slow broker does not seem to lose any.
	 */
	async receive(
		topic: string | undefined,
		count = 1,
		within = this.#within,
	): Promise<IPublishPacket[]> {
		let got: IPublishPacket[] = [];
		for (let until = performance.now() + within; ; await this.#wait(until - performance.now())) {
			const now = this.messages.filter((message) => message.topic === (topic ?? message.topic));
			if (now.length > got.length) until = performance.now() + within;
			got = now;
			if (got.length >= count || this.isClosed || performance.now() >= until) return got;
		}
	}

	acknowledge({ messageId }: IPublishPacket): void {
		if (messageId !== undefined) this.#send({ cmd: "puback", messageId });
	}

	async ping(): Promise<boolean> {
		this.#send({ cmd: "pingreq" });
		return (await this.#next(({ cmd }) => cmd === "pingresp")) !== undefined;
	}

	/** Waits for the broker to close. @returns ms until then; undefined: it did not */
	async closes(within: number): Promise<number | undefined> {
		const from = performance.now();
		while (!this.isClosed && performance.now() - from < within)
			await this.#wait(within - (performance.now() - from));
		return this.isClosed ? performance.now() - from : undefined;
	}

	/**
	 * An orderly end. The broker closes, for it has read DISCONNECT then: a close that overtakes it
	 * has the will published by a RabbitMQ that is busy.
	 */
	async leave(): Promise<void> {
		if (this.isClosed) return;
		this.#send({ cmd: "disconnect" });
		await this.closes(1_000);
		this.#socket.destroy();
	}

	/** As a lamp whose power is cut. */
	cut(): void {
		this.#socket.destroy();
	}

	#receive(packet: Packet): void {
		if (packet.cmd === "publish") {
			this.messages.push(packet);
			if (this.isAcknowledging && packet.qos > 0) this.acknowledge(packet);
		} else this.#packets.push(packet);
		this.#wake?.();
	}

	async #next(
		isIt: (packet: Packet) => boolean,
		within = this.#within,
	): Promise<Packet | undefined> {
		const until = performance.now() + within;
		for (;;) {
			const at = this.#packets.findIndex(isIt);
			if (at >= 0) return this.#packets.splice(at, 1)[0];
			if (this.isClosed || performance.now() >= until) return undefined;
			await this.#wait(until - performance.now());
		}
	}

	#wait(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const go = () => {
				clearTimeout(timer);
				resolve();
			};
			const timer = setTimeout(go, ms);
			this.#wake = go;
		});
	}

	#newId(): number {
		this.#id = (this.#id % 65_535) + 1;
		return this.#id;
	}

	#send(packet: Packet): void {
		if (!this.isClosed) this.#socket.write(mqtt.generate(packet));
	}
}

/** TCP, and TLS 1.2 as a lamp's controller has it. */
async function socketOf(
	{ urls, ca, cert, key }: Address,
	at: number,
	within: number,
): Promise<Socket> {
	const url = urls[at]!;
	const isSecure = url.protocol === "mqtts:";
	const port = Number(url.port || (isSecure ? 8883 : 1883));
	const host = url.hostname;
	const socket: Socket | TLSSocket = isSecure
		? tlsConnect({
				host,
				port,
				minVersion: "TLSv1.2",
				maxVersion: "TLSv1.2",
				...(ca === undefined ? {} : { ca }),
				...(cert === undefined ? {} : { cert }),
				...(key === undefined ? {} : { key }),
				servername: /^[\d.]+$|:/.test(host) ? "" : host,
			})
		: connect({ host, port });
	socket.setNoDelay(true);
	await new Promise<void>((resolve, reject) => {
		const fail = (why: string) => {
			socket.destroy();
			reject(new Refused(`no connection to ${url.host}: ${why}`, undefined));
		};
		const timer = setTimeout(() => fail("no answer in time"), Math.max(within, 5_000));
		socket.once("error", ({ message, code }: NodeJS.ErrnoException) => {
			clearTimeout(timer);
			fail(code === "ECONNREFUSED" ? "nothing listens there" : message);
		});
		socket.once(isSecure ? "secureConnect" : "connect", () => {
			clearTimeout(timer);
			resolve();
		});
	});
	return socket;
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
