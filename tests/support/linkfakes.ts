/**
 * Fakes: streams, clock and a broker out of mqtt-packet for the tests of the link.
 *
 * The broker answers as the standard says unless a test scripts it otherwise. Time is virtual: the
 * world jumps to the next delivery or alarm, and complains when an instant never ends.
 */
import type { IConnackPacket, IConnectPacket, IPublishPacket, Packet, Parser } from "mqtt-packet";
import mqtt from "mqtt-packet";
import { Decisions } from "../../src/explain/decisions.js";
import type { StreamEnd, StreamId, Streams, StreamTarget, Utf8 } from "../../src/host.js";
import { Journal, type JournalReader } from "../../src/journal/journal.js";
import { KeptJournal } from "../../src/journal/keptjournal.js";
import type {
	LinkEvent,
	LinkOptions,
	LinkOwner,
	ReceivedOrder,
	Reply,
	SettingsFace,
	SettingsReport,
} from "../../src/link/contract.js";
import { Link } from "../../src/link/link.js";
import { zoneOf } from "../../src/node/schedule/options.js";
import { walkOf } from "../../src/node/schedule/preview.js";
import { classAt, classesOf } from "../../src/settings/classes.js";
import { DEFAULTS, type Settings } from "../../src/settings/table.js";
import type { Lux, Percent, UtcMillis, Watts } from "../../src/units.js";
import type { View } from "../../src/view.js";
import { FREE, NO_FLASH } from "./flash.js";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8: Utf8 = {
	encode(text, into, at) {
		const bytes = Buffer.from(text, "utf8");
		if (at + bytes.length > into.length) return -1;
		into.set(bytes, at);
		return bytes.length;
	},
	decode(bytes, start, count) {
		const part = bytes.subarray(start, start + count);
		if (part.includes(0)) return undefined;
		try {
			return decoder.decode(part);
		} catch {
			return undefined;
		}
	},
};

/** A small generator with a seed, evenly in 0..1. */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
	};
}

export const OPTIONS: LinkOptions = Object.freeze({
	root: "luminode/1",
	site: "liege",
	node: "pole-00001",
	group: "quay",
	serial: "virtual-00001",
	host: "broker.example",
	port: 1883,
	tls: false,
	serverName: "",
	keepAlive: 300_000,
	cleanSession: true,
	reconnectSpread: 10_000,
	reporting: "normal",
	stateMinInterval: 10_000,
	stateMaxInterval: 3_600_000,
	statePresenceInterval: 60_000,
	telemetryInterval: 900_000,
	presenceReporting: false,
	replySpread: 10_000,
	trafficK: 3,
	supply: "always",
	settingsRevision: 4,
	sections: ["identity", "light", "calendar", "sensing", "power", "link", "console"],
	language: "en",
	capabilities: {
		pir: true,
		photocell: true,
		minLevel: 40 as Percent,
		maxLevel: 100 as Percent,
		resolution: 12,
		lampMonitor: "notSupported" as const,
	},
});

/** Writable all through; branded numbers and lists stay what they are. */
type Mutable<T> = {
	-readonly [K in keyof T]: T[K] extends
		| (number | string | boolean | undefined | readonly unknown[])
		| ((...args: never[]) => unknown)
		? T[K]
		: Mutable<T[K]>;
};

/** A street whose luminaires give just its class, P4, in full. */
const STREET = { ...DEFAULTS, fullClass: "P4", floorClass: "P6", installedMean: 5 } as Settings;

/** What the program asked at first, and someone who came. */
function decisions(): Decisions {
	const noted = new Decisions();
	const program = { reason: "program", level: 60 as Percent, source: "22:00 60" } as const;
	const sensor = { reason: "sensor", level: 100 as Percent, source: "presence" } as const;
	noted.note(program, 60 as Percent, false, 100 as Percent, 0);
	noted.note(sensor, 100 as Percent, false, 100 as Percent, 300_000);
	return noted;
}

