/**
 * Image server: the street's source of images, a web server in memory with ranges, and with
 * failures on request.
 *
 * It stands between street and network and takes the streams to its own name; all others pass. A
 * request is answered after one round trip, at the pace of a mobile link; TLS is assumed to succeed
 * for the right name, as in the rest of the street.
 */
import type { Effect } from "../../hosts/virtual/fleet/fleet.js";
import {
	EFFECT,
	INPUT,
	type InputKind,
	STREAM_END,
	STREAMS,
} from "../../hosts/virtual/protocol.js";
import { bytesOf, joined, latin1Of } from "../../lib/bytes.js";
import { random } from "../../lib/random.js";
import type { StreamEnd } from "../../src/host.js";
import { ForwardingNetwork } from "../network/forwarding.js";
import { type Target, targetOf } from "../network/target.js";
import type { ConnectionListener, Network, Post } from "../street/network.js";
import { TimedQueue } from "../util/timedqueue.js";

/** Round trip, ms. */
const ROUND_TRIP = 60;
/**
 * TCP's payload in an Ethernet frame, and the interval between two, ms: about a megabit a second.
 */
const SEGMENT_BYTES = 1460;
export const SEGMENT_EVERY = 12;

/** The response to one request. */
interface Answer {
	/** Absent: that of an ordinary web server. */
	readonly head?: string;
	readonly body?: Uint8Array;
	/** The connection ends after so many bytes of the body. */
	readonly cutAfter?: number;
}

