/** Order store: power that fails between the two writes of an order loses neither order nor reply. */
import { expect, test } from "@jest/globals";
import type { OrderReply } from "../../../src/node/orders/intake.js";
import { REPEATS_KEY, STANDING_KEY } from "../../../src/storekeys.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";

const ISSUED = "2026-12-14T20:00:00Z";
const UTC = Date.parse(ISSUED);
const END = "2026-12-14T21:00:00Z";
const ENVELOPE = { via: "node", retained: false, toMany: false, spread: 0 } as const;
const ORDERS: readonly (readonly [kind: string, text: string])[] = [
	["override", `"command": "override", "level": 42, "expiration": "${END}"`],
	["emergency", `"command": "emergency", "expiration": "${END}"`],
	["maintenance", `"command": "maintenanceMode", "expiration": "${END}"`],
	["clearOverride", '"command": "clearOverride"'],
];

/** A lamp with an override of 77 %, after an order of which only `writes` keys reached the flash. */
function afterCut(order: string, writes: number) {
	const host = new FakeHost();
	const { node } = bootLamp({ host, utc: UTC });
	const take = (text: string, to = node): OrderReply =>
		to.takeOrder(text, { ...ENVELOPE, via: text.includes("emergency") ? "emergency" : "node" }, 0);
	take(
		`{"id": "before", "issued": "${ISSUED}", "command": "override", "level": 77, "expiration": "${END}"}`,
	);
	const { store } = host;
	const write = store.write.bind(store);
	let left = writes;
	store.write = (key, value) => {
		const isOrder = key === STANDING_KEY || key === REPEATS_KEY;
		if (isOrder && left-- <= 0) return "ok"; // without power nothing is written
		return write(key, value);
	};
	const text = `{"id": "cut", "issued": "${ISSUED}", ${order}}`;
	expect(take(text)).toMatchObject({ status: "accepted" });
	const { node: again } = bootLamp({ stored: host.stored, utc: UTC });
	const standing = () => {
		const { override, emergency, maintenance } = again.orders.standing;
		return [override?.source, emergency?.source, maintenance?.source];
	};
	return { repeat: () => take(text, again), standing };
}

test.each(ORDERS)("%s: its repeat is obeyed wherever the power failed", (kind, order) => {
	const uncut = afterCut(order, 2);
	for (let writes = 0; writes <= 2; writes++) {
		const cut = afterCut(order, writes);
		expect({ writes, ...cut.repeat() }).toMatchObject({ writes, status: "accepted" });
		uncut.repeat();
		expect([kind, writes, ...cut.standing()]).toEqual([kind, writes, ...uncut.standing()]);
	}
});
