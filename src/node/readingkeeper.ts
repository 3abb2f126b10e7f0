/**
 * Reading keeper: stores the readings that wait for the broker, so that a restart loses none.
 *
 * One key, written a minute after a reading was taken, unless the broker has it by then: with a broker
 * there nothing is ever written. While it is away each reading is, as long as the flash's budget lasts,
 * which is saved up while it is there; beyond that, as often as the budget allows.
 */
import type { Millis } from "../units.js";
import type { Attendant } from "./attendant.js";
import type { Lamp } from "./lamp.js";

const KEY = "readings";

export class ReadingKeeper implements Attendant {
	private readonly lamp: Lamp;

	/** Takes what the life before kept. */
	constructor(lamp: Lamp) {
		this.lamp = lamp;
		lamp.link.outbox.samples.restore(lamp.store.read(KEY) ?? "");
	}

	get dueAt(): Millis {
		const { link, flash } = this.lamp;
		const { keepAt } = link.outbox.samples;
		return keepAt === Infinity ? keepAt : Math.max(keepAt, flash.creditAt("reading"));
	}

	beforeRestart(now: Millis): void {
		const { link, flash } = this.lamp;
		if (link.outbox.samples.keepAt < Infinity && flash.hasCredit("reading", now)) this.tick(now);
	}

	tick(now: Millis): void {
		const { link, store, host } = this.lamp;
		const text = link.outbox.samplesText(host.utf8, link.view);
		const result = text === "" ? store.erase(KEY) : store.write(KEY, text);
		link.outbox.samples.kept(text !== "");
		if (result === "ok") return;
		this.lamp.happened({ type: "storeFailure", attributes: { key: KEY, result } }, now);
	}
}