export function makeView(journal: JournalReader = new Journal(17)): Mutable<View> {
	return {
		journal,
		identity: {
			serial: "virtual-00001",
			site: "liege",
			node: "pole-00001",
			hardware: "virtual/1",
			profile: "development",
			slot: 0,
			updateKeys: [],
			swVersion: "0.1.0",
			life: 17,
			powerCause: "powerOn",
			supportedUntil: "2031-11-24",
			imageOnProbation: false,
		},
		time: {
			now: 0,
			utc: Date.UTC(2026, 10, 24, 21, 3) as UtcMillis,
			notBefore: Date.UTC(2026, 10, 24) as UtcMillis,
			clockSource: "synchronised",
			uncertainty: 50,
		},
		light: {
			target: undefined,
			feedback: 40 as Percent,
			actual: 40 as Percent,
			fadeEndsAt: 0,
			settled: 40 as Percent,
			duty: 900 as View["light"]["duty"],
			reason: "program",
			chain: [{ by: "program", level: 40 as Percent, source: "00:00 40" }],
			visitChain(visit) {
				for (const { by, level, source } of this.chain) visit(by, level, source);
			},
			outputChain: () => [],
			decisions: decisions(),
		},
		sensing: {
			presence: "vacant",
			photocell: "night",
			lightLevel: 3.2 as Lux,
			temperature: 11.5,
			dark: true,
			darkBecause: "photocell",
			movedAt: 0,
			pirDoubt: undefined,
			lightDoubt: undefined,
			sunset: undefined,
			sunrise: undefined,
		},
		plan: {
			comingDay: 20_781,
			until: undefined,
			zone: zoneOf(DEFAULTS),
			classes: classesOf(STREET),
			classAt: (level: Percent) => classAt(STREET, level),
			walk: (day: number) => walkOf(DEFAULTS, day),
		},
		meter: {
			activePower: 18.5 as Watts,
			activeEnergy_kWh: 1234.5678,
			energySaved_kWh: 2345.25,
			operatingHours: 4021.25,
			isReserved: false,
			switchOnCounter: 365,
			energyTolerance: 10,
			hour_Wh: () => undefined,
			hourEndedAt: 0,
			night: () => undefined,
		},
		traffic: {
			accumulatedRoadUserNumber: 0,
			accumulatedSince: Date.UTC(2026, 10, 24, 15) as UtcMillis,
		},
		link: {
			state: "online",
			connection: 1,
			isNetworkUp: true,
			hasWifi: true,
			lastEnd: undefined,
			attemptAt: Infinity,
			datagramsForged: undefined,
		},
		monitor: { isMaintained: false, standing: [], supplyLossCount: 2 },
		machine: { freeBytes: 9000, faults: 0, flashWrites: 12, flashErases: 1, flashYears: 57.4 },
	} as Mutable<View>;
}

interface Open {
	readonly target: StreamTarget;
	inbox: Buffer; // to the node
	isOpen: boolean;
	unsent: number; // bytes the network has not carried away
	/** Over TLS, and the peer is reached: what the handshake brings. */
	handshake: (() => void) | undefined;
	onBytes(bytes: Buffer): void;
	onClose(): void;
}

/** Streams that keep to the contract of host.ts and note who does not. */
export class FakeStreams implements Streams {
	readonly open_ = new Map<StreamId, Open>();
	readonly misuse: string[] = [];
	window = 8192;
	isAvailable = true;
	opened = 0;
	onOpen: (id: StreamId, target: StreamTarget) => Pick<Open, "onBytes" | "onClose"> = () => ({
		onBytes() {},
		onClose() {},
	});
	private next = 0;

