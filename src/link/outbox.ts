/**
 * Outbox: replies, events and samples, delivered at least once and in order.
 *
 * Replies precede events, because an operator waits for them; events precede samples. No message is
 * copied: events stay in the journal and samples in their ring until the broker has acknowledged
 * them. An unacknowledged message is sent first on the next connection, marked as a repeat. A
 * backlog is sent at a bounded rate. In the narrow profile events of severity `info` wait for the
 * next sample, or for an event that does not wait: a batch.
 */

import type { Utf8 } from "../host.js";
import type { EventQueue } from "../journal/keptjournal.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import type { LinkOptions, Reply } from "./contract.js";
import { writeEvent } from "./eventreport.js";
import { EMERGENCY_REPLIES, REFUSALS, REPLIES } from "./limits.js";
import { writeReply, writeTelemetry, writeTraffic } from "./reports.js";
import type { LinkMeters } from "./samples.js";
import { Samples } from "./samples.js";
import { SUFFIX } from "./topics.js";
import { Writer } from "./writer.js";

/** Between two events or samples: after an outage each lamp of a street sends five a second. */
export const DRAIN_GAP: Millis = 200;
/** Samples as stored: twelve take about 1,900 bytes; half of what a key may hold. */
const KEPT_BYTES = 2_048;

interface Waiting {
	readonly reply: Reply;
	readonly at: Millis;
	/** Not sent before this instant. */
	readonly due: Millis;
	/** The most that may wait of its kind, which names the kind. */
	readonly room: number;
}

/** Result of `choose`. */
type Item = "reply" | "event" | "telemetry" | "traffic";

export class Outbox {
	/** Identifier of the message that is sent and not acknowledged; 0: none. */
	sentId = 0;
	private readonly events: EventQueue;
	readonly samples: Samples;
	private readonly replies: Waiting[] = [];
	private telemetryDone = false; // of the oldest sample; its traffic remains
	private drainAt: Millis = 0;
	private chosen: Item | undefined; // in flight, or about to be sent
	private chosenReply = 0; // its index in the replies

	/** `roadUsers`: counted in earlier lives. */
	constructor(events: EventQueue, roadUsers = 0) {
		this.samples = new Samples(roadUsers);
		this.events = events;
	}

	/**
	 * Queues a reply for `due`. Emergencies, refusals and the rest have room of their own; if it is
	 * full, the oldest reply of the kind that is not in flight is dropped.
	 */
	reply(reply: Reply, now: Millis, due: Millis, isEmergency: boolean): void {
		const isRefusal = reply.status === "rejected";
		const room = isEmergency ? EMERGENCY_REPLIES : isRefusal ? REFUSALS : REPLIES;
		if (this.countOf(room) >= room) {
			const busy = this.sentId !== 0 && this.chosen === "reply" ? this.chosenReply : -1;
			const { replies } = this;
			this.removeReply(replies.findIndex((each, index) => each.room === room && index !== busy));
		}
		this.replies.push({ reply, at: now, due, room });
	}

	/** Whether one more reply would displace another one. */
	get isReplyRoomFull(): boolean {
		return this.countOf(REPLIES) >= REPLIES;
	}

	private countOf(room: number): number {
		let count = 0;
		for (const each of this.replies) if (each.room === room) count += 1;
		return count;
	}

	sample(now: Millis, view: View, meters: LinkMeters, connection: number, k: number): void {
		this.samples.take(now, view, meters, connection, k, this.isHeadBusy);
	}

	/** The waiting samples as text for the store; empty: none. */
	samplesText(utf8: Utf8, view: View): string {
		const w = new Writer(utf8, KEPT_BYTES); // made on demand: rarely needed, and two kilobytes
		this.samples.write(w, view, this.isHeadBusy);
		return w.failed ? "" : (utf8.decode(w.bytes, 0, w.at) ?? "");
	}

