/** Counting store: the host's key-value store, with its writes counted for the flash budget. */
import type { Store, StoreResult } from "../../host.js";
import type { FlashBudget } from "./flashbudget.js";

export class CountingStore implements Store {
	private readonly store: Store;
	private readonly budget: FlashBudget;

	constructor(store: Store, budget: FlashBudget) {
		this.store = store;
		this.budget = budget;
	}

	read(key: string): string | undefined {
		return this.store.read(key);
	}

	write(key: string, value: string): StoreResult {
		this.budget.writes();
		return this.store.write(key, value);
	}

	erase(key: string): StoreResult {
		this.budget.writes();
		return this.store.erase(key);
	}
}
