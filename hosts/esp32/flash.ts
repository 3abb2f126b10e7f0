/**
 * Flash: the journal's partition, and the two slots of firmware.
 */
import flash, { type Flash } from "embedded:storage/flash";
import Update, { type Updater } from "embedded:update";
import type { FlashLog, ImageSlots } from "luminode/host";
import { idf } from "./machine";

/** Label in partitions.csv. */
const JOURNAL = "journal";
const SECTOR_BYTES = 4096;

export class JournalPartition implements FlashLog {
	readonly sectorBytes = SECTOR_BYTES;
	readonly sectors: number;
	private readonly partition: Flash | undefined;

	/** Without the partition the journal is in memory only. */
	constructor() {
		try {
			this.partition = flash.open({ path: JOURNAL });
		} catch {
			this.partition = undefined;
		}
		this.sectors = this.partition ? Math.floor(this.partition.status().size / SECTOR_BYTES) : 0;
	}

	read(offset: number, into: Uint8Array): boolean {
		return this.done((partition) => partition.read(into, offset));
	}

	write(offset: number, bytes: Uint8Array, start: number, count: number): boolean {
		return this.done((partition) => partition.write(bytes.subarray(start, start + count), offset));
	}

	erase(sector: number): boolean {
		return this.done((partition) => partition.eraseBlock(sector));
	}

	private done(act: (partition: Flash) => void): boolean {
		if (!this.partition) return false;
		try {
			act(this.partition);
			return true;
		} catch {
			return false;
		}
	}
}

/** `esp_ota_img_states_t` of ESP-IDF: booted once, and rolled back unless it is kept. */
const PENDING_VERIFY = 1;
/** `esp_err_t`. */
const OK = 0;

/**
 * Slots of ESP-IDF's OTA: written from begin to end; the bootloader rolls back an image that is not
 * kept.
 *
 * In append mode ("a") a slot is erased sector by sector as the bytes come, not for seconds at
 * once.
 */
export class OtaSlots implements ImageSlots {
	private update: Updater | undefined;

	slot(): number {
		return idf().luminode_slot();
	}

	/** An image flashed over the cable has no state: it is kept. */
	state(): "kept" | "probation" {
		const state = new Uint32Array(1);
		const partition = idf().esp_ota_get_running_partition();
		const result = idf().esp_ota_get_state_partition(partition, state.buffer);
		return result === OK && state[0] === PENDING_VERIFY ? "probation" : "kept";
	}

	begin(bytes: number): boolean {
		this.abandon();
		return this.done(() => {
			const partition = flash.open({ path: "nextota", mode: "r+" });
			this.update = Update.open({ partition, mode: "a", byteLength: bytes });
		});
	}

	write(bytes: Uint8Array, start: number, count: number): boolean {
		const { update } = this;
		if (!update) return false;
		return this.done(() => update.write(bytes.subarray(start, start + count)));
	}

	/** Verifies the image written and selects it for the next boot. */
	activate(): boolean {
		const { update } = this;
		if (!update) return false;
		const isDone = this.done(() => update.complete());
		this.abandon();
		return isDone;
	}

	keep(): boolean {
		return idf().esp_ota_mark_app_valid_cancel_rollback() === OK;
	}

	private abandon(): void {
		const { update } = this;
		this.update = undefined;
		if (update) this.done(() => update.close());
	}

	private done(act: () => void): boolean {
		try {
			act();
			return true;
		} catch {
			return false;
		}
	}
}
