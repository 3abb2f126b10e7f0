/** Time store: how the time fed is estimated in the next life, and when it is stored. */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { CountingStore } from "../../../src/node/storage/countingstore.js";
import { FlashBudget } from "../../../src/node/storage/flashbudget.js";
import { TimeStore } from "../../../src/node/time/timestore.js";
import { TIME_KEY } from "../../../src/storekeys.js";
import { remembered } from "../../../src/time/midnight.js";
import { FakeHost } from "../../support/fakehost.js";
import { NO_FLASH } from "../../support/flash.js";

/** Feeds a node for each of `feedings`, storing whenever it is due; returns what the last life begins with. */
function fed(...feedings: number[]): readonly number[] {
	const { store } = new FakeHost();
	let lengths: readonly number[] = [];
	for (const feeding of [...feedings, 0]) {
		const stored = new TimeStore(new CountingStore(store, new FlashBudget(NO_FLASH, 0)), true);
		lengths = stored.begin("powerOn", 0);
		for (let now = 0; now < feeding; now += MINUTE)
			if (now >= stored.dueAt) stored.keep(now, remembered(lengths), undefined);
	}
	return lengths;
}

describe("a feeding counts for what was stored of it and half a step", () => {
	test.each([
		["just after it was stored", 601, 615],
		["just before it would have been again", 629, 615],
	])("of 30 min in the first evenings, cut %s", (_when, minutes, counted) => {
		expect(fed(minutes * MINUTE)).toEqual([counted * MINUTE]);
	});
	test("of 10 min around the usual end", () => {
		const lengths = fed(10.1 * HOUR, 10.2 * HOUR, 10.3 * HOUR, 10.2 * HOUR);
		expect(Math.abs(lengths.at(-1)! - 10.2 * HOUR)).toBeLessThanOrEqual(5 * MINUTE);
	});
});

test("its end is near 40 minutes before the usual one, where there is one", () => {
	const { store } = new FakeHost();
	const stored = new TimeStore(new CountingStore(store, new FlashBudget(NO_FLASH, 0)), true);
	stored.begin("powerOn", 0);
	const three = [10 * HOUR, 10 * HOUR, 10 * HOUR];
	const near = (now: number, lengths: readonly number[]) => stored.isEndNear(now, lengths);
	expect([near(9.3 * HOUR, three), near(9.4 * HOUR, three), near(20 * HOUR, [])]).toEqual([
		false,
		true,
		false,
	]);
	stored.configure(false, 0);
	expect(near(9.4 * HOUR, three)).toBe(false);
});

test("a lamp that is always fed now stores neither a feeding nor its beginning", () => {
	const { store } = new FakeHost();
	const stored = new TimeStore(new CountingStore(store, new FlashBudget(NO_FLASH, 0)), true);
	stored.begin("powerOn", 0);
	stored.keep(HOUR, remembered([]), undefined);
	expect(store.read(TIME_KEY)).toMatch(/^0 0 3600000 [1-9]$/);
	stored.configure(false, 2 * HOUR);
	stored.keep(2 * HOUR, remembered([]), undefined);
	expect(store.read(TIME_KEY)).toBe("0 0 0 0");
});
