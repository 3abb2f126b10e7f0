/**
 * Forgeries: counts datagrams in the form of a neighbour's that were sealed without the key.
 *
 * A run of them is reported as a condition with a begin and an end, so that a flood of datagrams
 * makes two events and not a flood of events. A run in progress at a restart is marked by one key
 * and ends in the next life.
 */
import type { Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { FORGED_KEY } from "../../storekeys.js";
import type { Millis } from "../../units.js";

/** One may be a frame corrupted in the air past its checksum; three within FORGED_CALM are not. */
export const FORGED_LEAST = 3;
/** A run ends after this time without a forgery, ms: attempts each hour or oftener are one run. */
export const FORGED_CALM: Millis = 3_600_000;

export interface ForgeriesOwner {
	readonly store: Store;
	readonly flash: { hasCredit(writeClass: "order", now: Millis): boolean };
	emit(event: LampEvent, now: Millis): void;
}

export class Forgeries {
	/** Forgeries since boot, among the datagrams whose seal NeighbourExchange checked. */
	count = 0;
	/** End of the run, if no forgery comes before; Infinity: no run. */
	dueAt: Millis = Infinity;
	private readonly lamp: ForgeriesOwner;
	private before = 0; // of earlier runs; below 0: of this run, in the life before
	private isKept: boolean;

	constructor(lamp: ForgeriesOwner, now: Millis) {
		this.lamp = lamp;
		this.isKept = lamp.store.read(FORGED_KEY) !== undefined;
		if (!this.isKept) return;
		this.before = -FORGED_LEAST;
		this.dueAt = now + FORGED_CALM;
	}

	/** Counts a forgery. */
	note(now: Millis): void {
		this.count += 1;
		this.dueAt = now + FORGED_CALM;
		if (this.run === FORGED_LEAST) this.begin(now);
	}

	/** Ends the run: none came for FORGED_CALM, or the port is closed. */
	end(now: Millis): void {
		if (this.run >= FORGED_LEAST) this.report("end", now);
		this.before = this.count;
		this.dueAt = Infinity;
		if (!this.isKept) return;
		this.isKept = this.lamp.store.erase(FORGED_KEY) !== "ok";
		if (this.isKept) this.dueAt = now + FORGED_CALM;
	}

	/** Strangers can begin a run each hour; without write credit its key is not stored. */
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
