/** Kept journal: from a power cut to the acknowledgement in a later life, in order, nothing missing. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { LampEvent } from "../../src/journal/events.js";
import { KeptJournal, STORE_AFTER, TRY_AGAIN } from "../../src/journal/keptjournal.js";
import type { UtcMillis } from "../../src/units.js";
import { FakeFlash, FREE, NO_FLASH, PowerCut } from "../support/flash.js";
import { utf8, World } from "../support/linkfakes.js";

const UTC = Date.UTC(2026, 10, 24) as UtcMillis;
const info = (index: number): LampEvent => ({
	type: "clockJump",
	attributes: { by_ms: index, taken: true },
});
const repair = (index: number): LampEvent => ({
	type: "storeFailure",
	attributes: { key: `k${index}`, result: "full" },
});
const SAFETY: LampEvent = {
	type: "lampFailure",
	startEndFlag: "start",
	attributes: { inference: true },
};
function kept(life: number, flash: FakeFlash): KeptJournal {
	const journal = new KeptJournal(life, { flashLog: flash, utf8 }, FREE());
	journal.flash.open();
	return journal;
}

/** Delivers all that waits; `life/seq`, a run as `life/from-seq`. */
function drain(journal: KeptJournal, most = Infinity): string[] {
	const out: string[] = [];
	for (let entry = journal.next(); entry && out.length < most; entry = journal.next()) {
		const { from } = JSON.parse(entry.attributes);
		out.push(`${entry.life}/${entry.type === "eventsLost" ? `${from}-` : ""}${entry.seq}`);
		journal.delivered();
		if (!journal.waits) break;
	}
	return out;
}

describe("what an earlier life left", () => {
	test("comes first, then this life's, stored or not", () => {
		const flash = new FakeFlash(16);
		const first = kept(1, flash);
		for (let index = 1; index <= 3; index += 1) first.append(info(index), index, UTC);
		first.append(repair(4), 4, UTC);
		expect(first.storeAt).toBe(4);
		first.store(4);
		first.append(info(5), 5, UTC); // not stored when the power goes
		const second = kept(2, flash);
		second.append(info(1), 1, UTC);
		second.append(repair(2), 2, UTC);
		second.store(2);
		second.append(info(3), 3, UTC);
		expect(drain(second)).toEqual(["1/1", "1/2", "1/3", "1/4", "2/1", "2/2", "2/3"]);
		expect(kept(3, flash).waits).toBe(false);
	});
	test("goes over the wire with its own life, number and time, before this life's", () => {
		const flash = new FakeFlash(16);
		const before = kept(16, flash);
		before.append(repair(1), 5_000, UTC);
		before.append(repair(2), 6_000, undefined);
		before.store(6_000);
		const world = new World({}, 1, kept(17, flash));
		world.journal.append(info(1), 0, UTC);
		world.online().run(10_000);
		const events = world.published("event").map(({ json }) => [json.life, json.seq, json.time]);
		expect(events).toEqual([
			[16, 1, new Date(UTC).toISOString()],
			[16, 2, undefined], // today's clock does not date another life
			[17, 1, new Date(UTC).toISOString()],
		]);
		expect(world.published("event")[1]!.json.uptime_ms).toBe(6_000);
		expect(kept(18, flash).waits).toBe(false);
	});
});

describe("storing", () => {
	test("more than memory holds: nothing is missing", () => {
		const flash = new FakeFlash(16);
		const journal = kept(1, flash);
		for (let index = 1; index <= 300; index += 1) {
			journal.append(info(index), index * STORE_AFTER * 6, UTC);
			if (index * STORE_AFTER * 6 >= journal.storeAt) journal.store(index * STORE_AFTER * 6);
		}
		journal.store(3e9);
		expect(drain(journal)).toEqual(Array.from({ length: 300 }, (_, index) => `1/${index + 1}`));
	});
	test("a delivered event is not counted: the next one need not be stored sooner", () => {
		const journal = kept(1, new FakeFlash(16));
		let now = 0;
		for (let index = 1; index <= 100; index += 1) {
			journal.append(info(index), (now += 10 * STORE_AFTER), UTC); // six an hour
			expect(journal.storeAt).toBe(now + STORE_AFTER);
			drain(journal);
			journal.store(now);
		}
	});
	test("what is on its way when it is stored is delivered once", () => {
		const flash = new FakeFlash(16);
		const journal = kept(1, flash);
		journal.append(info(1), 0, UTC);
		expect(journal.next()?.seq).toBe(1);
		journal.append(repair(2), 1, UTC);
		journal.store(1);
		expect(journal.stands).toBe(true);
		journal.delivered();
		expect(drain(journal)).toEqual(["1/2"]);
	});
	test.each([
		["what matters waits for it, all of it", [repair(1), info(2)], []],
		["what is safety does not, nor what came before it", [repair(1), SAFETY], ["1/1", "1/2"]],
	])("where an erase must wait: %s", (_why, events, stored) => {
		const flash = new FakeFlash(16);
		const journal = kept(1, flash);
		for (const [index, event] of events.entries()) journal.append(event, 1000 * index, UTC);
		journal.store(2000, false);
		expect([flash.erases, journal.isHeldUp]).toEqual([stored.length && 1, stored.length === 0]);
		expect(drain(kept(2, flash))).toEqual(stored);
		journal.store(3000);
		expect([journal.isHeldUp, journal.storeAt]).toEqual([false, Infinity]);
	});
	test("repeats are counted on until it is delivered, stored or not", () => {
		const journal = kept(1, new FakeFlash(16));
		journal.append(repair(1), 0.5, UTC); // the record has whole milliseconds
		journal.store(0.5);
		journal.append(repair(1), 1, UTC);
		expect(journal.next()?.count).toBe(2);
		expect(journal.append(repair(1), 2, UTC)).toBe(2);
	});
	test("with a full log the less severe gives way to the worse, as one run", () => {
		const flash = new FakeFlash(10);
		const journal = kept(1, flash);
		let now = 0;
		while (journal.flash.takes("info", now)) {
			journal.append(info(now), (now += 600_000), UTC);
			journal.store(now);
		}
		const { newest } = journal;
		for (let index = 1; index <= 3; index += 1) journal.append(info(-index), (now += 600_000), UTC);
		journal.store(now);
		expect(journal.storeAt).toBe(now + TRY_AGAIN);
		expect(kept(2, flash).waits).toBe(true);
		journal.append(repair(1), (now += 600_000), UTC);
		journal.store(now);
		const out = drain(kept(2, flash));
		expect(out.slice(-2)).toEqual([`1/${newest + 1}-${newest + 3}`, `1/${newest + 4}`]);
		expect(out).toHaveLength(newest + 2);
	});
});

