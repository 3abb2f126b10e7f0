/**
 * Embedded broker: an MQTT broker inside the simulator, on virtual time.
 *
 * Lamps reach it through memory, people as its guests. It receives
 * everything that arrives at one virtual instant and runs until it is idle; its output is sent down
 * from that instant. So the bytes that a lamp receives depend on the seed alone, unless a person
 * takes part. Its own timers run on the wall clock and are not used for lamps; silence is measured
 * here, in virtual time.
 */
import { Aedes, type AedesPublishPacket, type Client } from "aedes";
import { INPUT } from "../../../hosts/virtual/protocol.js";
import { bytesOf } from "../../../lib/bytes.js";
import type { BrokerMood } from "../../street/network.js";
import { TimedQueue } from "../../util/timedqueue.js";
import type { Turns } from "../../util/turns.js";
import type { LampStream, LampStreams } from "../streams.js";
import type { Target } from "../target.js";
import type { BrokerListener, BrokerSide, PublishOptions } from "./broker.js";
import { clockAnswer } from "./cityclock.js";
import { type Guests, PATIENCE } from "./guests.js";
import { whenIdle } from "./idle.js";
import { FORGOTTEN, Moods } from "./moods.js";
import { isOrderTopic } from "./orders.js";
import { LampPipe } from "./pipe.js";
import { indexRetained, type RetainedStore } from "./retained.js";

/** A stream without a CONNECT by then is closed, ms (as mosquitto and aedes do). */
const CONNECT_TIMEOUT = 30_000;
/** [MQTT-3.1.2-24]: one and a half times the keepAlive, in ms per second announced. */
const SILENCE_PER_SECOND = 1_500;
/** Silence is checked once a second: a wake-up of the street for each lamp would be waste. */
const CHECK_GRID = 1_000;
/** A timer that never fires: largest delay of a Node timer, and a quarter for one that is x 4. */
const NEVER = 2 ** 31 - 1;
const NEVER_QUARTER = 2 ** 29 - 1;

type Up = { readonly at: number; readonly lamp: number } & (
	| { readonly kind: "open"; readonly way: LampStream }
	| { readonly kind: "bytes"; readonly way: LampStream; readonly bytes: Uint8Array }
	| { readonly kind: "close"; readonly way: LampStream }
	| { readonly kind: "check"; readonly pipe: LampPipe }
	| { readonly kind: "publish"; readonly packet: OwnPacket }
);
type OwnPacket = Parameters<Aedes["publish"]>[0];

interface EmbeddedOptions {
	readonly ways: LampStreams;
	readonly ears: BrokerListener;
	readonly turns: Turns;
	/** Absent: people do not reach it. */
	readonly guests?: Guests;
	/** Virtual ms now, between two windows too. */
	now(): number;
	/** UTC of virtual instant 0, for the city's clock. */
	readonly epochUtc: number;
}

export class EmbeddedBroker implements BrokerSide {
	readonly #options: EmbeddedOptions;
	readonly #up = new TimedQueue<Up>();
	readonly #moods = new Moods();
	readonly #pipes = new Map<LampStream, LampPipe>();
	readonly #guests: Guests | undefined;
	#touched: LampPipe[] = [];
	/** Published by the street; handled at the end of the current window. */
	readonly #given: OwnPacket[] = [];
	#broker!: Aedes;
	#reachable = true;
	/** Instant of the reaction under way; undefined when idle. */
	#reactingAt: number | undefined;
	#running: Promise<void> | undefined;

	private constructor(options: EmbeddedOptions) {
		this.#options = options;
		this.#guests = options.guests;
	}

	static async create(options: EmbeddedOptions): Promise<EmbeddedBroker> {
		const self = new EmbeddedBroker(options);
		await self.#start();
		return self;
	}

	get url(): string | undefined {
		return this.#guests?.url;
	}