	open(target: StreamTarget): StreamId | "notAvailable" {
		if (!this.isAvailable) return "notAvailable";
		this.opened += 1;
		const id = this.next++ % 2; // identifiers are used again
		if (this.open_.has(id)) this.misuse.push(`stream ${id} was never closed`);
		const stream = {
			target,
			inbox: Buffer.alloc(0),
			isOpen: false,
			unsent: 0,
			handshake: undefined,
		};
		this.open_.set(id, { ...stream, ...this.onOpen(id, target) });
		return id;
	}
	secure(id: StreamId): void {
		const stream = this.open_.get(id);
		if (!stream?.handshake) this.misuse.push(`handshake of ${id}, which is not reached`);
		stream?.handshake?.();
		if (stream) stream.handshake = undefined;
	}
	writable(id: StreamId): number {
		const stream = this.open_.get(id);
		return stream?.isOpen ? this.window - stream.unsent : 0;
	}
	write(id: StreamId, bytes: Uint8Array, start: number, count: number): boolean {
		const stream = this.open_.get(id);
		if (!stream?.isOpen) {
			this.misuse.push(`write to ${id}, which is not open`);
			return false;
		}
		if (count > this.window - stream.unsent) return false;
		stream.unsent += count;
		stream.onBytes(Buffer.from(bytes.subarray(start, start + count)));
		return true;
	}
	read(id: StreamId, into: Uint8Array): number {
		const stream = this.open_.get(id);
		if (!stream) {
			this.misuse.push(`read of ${id}, which is gone`);
			return 0;
		}
		if (into.length === 0) this.misuse.push("read into nothing");
		const count = Math.min(into.length, stream.inbox.length);
		into.set(stream.inbox.subarray(0, count));
		stream.inbox = stream.inbox.subarray(count);
		return count;
	}
	close(id: StreamId): void {
		if (!this.open_.has(id)) this.misuse.push(`close of ${id}, which is gone`);
		this.open_.get(id)?.onClose();
		this.open_.delete(id);
	}
}

/** One TCP connection as the broker sees it. */
export interface Peer {
	readonly id: StreamId;
	send(bytes: Buffer): void;
	/** The connection ends from the broker's side. */
	end(end?: StreamEnd): void;
	readonly received: Packet[];
}

export type Answer = (packet: Packet, peer: Peer) => void;

export const LATENCY = 20;
/** How long it takes until there is light. */
export const AHEAD = 2000;

/** The answers of a broker in good order. */
export const wellBehaved: Answer = (packet, peer) => {
	if (packet.cmd === "connect") peer.send(connack(0));
	else if (packet.cmd === "subscribe")
		peer.send(
			mqtt.generate({
				cmd: "suback",
				messageId: packet.messageId!,
				granted: packet.subscriptions.map(() => 1),
			}),
		);
	else if (packet.cmd === "publish" && packet.qos === 1)
		peer.send(mqtt.generate({ cmd: "puback", messageId: packet.messageId! }));
	else if (packet.cmd === "pingreq") peer.send(mqtt.generate({ cmd: "pingresp" }));
};

export function connack(returnCode: number, sessionPresent = false): Buffer {
	return mqtt.generate({ cmd: "connack", returnCode, sessionPresent } as IConnackPacket);
}

/** A lamp's link, a network with latency and a broker. */
export class World implements LinkOwner {
	now = 0;
	readonly streams = new FakeStreams();
	readonly view: Mutable<View>;
	readonly journal: KeptJournal;
	/** Survives a restart. */
	readonly memory = {
		refusals: 0,
		resumeRefusals() {
			return this.refusals;
		},
		retainRefusals(count: number) {
			this.refusals = count;
		},
	};
	readonly orders: ReceivedOrder[] = [];
	readonly news: (LinkEvent & { at: number })[] = [];
	readonly packets: { readonly at: number; readonly packet: Packet; readonly peer: Peer }[] = [];
	readonly attempts: number[] = [];
	readonly rejoins: number[] = [];
	hasWifi = true;
	/** Each Wi-Fi that was named, as `NAME/PASSWORD`. */
	readonly wifis: string[] = [];
	canRejoin: true | false = true;
	answer: Answer = wellBehaved;
	reach: StreamEnd | "open" = "open";
	/** Whether the network carries bytes away. */
	isCarrying = true;
	peer: Peer | undefined;
	turns = 0;
	/** Messages of the node without their PUBACK, at most, on one connection. */
	mostUnanswered = 0;
	readonly link: Link;
	private unanswered = 0;
	private readonly utcOffset: number;
	private readonly queue: { at: number; run: () => void }[] = [];

