/**
 * Event keeper: lets the journal store what is due, and erases a sector ahead while the light rests.
 *
 * An erase stops the controller for up to 0.4 s. It is made when no fade runs, so that none stutters;
 * an edge that comes meanwhile is noted by the interrupt and answered within the second all the same.
 */
import type { Millis } from "../units.js";
import type { Attendant } from "./attendant.js";
import type { Lamp } from "./lamp.js";

/** A fade, or a budget spent, is looked at again this soon. */
const LOOK_AGAIN: Millis = 60_000;

export class EventKeeper implements Attendant {
	private readonly lamp: Lamp;
	private eraseAt: Millis = 0;
	private wasUsable: boolean;

	constructor(lamp: Lamp) {
		this.lamp = lamp;
		this.wasUsable = lamp.journal.flash.isUsable;
	}

	get dueAt(): Millis {
		const { journal } = this.lamp;
		const eraseAt = journal.flash.isEraseDue ? this.eraseAt : Infinity;
		return Math.min(journal.storeAt, journal.hushAt, eraseAt);
	}

	beforeRestart(now: Millis): void {
		this.lamp.journal.store(now);
	}

	tick(now: Millis): void {
		const { journal, flash, light } = this.lamp;
		if (now >= journal.hushAt) journal.hush(now, this.lamp.utcAt(now));
		if (now >= journal.storeAt) journal.store(now);
		if (journal.flash.isEraseDue && now >= this.eraseAt) {
			if (light.stepDueAt === Infinity && flash.mayErase(now)) journal.flash.erase();
			else this.eraseAt = now + LOOK_AGAIN;
		}
		if (this.wasUsable && !journal.flash.isUsable) {
			this.wasUsable = false;
			this.lamp.happened(
				{ type: "storeFailure", attributes: { key: "journal", result: "failed" } },
				now,
			);
		}
	}
}
