/**
 * Sealer: seals stored settings that the boot had to validate, so that the next boot lights sooner.
 *
 * Sections without this version's seal (written at a depot, or by another version) are validated
 * value by value at each boot, before the first light, and take most of the time until it. A sealed
 * section is not validated again.
 */
import { type Bank, hasBit } from "../../settings/bank.js";
import type { SettingsDoors } from "../../settings/seal.js";
import { sealStored } from "../../settings/store.js";
import { SECTIONS, type Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { FlashBudget } from "../storage/flashbudget.js";
import type { Task } from "../task.js";

/**
 * A series of crashes never lasts so long, and so wears no flash; and the first minutes of a life
 * have other writes.
 */
export const SEAL_AFTER: Millis = 10 * 60_000;

interface SealedLamp {
	readonly settings: Settings;
	readonly settingsManager: { readonly bank: Bank; readonly doors: SettingsDoors };
	readonly flash: Pick<FlashBudget, "creditAt">;
}

export class Sealer implements Task {
	dueAt: Millis;
	private readonly lamp: SealedLamp;
	private place = 0; // index of the next section

	/** @param validated bits of the sections that were valid and had no seal of the lamp */
	constructor(
		lamp: SealedLamp,
		private readonly validated: number,
		now: Millis,
	) {
		this.lamp = lamp;
		this.dueAt = now + SEAL_AFTER;
	}

	/** Seals one section a turn. A section that the store refuses waits for the next boot. */
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

	/**
	 * Ends the work: other settings are stored with a seal; the remaining sections wait for the
	 * next boot.
	 */
	configure(): void {
		this.dueAt = Infinity;
	}
}
