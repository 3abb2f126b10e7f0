/**
 * Status messages: status, birth, state and settings, sent in this order.
 *
 * They are written when they are sent and not stored, so an unacknowledged message is sent anew
 * with current values. If the broker kept the session, the message in flight is retransmitted
 * first, under its old identifier and with DUP [MQTT-4.4.0-1]. It carries current values, too,
 * because the old ones may be wrong by then. After it all messages of a new connection are sent, so
 * correctness does not depend on the retransmission.
 */
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import type { LinkOptions, LinkOwner } from "./contract.js";
import { writeBirth, writeSettings, writeState, writeStatus } from "./reports.js";
import { StateWatch } from "./statewatch.js";
import { SUFFIX } from "./topics.js";
import type { Writer } from "./writer.js";

type StatusMessage = "status" | "birth" | "state" | "settings";

export class StatusMessages {
	/** Identifier under which the chosen message was sent before; 0: it is new. Set by `choose`. */
	sentId = 0;
	private needsStatus = true;
	private needsBirth = true;
	private readonly watch = new StateWatch();
	private readonly owner: LinkOwner;
	private chosen: StatusMessage | undefined; // in flight, or about to be sent
	private section = ""; // of the chosen settings message
	private isOwed = false; // the chosen message was sent over a connection that has ended
	private stateDue: Millis = 0; // as of the last `dueAt`
	private lastWordId = 0; // of an offline status that ended a connection; 0: none

	constructor(owner: LinkOwner) {
		this.owner = owner;
	}

	/** Connected: all messages are sent anew. `isKept`: the broker has kept the session. */
	begin(isKept: boolean): void {
		this.needsStatus = true;
		this.needsBirth = true;
		this.watch.ask();
		if (!isKept) this.forget();
	}

	/** The connection ended with the chosen message in flight. */
	onLost(): void {
		this.isOwed = true;
	}

	/** An offline status with this identifier ended a connection, unacknowledged. */
	onLastWord(id: number): void {
		this.lastWordId = id;
	}

	/** Cancels the retransmission: for another broker or name it would be another message. */
	forget(): void {
		this.isOwed = false;
		this.lastWordId = 0;
	}

	/** Contents of the birth have changed. */
	renewBirth(): void {
		this.needsBirth = true;
	}

	/** Requests a state at the next occasion. */
	ask(): void {
		this.watch.ask();
	}

	/** When a message is due; a lamp without a site sends its status alone. */
	dueAt(options: LinkOptions, isAssigned: boolean): Millis {
		if (this.isOwed || this.needsStatus) return 0;
		if (!isAssigned) return Infinity;
		if (this.needsBirth) return 0;
		this.stateDue = this.watch.dueAt(this.owner.view, options);
		return this.owner.revisions.isWaiting ? 0 : this.stateDue;
	}

	/**
	 * Whether a message is to be sent now. Call `dueAt` before, after each change; not while one is in
	 * flight.
	 */
	choose(now: Millis, isAssigned: boolean): boolean {
		if (this.isOwed) return true;
		this.chosen = this.candidate(now, isAssigned);
		this.sentId = this.chosen === "status" ? this.lastWordId : 0;
		if (this.chosen === "settings") this.section = this.owner.revisions.next().section;
		return this.chosen !== undefined;
	}

	/** Suffix of the chosen message's topic. */
	get suffix(): string {
		const { chosen } = this;
		return chosen === "settings" ? SUFFIX.settings + this.section : SUFFIX[chosen ?? "status"];
	}

	/** Whether the chosen message has a shorter form. */
	get isLong(): boolean {
		return this.chosen === "birth" || this.chosen === "state";
	}

	/** Writes the payload of the chosen message. */
	write(w: Writer, view: View, options: LinkOptions, withChain: boolean, connection: number): void {
		switch (this.chosen) {
			case "status":
				writeStatus(w, view, connection, true);
				return;
			case "birth":
				writeBirth(w, view, options, connection, withChain);
				return;
			case "state":
				writeState(w, view, options, withChain);
				return;
			case "settings":
				writeSettings(w, view, this.owner.revisions.next(this.section));
		}
	}

	/** The chosen message was sent under this identifier. */
	sent(now: Millis, id: number): void {
		this.sentId = id;
		if (this.chosen === "state" && !this.isOwed) this.watch.reported(now, this.owner.view);
	}

	/** The chosen message was delivered, or can never be sent. Returns whether a task waits for it. */
	done(): boolean {
		if (this.chosen === "status") this.lastWordId = 0;
		if (this.isOwed)
			this.isOwed = false; // sent anew in its turn
		else if (this.chosen === "status") this.needsStatus = false;
		else if (this.chosen === "birth") this.needsBirth = false;
		else if (this.chosen === "settings") this.owner.revisions.reported();
		return this.chosen === "settings";
	}

	/** Whether the message that is done was the lamp's own state; without a site its status. */
	hasReported(isAssigned: boolean): boolean {
		return !this.needsStatus && (!isAssigned || this.chosen === "state");
	}

	private candidate(now: Millis, isAssigned: boolean): StatusMessage | undefined {
		if (this.needsStatus) return "status";
		if (!isAssigned) return undefined;
		if (this.needsBirth) return "birth";
		if (this.stateDue <= now) return "state";
		return this.owner.revisions.isWaiting ? "settings" : undefined;
	}
}
