/**
 * Forgeries: datagrams that look like a neighbour's and are sealed without the key: counted, and told
 * as a condition with a begin and an end, so that a flood of them makes two events and not a flood.
 * A run that stands at a restart is known by one key and ends in the next life.
 */
import type { Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { FORGED_KEY } from "../../storekeys.js";
import type { Millis } from "../../units.js";

/** One may be a frame that the air garbled past its checksum; three within the time below are not. */
export const FORGED_LEAST = 3;
/** It is over when none came for so long, ms: an attempt each hour and more often is one. */
export const FORGED_CALM: Millis = 3_600_000;

export interface ForgeriesOwner {
	readonly store: Store;
	readonly flash: { hasCredit(writeClass: "order", now: Millis): boolean };
	emit(event: LampEvent, now: Millis): void;
}

export class Forgeries {
	/** Since boot; no more are looked at than NeighbourExchange proves. */
	count = 0;
	/** When it is over, if none comes before; Infinity: nothing is begun. */
	dueAt: Millis = Infinity;
	private readonly lamp: ForgeriesOwner;
	private before = 0; // those of earlier runs; below 0: of this one, in the life before
	private isKept: boolean;

	constructor(lamp: ForgeriesOwner, now: Millis) {
		this.lamp = lamp;
		this.isKept = lamp.store.read(FORGED_KEY) !== undefined;
		if (!this.isKept) return;
		this.before = -FORGED_LEAST;
		this.dueAt = now + FORGED_CALM;
	}

	note(now: Millis): void {
		this.count += 1;
		this.dueAt = now + FORGED_CALM;
		if (this.run === FORGED_LEAST) this.begin(now);
	}

	/** None came for FORGED_CALM, or nothing is listened to any more. */
	end(now: Millis): void {
		if (this.run >= FORGED_LEAST) this.report("end", now);
		this.before = this.count;
		this.dueAt = Infinity;
		if (!this.isKept) return;
		this.isKept = this.lamp.store.erase(FORGED_KEY) !== "ok";
		if (this.isKept) this.dueAt = now + FORGED_CALM;
	}

	/** Strangers can begin a run each hour: one that finds no credit for the key is not kept. */
	private begin(now: Millis): void {
		this.report("start", now);
		const { store, flash } = this.lamp;
		this.isKept = flash.hasCredit("order", now) && store.write(FORGED_KEY, "1") === "ok";
	}

	private get run(): number {
		return this.count - this.before;
	}

	private report(startEndFlag: "start" | "end", now: Millis): void {
		const attributes = { forged: this.run };
		this.lamp.emit({ type: "datagramsForged", startEndFlag, attributes }, now);
	}
}
