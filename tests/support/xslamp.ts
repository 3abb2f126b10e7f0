/**
 * Pole: one lamp of the whole firmware in an XS machine, and a broker that says what the test wants.
 *
 * The same people pass at the same instants in every run, so the PWM of two runs can be compared to
 * the byte whatever came over the network or the serial line meanwhile.
 */
import mqtt, { type Packet, type Parser } from "mqtt-packet";
import { Carrier, POINT_BYTES, pathOf } from "../../hosts/moddable/carrier.js";
import { type ImageOptions, readImage } from "../../hosts/virtual/engine/image.js";
import type { Creation, Image, Statistics } from "../../hosts/virtual/fleet/fleet.js";
import { createFleet, type WornFleet } from "../../hosts/virtual/fleet/wasmfleet.js";
import { DEATH, EFFECT, INPUT, type InputKind, STREAM_END } from "../../hosts/virtual/protocol.js";
import { projectRoot } from "../../lib/root.mjs";
import { MINUTE } from "../../lib/spans.js";
import type { StreamEnd } from "../../src/host.js";
import { KEPT, KEPT_AS, keysFor } from "./technician.js";
import { theEngine } from "./xsstreet.js";

export const EPOCH = Date.UTC(2026, 10, 24, 18);
export const NODE = "luminode/1/liege/pole-00001";
/** One way through the network, ms. */
const LATENCY = 25;
/** In a stream's port: over TLS. */
const TLS = 65_536;
const PEOPLE_EVERY = 5 * MINUTE;
/** Low for nobody, so that each who passes changes the light and back. */
const CALENDAR = {
	program: "sunset 30; sunrise 0",
	zone: "CET-1CEST,M3.5.0,M10.5.0/3",
	latitude: 50.6,
	longitude: 5.6,
};
const LINK = {
	brokerHost: "broker",
	brokerPort: 1883,
	brokerTls: false,
	reconnectSpread: 10,
	telemetryInterval: 86_400,
};

export interface Reply {
	readonly id?: string;
	readonly status: string;
	readonly reason?: string;
}

export class XsLamp {
	/** Each change of the PWM, in a fade each corner, `instant duty`. */
	readonly light: string[] = [];
	private readonly carrier = new Carrier();
	readonly replies: Reply[] = [];
	/** All that it published. */
	readonly published: {
		readonly topic: string;
		readonly payload: string;
		readonly retain: boolean;
	}[] = [];
	/** The latest subscription, and how the broker answers the next ones. */
	filters: string[] = [];
	granted = 1;
	readonly logs: string[] = [];
	/** Each Wi-Fi that it named: name, line feed, password. */
	readonly wifis: string[] = [];
	readonly deaths: string[] = [];
	serial = "";
	/** When the broker's flights of TLS reach the lamp, and how each handshake ends. */
	readonly flights: number[] = [];
	handshake: StreamEnd | "open" = "open";
	/** How the broker's end of a stream answers at all. */
	reach: StreamEnd | "open" = "open";
	/** Somebody passes now and then. */
	hasPeople = true;
	/** Sees each packet that the lamp sends. */
	onPacket: (packet: Packet) => void = () => {};
	/** Somebody takes what comes over the serial line. */
	isPlugged = true;
	online = false; // subscribed
	connections = 0;
	now = 0;
	private parser: Parser = mqtt.parser();
	private channel = 0;
	private isUp = false; // the stream
	private people = 2 * MINUTE;

	private constructor(readonly fleet: WornFleet) {}

	/** Not booted yet: the store can be filled. */
	static of(options: ImageOptions = {}, creation: Partial<Creation> = {}): Promise<XsLamp> {
		const read = readImage(projectRoot(), options);
		return XsLamp.with({ ...read, creation: { ...read.creation, ...creation } });
	}

	/** The same with another image. */
	static async with(image: Image): Promise<XsLamp> {
		const about = { image, first: 1, count: 1, seed: 7, epochUtc: EPOCH };
		const pole = new XsLamp(createFleet(about, await theEngine()));
		pole.store("identity", { site: "liege", node: "pole-00001" });
		pole.store("calendar", CALENDAR);
		pole.store("link", LINK);
		pole.fleet.storeWrite(1, KEPT_AS, KEPT);
		return pole;
	}

	store(section: string, values: object | string): void {
		const text = typeof values === "string" ? values : JSON.stringify(values);
		this.fleet.storeWrite(1, `set.${section}`, text);
	}

	/** Power comes; soon it has a reading of night (or else), the network and the time. */
	boot(lux = 2, utc = EPOCH): this {
		this.fleet.boot(1, 0, "powerOn");
		this.post(1000, INPUT.illuminance, lux);
		this.post(2000, INPUT.network, 1);
		this.post(3000, INPUT.time, utc + 3000);
		this.run(0);
		return this;
	}

	post(at: number, kind: InputKind, value = 0, bytes?: Uint8Array): void {
		this.fleet.post(1, at, kind, value, this.channel, bytes);
	}

	/** Lets everything happen up to `until`, people passing, the broker answering. */
	run(until: number): void {
		for (; this.hasPeople && this.people <= until; this.people += PEOPLE_EVERY) {
			this.post(this.people, INPUT.movement);
			this.post(this.people + 7000, INPUT.stillness);
		}
		do {
			this.now = Math.max(this.now, Math.min(until, this.fleet.nextDue()));
			this.fleet.run(this.now);
			const acts: (() => void)[] = [];
			this.fleet.effects((kind, at, _lamp, value, channel, bytes) => {
				const copy = Buffer.from(bytes);
				acts.push(() => this.see(kind, at, value, channel, copy));
			});
			for (const act of acts) act();
		} while (this.fleet.nextDue() <= until);
		this.now = until;
		this.carryTo(until);
		this.fleet.run(until);
	}

