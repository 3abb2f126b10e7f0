/** The first events of a life: the cause of its boot, with what the life before left of a reason. */
import { expect, test } from "@jest/globals";
import type { PowerCause } from "../../src/host.js";
import type { LampEvent } from "../../src/journal/events.js";
import { bootEvents, safePause } from "../../src/node/boot.js";
import { REASON_KEY } from "../../src/storekeys.js";
import { FakeHost } from "../support/fakehost.js";

const AT = "badAccess Load access fault; serial background; 0x420b1c34 0x42012abc";

const CASES: [
	what: string,
	cause: PowerCause,
	stored: string,
	crash: string,
	attributes: object,
][] = [
	["a crash gives its end", "crash", "", AT, { cause: "crash", reason: AT }],
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
	const machine = { freeBytes: () => 0, endBefore: () => crash || undefined };
	const lamp = {
		host: { powerCause, machine },
		store: host.store,
		flash: { tally: { row: 1, lossRow: 0 } },
		journal,
	};
	bootEvents({ ...lamp, emit: (event: LampEvent) => events.push(event) } as never, [], 0);
	expect(events).toEqual([{ type: "restarted", attributes }]);
	expect(host.store.read(REASON_KEY) || undefined).toBeUndefined();
});

const ROWS: [what: string, cause: PowerCause, row: number, lossRow: number, pause: number][] = [
	["the first life", "crash", 1, 0, 0],
	["after four crashes in a row", "crash", 5, 0, 0],
	["after five", "crash", 6, 0, 600_000],
	["after five hangs", "watchdog", 6, 0, 600_000],
	["after a row of many", "crash", 4000, 0, 600_000],
	["after five losses of power and a crash", "crash", 7, 5, 0],
	["after five crashes and a loss of power", "powerOn", 7, 1, 0],
	["after five crashes and a restart that was asked for", "restart", 7, 0, 0],
];
// security: a cause in the network ends each life
test.each(ROWS)("the network's pause: %s", (_what, powerCause, row, lossRow, pause) => {
	expect(safePause({ powerCause }, { row, lossRow })).toBe(pause);
});

test("a life in safe mode reports for how long", () => {
	const host = new FakeHost();
	const events: LampEvent[] = [];
	bootEvents(
		{
			host: { powerCause: "watchdog", machine: { freeBytes: () => 0 } },
			store: host.store,
			flash: { tally: { row: 6, lossRow: 0 } },
			journal: { flash: { open() {} } },
			emit: (event: LampEvent) => events.push(event),
		} as never,
		[],
		0,
	);
	const attributes = { cause: "watchdog", shortLives: 5, withoutNetwork: 600 };
	expect(events).toEqual([{ type: "restarted", attributes }]);
});
