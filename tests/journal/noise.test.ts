/** Noise: twelve of a type an hour, then a begin, and an end that says how it stands. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../lib/spans.js";
import type { LampEvent } from "../../src/journal/events.js";
import { Journal } from "../../src/journal/journal.js";
import { CAP, CAP_WINDOW } from "../../src/journal/noise.js";

const fault = (index: number): LampEvent => ({
	type: "fault",
	attributes: { where: "input", message: String(index) },
});
const doubt = (index: number): LampEvent => ({
	type: "presenceSensorFailure",
	startEndFlag: index % 2 ? "end" : "start",
	attributes: { why: "silent" },
});
const all = (journal: Journal) =>
	Array.from({ length: journal.newest - journal.oldest + 1 }, (_, index) => {
		const { type, startEndFlag, attributes } = journal.read(journal.oldest + index)!;
		return [type, startEndFlag, type === "eventsCapped" ? JSON.parse(attributes) : undefined];
	});

describe("a noisy source", () => {
	test("has its cap, then one begin; the hour's end reports how many more there were", () => {
		const journal = new Journal(1);
		for (let index = 0; index < 50; index += 1)
			journal.append(fault(index), index * MINUTE, undefined);
		expect(journal.newest).toBe(CAP + 1);
		expect(all(journal).at(-1)).toEqual(["eventsCapped", "start", { of: "fault" }]);
		expect(journal.hushAt).toBe(CAP_WINDOW);
		journal.hush(CAP_WINDOW - 1, undefined);
		expect(journal.newest).toBe(CAP + 1);
		journal.hush(CAP_WINDOW, undefined);
		const dropped = 50 - CAP;
		expect(all(journal).at(-1)).toEqual(["eventsCapped", "end", { of: "fault", dropped }]);
		expect(journal.hushAt).toBe(Infinity);
	});
	test("may go on in the next hour", () => {
		const journal = new Journal(1);
		for (let index = 0; index < 120; index += 1)
			journal.append(fault(index), index * MINUTE, undefined);
		const faults = 2 * CAP; // a second hour
		expect(journal.newest).toBe(faults + 3); // begin, end, begin
	});
	test("of begins and ends is reported with the last of them", () => {
		const journal = new Journal(1);
		for (let index = 0; index <= 40; index += 1)
			journal.append(doubt(index), index * MINUTE, undefined);
		journal.hush(CAP_WINDOW, undefined);
		const attributes = { of: "presenceSensorFailure", dropped: 41 - CAP, last: "start" };
		expect(all(journal).at(-1)).toEqual(["eventsCapped", "end", attributes]);
	});
	test("does not shut others out", () => {
		const journal = new Journal(1);
		for (let index = 0; index < 50; index += 1) journal.append(fault(index), index, undefined);
		const seq = journal.append(doubt(0), 100, undefined);
		expect(journal.read(seq)?.type).toBe("presenceSensorFailure");
	});
	test("whose repeats are folded is not capped for them", () => {
		const journal = new Journal(1);
		for (let index = 0; index < 500; index += 1) journal.append(fault(7), index, undefined);
		expect(journal.newest).toBe(1);
		expect(journal.read(1)?.count).toBe(500);
	});
	test("three of them have three begins and three ends", () => {
		const journal = new Journal(1);
		const failure = (index: number): LampEvent => ({
			type: "storeFailure",
			attributes: { key: String(index), result: "full" },
		});
		for (let index = 0; index < 20; index += 1)
			for (const event of [fault(index), doubt(index), failure(index)])
				journal.append(event, index * MINUTE, undefined);
		expect(journal.newest).toBe(3 * (CAP + 1));
		journal.hush(CAP_WINDOW, undefined);
		const ends = all(journal).slice(-3);
		expect(ends.map(([, flag, { of, dropped }]) => [flag, of, dropped])).toEqual([
			["end", "fault", 8],
			["end", "presenceSensorFailure", 8],
			["end", "storeFailure", 8],
		]);
	});
});
