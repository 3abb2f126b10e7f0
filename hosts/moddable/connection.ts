/**
 * Connection: one outgoing stream, from the name to the last byte. A failure ends it with a reason.
 */

import { resolve } from "host/resolver";
import TCP from "host/tcp";
import type { StreamEnd, StreamTarget } from "luminode/host";
import { Link, OPEN, REFUSED_ENDED, type Trust } from "native/tls";
import Timer from "timer";
import type { Turn } from "./turn";

/** Name, TCP and TLS together; TCP itself would wait for ever. */
const LONGEST_OPENING_ms = 30_000;
/** Bytes that TLS adds to a record, at most (AES-GCM in 1.2). */
const RECORD_OVERHEAD = 32;

export interface Ends {
	/** TCP is connected, and TLS waits for `secure`. */
	onReached(id: number): void;
	onOpen(id: number): void;
	onReadable(id: number, count: number): void;
	onWritable(id: number): void;
	onClosed(id: number, end: StreamEnd): void;
}

export class Connection {
	readonly id: number;
	private readonly turn: Turn;
	private readonly target: StreamTarget;
	private readonly trust: Trust | undefined;
	private readonly ends: Ends;
	/** Bytes on their way between TCP and TLS: shared, since they stay in no turn longer. */
	private readonly passing: Uint8Array;
	private tcp: TCP | undefined;
	/** TLS, once its handshake has begun. */
	private link: Link | undefined;
	private stage: "connecting" | "reached" | "securing" | "open" = "connecting";
	private isOver = false;
	/** TCP has ended, with bytes of it still in TLS. */
	private isCut = false;
	/** Bytes that TCP takes now. */
	private window = 0;
	/** Bytes that wait in TCP. */
	private waiting = 0;
	/** Bytes that the lamp was notified of and has not read. */
	private unread = 0;
	private patience: Timer | undefined;
	private later: Timer | undefined;

	constructor(
		turn: Turn,
		id: number,
		target: StreamTarget,
		trust: Trust | undefined,
		ends: Ends,
		passing: Uint8Array,
	) {
		this.turn = turn;
		this.id = id;
		this.target = target;
		this.trust = trust;
		this.ends = ends;
		this.passing = passing;
	}

