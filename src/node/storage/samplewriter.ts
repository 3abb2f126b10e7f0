/**
 * Sample writer: stores the samples that wait for the broker, so that a restart loses none.
 *
 * One key is written a minute after a sample, unless the broker has acknowledged it by then: while
 * the broker is reachable, nothing is written. While it is not, each sample is stored as long as
 * the write credit lasts that was saved up before; after that, as often as the flash budget allows.
 * The text is long: every second write makes the store erase a page, so by night the write waits a
 * while for an erase window.
 */
import type { Host, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import type { Outbox } from "../../link/outbox.js";
import { SAMPLES_KEY } from "../../storekeys.js";
import type { Millis } from "../../units.js";
import type { View } from "../../view.js";
import type { Task } from "../task.js";
import { type EraseWindowOwner, isEraseWindowOpen } from "./erasewindow.js";
import type { FlashBudget } from "./flashbudget.js";

/**
 * Longest wait for an erase window. On a street where edges could coincide with the erase, a
 * passer-by opens a window earlier; a power cut meanwhile loses two samples.
 */
export const PATIENCE: Millis = 30 * 60_000;

interface SampleWriterOwner extends EraseWindowOwner {
	readonly host: Pick<Host, "utf8">;
	readonly store: Store;
	readonly flash: FlashBudget;
	readonly view: View;
	readonly link: { readonly outbox: Outbox };
	emit(event: LampEvent, now: Millis): void;
}

export class SampleWriter implements Task {
	private readonly lamp: SampleWriterOwner;
	private waitsFor: Millis = 0; // the `keepAt` for which the wait began
	private waitsUntil: Millis = 0;

	/** Restores the samples that the life before stored. */
	constructor(lamp: SampleWriterOwner) {
		this.lamp = lamp;
		lamp.link.outbox.samples.restore(lamp.store.read(SAMPLES_KEY) ?? "");
	}

	get dueAt(): Millis {
		const { link, flash } = this.lamp;
		const { keepAt } = link.outbox.samples;
		if (keepAt === Infinity) return keepAt;
		const due = Math.max(keepAt, flash.creditAt("sample"));
		const isWaiting = keepAt === this.waitsFor && !isEraseWindowOpen(this.lamp);
		if (!isWaiting) return due;
		return Math.max(due, Math.min(this.waitsUntil, this.lamp.light.settlesAt)); // a fade may end lit
	}

	beforeRestart(now: Millis): void {
		const { link, flash } = this.lamp;
		if (link.outbox.samples.keepAt < Infinity && flash.hasCredit("sample", now)) this.keep(now);
	}

	tick(now: Millis): void {
		const { keepAt } = this.lamp.link.outbox.samples;
		if (keepAt !== this.waitsFor) {
			this.waitsFor = keepAt;
			this.waitsUntil = now + PATIENCE;
		}
		const isEmpty = keepAt === 0; // the erase of a key fills no page
		if (isEmpty || now >= this.waitsUntil || isEraseWindowOpen(this.lamp)) this.keep(now);
	}

	private keep(now: Millis): void {
		const { link, store, host, view } = this.lamp;
		const { outbox } = link;
		const text = outbox.samplesText(host.utf8, view);
		const result = text === "" ? store.erase(SAMPLES_KEY) : store.write(SAMPLES_KEY, text);
		outbox.samples.kept(text !== "");
		if (result === "ok") return;
		this.lamp.emit({ type: "storeFailure", attributes: { key: SAMPLES_KEY, result } }, now);
	}
}
