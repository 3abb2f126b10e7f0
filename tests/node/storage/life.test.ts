/** The number of a life: unique over restarts, a lost tally, and the place of another node. */
import { describe, expect, test } from "@jest/globals";
import { LIVES_MAX, Tally, WRITE } from "../../../src/journal/tally.js";
import { LIVES_AHEAD, takeLife } from "../../../src/node/boot.js";
import { storeHandover, takeHandover } from "../../../src/node/storage/handover.js";
import { FakeHost } from "../../support/fakehost.js";
import { FakeFlash } from "../../support/flash.js";

const life = (host: FakeHost, flash: FakeFlash) => takeLife(host.store, new Tally(flash));

describe("a life's number", () => {
	test("rises by one, and is stored once in thousands", () => {
		const [host, flash] = [new FakeHost(), new FakeFlash(16)];
		for (let index = 1; index <= 300; index += 1) expect(life(host, flash)).toBe(index);
		expect(host.storeWrites).toBe(1);
		for (let index = 301; index <= LIVES_AHEAD + 2; index += 1) life(host, flash);
		expect(host.storeWrites).toBe(2);
	});
	test("is beyond all before where the tally is lost, or was never there", () => {
		const [host, flash] = [new FakeHost(), new FakeFlash(16)];
		for (let index = 1; index <= 5; index += 1) life(host, flash);
		expect(life(host, new FakeFlash(16))).toBeGreaterThan(5);
		const before = life(host, new FakeFlash(0));
		expect([life(host, new FakeFlash(0)), life(host, new FakeFlash(0))]).toEqual([
			before + 1,
			before + 2,
		]);
	});
	test.each([17, 90_000])("goes on above the %i of the node whose place it takes", (of) => {
		const [host, flash] = [new FakeHost(), new FakeFlash(16)];
		life(host, flash);
		storeHandover(host.store, of, "");
		takeHandover(host.store, "totals", "days");
		expect([life(host, flash), life(host, flash)]).toEqual([of + 1, of + 2]);
		const tally = new Tally(flash);
		tally.mark(WRITE);
		expect(life(host, flash)).toBe(of + 3);
	});
	test("stays its own where that is higher", () => {
		const [host, flash] = [new FakeHost(), new FakeFlash(16)];
		for (let index = 1; index <= 20; index += 1) life(host, flash);
		storeHandover(host.store, 3, "");
		takeHandover(host.store, "totals", "days");
		expect(life(host, flash)).toBe(21);
	});
	test("stays at its greatest, and neither wraps nor wears the store", () => {
		const [host, flash] = [new FakeHost(), new FakeFlash(16)];
		life(host, flash);
		storeHandover(host.store, LIVES_MAX - 2, ""); // by firmware that accepted it
		takeHandover(host.store, "totals", "days");
		expect([1, 2, 3, 4].map(() => life(host, flash))).toEqual([
			LIVES_MAX - 1,
			LIVES_MAX,
			LIVES_MAX,
			LIVES_MAX,
		]);
		const before = host.storeWrites;
		for (let index = 0; index < 300; index += 1) expect(life(host, flash)).toBe(LIVES_MAX);
		expect([host.storeWrites - before, flash.erases]).toEqual([0, 1]);
		expect(life(host, new FakeFlash(16))).toBe(LIVES_MAX); // a lost tally
	});
	test.each(["", "x", "-4", "1e99", ">x"])("%j in the store is 0", (text) => {
		const host = new FakeHost();
		host.stored.set("life", text);
		expect(life(host, new FakeFlash(16))).toBe(1);
	});
});
