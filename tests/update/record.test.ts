/** Record, keys, turns and verdicts: what a lamp concludes about images, in tables. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { UtcMillis } from "../../src/units.js";
import { KEYS_MOST, keyOf, keysIn } from "../../src/update/keys.js";
import { LATE_SPREAD, turnOf } from "../../src/update/offer.js";
import { endingOf, endOf, judge, LEAST, POWER_LOSSES_MOST } from "../../src/update/probation.js";
import {
	FAILED_MOST,
	NOTHING_KEPT,
	parseRecord,
	textOf,
	underVersion,
	withFailed,
} from "../../src/update/record.js";
import { Signer, sha256 } from "./images.js";

describe("the record", () => {
	const id = fc.string({
		unit: fc.constantFrom(..."0123456789abcdef"),
		minLength: 16,
		maxLength: 16,
	});
	const u32 = fc.nat(0xffff_ffff);
	const trial = fc.record({
		...{ image: id, version: fc.constantFrom("1.2.0", "9"), counter: u32, key: u32 },
	});
	test("is read as it was written", () => {
		const record = fc.record({
			...{ counter: u32, key: u32, image: fc.oneof(id, fc.constant("")), powerLosses: fc.nat(3) },
			runs: fc.constantFrom("", "0.1.0", "-", "1_2+a/b-c.d"),
			failed: fc.array(id, { maxLength: FAILED_MOST }),
			trial: fc.option(trial, { nil: undefined }),
		});
		fc.assert(fc.property(record, (one) => expect(parseRecord(textOf(one))).toEqual(one)));
	});
	test.each([
		[undefined],
		[""],
		["1"],
		["2 0 0 - - - - 0 0 0"],
		["1 -1 0 - - - - 0 0 0"],
		["1 0 0 - - - - 0 x 0"],
	])("%j is none: nothing was kept", (text) => expect(parseRecord(text)).toBe(NOTHING_KEPT));
	test.each([
		["1 7 9 0123456789abcdef a,b - - 0 0 1", "0123456789abcdef"],
		["1 7 9 - a,b - - 0 0 1", ""],
	])("of firmware that did not say what runs is read: %s", (text, image) => {
		const failed = ["a", "b"];
		const read = { counter: 7, key: 9, image, runs: "", failed, trial: undefined, powerLosses: 1 };
		expect(parseRecord(text)).toEqual(read);
		expect(textOf(read)).toBe(text);
	});
	test("is ten fields for firmware that knows no more, which finds counter, key and failures", () => {
		const trial = { image: "fedcba9876543210", version: "2.0.0", counter: 8, key: 9 };
		const record = { ...NOTHING_KEPT, counter: 7, key: 9, failed: ["a", "b"], trial };
		const text = textOf({ ...record, image: "0123456789abcdef", runs: "1.0.0" });
		const kept = "0123456789abcdef:1.0.0";
		expect(text).toBe(`1 7 9 ${kept} a,b fedcba9876543210 2.0.0 8 9 0`);
		expect(textOf({ ...NOTHING_KEPT, runs: "1.0.0" })).toBe("1 0 0 -:1.0.0 - - - 0 0 0");
	});
	test.each([
		["the image it was written under", "1.0.0", "1.0.0", "0123456789abcdef"],
		["an older one, from the cable", "1.0.0", "0.9.0", ""],
		["a newer one, from the cable", "1.0.0", "2.0.0", ""],
		["the first that says what runs, from the cable", "", "2.0.0", ""],
	])("under %s", (_which, runs, version, image) => {
		const kept = { ...NOTHING_KEPT, counter: 7, key: 9, failed: ["a"], powerLosses: 1 };
		const record = { ...kept, image: "0123456789abcdef", runs };
		expect(underVersion(record, version)).toEqual({ ...kept, image, runs: version });
	});
	test("of failed images remembers the last four, each once", () => {
		let failed: readonly string[] = [];
		for (const one of ["a", "b", "a", "c", "d", "e"]) failed = withFailed(failed, one);
		expect(failed).toEqual(["a", "c", "d", "e"]);
	});
});

describe("keys", () => {
	const [first, second, third, fourth] = [new Signer(), new Signer(), new Signer(), new Signer()];
	const crypto = { sha256: (bytes: Uint8Array) => new Uint8Array(sha256(bytes)) };
	const known = keysIn([first, second, third].map(({ text }) => text).join(" "));
	test("are read in their order, what is none left out, at most three", () => {
		expect(known.map((key) => Buffer.from(key).toString("hex"))).toEqual([
			...[first.text, second.text, third.text],
		]);
		expect(keysIn(`x ${first.text}0 ${second.text.replace(/^./, "g")} ${third.text}`)).toHaveLength(
			1,
		);
		const files = [first, second].map(({ text }) => `${text}\n`).join("");
		expect(keysIn(files)).toEqual(known.slice(0, 2));
		const all = [first, second, third, fourth].map(({ text }) => text).join(" ");
		expect(keysIn(all)).toHaveLength(KEYS_MOST);
		expect(keysIn(undefined)).toEqual([]);
	});
	test.each([
		["the first, before any was kept", first, 0, known[0]],
		["the second before its time", second, 0, known[1]],
		["the one that was kept", second, second.id, known[1]],
		["one before it", first, second.id, "retiredKey"],
		["one after it", third, second.id, known[2]],
		["one nobody knows", fourth, 0, "unknownKey"],
		["where the kept one is gone from the list", first, fourth.id, known[0]],
	])("%s", (_why, { id }, kept, expected) => {
		expect(keyOf(known, id, kept, crypto)).toBe(expected);
	});
});

describe("a lamp's turn", () => {
	const HOUR = 3_600_000;
	const at = (hours: number) => (hours * HOUR) as UtcMillis;
	const offer = { notBefore: at(10), spread: HOUR, canary: "quay", canaryLead: 24 * HOUR };
	test.each([
		["a canary, in its own part of the spread", "quay", 0.5, 0, 10.5],
		["another, a lead later", "hill", 0.5, 0, 34.5],
		["one without a group", "", 0.25, 0, 34.25],
		["one that hears too late, within ten minutes", "quay", 0.5, 20, 20 + LATE_SPREAD / HOUR / 2],
		["one that hears just before", "quay", 0.5, 10.4, 10.5],
	])("%s", (_who, group, position, heard, turn) => {
		expect(turnOf(offer, group, position, at(heard))).toBe(at(turn));
	});
});

describe("a verdict on probation", () => {
	const good = { faults: 0, isLit: true, isHeard: true };
	const end = endOf(0, 300_000);
	test.each([
		["too early", good, LEAST - 1, "wait"],
		["all is well", good, LEAST, "keep"],
		["the broker was not seen yet", { ...good, isHeard: false }, LEAST, "wait"],
		["nor in time", { ...good, isHeard: false }, end, "noBroker"],
		["an exception, at once", { ...good, faults: 1 }, 0, "fault"],
		["an emergency level is no light of its own", { ...good, isLit: false }, LEAST, "wait"],
		["nor when the time is up", { ...good, isLit: false }, end, "fault"],
	] as const)("%s", (_why, conduct, now, verdict) => {
		expect(judge(conduct, 0, end, now)).toBe(verdict);
	});
	/** One is on trial that calls itself 2.0.0; before it ran 1.0.0. */
	const ended = { version: "1.0.0", before: "1.0.0", tried: "2.0.0", powerLosses: 1 };
	test.each([
		["it crashed", "crash", {}, "crashed"],
		["the watchdog bit", "watchdog", {}, "crashed"],
		["it went back by itself before it could note it", "restart", {}, "crashed"],
		["power failed", "powerOn", {}, "again"],
		["power sank", "brownout", { powerLosses: POWER_LOSSES_MOST - 1 }, "again"],
		["power failed too often", "powerOn", { powerLosses: POWER_LOSSES_MOST }, "powerLost"],
		["it runs: power failed before it was noted", "powerOn", { version: "2.0.0" }, "kept"],
		["an older one came over the cable", "powerOn", { version: "0.9.0" }, "reflashed"],
		["a newer one came over the cable", "restart", { version: "3.0.0" }, "reflashed"],
		[
			"it runs, and the one before did not say what it was",
			"powerOn",
			{ version: "2.0.0", before: "" },
			"kept",
		],
		["another runs, and the one before did not say", "powerOn", { before: "" }, "reflashed"],
		["both have one name, and it crashed", "crash", { tried: "1.0.0" }, "crashed"],
		["both have one name, and power failed", "powerOn", { tried: "1.0.0" }, "again"],
	] as const)("when %s (%s)", (_why, cause, more, ending) => {
		expect(endingOf({ ...ended, ...more, cause })).toBe(ending);
	});
});
