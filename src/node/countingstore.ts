/** Counting store: the host's key-value store with its writes counted, for the flash's budget. */
import type { Store, StoreResult } from "../host.js";

export class CountingStore implements Store {
	/** Writes and erasures since boot. */
	writes = 0;
	private readonly store: Store;

	constructor(store: Store) {
		this.store = store;
	}

	read(key: string): string | undefined {
		return this.store.read(key);
	}

	write(key: string, value: string): StoreResult {
		this.writes += 1;
		return this.store.write(key, value);
	}

	erase(key: string): StoreResult {
		this.writes += 1;
		return this.store.erase(key);
	}
}
