/**
 * Order client: the simulator's own client at an external broker: sends orders and receives all
 * orders.
 *
 * It runs on the wall clock, as the broker does, and reconnects when the broker is back.
 */
import { connect, type Socket } from "node:net";
import mqtt, { type Packet } from "mqtt-packet";
import type { PublishOptions } from "./broker.js";

/** Pause before the next attempt, ms of wall clock. */
const RETRY = 1_000;
/** Keep-alive, seconds; it pings at half of it. */
const KEEP_ALIVE = 30;
/** Orders kept while the broker is away; a person at the page gives no more. */
const WAITING_MAX = 100;

export class OrderDesk {
	#socket: Socket | undefined;
	#connected = false;
	#closed = false;
	#messageId = 0;
	#timer: NodeJS.Timeout | undefined;
	#waiting: { topic: string; payload: Buffer; options: PublishOptions }[] = [];

	constructor(
		readonly host: string,
		readonly port: number,
		readonly filters: readonly string[],
		readonly onOrder: (topic: string, payload: Buffer) => void,
	) {
		this.#connect();
	}

	publish(topic: string, payload: string | Uint8Array, options: PublishOptions): void {
		const order = { topic, payload: Buffer.from(payload as Uint8Array), options };
		if (this.#connected) this.#sendOrder(order);
		else if (this.#waiting.length < WAITING_MAX) this.#waiting.push(order);
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#timer);
		if (this.#connected) this.#send({ cmd: "disconnect" });
		this.#socket?.end();
		this.#socket?.unref();
	}

	#connect(): void {
		const socket = connect({ host: this.host, port: this.port, noDelay: true });
		this.#socket = socket;
		const parser = mqtt.parser();
		parser.on("packet", (packet: Packet) => this.#onPacket(packet));
		parser.on("error", () => socket.destroy());
		socket.on("data", (bytes) => parser.parse(bytes));
		socket.on("error", () => {}); // `close` follows
		socket.on("close", () => {
			this.#connected = false;
			clearTimeout(this.#timer);
			if (!this.#closed) this.#timer = setTimeout(() => this.#connect(), RETRY);
		});
		socket.on("connect", () =>
			this.#send({
				cmd: "connect",
				protocolId: "MQTT",
				protocolVersion: 4,
				clientId: `street-desk-${process.pid}`,
				clean: true,
				keepalive: KEEP_ALIVE,
			}),
		);
	}

	#onPacket(packet: Packet): void {
		if (packet.cmd === "connack") this.#onConnack();
		else if (packet.cmd === "publish") {
			if (packet.qos === 1) this.#send({ cmd: "puback", messageId: packet.messageId ?? 0 });
			if (!packet.retain) this.onOrder(packet.topic, Buffer.from(packet.payload));
		}
	}

	#onConnack(): void {
		this.#connected = true;
		const subscriptions = this.filters.map((topic) => ({ topic, qos: 1 as const }));
		this.#send({ cmd: "subscribe", messageId: this.#nextId(), subscriptions });
		for (const order of this.#waiting) this.#sendOrder(order);
		this.#waiting = [];
		const ping = () => {
			this.#send({ cmd: "pingreq" });
			this.#timer = setTimeout(ping, KEEP_ALIVE * 500);
		};
		this.#timer = setTimeout(ping, KEEP_ALIVE * 500);
	}

	#sendOrder(order: { topic: string; payload: Buffer; options: PublishOptions }): void {
		this.#send({
			cmd: "publish",
			topic: order.topic,
			payload: order.payload,
			qos: order.options.qos ?? 1,
			retain: order.options.retain ?? false,
			dup: false,
			messageId: this.#nextId(),
		});
	}

	#nextId(): number {
		return (this.#messageId = (this.#messageId % 0xffff) + 1);
	}

	#send(packet: Packet): void {
		this.#socket?.write(mqtt.generate(packet));
	}
}
