/**
 * Lamps: thousands of the firmware's own sessions, and the broker to which they reconnect.
 *
 * Each lamp is `Session` with client, network supervision and back-off as flashed, on simple
 * streams that answer like a broker. Time is virtual: a queue of coming events.
 */
import { TimedQueue } from "../../../sim/util/timedqueue.js";
import type { StreamId, Streams, StreamTarget, Utf8 } from "../../../src/host.js";
import type { LinkOptions } from "../../../src/link/contract.js";
import { Session, type SessionLamp, type SessionOwner } from "../../../src/link/session.js";
import type { View } from "../../../src/view.js";
import { type Chance, chanceOf, type Door, RTT, type Tally } from "./broker.js";

const CONNACK = Uint8Array.of(0x20, 2, 0, 0);
const STREAM: StreamId = 0;
const WINDOW = 8192;

const utf8: Utf8 = {
	encode(text, into, at) {
		const { written } = new TextEncoder().encodeInto(text, into.subarray(at));
		return written;
	},
	decode: (bytes, start, count) => Buffer.from(bytes.subarray(start, start + count)).toString(),
};
/** The part of a view that a will contains. */
const VIEW = {
	identity: { life: 1, swVersion: "1.0.0" },
	time: { now: 0, utc: undefined, notBefore: 0 },
} as unknown as View;

/** An input of a lamp: an answer, an end of its connection, or its own alarm. */
interface Event {
	readonly at: number;
	readonly lamp: number;
	readonly what: "alarm" | "network" | "opened" | "refused" | "lost" | Uint8Array;
	/** The connection of the input; an input of an earlier connection is ignored. */
	readonly connection: number;
}

/** All lamps, and the queue of their inputs. */
export class Lamps {
	now = 0;
	readonly #queue = new TimedQueue<Event>();
	readonly #lamps: Lamp[] = [];

	constructor(
		count: number,
		readonly spread: number,
		readonly door: Door,
		readonly tally: Tally,
		seed: number,
	) {
		for (let lamp = 0; lamp < count; lamp += 1)
			this.#lamps.push(new Lamp(lamp, this, chanceOf(seed, lamp)));
	}

	/** The lamp's network comes up at `at`. */
	powerOn(lamp: number, at: number): void {
		this.#queue.push({ at, lamp, what: "network", connection: 0 });
	}

	/** The broker fails and all connections end. Each lamp receives the end at its own instant. */
	loseAll(chance: Chance): void {
		for (const lamp of this.#lamps)
			if (lamp.isOpen) this.send(lamp, "lost", Math.floor(chance() * RTT));
	}

	send(lamp: Lamp, what: Event["what"], after = RTT): void {
		this.#queue.push({ at: this.now + after, lamp: lamp.index, what, connection: lamp.opened });
	}

	wake(lamp: Lamp, at: number): void {
		if (at === Infinity) return;
		const due = Math.max(at, this.now);
		this.#queue.push({ at: due, lamp: lamp.index, what: "alarm", connection: 0 });
	}

	/** Handles all inputs up to `until`. */
	run(until: number): void {
		for (let event = this.#queue.take(until); event; event = this.#queue.take(until)) {
			this.now = event.at;
			this.#lamps[event.lamp]!.take(event);
		}
		this.now = until;
	}

	get online(): number {
		return this.#lamps.reduce((sum, { isOnline }) => sum + (isOnline ? 1 : 0), 0);
	}
}

class Lamp implements Streams, SessionOwner, SessionLamp {
	readonly view = VIEW;
	readonly memory = { resumeRefusals: () => 0, retainRefusals() {} };
	opened = 0; // connections so far
	isOpen = false; // a stream
	isOnline = false;
	#wakeAt = Infinity;
	#inbox: Uint8Array | undefined;
	readonly #session: Session;

	constructor(
		readonly index: number,
		readonly lamps: Lamps,
		chance: Chance,
	) {
		const network = { hasWifi: false, useWifi() {}, rejoin: () => "notAvailable" as const };
		const doors = { network, streams: this, utf8, crypto: { random() {} } };
		this.#session = new Session(doors, optionsOf(index, lamps.spread), this, this, chance);
	}

	take({ at, what, connection }: Event): void {
		const { client } = this.#session;
		if (what === "alarm") {
			if (at !== this.#wakeAt) return; // replaced by another alarm
			this.#wakeAt = Infinity;
		} else if (what === "network") this.#session.onNetwork(at, true);
		else if (connection !== this.opened || !this.isOpen) return;
		else if (what === "opened") client.onOpen(at);
		else if (what === "refused" || what === "lost") {
			this.isOpen = false;
			client.onClosed(at, what === "lost" ? "closedByPeer" : "unreachable");
		} else {
			this.#inbox = what;
			client.onReadable(at);
		}
		this.#session.tick(at);
		const due = this.#session.dueAt;
		if (due === this.#wakeAt) return;
		this.#wakeAt = due === Infinity ? due : Math.max(due, at);
		this.lamps.wake(this, due);
	}

	open(_target: StreamTarget): StreamId {
		const { now, door, tally } = this.lamps;
		this.opened += 1;
		this.isOpen = true;
		const isLetIn = door.admits(now);
		tally.attempt(now, isLetIn);
		this.lamps.send(this, isLetIn ? "opened" : "refused");
		return STREAM;
	}
	secure(): void {} // these lamps use plain TCP
	setBlocking(): number {
		return 0;
	}
	writable(): number {
		return this.isOpen ? WINDOW : 0;
	}
	write(_id: StreamId, bytes: Uint8Array, start: number): boolean {
		const type = bytes[start]! & 0xf0;
		if (type === 0x10) this.lamps.send(this, CONNACK);
		if (type === 0x80) {
			const id = start + (bytes[start + 1]! < 128 ? 2 : 3); // after the length
			const codes = this.#session.topics.filters.map(() => 1);
			const count = 2 + codes.length;
			this.lamps.send(this, Uint8Array.of(0x90, count, bytes[id]!, bytes[id + 1]!, ...codes));
		}
		return true;
	}
	read(_id: StreamId, into: Uint8Array): number {
		const bytes = this.#inbox;
		if (!bytes) return 0;
		this.#inbox = undefined;
		into.set(bytes);
		return bytes.length;
	}
	close(): void {
		this.isOpen = false;
	}

	onSession(now: number): void {
		this.isOnline = true;
		this.lamps.tally.back(now);
	}
	onLastWord(): void {}
	onSessionEnd(): void {
		this.isOnline = false;
	}
	onMessage(): boolean {
		return true;
	}
	onAcknowledged(): void {}
	onLinkEvent(): void {}
}

function optionsOf(index: number, spread: number): LinkOptions {
	const node = `pole-${String(index + 1).padStart(5, "0")}`;
	const topics = { root: "luminode/1", site: "s", node, serial: node };
	const broker = { host: "broker", port: 1883, tls: false, serverName: "", cleanSession: true };
	const rest = { sections: [], keepAlive: 0, reconnectSpread: spread };
	return { ...topics, ...broker, ...rest } as unknown as LinkOptions;
}
