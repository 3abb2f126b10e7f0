/**
 * Wires: the inputs that belong to one room alone go there by themselves.
 *
 * They only note; what they noted is acted upon in the tick that follows.
 */
import type { Console } from "../console/console.js";
import type { StreamEnd, StreamId } from "../host.js";
import type { Recorder } from "../journal/recorder.js";
import type { Link } from "../link/link.js";
import type { DateRefusal } from "../time/clock.js";
import type { Millis, UtcMillis } from "../units.js";
import type { Neighbours } from "./neighbours.js";
import type { OrderEnvelope, OrderReply, Orders } from "./orders.js";
import type { Timekeeper } from "./timekeeper.js";
import type { Trust } from "./trust.js";
import type { Updater } from "./updater.js";

export abstract class Wires {
	abstract now: Millis;
	abstract readonly link: Link;
	abstract readonly updater: Updater;
	abstract readonly recorder: Recorder;
	abstract readonly neighbours: Neighbours;
	abstract readonly orders: Orders;
	abstract readonly time: Timekeeper;
	abstract readonly trust: Trust;
	protected abstract readonly console: Console;

	abstract stir(): void;

	/** A date that is typed at the pole; returns why it is not taken, if it is not. */
	takeDate(utc: UtcMillis, isMeant: boolean, now: Millis): DateRefusal | undefined {
		const refusal = this.time.onWord(utc, isMeant, now);
		if (refusal) return refusal;
		this.recorder.time(now, utc);
		this.trust.onTime(now);
		this.stir();
		return undefined;
	}

	/** An order: obeys or refuses; the light follows with the next tick. */
	takeOrder(text: string | undefined, envelope: OrderEnvelope, now: Millis): OrderReply {
		this.stir();
		return this.orders.take(text, envelope, now);
	}

	onDatagram(now: Millis): void {
		this.recorder.datagram(now);
		this.neighbours.onDatagram(now);
	}

	onNetwork(now: Millis, up: boolean): void {
		this.recorder.network(now, up);
		this.link.onNetwork(now, up);
	}

	onStreamReached(now: Millis, id: StreamId): void {
		this.recorder.reached(now);
		this.link.earOf(id)?.onReached(now);
		this.updater.onStreamReached(id);
	}

	onStreamOpen(now: Millis, id: StreamId): void {
		this.recorder.stream(now, true);
		this.link.earOf(id)?.onOpen(now);
		this.updater.onStream(now, id);
	}

	onStreamReadable(now: Millis, id: StreamId): void {
		this.now = now;
		this.link.earOf(id)?.onReadable(now);
		this.updater.onStream(now, id);
	}

	onStreamWritable(now: Millis, id: StreamId): void {
		this.link.earOf(id)?.onWritable(now);
		this.updater.onStream(now, id);
	}

	onStreamClosed(now: Millis, id: StreamId, end: StreamEnd): void {
		this.recorder.stream(now, false);
		this.link.earOf(id)?.onClosed(now, end);
		this.updater.onStreamClosed(now, id, end);
	}

	onSerialReadable(now: Millis): void {
		this.now = now;
		this.console.onReadable(now);
	}

	/** A command that was typed while the port was full may run now. */
	onSerialWritable(now: Millis): void {
		this.now = now;
		this.console.onWritable(now);
	}
}