	/** Bytes that a write would take now. */
	get room(): number {
		if (this.stage !== "open") return 0;
		const { link, window } = this;
		return link ? Math.max(0, Math.min(link.writable, window - RECORD_OVERHEAD)) : window;
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

	/** The handshake, on the connected TCP; its arithmetic is on another thread. */
	secure(): void {
		const { trust } = this;
		if (this.stage !== "reached" || !trust) return;
		this.stage = "securing";
		this.waitFor(LONGEST_OPENING_ms, "timedOut");
		try {
			this.link = new Link(
				trust,
				this.turn.guarded(() => this.pass()),
			);
		} catch {
			this.refuse("tlsRefused"); // no memory
		}
	}

	write(bytes: Uint8Array, start: number, count: number): boolean {
		const { tcp, link } = this;
		if (!tcp || count > this.room) return false;
		const view = bytes.subarray(start, start + count);
		if (link) {
			const isWritten = link.write(view);
			this.send();
			return isWritten;
		}
		return this.give(view);
	}

	read(into: Uint8Array): number {
		const { tcp, link } = this;
		const count = Math.min(this.unread, into.length);
		if (!tcp || count === 0) return 0;
		this.unread -= count;
		if (link) {
			const read = link.read(into.subarray(0, count));
			if (this.unread === 0) this.passLater(); // records behind this one, or TCP's bytes
			return Math.max(0, read);
		}
		try {
			tcp.read(into.subarray(0, count)); // more than is available would throw
			return count;
		} catch {
			this.unread = 0;
			return 0;
		}
	}

	/** No callback comes after this. */
	close(): void {
		this.isOver = true;
		for (const timer of [this.patience, this.later]) Timer.clear(timer);
		this.patience = this.later = undefined;
		const { tcp, link } = this;
		try {
			link?.end();
			this.send();
		} catch {
			// TCP has ended
		}
		this.tcp = this.link = undefined;
		this.window = this.waiting = this.unread = 0;
		link?.close();
		try {
			tcp?.close();
		} catch {
			// it was closed already
		}
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
		const { turn } = this;
		const { host, port } = this.target;
		try {
			this.tcp = new TCP({
				address,
				host,
				port,
				nodelay: true,
				onReadable: turn.guarded((count: number) => this.onReadable(count)),
				onWritable: turn.guarded((count: number) => this.onWritable(count)),
				onError: turn.guarded(() => this.onEnd()),
			});
		} catch {
			this.end("unreachable");
		}
	}

	private onWritable(count: number): void {
		if (this.isOver) return;
		this.window = count;
		switch (this.stage) {
			case "connecting":
				Timer.clear(this.patience);
				this.patience = undefined;
				this.stage = this.trust ? "reached" : "open";
				if (this.trust) this.ends.onReached(this.id);
				else this.ends.onOpen(this.id);
				break;
			case "securing":
				this.pass();
				break;
			case "open":
				this.send();
				this.ends.onWritable(this.id);
		}
	}

	/** `count`: all that can be read now, bytes of earlier calls included. */
	private onReadable(count: number): void {
		if (this.isOver) return;
		if (this.trust) {
			this.waiting = count;
			if (this.link) this.pass();
			return;
		}
		const more = count - this.unread;
		this.unread = count;
		if (more > 0) this.ends.onReadable(this.id, more);
	}

	/** TCP has ended and has no byte left; those that came before may still be on their way through TLS. */
	private onEnd(): void {
		const { link, stage } = this;
		this.isCut = true;
		this.window = 0;
		if (link && stage === "securing") link.cut();
		else if (link && stage === "open") this.pass();
		else this.end(stage === "open" ? "closedByPeer" : "unreachable");
	}

	private passLater(): void {
		this.later ??= Timer.set(
			this.turn.guarded(() => {
				this.later = undefined;
				this.pass();
			}),
			0,
		);
	}

	/** Passes bytes both ways between TCP and TLS, and takes notice of where TLS is. */
	private pass(): void {
		const { link } = this;
		if (this.isOver || !link) return;
		this.take(link);
		this.send();
		const { state } = link;
		if (state === OPEN) this.onSecure(link);
		else if (state < 0) this.end(state === REFUSED_ENDED ? "unreachable" : "tlsRefused");
	}

	private onSecure(link: Link): void {
		if (this.stage === "securing") {
			this.stage = "open";
			Timer.clear(this.patience);
			this.patience = undefined;
			this.ends.onOpen(this.id);
		}
		let available = link.available();
		while (available === 0 && this.take(link)) available = link.available();
		if (available < 0 || (available === 0 && this.isCut)) {
			this.end("closedByPeer");
			return;
		}
		const more = available - this.unread;
		this.unread = available;
		if (more > 0) this.ends.onReadable(this.id, more);
	}

	/** From TCP to TLS, as much as there is room for; whether there was any. */
	private take(link: Link): boolean {
		const { tcp, passing } = this;
		let isAny = false;
		for (;;) {
			const count = Math.min(this.waiting, link.room, passing.length);
			if (!tcp || count === 0) return isAny;
			const view = passing.subarray(0, count);
			this.waiting -= count;
			tcp.read(view);
			link.put(view);
			isAny = true;
		}
	}

	/** From TLS to TCP. */
	private send(): void {
		const { link, tcp, passing } = this;
		if (!link || !tcp) return;
		for (;;) {
			const count = Math.min(link.pending, this.window, passing.length);
			if (count === 0) return;
			const view = passing.subarray(0, count);
			link.take(view);
			if (!this.give(view)) return;
		}
	}

	private give(view: Uint8Array): boolean {
		this.window -= view.length;
		try {
			this.tcp?.write(view);
			return true;
		} catch {
			this.window = 0;
			return false;
		}
	}

	private end(end: StreamEnd): void {
		if (this.isOver) return;
		this.close();
		this.ends.onClosed(this.id, end);
	}
}
