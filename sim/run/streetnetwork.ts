/**
 * Street network: the lamps' streams to a broker, and their serial lines to people.
 *
 * The broker is embedded (sim/network/broker/embedded.ts) or outside (sim/ports/external.ts). Topics and
 * payloads pass unread, except for counting, for the page and for the checks.
 */
import type { Effect } from "../../hosts/virtual/fleet/fleet.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import type {
	BrokerListener,
	BrokerSide,
	PublishOptions,
	ReportListener,
} from "../network/broker/broker.js";
import { OrderNotes } from "../network/broker/orders.js";
import { DeafBroker } from "../network/deafbroker.js";
import { LampStreams } from "../network/streams.js";
import { targetOf } from "../network/target.js";
import { SerialLines } from "../serial/lines.js";
import type {
	Admission,
	BrokerMood,
	Network,
	OrderListener,
	Post,
	StreetNames,
} from "../street/network.js";

/** What a broker is made with. */
export interface SideParts {
	readonly ways: LampStreams;
	readonly ears: BrokerListener;
	/** UTC of virtual instant 0. */
	readonly epochUtc: number;
	/** Virtual ms now, in whole ones, between two windows too. */
	now(): number;
}
export type MakeSide = (parts: SideParts) => Promise<BrokerSide>;

/** Ports by which people reach a street beside its page; none in a browser. */
export interface Doors {
	/** TCP port on 127.0.0.1 of the serial lines; undefined if none listens. */
	readonly consolePort: number | undefined;
	close(): Promise<void>;
}

/** A network, and its functions for people, pages and scenarios. */
export class StreetNetwork implements Network {
	readonly #options: StreetNames;
	readonly #ways: LampStreams;
	readonly #deaf: DeafBroker;
	readonly #notes: OrderNotes;
	readonly #reportListeners = new Set<ReportListener>();
	readonly #willListeners = new Set<ReportListener>();
	readonly #orderListeners = new Set<OrderListener>();
	readonly serial: SerialLines;
	#side!: BrokerSide;
	#published = 0;
	#doors: Doors | undefined;