	/** Without a journal of the test's own it has one in memory alone. */
	constructor(options: Partial<LinkOptions> = {}, seed = 1, journal?: KeptJournal) {
		this.journal = journal ?? new KeptJournal(17, { flashLog: NO_FLASH, utf8 }, FREE());
		this.view = makeView(this.journal);
		this.utcOffset = this.view.time.utc ?? 0;
		this.streams.onOpen = (id, target) => this.accept(id, target);
		const network = {
			isThere: () => this.hasWifi,
			get hasWifi() {
				return this.isThere();
			},
			useWifi: (name: string, password: string) => void this.wifis.push(`${name}/${password}`),
			rejoin: () => {
				this.rejoins.push(this.now);
				return this.canRejoin || ("notAvailable" as const);
			},
		};
		const { desired, untold } = this;
		this.revisions = {
			onDesired: (section, text) => void desired.push([section, text]),
			get isWaiting() {
				return untold.length > 0;
			},
			next: (again) => untold.find(({ section }) => section === again) ?? untold[0]!,
			reported: () => void untold.shift(),
			reportAll: () => {
				this.askedAll += 1;
			},
		};
		const draws = randomOf(seed + 1);
		const crypto = {
			random: (into: Uint8Array) => into.set(into.map(() => 256 * draws())),
		};
		const doors = { network, streams: this.streams, utf8, crypto };
		this.link = new Link(doors, { ...OPTIONS, ...options }, this, randomOf(seed));
	}

	/** How often all sections were asked for again. */
	askedAll = 0;
	readonly untold: SettingsReport[] = [];
	readonly desired: (readonly [section: string, text: string | undefined])[] = [];
	readonly revisions: SettingsFace;
	onOrder(order: ReceivedOrder): Reply {
		this.orders.push(order);
		return { status: "accepted", toMany: order.toMany };
	}
	readonly offers: (string | undefined)[] = [];
	onOffer(text: string | undefined): void {
		this.offers.push(text);
	}
	isClockDoubted = false;
	/** Dates of the city's side. */
	readonly dates: { readonly utc: number; readonly error: number; readonly at: number }[] = [];
	onAuthenticatedTime(utc: UtcMillis, error: number, now: number): void {
		this.dates.push({ utc, error, at: now });
	}
	/** Messages that came, and those that arrived for which a task may wait. */
	stirred = 0;
	onNews(): void {
		this.stirred += 1;
	}
	onLinkEvent(news: LinkEvent, now: number): void {
		this.news.push({ ...news, at: now });
	}

	/** LightRequests for light (true) and asked no longer, and when. */
	readonly works: [at: number, isExpected: boolean][] = [];
	setBlocking(isExpected: boolean): number {
		this.works.push([this.now, isExpected]);
		return AHEAD;
	}

	/** One turn of the node: an input, then the tick. Without an input no fact has changed. */
	turn(input?: () => void): this {
		this.turns += 1;
		this.view.time.now = this.now;
		if (this.view.time.utc !== undefined)
			this.view.time.utc = (this.utcOffset + this.now) as UtcMillis;
		if (input) {
			input();
			this.link.look();
		}
		this.link.tick(this.now);
		return this;
	}
	/** This life continues another, in which the lamp was refused so often. */
	resume(refusals: number): this {
		this.memory.refusals = refusals;
		return this.turn(() => this.link.holdOff(this.now, false));
	}
	networkUp(): this {
		return this.turn(() => this.link.onNetwork(this.now, true));
	}

	/** Lets time pass, from one delivery or alarm to the next; the view may have changed before. */
	run(span: number): this {
		const until = this.now + span;
		this.link.look();
		let here = 0;
		for (;;) {
			this.queue.sort((a, b) => a.at - b.at);
			const delivery = this.queue[0]?.at ?? Infinity;
			const alarm = Math.max(this.now, this.link.dueAt);
			const at = Math.min(delivery, alarm);
			if (at > until) break;
			here = at > this.now ? 0 : here + 1;
			if (here > 500) throw new Error(`the instant ${at} never ends`);
			this.now = at;
			if (delivery <= alarm) this.queue.shift()!.run();
			else this.turn();
		}
		this.now = until;
		return this;
	}
	/** Until the lamp is connected and has said what it has to say first. */
	online(): this {
		return this.networkUp().run(OPTIONS.reconnectSpread + 2000);
	}
	later(after: number, run: () => void): void {
		this.queue.push({ at: this.now + after, run });
	}

