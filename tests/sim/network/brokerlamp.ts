/**
 * Broker lamp: scripted lamps on a street's network, on virtual time, with nothing of the firmware.
 *
 * Each is the npm codec on the effects and inputs of a fleet; the loop is the street's own order of
 * work: deliver a window, let the lamps act, come to rest.
 */
import mqtt, { type Packet, type Parser } from "mqtt-packet";
import type { InputKind } from "../../../hosts/virtual/protocol.js";
import { EFFECT, INPUT, STAGED_BYTES, STREAM_END } from "../../../hosts/virtual/protocol.js";
import { createNetwork } from "../../../sim/ports/streetports.js";
import type { StreetNetwork } from "../../../sim/run/streetnetwork.js";
import type { NetworkOptions, OrderSent } from "../../../sim/street/network.js";
import { LOOKAHEAD } from "../../../sim/street/network.js";

const NOTHING = new Uint8Array(0);
export const EPOCH = Date.UTC(2026, 10, 24, 15, 0, 0);

export interface Received {
	readonly at: number;
	readonly kind: InputKind;
	readonly value: number;
	readonly bytes: string; // hexadecimal
}

export class ScriptedLamp {
	readonly received: Received[] = [];
	readonly packets: Packet[] = [];
	readonly text: string[] = [];
	#parser!: Parser;
	/** What it does when something comes; by default it acknowledges QoS 1. */
	onPacket: (packet: Packet, at: number) => void = (packet, at) => {
		if (packet.cmd === "publish" && packet.qos === 1)
			this.send({ cmd: "puback", messageId: packet.messageId ?? 0 }, at);
	};
	onOpen: (at: number) => void = () => {};

	constructor(
		readonly lamp: number,
		readonly bench: Bench,
	) {}

	open(at: number, host = "broker", port = 1883, tls = false): void {
		this.#parser = mqtt.parser();
		this.#parser.on("packet", (packet: Packet) => this.packets.push(packet));
		const value = port + (tls ? 65_536 : 0);
		this.bench.effect(EFFECT.streamOpen, at, this.lamp, value, Buffer.from(host));
	}

	/** Opens, and sends CONNECT as soon as it is let in. */
	connect(at: number, more: Readonly<Record<string, unknown>> = {}): void {
		this.onOpen = (opened) =>
			this.send(
				{
					cmd: "connect",
					protocolId: "MQTT",
					protocolVersion: 4,
					clientId: `lamp-${this.lamp}`,
					clean: true,
					keepalive: 0,
					...more,
				},
				opened,
			);
		this.open(at);
	}

	send(packet: Packet, at: number): void {
		this.raw(mqtt.generate(packet), at);
	}

	report(at: number, suffix: string, payload: string, messageId = 1): void {
		const topic = this.bench.network.topicOf(this.lamp, suffix);
		const rest = { retain: false, dup: false, messageId } as const;
		this.send({ cmd: "publish", topic, payload, qos: 1, ...rest }, at);
	}

	subscribe(at: number, suffix: string): void {
		const topic = this.bench.network.topicOf(this.lamp, suffix);
		this.send({ cmd: "subscribe", messageId: 9, subscriptions: [{ topic, qos: 1 }] }, at);
	}

	raw(bytes: Uint8Array, at: number): void {
		this.bench.effect(EFFECT.streamWrite, at, this.lamp, 0, bytes);
	}

	close(at: number): void {
		this.bench.effect(EFFECT.streamClose, at, this.lamp, 0, NOTHING);
	}

	take(at: number, kind: InputKind, value: number, bytes: Uint8Array): void {
		this.received.push({ at, kind, value, bytes: Buffer.from(bytes).toString("hex") });
		if (kind === INPUT.streamOpen) this.onOpen(at);
		if (kind === INPUT.serialReadable) this.text.push(Buffer.from(bytes).toString());
		if (kind !== INPUT.streamReadable) return;
		const before = this.packets.length;
		this.#parser.parse(Buffer.from(bytes));
		for (const packet of this.packets.slice(before)) this.onPacket(packet, at);
	}

	/** Names of the packets it got. */
	get got(): string[] {
		return this.packets.map((packet) => packet.cmd);
	}

	/** How its streams ended. */
	get ends(): (string | undefined)[] {
		return this.received
			.filter(({ kind }) => kind === INPUT.streamClosed)
			.map(({ value }) => STREAM_END[value]);
	}
}

export class Bench {
	network!: StreetNetwork;
	readonly lamps: ScriptedLamp[] = [];
	readonly orders: OrderSent[] = [];
	readonly printed: string[] = [];
	readonly #pending: (() => void)[] = [];
	/** End of the last window; `now` of the network. */
	reached = 0;

	static async create(more: Partial<NetworkOptions> = {}): Promise<Bench> {
		const bench = new Bench();
		bench.network = await createNetwork({
			lamps: 3,
			seed: 7,
			epochUtc: EPOCH,
			broker: "embedded",
			port: 0,
			root: "luminode/1",
			site: "liege",
			nodeOf: (lamp) => `pole-${String(lamp).padStart(5, "0")}`,
			now: () => bench.reached,
			print: (line) => bench.printed.push(line),
			...more,
		});
		bench.network.onOrder((order) => bench.orders.push(order));
		for (let lamp = 1; lamp <= (more.lamps ?? 3); lamp++)
			bench.lamps.push(new ScriptedLamp(lamp, bench));
		return bench;
	}

	lamp(number: number): ScriptedLamp {
		return this.lamps[number - 1]!;
	}

	/** Handed on at the end of the window, as the street does. */
	effect(
		kind: (typeof EFFECT)[keyof typeof EFFECT],
		at: number,
		lamp: number,
		value: number,
		bytes: Uint8Array,
	): void {
		const copy = Uint8Array.from(bytes);
		this.#pending.push(() => this.network.onEffect(kind, at, lamp, value, 0, copy));
	}

	/** Lets everything happen up to `end`; `each` may act between two windows. */
	async run(end: number): Promise<void> {
		this.#handOn();
		for (;;) {
			const due = Math.max(Math.floor(this.network.nextDue()), this.reached + 1);
			if (due >= end) break;
			const until = Math.min(due + LOOKAHEAD - 1, end - 1);
			this.network.deliver(until, (number, at, kind, value = 0, _channel, bytes = NOTHING) => {
				if (at <= this.reached || at > until) throw new Error(`posted at ${at}, window ${until}`);
				if (bytes.length > STAGED_BYTES) throw new Error(`posted ${bytes.length} bytes at once`);
				this.lamp(number).take(at, kind, value, bytes);
			});
			this.reached = until;
			this.#handOn();
			await this.network.quiet();
		}
		this.reached = end - 1;
	}

	#handOn(): void {
		for (const act of this.#pending.splice(0)) act();
	}
}