	/** Whether the oldest sample is in flight, or half delivered. */
	private get isHeadBusy(): boolean {
		const isOnItsWay = this.sentId !== 0 && this.chosen !== "reply" && this.chosen !== "event";
		return isOnItsWay || this.telemetryDone;
	}

	/** The item to send now; undefined: none is due. Not to be called while one is in flight. */
	choose(now: Millis, onlyReplies: boolean, isNarrow: boolean): Item | undefined {
		// A chosen event that was overwritten since cannot be repeated; the event that counts the
		// lost ones is new.
		if (this.chosen === "event" && !this.events.stands) this.sentId = 0;
		if (this.sentId === 0) this.chosen = this.candidate(now, onlyReplies, isNarrow);
		return this.chosen;
	}

	/** When `choose` has an item to send; Infinity: only after new input. */
	dueAt(onlyReplies: boolean, isNarrow: boolean): Millis {
		if (this.sentId !== 0) return 0;
		let due = !onlyReplies && this.hasMore(isNarrow) ? this.drainAt : Infinity;
		for (
			let index = 0;
			index < this.replies.length;
			index += 1 // for-of would allocate on each tick
		)
			due = Math.min(due, this.replies[index]!.due);
		return due;
	}

	get owesReply(): boolean {
		return this.replies.length > 0;
	}

	/** Whether the chosen item has a shorter form. */
	get isLong(): boolean {
		const reply = this.chosen === "reply" ? this.replies[this.chosenReply]?.reply : undefined;
		return reply?.explain === true || reply?.log !== undefined;
	}

	/** Suffix of the chosen item's topic. */
	get suffix(): string {
		return SUFFIX[this.chosen ?? "reply"];
	}

	/** Writes the payload of the chosen item. */
	write(w: Writer, view: View, options: LinkOptions, withChain: boolean): void {
		switch (this.chosen) {
			case "reply": {
				const waiting = this.replies[this.chosenReply];
				if (waiting) writeReply(w, view, waiting.reply, waiting.at, options, withChain);
				return;
			}
			case "event": {
				const entry = this.events.next();
				if (entry) writeEvent(w, view, entry, options.feeder);
				return;
			}
			case "telemetry":
			case "traffic": {
				const sample = this.samples.head();
				if (!sample) return;
				if (this.chosen === "traffic") writeTraffic(w, view, sample);
				else writeTelemetry(w, view, sample);
			}
		}
	}

	/** The chosen item was sent under this identifier. */
	sent(now: Millis, id: number): void {
		this.sentId = id;
		if (this.chosen !== "reply") this.drainAt = now + DRAIN_GAP;
	}

	/** The chosen item was delivered, or can never be sent. Returns true: a task may wait for it. */
	done(): true {
		this.sentId = 0;
		switch (this.chosen) {
			case "reply":
				this.removeReply(this.chosenReply);
				break;
			case "event":
				this.events.delivered();
				break;
			case "telemetry":
				this.telemetryDone = this.samples.headHasTraffic();
				if (!this.telemetryDone) this.samples.remove();
				break;
			case "traffic":
				this.telemetryDone = false;
				this.samples.remove();
		}
		this.chosen = undefined;
		return true;
	}

	private candidate(now: Millis, onlyReplies: boolean, isNarrow: boolean): Item | undefined {
		for (let index = 0; index < this.replies.length; index += 1)
			if (this.replies[index]!.due <= now) {
				this.chosenReply = index;
				return "reply";
			}
		if (onlyReplies || now < this.drainAt || !this.hasMore(isNarrow)) return undefined;
		if (this.events.waits) return "event";
		return this.telemetryDone ? "traffic" : "telemetry";
	}

	/** Whether an event or a sample is to be sent. */
	private hasMore(isNarrow: boolean): boolean {
		const { events } = this;
		return this.samples.count > 0 || (events.waits && (!isNarrow || events.isUrgent));
	}

	private removeReply(place: number): void {
		this.replies.splice(place, 1);
		if (place < this.chosenReply) this.chosenReply -= 1;
	}
}