test("without a log a run that had to give way is one eventsLost, and stays as it was handed out", () => {
	const journal = kept(1, NO_FLASH);
	let now = 0;
	const more = (count: number) => {
		for (let index = 0; index < count; index += 1) journal.append(info(now), (now += 300_000), UTC);
	};
	more(1);
	expect([journal.next()?.seq, journal.stands]).toEqual([1, true]);
	more(32);
	expect(journal.stands).toBe(false); // displaced on its way
	more(4);
	expect(journal.next()).toMatchObject({ type: "eventsLost", seq: 5 });
	more(2);
	expect(journal.next()?.attributes).toBe('{"from":1,"to":5}');
	journal.delivered();
	expect(drain(journal, 2)).toEqual(["1/6-7", "1/8"]);
});

/**
 * Events, stores, deliveries, cuts at any byte and new lives in any order. The model lists what the
 * journal had said it stored, and what the CMS got.
 */
test("whatever happens, what was stored arrives, in order of each life, gaps only as eventsLost (seed 9)", () => {
	const step = fc.oneof(
		{ weight: 6, arbitrary: fc.constant("info" as const) },
		{ weight: 3, arbitrary: fc.constant("repair" as const) },
		{ weight: 4, arbitrary: fc.constant("deliver" as const) },
		{ weight: 2, arbitrary: fc.constant("lookOnly" as const) },
		{ weight: 1, arbitrary: fc.constant("boot" as const) },
	);
	const life = fc.record({
		steps: fc.array(step, { maxLength: 120 }),
		cut: fc.option(fc.nat(9_000), { nil: Infinity }),
		noise: fc.nat(255),
	});
	fc.assert(
		fc.property(fc.array(life, { maxLength: 8 }), (lives) => {
			const flash = new FakeFlash(10);
			const got: [life: number, from: number, to: number][] = [];
			const stored = new Map<number, number>(); // of a life, the last number surely stored
			let number = 0;
			for (const { steps, cut, noise } of [...lives, { steps: [], cut: Infinity, noise: 0 }]) {
				number += 1;
				Object.assign(flash, { cutAfter: cut, noise });
				try {
					const journal = kept(number, flash);
					let now = 0;
					const deliver = () => {
						const entry = journal.next();
						if (!entry) return;
						const from =
							entry.type === "eventsLost" ? JSON.parse(entry.attributes).from : entry.seq;
						got.push([entry.life, from, entry.seq]); // the broker has it before its answer comes
						journal.delivered();
					};
					for (const what of steps) {
						now += 310_000; // no more than an hour may have
						if (what === "boot") break;
						if (what === "deliver") deliver();
						else if (what === "lookOnly") journal.next();
						else {
							journal.append(what === "info" ? info(now) : repair(now), now, UTC);
							if (what === "repair") {
								journal.store(now);
								stored.set(number, journal.newest);
							}
						}
						if (now >= journal.storeAt) journal.store(now);
						if (journal.flash.isEraseDue && now % 3 === 0) journal.flash.erase();
					}
					if (number > lives.length) while (journal.waits) deliver();
				} catch (error) {
					if (!(error instanceof PowerCut)) throw error;
				}
			}
			for (const [life, last] of stored) {
				let next = 1;
				for (const [, from, to] of got.filter(([of]) => of === life)) {
					assert.ok(from <= next); // no gap; a repeat is allowed
					next = Math.max(next, to + 1);
				}
				assert.ok(next > last);
			}
			const order = got.map(([of]) => of);
			assert.deepEqual(
				order,
				[...order].sort((a, b) => a - b),
			);
		}),
		{ seed: 9, numRuns: 150 },
	);
});
