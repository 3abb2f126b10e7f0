/** Journal: numbers without gaps, repeats counted, memory bounded. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { LampEvent } from "../../src/journal/events.js";
import { EVENT_TYPES, SEVERITY } from "../../src/journal/events.js";
import {
	ATTRIBUTES_MAX_CHARACTERS,
	FOLD_TIME,
	JOURNAL_ENTRIES,
	Journal,
} from "../../src/journal/journal.js";
import { CAP, CAP_WINDOW } from "../../src/journal/noise.js";
import type { UtcMillis } from "../../src/units.js";

const SEED = 20_261_129;
const UTC = Date.UTC(2026, 10, 24, 20) as UtcMillis;
const stale: LampEvent = { type: "orderRejected", attributes: { reason: "stale", via: "node" } };
const tooLong: LampEvent = {
	type: "orderRejected",
	attributes: { reason: "tooLong", via: "node" },
};
const lost: LampEvent = { type: "linkLost", attributes: { why: "closedByPeer" } };
const begin: LampEvent = {
	type: "presenceSensorFailure",
	startEndFlag: "start",
	attributes: { why: "silent" },
};
const end: LampEvent = {
	type: "presenceSensorFailure",
	startEndFlag: "end",
	attributes: { why: "silent" },
};

describe("an entry", () => {
	test("carries what happened, when, and how much it matters", () => {
		const journal = new Journal(17);
		expect(journal.append(begin, 1234, UTC)).toBe(1);
		expect(journal.read(1)).toEqual({
			life: 17,
			seq: 1,
			type: "presenceSensorFailure",
			startEndFlag: "start",
			severity: "repair",
			uptime: 1234,
			utc: UTC,
			count: 1,
			attributes: '{"why":"silent"}',
		});
	});
	test("has no date without a clock, and gets one when the clock comes in the same life", () => {
		const journal = new Journal(17);
		journal.append(lost, 1000, undefined);
		journal.append(stale, 2000, undefined);
		expect(journal.read(1)?.utc).toBeUndefined();
		journal.take(2); // delivered without a date: it stays so
		journal.append(begin, 3000, UTC);
		journal.resolve(5000, UTC);
		expect([1, 2, 3].map((seq) => journal.read(seq)?.utc)).toEqual([UTC - 4000, undefined, UTC]);
	});
	test("is nothing before the first, beyond the newest, or at half a number", () => {
		const journal = new Journal(17);
		expect([journal.oldest, journal.newest]).toEqual([1, 0]);
		for (const seq of [0, 1, -1, 0.5, Number.NaN]) {
			expect(journal.read(seq)).toBeUndefined();
			expect(journal.take(seq)).toBeUndefined();
		}
	});
	test("keeps long texts short enough for one message", () => {
		const journal = new Journal(17);
		const message = `"${"é".repeat(500)}`;
		journal.append({ type: "fault", attributes: { where: "x".repeat(500), message } }, 0, UTC);
		const { attributes } = journal.read(1)!;
		expect(attributes.length).toBeLessThanOrEqual(ATTRIBUTES_MAX_CHARACTERS);
		const read = JSON.parse(attributes) as { where: string; message: string };
		expect(read.where).toMatch(/^x{30,}~$/);
		expect(read.message).toMatch(/^"é{30,}~$/);
	});
	test("keeps texts that grow by escapes short enough, too", () => {
		const journal = new Journal(17);
		journal.append(
			{ type: "fault", attributes: { where: "w", message: "\u0001".repeat(150) } },
			0,
			UTC,
		);
		const { attributes } = journal.read(1)!;
		expect(attributes.length).toBeLessThanOrEqual(ATTRIBUTES_MAX_CHARACTERS);
		expect((JSON.parse(attributes) as { where: string }).where).toBe("w");
	});
});

describe("repeats", () => {
	type Step = readonly [event: LampEvent, now: number, seq: number];
	const stories: [why: string, steps: Step[], counts: number[]][] = [
		[
			"the same again is counted",
			[
				[stale, 0, 1],
				[stale, 5, 1],
				[stale, 9, 1],
			],
			[3],
		],
		[
			"another reason is another entry",
			[
				[stale, 0, 1],
				[tooLong, 5, 2],
				[stale, 9, 1],
			],
			[2, 1],
		],
		[
			"the minute runs from the first",
			[
				[stale, 0, 1],
				[stale, FOLD_TIME - 1, 1],
				[stale, FOLD_TIME, 2],
			],
			[2, 1],
		],
		[
			"across others",
			[
				[lost, 0, 1],
				[stale, 1, 2],
				[lost, 2, 1],
			],
			[2, 1],
		],
		[
			"a begin after its end is news",
			[
				[begin, 0, 1],
				[end, 1, 2],
				[begin, 2, 3],
				[end, 3, 4],
			],
			[1, 1, 1, 1],
		],
		[
			"a begin said twice is one",
			[
				[begin, 0, 1],
				[begin, 1, 1],
				[end, 2, 2],
			],
			[2, 1],
		],
	];
	test.each(stories)("%s", (_why, steps, counts) => {
		const journal = new Journal(17);
		for (const [event, now, seq] of steps) expect(journal.append(event, now, UTC)).toBe(seq);
		expect(counts.map((_count, index) => journal.read(index + 1)?.count)).toEqual(counts);
		expect(journal.newest).toBe(counts.length);
	});
	test("what was handed out is final: its repeat opens a new number", () => {
		const journal = new Journal(17);
		journal.append(stale, 0, UTC);
		expect(journal.read(1)?.count).toBe(1); // a look hands nothing out
		journal.append(stale, 1, UTC);
		expect(journal.take(1)?.count).toBe(2);
		expect(journal.append(stale, 2, UTC)).toBe(2);
		expect(journal.read(1)?.count).toBe(2);
	});
	test("a count stops at what its column holds", () => {
		const journal = new Journal(17);
		for (let index = 0; index < 65_600; index += 1) journal.append(stale, 0, UTC);
		expect(journal.read(1)?.count).toBe(65_535);
	});
});

test("holds the newest", () => {
	const journal = new Journal(17);
	for (let index = 0; index < JOURNAL_ENTRIES + 5; index += 1)
		journal.append(stale, (index * CAP_WINDOW) / CAP, UTC);
	expect([journal.oldest, journal.newest]).toEqual([6, JOURNAL_ENTRIES + 5]);
	expect(journal.read(5)).toBeUndefined();
	expect(journal.read(6)?.uptime).toBe((5 * CAP_WINDOW) / CAP);
});

test("every type has a severity", () => {
	expect([...EVENT_TYPES]).toEqual(Object.keys(SEVERITY));
	for (const type of EVENT_TYPES) expect(["safety", "repair", "info"]).toContain(SEVERITY[type]);
});

test(`holds the newest of whatever came, in order and without a gap (seed ${SEED})`, () => {
	const event = fc.constantFrom(stale, tooLong, lost, begin, end);
	const step = fc.record({ event, gap: fc.nat(40_000), take: fc.boolean() });
	fc.assert(
		fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
			const journal = new Journal(17);
			let now = 0;
			let happened = 0;
			let delivered = 0;
			let next = 1; // an outbox that takes one now and then
			for (const { event: news, gap, take } of steps) {
				now += gap;
				happened += 1;
				journal.append(news, now, undefined);
				next = Math.max(next, journal.oldest);
				if (take && next <= journal.newest) {
					const entry = journal.take(next);
					assert.equal(entry?.seq, next);
					delivered += entry?.count ?? 0;
					next += 1;
				}
			}
			let held = 0;
			let isCapped = false;
			for (let seq = 1; seq <= journal.newest; seq += 1) {
				isCapped ||= journal.read(seq)?.type === "eventsCapped";
				if (seq >= next) held += journal.read(seq)?.count ?? 0;
			}
			if (journal.oldest === 1 && !isCapped) expect(delivered + held).toBe(happened); // nothing lost: all counted
			expect(journal.newest - journal.oldest).toBeLessThan(JOURNAL_ENTRIES);
		}),
		{ seed: SEED, numRuns: 500 },
	);
});