/** Answers of a broken server; undefined: a right one. */
const BROKEN: readonly (Answer | undefined)[] = [
	undefined,
	{ cutAfter: 0 },
	{ cutAfter: 5_000 },
	{ cutAfter: 19_999 },
	{
		head: "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
		body: new Uint8Array(0),
	},
	{ head: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", body: new Uint8Array(0) },
	{
		head: "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n",
		body: new Uint8Array(20_000).fill(7),
	},
	{ head: "SSH-2.0-OpenSSH_9.6\r\n", body: new Uint8Array(0), cutAfter: 0 },
	{ head: "", body: new Uint8Array(0) },
];

/** Chooses the response to a request; undefined: that of an ordinary web server. */
type Mood = (lamp: number, path: string, index: number) => Answer | undefined;

/** A piece of a file was sent to a lamp: `bytes` handed over so far, `of` in total. */
type ServedListener = (lamp: number, path: string, bytes: number, of: number) => void;

/** A lamp's stream to the server. */
interface Connection {
	readonly lamp: number;
	readonly channel: number;
	/** Over TLS, and the lamp asks for the server's name. */
	readonly isTrusted: boolean;
	request: string;
	/** Of the answer: its path, bytes handed over so far, and bytes of the file. */
	path: string;
	served: number;
	whole: number;
	/** Neither side has closed it. */
	live: boolean;
}

interface Delivery {
	readonly at: number;
	readonly lamp: number;
	readonly connection: Connection;
	readonly kind: InputKind;
	readonly value: number;
	readonly bytes: Uint8Array | undefined;
	/** Bytes of the image in it. */
	readonly body: number;
}

export class ImageServer extends ForwardingNetwork {
	/** Requests of the lamps, in order. */
	readonly requests: { at: number; lamp: number; path: string; from: number }[] = [];
	readonly files = new Map<string, Uint8Array>();
	mood: Mood = () => undefined;
	readonly #servedListeners = new Set<ServedListener>();
	readonly #connectionListeners = new Set<ConnectionListener>();
	readonly #name: string;
	readonly #pace: (bytes: number) => number;
	readonly #connections = new Map<string, Connection>();
	readonly #down = new TimedQueue<Delivery>();

	/**
	 * `name`: of its host; streams to any other are the inner network's. `pace`: ms a segment, by the
	 * bytes of a file.
	 */
	constructor(inner: Network, name: string, pace = (_bytes: number) => SEGMENT_EVERY) {
		super(inner);
		this.#pace = pace;
		this.#name = name;
	}

	/** Each answer is another wrong one, or a right one. */
	override setImagesBroken(isBroken: boolean): void {
		super.setImagesBroken(isBroken);
		const chance = random(1, "image server");
		this.mood = isBroken
			? () => BROKEN[Math.floor(chance.next() * BROKEN.length)]
			: () => undefined;
	}

	/** Calls back for each piece of a file sent to a lamp. */
	onServed(listener: ServedListener): void {
		this.#servedListeners.add(listener);
	}

	/** Calls back when a lamp's connection to this server opens, and when either side has ended it. */
	override onConnection(listener: ConnectionListener): void {
		super.onConnection(listener);
		this.#connectionListeners.add(listener);
	}

	override onEffect(...[kind, at, lamp, value, channel, bytes]: Effect): void {
		const key = `${lamp} ${channel}`;
		if (kind === EFFECT.streamOpen) {
			const target = targetOf(value, bytes);
			if (target.host === this.#name) {
				const none = { request: "", path: "", served: 0, whole: 0 };
				this.#open(at, key, { lamp, channel, ...none, live: true }, target);
				return;
			}
		}
		const connection = this.#connections.get(key);
		if (connection && kind === EFFECT.streamSecure) {
			if (connection.isTrusted) this.#send(at + ROUND_TRIP, connection, INPUT.streamOpen, 0);
			else this.#sendEnd(at + ROUND_TRIP, connection, "tlsRefused");
			return;
		}
		if (connection && kind === EFFECT.streamWrite) {
			connection.request += latin1Of(bytes);
			if (connection.request.endsWith("\r\n\r\n")) this.#serve(at + ROUND_TRIP, connection);
			return;
		}
		if (connection && kind === EFFECT.streamClose) {
			this.#end(at, key);
			return;
		}
		if (kind === EFFECT.restart || kind === EFFECT.death)
			for (let each = 0; each < STREAMS; each++) this.#end(at, `${lamp} ${each}`);
		super.onEffect(kind, at, lamp, value, channel, bytes);
	}

	override nextDue(): number {
		return Math.min(super.nextDue(), this.#down.nextDue());
	}

	override deliver(until: number, post: Post): void {
		for (let due = this.#down.take(until); due; due = this.#down.take(until)) {
			const { at, connection, kind, value, bytes, body } = due;
			const { lamp, channel, live, path, whole } = connection;
			if (!live) continue;
			connection.served += body;
			if (body > 0)
				for (const listener of this.#servedListeners)
					listener(lamp, path, connection.served, whole);
			if (kind === INPUT.streamClosed) this.#end(at, `${lamp} ${channel}`);
			post(lamp, at, kind, value, channel, bytes);
		}
		super.deliver(until, post);
	}

	#open(at: number, key: string, made: Omit<Connection, "isTrusted">, { tls }: Target): void {
		const connection = { ...made, isTrusted: tls?.serverName === this.#name };
		this.#end(at, key);
		this.#connections.set(key, connection);
		for (const listener of this.#connectionListeners) listener(at, made.lamp, true);
		const kind = tls ? INPUT.streamReached : INPUT.streamOpen;
		this.#send(at + ROUND_TRIP, connection, kind, 0);
	}

	#end(at: number, key: string): void {
		const connection = this.#connections.get(key);
		if (!connection) return;
		connection.live = false;
		this.#connections.delete(key);
		for (const listener of this.#connectionListeners) listener(at, connection.lamp, false);
	}

	#serve(at: number, connection: Connection): void {
		const { lamp, request } = connection;
		const path = request.split(" ")[1] ?? "";
		const from = Number(/^Range: bytes=(\d+)-\r$/m.exec(request)?.[1] ?? 0);
		this.requests.push({ at, lamp, path, from });
		const index = this.requests.filter((logged) => logged.lamp === lamp).length;
		const usual = this.#usual(path, from);
		const { head, body, cutAfter = Infinity } = { ...usual, ...this.mood(lamp, path, index) };
		const headBytes = head.length; // ASCII
		const all = joined([bytesOf(head), body.subarray(0, cutAfter)]);
		Object.assign(connection, { path, served: from, whole: this.files.get(path)?.length ?? 0 });
		let when = at;
		const every = this.#pace(connection.whole);
		for (let start = 0; start < all.length; start += SEGMENT_BYTES) {
			const piece = all.subarray(start, start + SEGMENT_BYTES);
			const ofBody = start + piece.length - Math.max(start, headBytes);
			const inBody = connection.whole > 0 ? Math.max(0, ofBody) : 0;
			this.#send(when, connection, INPUT.streamReadable, piece.length, piece, inBody);
			when += every;
		}
		if (cutAfter < body.length) this.#sendEnd(when, connection, "closedByPeer");
	}

	#usual(path: string, from: number): { head: string; body: Uint8Array } {
		const file = this.files.get(path);
		const head = (status: string, length: number, more = ""): string =>
			`HTTP/1.1 ${status}\r\nServer: street\r\n${more}Content-Length: ${length}\r\n\r\n`;
		if (!file) return { head: head("404 Not Found", 0), body: new Uint8Array(0) };
		const body = file.subarray(from);
		const range = `Content-Range: bytes ${from}-${file.length - 1}/${file.length}\r\n`;
		if (from === 0) return { head: head("200 OK", file.length), body };
		return { head: head("206 Partial Content", body.length, range), body };
	}

	#send(
		at: number,
		connection: Connection,
		kind: InputKind,
		value: number,
		bytes?: Uint8Array,
		body = 0,
	): void {
		this.#down.push({ at, lamp: connection.lamp, connection, kind, value, bytes, body });
	}

	#sendEnd(at: number, connection: Connection, end: StreamEnd): void {
		this.#send(at, connection, INPUT.streamClosed, STREAM_END.indexOf(end));
	}
}
