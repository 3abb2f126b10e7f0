/**
 * Street network: the lamps' streams to a broker, and their serial lines to people.
 *
 * `broker` in the options selects it: embedded (sim/network/broker/embedded.ts) or external
 * (sim/network/broker/external.ts). Topics and payloads pass unread, except for counting, for the
 * page and for the checks.
 */
import type { Effect } from "../../hosts/virtual/fleet/fleet.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import type { BrokerSide, PublishOptions, ReportListener } from "../network/broker/broker.js";
import { EmbeddedBroker } from "../network/broker/embedded.js";
import { ExternalBroker } from "../network/broker/external.js";
import { OrderNotes } from "../network/broker/orders.js";
import { DeafBroker } from "../network/deafbroker.js";
import { LampStreams } from "../network/streams.js";
import { targetOf } from "../network/target.js";
import { SerialLines } from "../serial/lines.js";
import { Sockets } from "../serial/sockets.js";
import type {
	Admission,
	BrokerMood,
	Network,
	NetworkOptions,
	OrderListener,
	Post,
} from "../street/network.js";
import { portOf } from "./install.js";

/**
 * Longest wait for one answer of a broker outside, ms of wall clock. A lamp gives up after 30 s of its
 * own time, which at 60x is half a second: on a busy machine an answer takes longer, so the clock is
 * held for it.
 */
const HOLD = 5_000;
/**
 * Virtual ms for one answer before the clock is held for it: a slow round trip of a mobile network.
 * Meanwhile street and broker work at once; a wait for each answer made a city of 1,000 lamps wait
 * twenty times a virtual second.
 */
const GRACE = 2_000;

/** A network, and its functions for people, pages and scenarios. */
export class StreetNetwork implements Network {
	readonly #options: NetworkOptions;
	readonly #ways: LampStreams;
	readonly #deaf: DeafBroker;
	readonly #notes: OrderNotes;
	readonly #reportListeners = new Set<ReportListener>();
	readonly #willListeners = new Set<ReportListener>();
	readonly #orderListeners = new Set<OrderListener>();
	readonly serial: SerialLines;
	#side!: BrokerSide;
	#published = 0;
	#consolePort: number | undefined;
	#sockets: Sockets | undefined;

	private constructor(options: NetworkOptions) {
		this.#options = options;
		this.#ways = new LampStreams(options.seed, options.slowLink);
		this.#deaf = new DeafBroker(this.#ways);
		this.#notes = new OrderNotes(options, (order) => {
			for (const listener of this.#orderListeners) listener(order);
		});
		this.serial = new SerialLines(options.lamps, () => options.now());
	}

	/** Starts the broker or connects to it, and opens the ports; rejects if it cannot. */
	static async create(options: NetworkOptions): Promise<StreetNetwork> {
		const self = new StreetNetwork(options);
		self.#side = await self.#makeSide();
		if (options.port > 0) {
			self.#consolePort = await self.serial.open(options.port + 1);
			self.#sayPorts();
		}
		if (options.serial?.length)
			self.#sockets = await Sockets.open(options.serial, self.serial, options.print);
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
		return this.#consolePort;
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
		if (this.#side instanceof EmbeddedBroker) this.#side.setReachable(reachable);
	}

	/** Likewise. */
	setBrokerMood(mood: BrokerMood, on: boolean): void {
		if (this.#side instanceof EmbeddedBroker) this.#side.setMood(mood, on);
	}

	/** Lamps at a broker outside; undefined: the broker is embedded. */
	get admission(): Admission | undefined {
		return this.#side instanceof ExternalBroker
			? this.#side.admissionOf(this.#options.first ?? 1, this.#options.lamps)
			: undefined;
	}

	async close(): Promise<void> {
		await this.#sockets?.close();
		await Promise.all([this.#side.close(), this.serial.close()]);
	}

	#open(at: number, lamp: number, value: number, channel: number, name: Uint8Array): void {
		const way = this.#ways.open(lamp, channel);
		if (!this.#deaf.opens(way, at)) this.#side.onOpen(way, at, targetOf(value, name));
	}

	async #makeSide(): Promise<BrokerSide> {
		const { broker, port, root, site, epochUtc, print } = this.#options;
		const ways = this.#ways;
		const now = () => Math.ceil(this.#options.now()); // lamps count whole milliseconds
		const ears = {
			onReport: (at: number, topic: string, payload: Uint8Array) => {
				this.#published++;
				for (const listener of this.#reportListeners) listener(at, topic, payload);
			},
			onWill: (at: number, topic: string, payload: Uint8Array) => {
				for (const listener of this.#willListeners) listener(at, topic, payload);
			},
			onOrder: (at: number, topic: string, payload: Uint8Array) =>
				this.#notes.onOrder(at, topic, payload),
		};
		if (broker === "embedded")
			return EmbeddedBroker.create({
				ways,
				ears,
				now,
				epochUtc,
				print,
				port: port > 0 ? port : undefined,
			});
		const [url, ...others] = broker.split(",").map((text) => new URL(text)) as [URL, ...URL[]];
		const orderFilters = ["+", "group/+"].flatMap((who) =>
			["command", "emergency"].map((suffix) => `${root}/${site}/${who}/${suffix}`),
		);
		const { hosts = [url.hostname], credential, watcher } = this.#options;
		const addresses = [url, ...others].map((brokerUrl, n) => ({
			name: hosts[n]!,
			host: brokerUrl.hostname,
			port: portOf(brokerUrl),
		}));
		return new ExternalBroker({
			ways,
			ears,
			now,
			orderFilters,
			host: url.hostname,
			port: portOf(url),
			addresses,
			...(credential ? { credential: credential.bind(this.#options) } : {}),
			...(watcher ? { watcher } : {}),
			hold: HOLD,
			grace: GRACE,
			isSecure: url.protocol === "mqtts:",
		});
	}

	#sayPorts(): void {
		const { print, port, broker } = this.#options;
		const busy = broker === "embedded" && !this.brokerUrl?.endsWith(`:${port}`);
		print(`broker: ${this.brokerUrl}${busy ? ` (port ${port} was busy)` : ""}`);
		const wanted = port + 1;
		const moved = this.#consolePort === wanted ? "" : ` (port ${wanted} was busy)`;
		print(`serial lines: 127.0.0.1:${this.#consolePort}${moved}, first line: lamp N`);
	}
}

/** The network of a street, ready for its lamps. */
export function createNetwork(options: NetworkOptions): Promise<StreetNetwork> {
	return StreetNetwork.create(options);
}
