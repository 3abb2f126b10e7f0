/**
 * Status messages: how the lamp stands: status, birth, state and settings, in this order.
 *
 * They are written when they go and not kept, so what was not acknowledged is said anew, as it stands
 * then. A session that the broker kept is owed more: what was on its way goes first, under its old
 * identifier and with DUP [MQTT-4.4.0-1]. It, too, tells how things stand now, for its old words may
 * be untrue by then; then all that a connection begins with is said, so nobody depends on a repeat.
 */
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import type { LinkOptions, LinkOwner } from "./contract.js";
import { writeBirth, writeSettings, writeState, writeStatus } from "./reports.js";
import { StateWatch } from "./statewatch.js";
import { SUFFIX } from "./topics.js";
import type { Writer } from "./writer.js";

export type StatusMessage = "status" | "birth" | "state" | "settings";

export class StatusMessages {
	/** Identifier under which what was chosen is on its way, or is to go again; 0: neither. */
	sentId = 0;
	private needsStatus = true;
	private needsBirth = true;
	private readonly watch = new StateWatch();
	private readonly owner: LinkOwner;
	private chosen: StatusMessage | undefined; // on its way, or about to be sent
	private section = ""; // of the settings that were chosen
	private isOwed = false; // what was chosen was sent over a connection that has ended
	private lastWordId = 0; // of the last word of a connection, an offline status; 0: none

	constructor(owner: LinkOwner) {
		this.owner = owner;
	}

	/** Connected: all is said anew. `isKept`: in a session that the broker has kept. */
	begin(isKept: boolean): void {
		this.needsStatus = true;
		this.needsBirth = true;
		this.watch.ask();
		if (!isKept) this.forget();
	}

	/** The connection ended with what was chosen on its way. */
	onLost(): void {
		this.isOwed = true;
	}

	/** A status under this identifier ended a connection. Nobody waited for its acknowledgement. */
	onLastWord(id: number): void {
		this.lastWordId = id;
	}

	/** Nothing is to go again: to another broker or under another name it would be another message. */
	forget(): void {
		this.isOwed = false;
		this.lastWordId = 0;
		this.sentId = 0;
	}

	/** What the birth told is no longer so. */
	renewBirth(): void {
		this.needsBirth = true;
	}

	/** The state is to be told at the next occasion. */
	ask(): void {
		this.watch.ask();
	}

	/** When something is to be told; a lamp without a site has nothing but its status. */
	dueAt(options: LinkOptions, isAssigned: boolean): Millis {
		if (this.isOwed || this.needsStatus) return 0;
		if (!isAssigned) return Infinity;
		if (this.needsBirth || this.owner.settingsManager.isWaiting) return 0;
		return this.watch.dueAt(this.owner.view, options);
	}

	/** Whether something is to be told now. Not to be asked while something is in flight. */
	choose(now: Millis, options: LinkOptions, isAssigned: boolean): boolean {
		if (this.isOwed) return true;
		this.chosen = this.candidate(now, options, isAssigned);
		this.sentId = this.chosen === "status" ? this.lastWordId : 0;
		if (this.chosen === "settings") this.section = this.owner.settingsManager.next().section;
		return this.chosen !== undefined;
	}

	/** Of the topic of what was chosen. */
	get suffix(): string {
		const { chosen } = this;
		return chosen === "settings" ? SUFFIX.settings + this.section : SUFFIX[chosen ?? "status"];
	}

	/** Whether what was chosen could be shorter. */
	get isLong(): boolean {
		return this.chosen === "birth" || this.chosen === "state";
	}

	/** Writes the payload of what was chosen. */
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
				writeSettings(w, view, this.owner.settingsManager.next(this.section));
		}
	}

	/** What was chosen is on its way, under this identifier. */
	sent(now: Millis, id: number): void {
		this.sentId = id;
		if (this.chosen === "state" && !this.isOwed) this.watch.reported(now, this.owner.view);
	}

	/** What was chosen has arrived, or can never be sent. */
	done(): void {
		this.sentId = 0;
		if (this.chosen === "status") this.lastWordId = 0;
		if (this.isOwed)
			this.isOwed = false; // it is said anew in its turn
		else if (this.chosen === "status") this.needsStatus = false;
		else if (this.chosen === "birth") this.needsBirth = false;
		else if (this.chosen === "settings") this.owner.settingsManager.reported();
	}

	private candidate(
		now: Millis,
		options: LinkOptions,
		isAssigned: boolean,
	): StatusMessage | undefined {
		if (this.needsStatus) return "status";
		if (!isAssigned) return undefined;
		if (this.needsBirth) return "birth";
		if (this.watch.dueAt(this.owner.view, options) <= now) return "state";
		return this.owner.settingsManager.isWaiting ? "settings" : undefined;
	}
}
