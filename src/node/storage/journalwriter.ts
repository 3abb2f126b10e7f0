/**
 * Journal writer: stores the events that are due, and erases sectors of the log in an erase window.
 *
 * The journal's next sector and the tally's second one are erased ahead of need, by day or while
 * the lamp is at its class or above; in a night at the floor the erase waits for the morning. If a
 * sector is needed earlier, light is requested two seconds before the erase. All events wait for it
 * but those of severity `safety` and those that a restart must leave behind.
 */
import type { LampEvent } from "../../journal/events.js";
import type { KeptJournal } from "../../journal/keptjournal.js";
import type { Tally } from "../../journal/tally.js";
import type { Millis, UtcMillis } from "../../units.js";
import type { Task } from "../task.js";
import { EraseLight, type EraseWindowOwner, isEraseWindowOpen } from "./erasewindow.js";

/** Delay of the next attempt while the lamp is below its class, a fade runs, or credit is short. */
const LOOK_AGAIN: Millis = 60_000;
/**
 * First attempt after boot: lives in a series of crashes are shorter, and until then the settling
 * PIR keeps the lamp at its class.
 */
const FIRST_LOOK: Millis = 20_000;

interface JournalWriterOwner extends EraseWindowOwner {
	readonly journal: KeptJournal;
	readonly flash: { readonly tally: Tally; mayErase(now: Millis): boolean };
	utcAt(now: Millis): UtcMillis | undefined;
	emit(event: LampEvent, now: Millis): void;
	askForLight(source: "erase", until: Millis): void;
}

export class JournalWriter implements Task {
	private readonly lamp: JournalWriterOwner;
	private readonly eraseLight: EraseLight;
	private eraseAt: Millis = FIRST_LOOK;
	private wasUsable: boolean;

	constructor(lamp: JournalWriterOwner) {
		this.lamp = lamp;
		this.eraseLight = new EraseLight(lamp);
		this.wasUsable = lamp.journal.isStored;
	}

	get dueAt(): Millis {
		const { journal, flash } = this.lamp;
		const isEraseDue = journal.isEraseDue || flash.tally.isEraseDue;
		return Math.min(journal.storeAt, journal.hushAt, isEraseDue ? this.eraseAt : Infinity);
	}

	beforeRestart(now: Millis): void {
		this.lamp.journal.store(now);
	}

	tick(now: Millis): void {
		const { journal } = this.lamp;
		if (now >= journal.hushAt) journal.hush(now, this.lamp.utcAt(now));
		const mayErase = isEraseWindowOpen(this.lamp) || this.eraseLight.isThere(now);
		if (now >= journal.storeAt) journal.store(now, mayErase);
		if (now >= this.eraseAt) {
			if (mayErase) this.eraseAhead(now);
			this.eraseAt = now + LOOK_AGAIN;
		}
		this.askForLight(now);
		if (this.wasUsable && !journal.isStored) {
			this.wasUsable = false;
			this.lamp.emit(
				{ type: "storeFailure", attributes: { key: "journal", result: "failed" } },
				now,
			);
		}
	}

	private eraseAhead(now: Millis): void {
		const { journal, flash } = this.lamp;
		const { tally } = flash;
		if (tally.isEraseDue) tally.erase();
		if (journal.isEraseDue && flash.mayErase(now)) journal.erase();
	}

	/** Requests light while an erase is needed that cannot wait for day or for a passer-by. */
	private askForLight(now: Millis): void {
		const { journal, flash } = this.lamp;
		if (!journal.isHeldUp && !flash.tally.isShort) {
			this.eraseLight.end();
			return;
		}
		const litAt = this.eraseLight.ask(now);
		if (journal.isHeldUp) journal.storeFrom(litAt);
		this.eraseAt = litAt;
	}
}
