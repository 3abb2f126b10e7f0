/**
 * Event keeper: lets the journal store what is due, and erases a sector ahead where no light is missed.
 *
 * An erase stops the controller for up to 0.4 s, and an edge that comes meanwhile is answered after it. So
 * it is made by day, or when the lamp rests at its class or above; a night at the floor waits for its end.
 */
import { fullLevelOf } from "../settings/classes.js";
import type { Millis } from "../units.js";
import type { Attendant } from "./attendant.js";
import type { Lamp } from "./lamp.js";

/** A lamp below its class, a fade, or a budget spent, is looked at again this soon. */
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

	private get isAtEase(): boolean {
		const { calendar, light, settings } = this.lamp;
		if (light.stepDueAt < Infinity) return false;
		return !calendar.dark.dark || light.actual >= Math.min(100, fullLevelOf(settings));
	}

	beforeRestart(now: Millis): void {
		this.lamp.journal.store(now);
	}

	tick(now: Millis): void {
		const { journal, flash } = this.lamp;
		if (now >= journal.hushAt) journal.hush(now, this.lamp.utcAt(now));
		if (now >= journal.storeAt) journal.store(now);
		if (journal.flash.isEraseDue && now >= this.eraseAt) {
			if (this.isAtEase && flash.mayErase(now)) journal.flash.erase();
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