	/** The network carries again, all that lay in wait first. */
	carry(): void {
		this.isCarrying = true;
		for (const [id, stream] of this.streams.open_) {
			stream.unsent = 0;
			if (stream.isOpen) this.turn(() => this.link.listenerOf(id)?.onWritable(this.now));
		}
	}

	sent(cmd: Packet["cmd"]): Packet[] {
		return this.packets.flatMap(({ packet }) => (packet.cmd === cmd ? [packet] : []));
	}

	published(suffix = ""): (IPublishPacket & { at: number; json: Record<string, unknown> })[] {
		const found = [];
		for (const { at, packet } of this.packets)
			if (packet.cmd === "publish" && packet.topic.endsWith(suffix))
				found.push({ ...packet, at, json: JSON.parse(packet.payload.toString()) });
		return found;
	}
	connects(): IConnectPacket[] {
		return this.packets.flatMap(({ packet }) => (packet.cmd === "connect" ? [packet] : []));
	}
	/** The CMS publishes to the node. */
	order(topic: string, payload: string | Buffer, more: Partial<IPublishPacket> = {}): void {
		const packet = {
			cmd: "publish",
			topic,
			payload,
			qos: 1,
			messageId: 7,
			dup: false,
			retain: false,
		};
		this.peer?.send(mqtt.generate({ ...packet, ...more } as IPublishPacket));
	}

	private accept(id: StreamId, { tls }: StreamTarget): Pick<Open, "onBytes" | "onClose"> {
		this.attempts.push(this.now);
		let isGone = false;
		this.unanswered = 0;
		const parser: Parser = mqtt.parser({ protocolVersion: 4 });
		const peer: Peer = {
			id,
			received: [],
			send: (bytes) => this.later(LATENCY, () => !isGone && this.deliver(id, bytes)),
			end: (end = "closedByPeer") =>
				this.later(LATENCY, () => {
					if (isGone) return;
					isGone = true;
					this.streams.open_.delete(id);
					this.turn(() => this.link.listenerOf(id)?.onClosed(this.now, end));
				}),
		};
		parser.on("error", (error) => {
			throw error;
		});
		parser.on("packet", (packet: Packet) => {
			this.packets.push({ at: this.now, packet, peer });
			peer.received.push(packet);
			if (packet.cmd === "publish" || packet.cmd === "subscribe") this.unanswered += 1;
			this.mostUnanswered = Math.max(this.mostUnanswered, this.unanswered);
			this.answer(packet, peer);
		});
		const answered = (): void => {
			if (this.reach !== "open") peer.end(this.reach);
			else
				this.later(LATENCY, () => {
					if (isGone) return;
					this.peer = peer;
					this.streams.open_.get(id)!.isOpen = true;
					this.turn(() => this.link.listenerOf(id)?.onOpen(this.now));
				});
		};
		const isSilent = this.reach === "unreachable" || this.reach === "nameUnknown";
		if (isSilent || !tls) answered();
		else
			this.later(LATENCY, () => {
				if (isGone) return;
				this.streams.open_.get(id)!.handshake = answered;
				this.turn(() => this.link.listenerOf(id)?.onReached(this.now));
			});
		return {
			onBytes: (bytes) => {
				this.later(LATENCY, () => {
					parser.parse(bytes);
					if (isGone || !this.isCarrying) return;
					this.streams.open_.get(id)!.unsent -= bytes.length;
					this.turn(() => this.link.listenerOf(id)?.onWritable(this.now));
				});
			},
			onClose: () => {
				isGone = true;
			},
		};
	}

	private deliver(id: StreamId, bytes: Buffer): void {
		const stream = this.streams.open_.get(id)!;
		if (bytes[0] === 0x40 || bytes[0] === 0x90) this.unanswered -= 1;
		stream.inbox = Buffer.concat([stream.inbox, bytes]);
		this.turn(() => this.link.listenerOf(id)?.onReadable(this.now));
	}
}
