/** Pending orders: overrides, emergencies and maintenance of each lamp, from their acceptance on. */
import type { Lamps } from "./lamps.js";
import type { Entry } from "./orderbook.js";

/** A list for each lamp, oldest first, to which `begin` makes the entry of each order accepted. */
export function pendingOrders<Pending>(
	lamps: Lamps,
	begin: (entry: Entry) => Pending,
): Pending[][] {
	const pending: Pending[][] = Array.from({ length: lamps.count }, () => []);
	lamps.orders.onAccepted((_at, entry) => {
		const { command, lamp } = entry.order;
		if (entry.isClear || command === "identify" || command === "selfTest") return;
		pending[lamp]!.push(begin(entry));
	});
	return pending;
}
