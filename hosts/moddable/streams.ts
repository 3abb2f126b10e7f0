/**
 * Streams: the few simultaneous connections of a lamp, and their trusted certificates.
 */
import type { Secure } from "embedded:io/socket/tcp/tls";
import type {
	NotAvailable,
	Store,
	StreamEnd,
	StreamId,
	Streams,
	StreamTarget,
	TlsTarget,
} from "luminode/host";
import Time from "time";
import { Connection, type Ends } from "./connection";
import { derOf } from "./pem";
import type { Turn } from "./turn";

/** The broker, and the image server during a download: with TLS, more does not fit in memory. */
const MOST_STREAMS = 2;
/** TLS checks certificates by the machine's clock, which is set if it is further off. */
const CLOCK_OFF_ms = 60_000;

export class NetworkStreams implements Streams, Ends {
	/** The network is up; without it no connection is tried. */
	isUp = false;
	private readonly turn: Turn;
	private readonly store: Store;
	private readonly open_: (Connection | undefined)[] = [];

	constructor(turn: Turn, store: Store) {
		this.turn = turn;
		this.store = store;
		for (let id = 0; id < MOST_STREAMS; id += 1) this.open_.push(undefined);
	}

	open(target: StreamTarget): StreamId | NotAvailable {
		const id = this.open_.indexOf(undefined);
		if (id < 0) return "notAvailable";
		const secure = target.tls && this.secureOf(target.tls);
		const connection = new Connection(this.turn, id, target, secure, this);
		if (!this.isUp) connection.refuse("noNetwork");
		else if (target.tls && !secure) connection.refuse("tlsRefused");
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
		this.turn.post((lamp, now) => lamp.onStreamReached(now, id));
	}

	onOpen(id: StreamId): void {
		this.turn.post((lamp, now) => lamp.onStreamOpen(now, id));
	}

	onReadable(id: StreamId, count: number): void {
		this.turn.post((lamp, now) => lamp.onStreamReadable(now, id, count));
	}

	onWritable(id: StreamId): void {
		this.turn.post((lamp, now) => lamp.onStreamWritable(now, id));
	}

	onClosed(id: StreamId, end: StreamEnd): void {
		this.open_[id] = undefined;
		this.turn.post((lamp, now) => lamp.onStreamClosed(now, id, end));
	}

	/** Options for the SDK's TLS 1.2; undefined without the city's CA: then no peer is trusted. */
	private secureOf(tls: TlsTarget): Secure | undefined {
		const certificate = derOf(this.store.read("tls.ca"), "CERTIFICATE");
		if (!certificate) return undefined;
		if (Math.abs(Date.now() - tls.date) > CLOCK_OFF_ms) Time.set(tls.date / 1000);
		const own = derOf(this.store.read("tls.cert"), "CERTIFICATE");
		const key = derOf(this.store.read("tls.key"), "PRIVATE KEY"); // PKCS #8, RSA
		const shown = own && key && { clientCertificates: [own], clientKey: key };
		return { serverName: tls.serverName, certificate, verify: true, ...shown };
	}
}