	private constructor(options: StreetNames) {
		this.#options = options;
		this.#ways = new LampStreams(options.seed, options.slowLink);
		this.#deaf = new DeafBroker(this.#ways);
		this.#notes = new OrderNotes(options, (order) => {
			for (const listener of this.#orderListeners) listener(order);
		});
		this.serial = new SerialLines(options.lamps, () => options.now());
	}

	/** `makeSide` starts a broker or connects to it; rejects if it cannot. */
	static async create(options: StreetNames, makeSide: MakeSide): Promise<StreetNetwork> {
		const self = new StreetNetwork(options);
		self.#side = await makeSide({
			ways: self.#ways,
			ears: self.#ears(),
			now: () => Math.ceil(options.now()), // lamps count whole milliseconds
			epochUtc: options.epochUtc,
		});
		return self;
	}

	get published(): number {
		return this.#published;
	}

	/** The broker's URL for people; undefined if none listens. */
	get brokerUrl(): string | undefined {
		return this.#side.url;
	}

	/** TCP port on 127.0.0.1 of the serial lines; undefined if none listens. */
	get consolePort(): number | undefined {
		return this.#doors?.consolePort;
	}

	/** Ports of people at this network, which end with it. */
	attach(doors: Doors): void {
		this.#doors = doors;
	}

	onEffect(...[kind, at, lamp, value, channel, bytes]: Effect): void {
		switch (kind) {
			case EFFECT.streamOpen:
				this.#open(at, lamp, value, channel, bytes);
				return;
			case EFFECT.streamSecure: {
				const way = this.#ways.get(lamp, channel);
				if (way) this.#side.onSecure(way, at);
				return;
			}
			case EFFECT.streamWrite: {
				const way = this.#ways.get(lamp, channel);
				if (way && !this.#deaf.swallows(way, at, bytes)) this.#side.onBytes(way, at, bytes);
				return;
			}
			case EFFECT.streamClose: {
				const way = this.#ways.get(lamp, channel);
				if (way) this.#side.onClose(way, at);
				this.#ways.end(lamp, channel);
				return;
			}
			case EFFECT.serialWrite:
				this.serial.onWrite(lamp, at, bytes);
				return;
			case EFFECT.restart:
			case EFFECT.death:
				this.#ways.lose(lamp);
				return;
		}
	}

	get lookahead(): number {
		return this.serial.lookahead;
	}

	nextDue(): number {
		return Math.min(this.#side.nextDue(), this.#ways.nextDue(), this.serial.nextDue());
	}

	deliver(until: number, post: Post): void {
		this.#ways.deliver(until, post);
		this.serial.deliver(until, post);
		this.#side.work(until);
	}

	quiet(): Promise<void> | undefined {
		return this.#side.quiet();
	}

	/** Publishes as the operator does, at the current virtual instant. QoS 1 unless given. */
	publish(topic: string, payload: string | Uint8Array, options: PublishOptions = {}): void {
		this.#side.publish(topic, payload, options);
	}

	type(lamp: number, bytes: Uint8Array): void {
		this.serial.type(lamp, bytes);
	}

	/** Calls back for each PUBLISH of a lamp that reached the broker. @returns ends the calls */
	onReport(listener: ReportListener): () => void {
		this.#reportListeners.add(listener);
		return () => this.#reportListeners.delete(listener);
	}

	/** Calls back for each will of a lamp that the broker lost. @returns ends the calls */
	onWill(listener: ReportListener): () => void {
		this.#willListeners.add(listener);
		return () => this.#willListeners.delete(listener);
	}

	/** Calls back for each well-formed order, once for each lamp that it may reach. */
	onOrder(listener: OrderListener): void {
		this.#orderListeners.add(listener);
	}

	/** Number of the lamp whose topic this is; undefined for any other topic. */
	lampOf(topic: string): number | undefined {
		return this.#notes.lampOf(topic);
	}

	/** Topic of lamp `lamp`, e.g. `topicOf(3, "command")`. */
	topicOf(lamp: number, suffix: string): string {
		const { root, site } = this.#options;
		return `${root}/${site}/${this.#options.nodeOf(lamp)}/${suffix}`;
	}

	/** Topic of all lamps, or of a group. */
	topicOfMany(group: string | undefined, suffix: string): string {
		const { root, site } = this.#options;
		return `${root}/${site}/${group === undefined ? "all" : `group/${group}`}/${suffix}`;
	}

	setDeaf(at: number, lamp: number, isDeaf: boolean): void {
		this.#deaf.set(at, lamp, isDeaf);
	}

	/** The embedded broker stops or restarts; an external one cannot be stopped from here. */
	setBrokerReachable(reachable: boolean): void {
		this.#side.setReachable?.(reachable);
	}

	/** Likewise. */
	setBrokerMood(mood: BrokerMood, on: boolean): void {
		this.#side.setMood?.(mood, on);
	}

	/** Lamps at a broker outside; undefined: the broker is embedded. */
	get admission(): Admission | undefined {
		return this.#side.admissionOf?.(this.#options.first ?? 1, this.#options.lamps);
	}

	async close(): Promise<void> {
		await Promise.all([this.#side.close(), this.#doors?.close()]);
	}

	#open(at: number, lamp: number, value: number, channel: number, name: Uint8Array): void {
		const way = this.#ways.open(lamp, channel);
		if (!this.#deaf.opens(way, at)) this.#side.onOpen(way, at, targetOf(value, name));
	}

	/** What the broker tells the network. */
	#ears(): BrokerListener {
		return {
			onReport: (at, topic, payload) => {
				this.#published++;
				for (const listener of this.#reportListeners) listener(at, topic, payload);
			},
			onWill: (at, topic, payload) => {
				for (const listener of this.#willListeners) listener(at, topic, payload);
			},
			onOrder: (at, topic, payload) => this.#notes.onOrder(at, topic, payload),
		};
	}
}
