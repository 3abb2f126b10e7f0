/**
 * Outbox: what must reach the broker at least once, in order, and nothing before its turn.
 *
 * Replies come first (someone waits), then events, then samples. Nothing is copied: events stay
 * in the journal, samples in their ring, and only when the broker has acknowledged one does the
 * outbox move on. What was sent and not acknowledged goes first on the next connection,
 * marked as a repeat. A backlog drains at a bounded pace.
 */

import type { Utf8 } from "../host.js";
import type { EventQueue } from "../journal/keptjournal.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import type { LinkOptions, Reply } from "./contract.js";
import { writeEvent, writeReply, writeTelemetry, writeTraffic } from "./reports.js";
import type { LinkMeters } from "./samples.js";
import { Samples } from "./samples.js";
import { SUFFIX } from "./topics.js";
import { Writer } from "./writer.js";

/** Answers waiting; 30 orders a minute are allowed, and each takes a round trip. */
export const REPLIES = 8;
/** Between two events or samples: a street that comes back sends five a second and lamp. */
export const DRAIN_GAP: Millis = 200;
/** Of the samples as they are stored: twelve take about 1,900; half of what a key may hold. */
const KEPT_BYTES = 2_048;

interface Waiting {
	readonly reply: Reply;
	readonly at: Millis;
	/** Not before this instant. */
	readonly due: Millis;
}

/** What `choose` can answer. */
export type Item = "reply" | "event" | "telemetry" | "traffic";

export class Outbox {
	/** Identifier of what was sent and not yet acknowledged; 0: nothing. */
	sentId = 0;
	private readonly events: EventQueue;
	readonly samples: Samples;
	private readonly replies: Waiting[] = [];
	private telemetryDone = false; // of the oldest sample; its traffic is left
	private drainAt: Millis = 0;
	private chosen: Item | undefined; // sent and not acknowledged, or about to be sent
	private chosenReply = 0; // its place among the replies

	/** `roadUsers`: counted in lives before this one. */
	constructor(events: EventQueue, roadUsers = 0) {
		this.samples = new Samples(roadUsers);
		this.events = events;
	}

	/** When there are too many the oldest gives way that is not on its way. */
	reply(reply: Reply, now: Millis, due: Millis): void {
		if (this.replies.length >= REPLIES) {
			const isBusy = this.sentId !== 0 && this.chosen === "reply" && this.chosenReply === 0;
			this.removeReply(isBusy ? 1 : 0);
		}
		this.replies.push({ reply, at: now, due });
	}

	sample(now: Millis, view: View, meters: LinkMeters, connection: number, k: number): void {
		this.samples.take(now, view, meters, connection, k, this.isHeadBusy);
	}

	/** The samples that wait, for the store; empty: none does. */
	samplesText(utf8: Utf8, view: View): string {
		const w = new Writer(utf8, KEPT_BYTES); // rarely: not worth two kilobytes for ever
		this.samples.write(w, view, this.isHeadBusy);
		return w.failed ? "" : (utf8.decode(w.bytes, 0, w.at) ?? "");
	}

	/** When the samples that wait are to be stored; Infinity: they need not be. */
	get keepSamplesAt(): Millis {
		return this.samples.keepAt;
	}

	/** The store holds what `samplesText` gave; false: it holds nothing. */
	samplesKept(isKept: boolean): void {
		this.samples.kept(isKept);
	}

	/** Takes what a life before stored. */
	restoreSamples(text: string): void {
		this.samples.restore(text);
	}

	/** The oldest sample is on its way, or half of it has arrived. */
	private get isHeadBusy(): boolean {
		const isOnItsWay = this.sentId !== 0 && this.chosen !== "reply" && this.chosen !== "event";
		return isOnItsWay || this.telemetryDone;
	}

	/** What goes next, now; undefined: nothing yet. Not to be asked while something is in flight. */
	choose(now: Millis, onlyReplies: boolean): Item | undefined {
		// What was sent and has given way since cannot be repeated; the run that tells so is new.
		if (this.chosen === "event" && !this.events.stands) this.sentId = 0;
		if (this.sentId === 0) this.chosen = this.candidate(now, onlyReplies);
		return this.chosen;
	}

	/** When `choose` next has something; Infinity if only something new can bring it. */
	dueAt(onlyReplies: boolean): Millis {
		if (this.sentId !== 0) return 0;
		const hasMore = !onlyReplies && (this.events.waits || this.samples.count > 0);
		let due = hasMore ? this.drainAt : Infinity;
		for (
			let nth = 0;
			nth < this.replies.length;
			nth += 1 // for-of would allocate, each tick
		)
			due = Math.min(due, (this.replies[nth] as Waiting).due);
		return due;
	}

	get owesReply(): boolean {
		return this.replies.length > 0;
	}

	/** Whether what was chosen could be shorter. */
	get isLong(): boolean {
		const reply = this.chosen === "reply" ? this.replies[this.chosenReply]?.reply : undefined;
		return reply?.explain === true || reply?.log !== undefined;
	}

	/** Of the topic of what was chosen. */
	get suffix(): string {
		return SUFFIX[this.chosen ?? "reply"];
	}

	/** Writes the payload of what was chosen. */
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

	/** What was chosen is on its way, under this identifier. */
	sent(now: Millis, id: number): void {
		this.sentId = id;
		if (this.chosen !== "reply") this.drainAt = now + DRAIN_GAP;
	}

	/** What was chosen has arrived, or can never be sent. */
	done(): void {
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
	}

	private candidate(now: Millis, onlyReplies: boolean): Item | undefined {
		for (let nth = 0; nth < this.replies.length; nth += 1)
			if ((this.replies[nth] as Waiting).due <= now) {
				this.chosenReply = nth;
				return "reply";
			}
		if (onlyReplies || now < this.drainAt) return undefined;
		if (this.events.waits) return "event";
		if (this.samples.count === 0) return undefined;
		return this.telemetryDone ? "traffic" : "telemetry";
	}

	private removeReply(place: number): void {
		this.replies.splice(place, 1);
		if (place < this.chosenReply) this.chosenReply -= 1;
	}
}
