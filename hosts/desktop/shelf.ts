/**
 * Shelf: the key-value store of a lamp on the desktop, in memory until the program ends.
 */
import type { Store } from "luminode/host";

export function shelf(stored: Map<string, string>): Store {
	return Object.freeze({
		read: (key: string) => stored.get(key),
		write: (key: string, value: string) => {
			stored.set(key, value);
			return "ok" as const;
		},
		erase: (key: string) => {
			stored.delete(key);
			return "ok" as const;
		},
	});
}
