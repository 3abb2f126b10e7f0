/** The first events of a life: the cause of its boot, with what the life before left of a reason. */
import { expect, test } from "@jest/globals";
import type { PowerCause } from "../../src/host.js";
import type { LampEvent } from "../../src/journal/events.js";
import { bootEvents } from "../../src/node/boot.js";
import { REASON_KEY } from "../../src/storekeys.js";
import { FakeHost } from "../support/fakehost.js";

const AT = "at 0x420b1c34 0x42012abc";

const CASES: [
	what: string,
	cause: PowerCause,
	stored: string,
	crash: string,
	attributes: object,
][] = [
	["a crash gives its addresses", "crash", "", AT, { cause: "crash", reason: AT }],
	["a watchdog likewise", "watchdog", "", AT, { cause: "watchdog", reason: AT }],
	[
		"a stored reason comes before them",
		"restart",
		"ordered",
		AT,
		{ cause: "restart", reason: "ordered" },
	],
	["neither leaves no reason", "brownout", "", "", { cause: "brownout" }],
];

test.each(CASES)("%s", (_what, powerCause, stored, crash, attributes) => {
	const host = new FakeHost();
	if (stored) host.store.write(REASON_KEY, stored);
	const events: LampEvent[] = [];
	const journal = { flash: { open() {} } };
	const machine = { freeBytes: () => 0, crashedAt: () => crash || undefined };
	const lamp = {
		host: { powerCause, machine },
		store: host.store,
		flash: { tally: { row: 1 } },
		journal,
	};
	bootEvents({ ...lamp, emit: (event: LampEvent) => events.push(event) } as never, [], 0);
	expect(events).toEqual([{ type: "restarted", attributes }]);
	expect(host.store.read(REASON_KEY) || undefined).toBeUndefined();
});
