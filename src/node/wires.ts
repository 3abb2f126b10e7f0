/**
 * Wires: the inputs that belong to one room alone go there by themselves.
 *
 * They only note; what they noted is acted upon in the tick that follows.
 */
import type { Console } from "../console/console.js";
import type { StreamEnd, StreamId } from "../host.js";
import type { Link } from "../link/link.js";
import type { Millis } from "../units.js";
import type { Updater } from "./updater.js";

export abstract class Wires {
	abstract now: Millis;
	abstract readonly link: Link;
	abstract readonly updater: Updater;
	protected abstract readonly console: Console;

	onNetwork(now: Millis, up: boolean): void {
		this.link.onNetwork(now, up);
	}

	onStreamOpen(now: Millis, id: StreamId): void {
		this.link.onStreamOpen(now, id);
		this.updater.onStream(now, id);
	}

	onStreamReadable(now: Millis, id: StreamId): void {
		this.now = now;
		this.link.onStreamReadable(now, id);
		this.updater.onStream(now, id);
	}

	onStreamWritable(now: Millis, id: StreamId): void {
		this.link.onStreamWritable(now, id);
		this.updater.onStream(now, id);
	}

	onStreamClosed(now: Millis, id: StreamId, end: StreamEnd): void {
		this.link.onStreamClosed(now, id, end);
		this.updater.onStreamClosed(now, id, end);
	}

	onSerialReadable(now: Millis): void {
		this.now = now;
		this.console.onReadable(now);
	}

	onSerialWritable(now: Millis): void {
		this.console.onWritable(now);
	}
}