	/**
	 * The broker stops (all streams end, connections are refused) or restarts with its retained
	 * messages.
	 */
	setReachable(reachable: boolean): void {
		this.#reachable = reachable;
		if (this.#guests) this.#guests.admitted = reachable;
		if (reachable) return;
		for (const pipe of this.#pipes.values()) pipe.destroy();
		this.#guests?.drop();
	}

	/** It comes back without the messages that it forgot: the connections end. */
	setMood(mood: BrokerMood, on: boolean): void {
		this.#moods.set(mood, on);
		if (mood !== "forgetful" || on) return;
		for (const pipe of this.#pipes.values()) pipe.destroy();
		this.#guests?.drop();
	}

	onOpen(way: LampStream, at: number, { tls }: Target): void {
		const arrival = this.#options.ways.arrival(way, at);
		if (tls) this.#reach(way, arrival);
		else this.#up.push({ kind: "open", at: arrival, lamp: way.lamp, way });
	}

	/** TLS is assumed to succeed: every peer is accepted as genuine. */
	onSecure(way: LampStream, at: number): void {
		const arrival = this.#options.ways.secured(way, at);
		this.#up.push({ kind: "open", at: arrival, lamp: way.lamp, way });
	}

	onBytes(way: LampStream, at: number, bytes: Uint8Array): void {
		const arrival = this.#options.ways.arrival(way, at, bytes.length);
		this.#up.push({ kind: "bytes", at: arrival, lamp: way.lamp, way, bytes: bytesOf(bytes) });
	}

	onClose(way: LampStream, at: number): void {
		const arrival = this.#options.ways.arrival(way, at);
		this.#up.push({ kind: "close", at: arrival, lamp: way.lamp, way });
	}

	publish(topic: string, payload: string | Uint8Array, options: PublishOptions): void {
		const { qos = 1, retain = false } = options;
		this.#given.push(packetOf(topic, payload, qos, retain));
	}

	nextDue(): number {
		if (this.#reactingAt === undefined) this.#collect(this.#options.now()); // by a person
		const given = this.#given.length > 0 ? this.#options.now() : Infinity;
		return Math.min(given, this.#up.nextDue());
	}

	work(until: number): void {
		for (const packet of this.#given)
			for (const wait of this.#moods.waits())
				this.#up.push({ kind: "publish", at: until + wait, lamp: 0, packet });
		this.#given.length = 0;
		if (this.#running || this.#up.nextDue() > until) return;
		this.#running = new Promise<void>((resolve, reject) => {
			this.#react(until, (error) => {
				this.#running = undefined;
				this.#reactingAt = undefined;
				if (error) reject(error);
				else resolve();
			});
		});
	}

	quiet(): Promise<void> | undefined {
		return this.#running;
	}

	async close(): Promise<void> {
		for (const pipe of this.#pipes.values()) pipe.destroy();
		await this.#guests?.close();
		await new Promise<void>((done) => this.#broker.close(() => done()));
	}

	async #start(): Promise<void> {
		this.#broker = await Aedes.createBroker({
			id: "street",
			heartbeatInterval: NEVER_QUARTER, // there is no cluster of brokers
			connectTimeout: NEVER,
			preConnect: (client, packet, allow) => {
				if (client.conn instanceof LampPipe) {
					client.conn.keepAlive = packet.keepalive ?? 0;
					client.conn.receivedAt = this.#instant();
					(packet as { keepalive?: number }).keepalive = 0; // no timer on the wall clock
					this.#watch(client.conn);
				}
				allow(null, true);
			},
			authorizePublish: (client, packet, allow) => {
				const isLost = this.#moods.has("forgetful") && client?.conn instanceof LampPipe;
				if (isLost) packet.topic = FORGOTTEN;
				if (packet.topic.startsWith("$SYS/")) allow(new Error("$SYS/ is the broker's own"));
				else allow(null);
				if (!isLost) this.#receive(client, packet);
			},
		});
		indexRetained((this.#broker as unknown as { persistence: RetainedStore }).persistence);
		this.#broker.on("publish", (packet: AedesPublishPacket) => {
			if (isOrderTopic(packet.topic))
				this.#options.ears.onOrder(this.#instant(), packet.topic, bytesOf(packet.payload));
		});
		for (const event of ["clientError", "connectionError"] as const)
			this.#broker.on(event, () => {}); // the stream ends, and the lamp reconnects
		await this.#guests?.listen((stream) => this.#broker.handle(stream));
	}

	#instant(): number {
		return this.#reactingAt ?? this.#options.now();
	}

	/**
	 * Called for each PUBLISH packet before it is distributed; also for wills, which are no PUBLISH
	 * packets.
	 */
	#receive(client: Client | null, packet: { topic: string; payload: string | Uint8Array }): void {
		if (!(client?.conn instanceof LampPipe)) return;
		const payload = bytesOf(packet.payload);
		const { ears } = this.#options;
		if (client.closed) ears.onWill?.(this.#instant(), packet.topic, payload);
		else {
			ears.onReport(this.#instant(), packet.topic, payload);
			this.#answerClock(packet.topic, payload);
		}
	}

	/** The city's clock is another client of the broker: its answer is handled after the question. */
	#answerClock(question: string, asked: Uint8Array): void {
		const at = this.#instant();
		const answer = clockAnswer(question, asked, this.#options.epochUtc + at);
		if (!answer) return;
		const packet = packetOf(answer.topic, answer.payload, 0, false);
		for (const wait of this.#moods.waits())
			this.#up.push({ kind: "publish", at: at + wait, lamp: 0, packet });
	}

	/** Handles all input of one instant, waits until idle, sends down; then the next instant. */
	#react(until: number, done: (error?: Error) => void): void {
		const at = this.#up.nextDue();
		if (at > until) {
			done();
			return;
		}
		this.#reactingAt = at;
		for (let up = this.#up.take(at); up; up = this.#up.take(at)) this.#handle(up);
		this.#whenRested(0, (error) => {
			this.#collect(at);
			if (error) done(error);
			else this.#react(until, done);
		});
	}

	#whenRested(waited: number, done: (error?: Error) => void): void {
		const step = 5;
		whenIdle(this.#options.turns, (error) => {
			if (error && this.#guests?.present)
				done(); // their traffic need not end; it comes at any instant
			else if (error || !this.#guests?.areBehind(step) || waited > PATIENCE + step) done(error);
			else setTimeout(() => this.#whenRested(waited + step, done), step);
		});
	}

	#handle(up: Up): void {
		switch (up.kind) {
			case "open":
				this.#open(up.way, up.at);
				return;
			case "bytes":
				this.#feed(up.way, up.at, up.bytes);
				return;
			case "close":
				this.#pipes.get(up.way)?.push(null);
				return;
			case "check":
				this.#check(up.pipe, up.at);
				return;
			case "publish":
				if (this.#reachable) this.#broker.publish(up.packet, () => {});
		}
	}

	#reach(way: LampStream, at: number): void {
		if (this.#reachable) this.#options.ways.send(way, at, INPUT.streamReached, 0);
		else this.#options.ways.sendEnd(way, at, "unreachable");
	}

	#open(way: LampStream, at: number): void {
		if (!this.#reachable) {
			this.#options.ways.sendEnd(way, at, "unreachable");
			return;
		}
		const pipe = new LampPipe(way, at, { onTouched: (touched) => this.#touched.push(touched) });
		this.#pipes.set(way, pipe);
		const client = this.#broker.handle(pipe);
		// Packet ids of its publishes start at a random number otherwise: other bytes in each run.
		(client as unknown as { _nextId: number })._nextId = 1;
		this.#options.ways.send(way, at, INPUT.streamOpen, 0);
		this.#watch(pipe);
	}

	#feed(way: LampStream, at: number, bytes: Uint8Array): void {
		const pipe = this.#pipes.get(way);
		if (!pipe || pipe.destroyed) return; // it closed while they were under way
		if (pipe.keepAlive !== undefined) pipe.receivedAt = at;
		pipe.push(bytes);
		this.#options.ways.reached(way, at, bytes.length);
	}

	/** Plans a check of the pipe's silence for the time when it may be too long. */
	#watch(pipe: LampPipe): void {
		if (pipe.keepAlive === 0) return;
		const silence =
			pipe.keepAlive === undefined ? CONNECT_TIMEOUT : pipe.keepAlive * SILENCE_PER_SECOND;
		const at = Math.ceil((pipe.receivedAt + silence) / CHECK_GRID) * CHECK_GRID;
		if (pipe.checkAt <= at) return; // an earlier check is planned
		pipe.checkAt = at;
		this.#up.push({ kind: "check", at, lamp: pipe.way.lamp, pipe });
	}

	#check(pipe: LampPipe, at: number): void {
		if (pipe.destroyed || pipe.checkAt !== at) return;
		pipe.checkAt = Infinity;
		const silence = (pipe.keepAlive ?? 0) * SILENCE_PER_SECOND || CONNECT_TIMEOUT;
		if (pipe.keepAlive !== 0 && at - pipe.receivedAt >= silence)
			pipe.destroy(new Error(pipe.keepAlive ? "keep alive timeout" : "no CONNECT in time"));
		else this.#watch(pipe);
	}

	/** Sends down the broker's output and closes; a lamp's own order is the order of writing. */
	#collect(at: number): void {
		if (this.#touched.length === 0) return;
		const touched = this.#touched;
		this.#touched = [];
		for (const pipe of touched) {
			const bytes = pipe.takeWritten();
			const { way } = pipe;
			if (way.live && bytes) this.#options.ways.sendBytes(way, at + this.#moods.pause(), bytes);
			if (!pipe.destroyed) continue;
			this.#pipes.delete(way);
			if (way.live) this.#options.ways.sendEnd(way, at, "closedByPeer");
		}
	}
}

function packetOf(
	topic: string,
	payload: string | Uint8Array,
	qos: 0 | 1,
	retain: boolean,
): OwnPacket {
	const bytes = bytesOf(payload) as OwnPacket["payload"]; // written as any other chunk of bytes
	return { cmd: "publish", topic, payload: bytes, qos, retain, dup: false };
}
