/** Record: what is written is read, and what was torn or has decayed is not. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EVENT_TYPES, SEVERITY } from "../../src/journal/events.js";
import type { JournalEntry } from "../../src/journal/journal.js";
import {
	decode,
	encode,
	get,
	HEAD_BYTES,
	isBlank,
	isDelivered,
	lengthOf,
	put,
	RECORD_BYTES,
	sumOf,
} from "../../src/journal/record.js";
import type { UtcMillis } from "../../src/units.js";
import { utf8 } from "../support/linkfakes.js";

const entries = fc.record({
	life: fc.integer({ min: 1, max: 0xffff_ffff }),
	seq: fc.integer({ min: 1, max: 0xffff_ffff }),
	type: fc.constantFrom(...EVENT_TYPES),
	startEndFlag: fc.constantFrom(undefined, "start" as const, "end" as const),
	uptime: fc.integer({ min: 0, max: 2 ** 47 }),
	utc: fc.option(fc.integer({ min: 0, max: 4_102_444_800_000 }), { nil: undefined }),
	count: fc.integer({ min: 1, max: 65_535 }),
	attributes: fc
		.string({ maxLength: 150, unit: "grapheme" })
		.map((text) => JSON.stringify({ text })),
});
const complete = (entry: Omit<JournalEntry, "severity" | "utc"> & { utc?: number | undefined }) =>
	({ ...entry, severity: SEVERITY[entry.type] }) as JournalEntry;

const example = complete({
	life: 17,
	seq: 3,
	type: "fault",
	startEndFlag: undefined,
	uptime: 1234,
	count: 2,
	utc: Date.UTC(2026, 10, 24) as UtcMillis,
	attributes: '{"where":"light"}',
});

function written(entry: JournalEntry): Uint8Array {
	const bytes = new Uint8Array(RECORD_BYTES).fill(255);
	const length = encode(entry, utf8, bytes);
	return bytes.subarray(0, length);
}

test("what is written is read (seed 3)", () => {
	fc.assert(
		fc.property(entries, (some) => {
			const entry = complete(some);
			const bytes = written(entry);
			if (bytes.length === 0) return; // 150 graphemes may be more bytes than 160 characters take
			assert.equal(lengthOf(bytes), bytes.length);
			assert.deepEqual(decode(bytes, utf8), entry);
			assert.deepEqual([isDelivered(bytes), isBlank(bytes)], [false, false]);
			bytes[4] = 0;
			assert.ok(isDelivered(bytes));
			assert.deepEqual(decode(bytes, utf8), entry);
		}),
		{ seed: 3, numRuns: 300 },
	);
});

describe("texts", () => {
	test("the longest that the journal makes fits: 160 characters of three bytes", () => {
		const attributes = "€".repeat(160);
		expect(decode(written({ ...example, attributes }), utf8)?.attributes).toBe(attributes);
	});
	test("one that does not fit is not written", () => {
		expect(written({ ...example, attributes: "€".repeat(180) })).toHaveLength(0);
	});
	test("a type of another version keeps its name", () => {
		const type = "eventOfTheFuture" as JournalEntry["type"];
		expect(decode(written({ ...example, type }), utf8)?.type).toBe(type);
	});
});

describe("a record cut short", () => {
	const record = written(example);
	test.each(Array.from({ length: record.length }, (_, index) => index))(
		"after %d bytes, the next torn in any way, is never read as an entry",
		(count) => {
			for (let noise = 0; noise < 256; noise += 1) {
				const bytes = new Uint8Array(RECORD_BYTES).fill(255);
				bytes.set(record.subarray(0, count));
				bytes[count]! &= record[count]! | noise;
				const isComplete = count === record.length - 1 && bytes[count] === record[count];
				if (count < 4 && lengthOf(bytes) > 0) assert.equal(bytes[3], record[3]); // whole by chance
				if (count < 4 && lengthOf(bytes) === 0 && count > 0) assert.equal(isBlank(bytes), false);
				if (count >= 4) assert.equal(lengthOf(bytes), record.length);
				assert.equal(decode(bytes, utf8) !== undefined, isComplete);
			}
		},
	);
});

test("no single decayed bit escapes, but in the byte that says delivered", () => {
	const record = written(example);
	for (let bit = 0; bit < 8 * record.length; bit += 1) {
		const place = bit >> 3;
		if (place === 4) continue;
		const bytes = Uint8Array.from(record);
		bytes[place]! ^= 1 << (bit & 7);
		assert.equal(decode(bytes, utf8), undefined);
	}
});

/** RFC draft-eastlake-fnv, FNV-1a of 32 bits. */
test.each([
	["", 0x811c9dc5],
	["a", 0xe40c292c],
	["foobar", 0xbf9cf968],
])("the checksum of %j is that of the published vectors", (text, sum) => {
	const bytes = Buffer.from(`x${text}x`);
	expect(sumOf(bytes, 1, bytes.length - 1)).toBe(sum);
});

test("lengths that no record has are none", () => {
	for (const length of [0, 1, HEAD_BYTES, RECORD_BYTES + 1, 65_535]) {
		const head = Uint8Array.of(length & 255, length >> 8, ~length & 255, (~length >> 8) & 255);
		expect(lengthOf(head)).toBe(0);
	}
});

test("numbers are written low byte first, as by a DataView", () => {
	const number = fc
		.constantFrom(2 as const, 4 as const, 6 as const)
		.chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: 2 ** (8 * size) - 1 })));
	fc.assert(
		fc.property(number, ([size, value]) => {
			const view = new DataView(new ArrayBuffer(8));
			view.setBigUint64(0, BigInt(value), true);
			const bytes = new Uint8Array(10).fill(0xa5);
			put(bytes, 1, value, size);
			expect([...bytes]).toEqual([
				0xa5,
				...new Uint8Array(view.buffer, 0, size),
				...new Array(9 - size).fill(0xa5),
			]);
			assert.equal(get(bytes, 1, size), value);
		}),
		{ seed: 20_261_127, numRuns: 300 },
	);
});