	/** Runs on until the lamp has subscribed; at most a day. */
	untilOnline(): void {
		const end = this.now + 24 * 60 * MINUTE;
		while (!this.online && this.now < end) this.run(this.now + 1000);
	}

	/** Bytes from the broker, as they are; nothing if there is no stream. */
	send(bytes: Uint8Array): void {
		if (this.isUp) this.post(this.now + LATENCY, INPUT.streamReadable, bytes.length, bytes);
	}

	/** Someone at the pole types a line. */
	/** A technician vouches for the date that the lamp has. */
	vouch(): void {
		this.type(`time ${new Date(EPOCH + this.now).toISOString()}`);
		this.run(this.now + 2000);
	}

	type(line: string): void {
		const bytes = Buffer.from(keysFor(line));
		this.post(this.now + 1000, INPUT.serialReadable, bytes.length, bytes);
	}

	/** The broker ends the stream. */
	hangUp(): void {
		if (this.isUp) this.post(this.now + LATENCY, INPUT.streamClosed, 0);
		this.isUp = this.online = false;
	}

	/** The lamp is about to boot: its stream is gone. */
	powerCut(): void {
		this.isUp = this.online = false;
	}

	/** What came back for the order `id`. */
	reasonOf(id: string): string | undefined {
		const reply = this.replies.find((candidate) => candidate.id === id);
		return reply && (reply.reason ?? reply.status);
	}

	get statistics(): Statistics {
		const statistics = this.fleet.statistics(1);
		if (!statistics) throw new Error(`no power: ${this.deaths}`);
		return statistics;
	}

	/**
	 * Live slots when everything that can be collected has been: what one collection was made for may
	 * outlast it.
	 */
	get settledSlots(): number {
		for (let slots = this.statistics.slotsLive; ; ) {
			const again = this.statistics.slotsLive;
			if (again === slots) return slots;
			slots = again;
		}
	}

	/** The light at each corner of a fade up to `now`. */
	private carryTo(now: number): void {
		const { carrier } = this;
		while (carrier.nextAt <= now) {
			const at = carrier.nextAt;
			carrier.advance();
			this.light.push(`${at} ${carrier.dutyAt(at)}`);
		}
	}

	private see(kind: number, at: number, value: number, channel: number, bytes: Buffer): void {
		this.carryTo(at);
		if (kind === EFFECT.duty) {
			this.carrier.write(value, at);
			this.light.push(`${at} ${value}`);
		} else if (kind === EFFECT.fade)
			this.carrier.fade(pathOf(bytes), bytes.length / POINT_BYTES, at);
		else if (kind === EFFECT.wifi) this.wifis.push(bytes.toString());
		else if (kind === EFFECT.log) this.logs.push(bytes.toString());
		else if (kind === EFFECT.death) this.deaths.push(`${DEATH[value]}: ${bytes}`);
		else if (kind === EFFECT.serialWrite) {
			this.serial += bytes.toString();
			if (this.isPlugged) this.post(this.now + LATENCY, INPUT.serialWritable, bytes.length);
		} else if (kind === EFFECT.streamOpen) {
			this.channel = channel;
			this.connections++;
			this.parser = mqtt.parser();
			this.parser.on("packet", (packet: Packet) => {
				this.onPacket(packet);
				this.answer(packet);
			});
			const isTls = value >= TLS;
			this.answerStream(this.reach, isTls ? INPUT.streamReached : INPUT.streamOpen);
		} else if (kind === EFFECT.streamSecure) {
			this.flights.push(this.now + LATENCY);
			this.answerStream(this.handshake, INPUT.streamOpen);
		} else if (kind === EFFECT.streamClose) this.isUp = this.online = false;
		else if (kind === EFFECT.streamWrite && this.isUp) {
			this.post(this.now + LATENCY, INPUT.streamWritable, bytes.length);
			this.parser.parse(bytes);
		}
	}

	private answerStream(how: StreamEnd | "open", kind: InputKind): void {
		this.isUp = how === "open";
		const at = this.now + LATENCY;
		if (how === "open") this.post(at, kind);
		else this.post(at, INPUT.streamClosed, STREAM_END.indexOf(how));
	}

	/** What a good broker does. */
	private answer(packet: Packet): void {
		const back = (answer: Packet) => this.send(mqtt.generate(answer));
		if (packet.cmd === "connect") back({ cmd: "connack", returnCode: 0, sessionPresent: false });
		else if (packet.cmd === "pingreq") back({ cmd: "pingresp" });
		else if (packet.cmd === "subscribe") {
			this.filters = packet.subscriptions.map(({ topic }) => topic);
			const granted = this.filters.map(() => this.granted);
			back({ cmd: "suback", messageId: packet.messageId ?? 0, granted });
			this.online = true;
		} else if (packet.cmd === "publish") {
			const { topic, retain, qos } = packet;
			if (qos > 0) back({ cmd: "puback", messageId: packet.messageId ?? 0 });
			this.published.push({ topic, payload: packet.payload.toString(), retain: retain === true });
			if (packet.topic === `${NODE}/reply`)
				this.replies.push(JSON.parse(packet.payload.toString()) as Reply);
		}
	}
}

/** A PUBLISH on the lamp's own command topic, as bytes. */
export function publish(
	payload: string | Buffer,
	retain = false,
	topic = `${NODE}/command`,
): Buffer {
	const head = { cmd: "publish", qos: 1, messageId: 77, dup: false } as const;
	return mqtt.generate({ ...head, topic, retain, payload });
}
