/** Record: what a lamp keeps of its images over a restart, read as it was written. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	FAILED_MOST,
	NOTHING_KEPT,
	parseRecord,
	textOf,
	underVersion,
	withFailed,
} from "../../src/update/record.js";

describe("the record", () => {
	const id = fc.string({
		unit: fc.constantFrom(..."0123456789abcdef"),
		minLength: 16,
		maxLength: 16,
	});
	const u32 = fc.nat(0xffff_ffff);
	const trial = fc.record({
		image: id,
		version: fc.constantFrom("1.2.0", "9"),
		counter: u32,
		key: u32,
	});
	test("is read as it was written", () => {
		const record = fc.record({
			counter: u32,
			key: u32,
			image: fc.oneof(id, fc.constant("")),
			powerLosses: fc.nat(3),
			runs: fc.constantFrom("", "0.1.0", "1_2+a/b-c.d"),
			failed: fc.array(id, { maxLength: FAILED_MOST }),
			trial: fc.option(trial, { nil: undefined }),
		});
		fc.assert(
			fc.property(record, (drawnRecord) =>
				expect(parseRecord(textOf(drawnRecord))).toEqual(drawnRecord),
			),
		);
	});
	test.each([
		[undefined],
		[""],
		["1"],
		["2 0 0 - - - - - 0 0 0"],
		["1 -1 0 - - - - - 0 0 0"],
		["1 0 0 - - - - 0 0 0"],
		["1 0 0 - - - - - 0 x 0"],
	])("%j is none: nothing was kept", (text) => expect(parseRecord(text)).toBe(NOTHING_KEPT));
	test("is one line of eleven fields", () => {
		const trial = { image: "fedcba9876543210", version: "2.0.0", counter: 8, key: 9 };
		const record = { ...NOTHING_KEPT, counter: 7, key: 9, failed: ["a", "b"], trial };
		const text = textOf({ ...record, image: "0123456789abcdef", runs: "1.0.0" });
		expect(text).toBe("1 7 9 0123456789abcdef 1.0.0 a,b fedcba9876543210 2.0.0 8 9 0");
		expect(textOf(NOTHING_KEPT)).toBe("1 0 0 - - - - - 0 0 0");
	});
	test.each([
		["the image it was written under", "1.0.0", "1.0.0", "0123456789abcdef"],
		["an older one, from the cable", "1.0.0", "0.9.0", ""],
		["a newer one, from the cable", "1.0.0", "2.0.0", ""],
		["the first with a record", "", "2.0.0", ""],
	])("under %s", (_which, runs, version, image) => {
		const kept = { ...NOTHING_KEPT, counter: 7, key: 9, failed: ["a"], powerLosses: 1 };
		const record = { ...kept, image: "0123456789abcdef", runs };
		expect(underVersion(record, version)).toEqual({ ...kept, image, runs: version });
	});
	test("of failed images remembers the last four, each once", () => {
		let failed: readonly string[] = [];
		for (const image of ["a", "b", "a", "c", "d", "e"]) failed = withFailed(failed, image);
		expect(failed).toEqual(["a", "c", "d", "e"]);
	});
});
