/**
 * Connection: one outgoing stream, from the name to the last byte. A failure ends it with a reason.
 */

import type TCP from "embedded:io/socket/tcp";
import TLSSocket, { type Secure } from "embedded:io/socket/tcp/tls";
import { resolve } from "host/resolver";
import { GuardedTCP } from "host/tcp";
import type { StreamEnd, StreamTarget } from "luminode/host";
import Timer from "timer";
import type { Turn } from "./turn";

/** Name, TCP and TLS together; the SDK itself would wait for ever. */
const LONGEST_OPENING_ms = 30_000;
/** Bytes that TLS 1.2 adds to a record: header, vector, padding, digest (AES-CBC, SHA-256). */
const RECORD_OVERHEAD = 96;

export interface Ends {
	/** TCP is connected, and TLS waits for `secure`. */
	onReached(id: number): void;
	onOpen(id: number): void;
	onReadable(id: number, count: number): void;
	onWritable(id: number): void;
	onClosed(id: number, end: StreamEnd): void;
}

/** The part of both sockets that is used. */
type Socket = Pick<TCP, "close"> & {
	read(into: Uint8Array): unknown;
	write(bytes: Uint8Array | ArrayBuffer): unknown;
};

export class Connection {
	readonly id: number;
	/** Bytes that a write would take now. */
	room = 0;
	private readonly turn: Turn;
	private readonly target: StreamTarget;
	private readonly trust: Secure | undefined;
	private readonly ends: Ends;
	private socket: Socket | undefined;
	/** Below TLS, once its handshake has begun. */
	private tcp: GuardedTCP | undefined;
	private stage: "connecting" | "reached" | "securing" | "open" = "connecting";
	private isOver = false;
	private unread = 0;
	private patience: Timer | undefined;

	constructor(turn: Turn, id: number, target: StreamTarget, trust: Secure | undefined, ends: Ends) {
		this.turn = turn;
		this.id = id;
		this.target = target;
		this.trust = trust;
		this.ends = ends;
	}

	/** Resolves the name, then connects. */
	begin(): void {
		this.waitFor(LONGEST_OPENING_ms, "timedOut");
		try {
			resolve(
				this.target.host,
				this.turn.guarded((address: string | undefined) => this.connect(address)),
			);
		} catch {
			this.refuse("nameUnknown");
		}
	}

	/** Ends it before it began, in a turn of its own. */
	refuse(end: StreamEnd): void {
		this.waitFor(0, end);
	}

	/** The handshake, on the connected TCP; the SDK runs it inside callbacks of TCP. */
	secure(): void {
		const { socket, trust } = this;
		if (this.stage !== "reached" || !trust) return;
		this.stage = "securing";
		this.waitFor(LONGEST_OPENING_ms, "timedOut");
		try {
			const onMade = (tcp: GuardedTCP): void => {
				this.tcp = tcp;
			};
			const how = { from: socket as TCP, TCP: { io: GuardedTCP }, secure: trust, onMade };
			this.socket = new TLSSocket({ ...this.optionsTo(""), ...how });
		} catch {
			this.end("tlsRefused");
		}
	}

	write(bytes: Uint8Array, start: number, count: number): boolean {
		if (!this.socket || count > this.room) return false;
		const taken = this.room - count - (this.trust ? RECORD_OVERHEAD : 0);
		this.room = Math.max(0, taken);
		try {
			// TLS keeps a reference to its argument; TCP copies
			const view = bytes.subarray(start, start + count);
			this.socket.write(this.trust ? view.slice().buffer : view);
			return true;
		} catch {
			this.room = 0;
			return false;
		}
	}

	read(into: Uint8Array): number {
		const count = Math.min(this.unread, into.length);
		if (!this.socket || count === 0) return 0;
		this.unread -= count;
		try {
			this.take(this.socket, into.subarray(0, count)); // more than is available would throw
			return count;
		} catch {
			this.unread = 0;
			return 0;
		}
	}

	/** No callback comes after this. */
	close(): void {
		this.isOver = true;
		Timer.clear(this.patience);
		this.patience = undefined;
		const { socket } = this;
		this.socket = undefined;
		this.tcp = undefined;
		this.room = 0;
		this.unread = 0;
		try {
			socket?.close();
		} catch {
			// it was closed already
		}
	}

	/**
	 * TLS finds nothing more to read and does not continue by itself: `goOn` continues it, where
	 * its exceptions end.
	 */
	private take(socket: Socket, into: Uint8Array): void {
		const { tcp } = this;
		const waiting = tcp?.readable ?? 0;
		if (tcp) tcp.readable = 0;
		socket.read(into);
		if (!tcp || waiting === 0) return;
		tcp.readable = waiting;
		Timer.set(this.turn.guarded(() => this.tcp?.goOn()));
	}

	private waitFor(wait: number, end: StreamEnd): void {
		Timer.clear(this.patience);
		this.patience = Timer.set(
			this.turn.guarded(() => this.end(end)),
			wait,
		);
	}

	private connect(address: string | undefined): void {
		if (this.isOver) return;
		if (address === undefined) {
			this.end("nameUnknown");
			return;
		}
		try {
			this.socket = new GuardedTCP(this.optionsTo(address)) as Socket;
		} catch {
			this.end("unreachable");
		}
	}

	private optionsTo(address: string) {
		const { host, port } = this.target;
		return {
			...{ address, host, port, nodelay: true },
			onReadable: this.turn.guarded((count: number) => this.onReadable(count)),
			onWritable: this.turn.guarded((count: number) => this.onWritable(count)),
			onError: this.turn.guarded(() =>
				this.end(this.stage === "open" ? "closedByPeer" : "unreachable"),
			),
			onRefused: this.turn.guarded(() => this.end(this.trust ? "tlsRefused" : "unreachable")),
		};
	}

	private onWritable(count: number): void {
		if (this.isOver || this.stage === "reached") return;
		const isReached = this.stage === "connecting" && this.trust !== undefined;
		if (!isReached) this.room = count;
		if (this.stage === "open") {
			this.ends.onWritable(this.id);
			return;
		}
		this.stage = isReached ? "reached" : "open";
		Timer.clear(this.patience);
		this.patience = undefined;
		if (isReached) this.ends.onReached(this.id);
		else this.ends.onOpen(this.id);
	}

	/** `count`: all that can be read now, bytes of earlier calls included. */
	private onReadable(count: number): void {
		if (this.isOver || this.stage !== "open") return; // over TLS the peer closes
		const more = count - this.unread;
		this.unread = count;
		if (more > 0) this.ends.onReadable(this.id, more);
	}

	private end(end: StreamEnd): void {
		if (this.isOver) return;
		this.close();
		this.ends.onClosed(this.id, end);
	}
}
