/**
 * NVS: the key-value store of ESP-IDF. A write is committed when it returns.
 *
 * Every failure throws: a value of another type under that name, a worn partition, a full one.
 */
import keyValue, { type Storage } from "embedded:storage/key-value";
import type { Store, StoreResult } from "luminode/host";

const NAMESPACE = "luminode";
/** ESP_ERR_NVS_NOT_ENOUGH_SPACE, by name or, where names are left out of the image, by number. */
const FULL = /NOT_ENOUGH_SPACE|1105|4357/;

export class NvsStore implements Store {
	private storage: Storage | undefined;

	read(key: string): string | undefined {
		try {
			const value = this.opened().read(key);
			return typeof value === "string" ? value : undefined;
		} catch {
			return undefined;
		}
	}

	write(key: string, value: string): StoreResult {
		try {
			this.opened().write(key, value);
			return "ok";
		} catch (error) {
			return FULL.test(String(error)) ? "full" : "failed";
		}
	}

	erase(key: string): StoreResult {
		try {
			this.opened().delete(key);
			return "ok";
		} catch {
			return "failed";
		}
	}

	/** Opened on first use, and again after a failure. */
	private opened(): Storage {
		this.storage ??= keyValue.open({ path: NAMESPACE, format: "string" });
		return this.storage;
	}
}
