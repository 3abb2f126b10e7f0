/**
 * Sealer: puts the lamp's own seal on settings that a boot had to judge, so that the next has light
 * sooner.
 *
 * A depot's texts, and its own of another version, are judged value by value at each boot, before the
 * first light, and take most of the time until it. Judged and found valid they need it no more.
 */
import { type Bank, hasBit } from "../../settings/bank.js";
import type { SettingsDoors } from "../../settings/seal.js";
import { sealStored } from "../../settings/store.js";
import { SECTIONS, type Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { FlashBudget } from "../storage/flashbudget.js";
import type { Task } from "../task.js";

/** A row of crashes never comes so far, and wears no flash; the first minutes have other things to store. */
export const SEAL_AFTER: Millis = 10 * 60_000;

export interface SealedLamp {
	readonly settings: Settings;
	readonly settingsManager: { readonly bank: Bank; readonly doors: SettingsDoors };
	readonly flash: Pick<FlashBudget, "creditAt">;
}

export class Sealer implements Task {
	dueAt: Millis;
	private readonly lamp: SealedLamp;
	private place = 0; // of the next section

	/** `judged`: bits of the sections that were valid and had no seal of the lamp's. */
	constructor(
		lamp: SealedLamp,
		private readonly validated: number,
		now: Millis,
	) {
		this.lamp = lamp;
		this.dueAt = now + SEAL_AFTER;
	}

	/** One a turn. What the store does not take waits for the next boot. */
	tick(now: Millis): void {
		const { flash, settings, settingsManager } = this.lamp;
		const creditAt = flash.creditAt(settings.supply === "switched" ? "sealSwitched" : "seal");
		if (now < creditAt) {
			this.dueAt = creditAt;
			return;
		}
		const { bank, doors } = settingsManager;
		const section = SECTIONS[this.place];
		if (hasBit(this.validated, this.place) && section) sealStored(bank, section, settings, doors);
		this.place += 1;
		this.dueAt = this.validated >> this.place === 0 ? Infinity : now;
	}

	/** Others are in force, and stored under their seal; what they left is the next boot's. */
	configure(): void {
		this.dueAt = Infinity;
	}
}
