/**
 * Streams: the few simultaneous connections of a lamp, and their trusted certificates.
 */
import type {
	NotAvailable,
	Store,
	StreamEnd,
	StreamId,
	Streams,
	StreamTarget,
	TlsTarget,
} from "luminode/host";
import type { Trust } from "native/tls";
import { Connection, type Ends } from "./connection";
import { derOf } from "./pem";
import type { Turn } from "./turn";

/** The broker, and the image server during a download: with TLS, more does not fit in memory. */
const MOST_STREAMS = 2;
/** Bytes that pass between TCP and TLS at once. */
const PASSING_BYTES = 512;

export class NetworkStreams implements Streams, Ends {
	/** The network is up; without it no connection is tried. */
	isUp = false;
	private readonly turn: Turn;
	private readonly store: Store;
	private readonly open_: (Connection | undefined)[] = [];
	private readonly passing = new Uint8Array(PASSING_BYTES);

	constructor(turn: Turn, store: Store) {
		this.turn = turn;
		this.store = store;
		for (let id = 0; id < MOST_STREAMS; id += 1) this.open_.push(undefined);
	}

	open(target: StreamTarget): StreamId | NotAvailable {
		const id = this.open_.indexOf(undefined);
		if (id < 0) return "notAvailable";
		const trust = target.tls && this.trustOf(target.tls);
		const connection = new Connection(this.turn, id, target, trust, this, this.passing);
		if (!this.isUp) connection.refuse("noNetwork");
		else if (target.tls && !trust) connection.refuse("tlsRefused");
		else connection.begin();
		this.open_[id] = connection;
		return id;
	}

	secure(id: StreamId): void {
		this.open_[id]?.secure();
	}

	writable(id: StreamId): number {
		return this.open_[id]?.room ?? 0;
	}

	write(id: StreamId, bytes: Uint8Array, start: number, count: number): boolean {
		return this.open_[id]?.write(bytes, start, count) ?? false;
	}

	read(id: StreamId, into: Uint8Array): number {
		return this.open_[id]?.read(into) ?? 0;
	}

	close(id: StreamId): void {
		this.open_[id]?.close();
		this.open_[id] = undefined;
	}

	onReached(id: StreamId): void {
		this.turn.post("stream", (lamp, now) => lamp.onStreamReached(now, id));
	}

	onOpen(id: StreamId): void {
		this.turn.post("stream", (lamp, now) => lamp.onStreamOpen(now, id));
	}

	onReadable(id: StreamId, count: number): void {
		this.turn.post("stream", (lamp, now) => lamp.onStreamReadable(now, id, count));
	}

	onWritable(id: StreamId): void {
		this.turn.post("stream", (lamp, now) => lamp.onStreamWritable(now, id));
	}

	onClosed(id: StreamId, end: StreamEnd): void {
		this.open_[id] = undefined;
		this.turn.post("stream", (lamp, now) => lamp.onStreamClosed(now, id, end));
	}

	/** Undefined without the city's CA: then no peer is trusted. */
	private trustOf({ serverName: name, date, tried = "" }: TlsTarget): Trust | undefined {
		const textOf = (what: string) =>
			this.store.read((tried.includes(what) ? "try." : "tls.") + what);
		const authority = derOf(textOf("ca"), "CERTIFICATE");
		if (!authority) return undefined;
		const certificate = derOf(textOf("cert"), "CERTIFICATE");
		const key = derOf(textOf("key"), "PRIVATE KEY"); // PKCS #8
		return { authority, certificate, key, name, date };
	}
}
