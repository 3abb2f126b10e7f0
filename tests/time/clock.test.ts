/** Clock: what it accepts, how the doubt grows, and when it jumps. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR } from "../../lib/spans.js";
import {
	CHIP_ERROR,
	type ClockState,
	EARLIEST_UTC,
	HOLDOVER_AFTER,
	isDated,
	isPlausible,
	KEPT_ERROR,
	keep,
	LATEST_UTC,
	MANUAL_AGE,
	MANUAL_ERROR,
	monotonicOf,
	NO_CLOCK,
	SYNC_ERROR,
	setManually,
	sourceAt,
	synchronise,
	uncertaintyAt,
	utcAt,
} from "../../src/time/clock.js";
import type { UtcMillis } from "../../src/units.js";

const NOON = Date.UTC(2026, 10, 24, 12) as UtcMillis;

/** The state after an answer that must be taken. */
function set(state: ClockState, utc: number, now: number): ClockState {
	const change = synchronise(state, utc, now);
	if (change.kind !== "set") throw new Error(`refused: ${change.why}`);
	return change.state;
}

/** What a clock that ran on is worth. */
function kept(utc: number, earliest: number | undefined, kind?: "clockChip"): ClockState {
	const change = keep(utc, 0, earliest as UtcMillis | undefined, kind);
	if (change.kind !== "set") throw new Error("refused");
	return change.state;
}

describe("clock", () => {
	test("is unknown at boot", () => {
		expect(utcAt(NO_CLOCK, 5_000)).toBeUndefined();
		expect(uncertaintyAt(NO_CLOCK, 5_000)).toBe(Infinity);
		expect(monotonicOf(NO_CLOCK, NOON)).toBe(Infinity);
	});

	test("runs on by itself after an answer, and back to the monotonic clock", () => {
		const state = set(NO_CLOCK, NOON, 1_000);
		expect(utcAt(state, 1_000)).toBe(NOON);
		expect(utcAt(state, 61_000)).toBe(NOON + 60_000);
		expect(monotonicOf(state, (NOON + 60_000) as UtcMillis)).toBe(61_000);
	});

	const dates: [why: string, utc: number, answer: "tooEarly" | "tooLate" | "set"][] = [
		["a chip that counts from 1970", 0, "tooEarly"],
		["a chip that counts from 2000", Date.UTC(2000, 0, 1), "tooEarly"],
		["GPS whose weeks rolled over", NOON - 1024 * 7 * 24 * HOUR, "tooEarly"],
		["one millisecond too early", EARLIEST_UTC - 1, "tooEarly"],
		["the first date that can be", EARLIEST_UTC, "set"],
		["the last date that can be", LATEST_UTC - 1, "set"],
		["one millisecond too late", LATEST_UTC, "tooLate"],
		["a number that is none", Number.NaN, "tooEarly"],
		["before everything", -Infinity, "tooEarly"],
		["after everything", Infinity, "tooLate"],
	];
	test.each(dates)("%s", (_why, utc, answer) => {
		const change = synchronise(NO_CLOCK, utc, 0);
		expect(change.kind === "refused" ? change.why : change.kind).toBe(answer);
		expect(isPlausible(utc)).toBe(answer === "set");
	});
	test("the bounds are the dates they say", () => {
		expect(new Date(EARLIEST_UTC).toISOString()).toBe("2023-01-01T00:00:00.000Z");
		expect(new Date(LATEST_UTC).toISOString()).toBe("2070-01-01T00:00:00.000Z");
	});

	test("doubt grows by 100 parts in a million: 8.64 s a day", () => {
		const since = 5 * HOUR; // it is counted from the answer, not from boot
		const state = set(NO_CLOCK, NOON, since);
		expect(uncertaintyAt(state, since)).toBe(SYNC_ERROR);
		expect(uncertaintyAt(state, since + 24 * HOUR)).toBe(SYNC_ERROR + 8_640);
	});

	const jumps: [why: string, after: number, error: number, jump: number][] = [
		["an answer that agrees", HOUR, 0, 0],
		["a difference that drift and network explain", HOUR, 1_360, 0],
		["one that they do not", HOUR, 1_361, 1_361],
		["back likewise", HOUR, -1_361, -1_361],
		["the drift of a day is no jump", 24 * HOUR, 9_000, 0],
		["an hour ahead, as by a wrong zone", HOUR, HOUR, HOUR],
	];
	test.each(jumps)("%s", (_why, after, error, jump) => {
		const before = set(NO_CLOCK, NOON, 0);
		const change = synchronise(before, NOON + after + error, after);
		expect(change).toMatchObject({ kind: "set", jump });
		expect(utcAt(set(before, NOON + after + error, after), after)).toBe(NOON + after + error);
	});
	test("the first answer is no jump", () => {
		expect(synchronise(NO_CLOCK, NOON, 0)).toMatchObject({ kind: "set", jump: 0 });
	});

	const ASSUMED: ClockState = { kind: "midnight", offset: NOON };
	const SYNCHRONISED = set(NO_CLOCK, NOON, 0);
	const KEPT = kept(NOON, undefined);
	const CHIP = kept(NOON, undefined, "clockChip");
	const CHIP_SET = kept(NOON, NOON - 30 * 24 * HOUR, "clockChip");
	const rungs: [why: string, state: ClockState, age: number, source: string, error: number][] = [
		["nothing", NO_CLOCK, 0, "none", Infinity],
		["an answer", SYNCHRONISED, 0, "synchronised", SYNC_ERROR],
		["just a day old", SYNCHRONISED, HOLDOVER_AFTER - 1, "synchronised", SYNC_ERROR + 8_640],
		["a day old", SYNCHRONISED, HOLDOVER_AFTER, "holdover", SYNC_ERROR + 8_640],
		["ten days old", SYNCHRONISED, 10 * HOLDOVER_AFTER, "holdover", SYNC_ERROR + 86_400],
		["kept, for an unknown time", KEPT, 0, "kept", KEPT_ERROR],
		["set a day before at most", kept(NOON, NOON - 24 * HOUR), 0, "kept", SYNC_ERROR + 8_640],
		["a clock chip, for an unknown time", CHIP, 0, "clockChip", CHIP_ERROR],
		["set a month before at most", CHIP_SET, 0, "clockChip", SYNC_ERROR + 259_200],
		["a chip, a day ago", CHIP_SET, HOLDOVER_AFTER, "holdover", SYNC_ERROR + 267_840],
		["kept, a day ago", KEPT, HOLDOVER_AFTER, "holdover", KEPT_ERROR + 8_640],
		["learnt from the nights", ASSUMED, 0, "midnight", 15 * 60_000],
		["which does not age", ASSUMED, 99 * HOLDOVER_AFTER, "midnight", 15 * 60_000],
	];
	test.each(rungs)("states its rung and its doubt: %s", (_why, state, age, source, error) => {
		expect(sourceAt(state, age)).toBe(source);
		expect(uncertaintyAt(state, age)).toBe(error);
		expect(isDated(state)).toBe(source !== "none" && source !== "midnight");
	});
	test("an assumed clock runs, both ways", () => {
		expect(utcAt(ASSUMED, HOUR)).toBe(NOON + HOUR);
		expect(monotonicOf(ASSUMED, (NOON + HOUR) as UtcMillis)).toBe(HOUR);
	});
	test("no date before one that is past is taken, from a server or over a restart", () => {
		const before = (NOON + 1) as UtcMillis;
		const refused = { kind: "refused", why: "tooEarly" };
		expect(synchronise(NO_CLOCK, NOON, 0, before)).toEqual(refused);
		expect(keep(NOON, 0, before)).toEqual(refused);
		expect(keep(NOON, 0, NOON)).toMatchObject({ kind: "set", jump: 0 });
	});

	test("both directions agree, and doubt never shrinks by waiting", () => {
		const instants = fc.integer({ min: 0, max: 2 ** 41 });
		const utcs = fc.integer({ min: EARLIEST_UTC, max: LATEST_UTC - 1 });
		fc.assert(
			fc.property(utcs, instants, instants, (utc, now, wait) => {
				const state = set(NO_CLOCK, utc, now);
				const then = now + wait;
				expect(monotonicOf(state, utcAt(state, then) as UtcMillis)).toBe(then);
				expect(uncertaintyAt(state, then)).toBeGreaterThanOrEqual(uncertaintyAt(state, now));
			}),
			{ seed: 2401 },
		);
	});
});

describe("a date that is typed", () => {
	const synchronised = set(NO_CLOCK, NOON, 0);
	const typed = (state: ClockState, utc: number, isMeant = false, now = 0) =>
		setManually(state, utc as UtcMillis, now, EARLIEST_UTC, isMeant);
	test.each<[what: string, change: ReturnType<typeof setManually>, outcome: unknown]>([
		["sets a clock that has none", typed(NO_CLOCK, NOON), { jump: 0, state: { kind: "kept" } }],
		[
			"leaves a synchronised one that agrees",
			typed(synchronised, NOON + 60_000),
			{ jump: 0, state: synchronised },
		],
		[
			"leaves one that differs by as much as both may err",
			typed(synchronised, NOON + MANUAL_ERROR + SYNC_ERROR),
			{ jump: 0, state: synchronised },
		],
		[
			"asks before it moves one that differs by more",
			typed(synchronised, NOON + MANUAL_ERROR + SYNC_ERROR + 1),
			{ why: "unconfirmed" },
		],
		[
			"asks before it moves a synchronised one",
			typed(synchronised, NOON + HOUR),
			{ why: "unconfirmed" },
		],
		[
			"moves it if it is meant",
			typed(synchronised, NOON + HOUR, true),
			{ jump: HOUR, state: { kind: "kept" } },
		],
		[
			"moves one a day old",
			typed(synchronised, NOON, false, HOLDOVER_AFTER),
			{ jump: -HOLDOVER_AFTER, state: { kind: "kept" } },
		],
		[
			"moves one that was typed",
			typed({ kind: "kept", offset: NOON, since: 0, error: MANUAL_ERROR }, NOON - HOUR),
			{ jump: -HOUR },
		],
		["is not before the bound", typed(NO_CLOCK, EARLIEST_UTC - 1, true), { why: "tooEarly" }],
		[
			"is not before the earliest date that the lamp has proven",
			setManually(NO_CLOCK, (NOON - 1) as UtcMillis, 0, NOON as UtcMillis, true),
			{ why: "tooEarly" },
		],
		[
			"may be that date itself",
			setManually(NO_CLOCK, NOON, 0, NOON, true),
			{ jump: 0, state: { kind: "kept" } },
		],
		[
			"is not before the bound, though the lamp has proven none",
			setManually(NO_CLOCK, (EARLIEST_UTC - 1) as UtcMillis, 0, 0 as UtcMillis, true),
			{ why: "tooEarly" },
		],
		["is not beyond the last date", typed(NO_CLOCK, LATEST_UTC, true), { why: "tooLate" }],
		["is a number", typed(NO_CLOCK, Number.NaN, true), { why: "tooEarly" }],
	])("%s", (_what, change, outcome) => {
		expect(change).toMatchObject(outcome as object);
	});
	test("is as uncertain in the next life, however long it was: 2 min and the drift since", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 400 * 24 * HOUR }), (age) => {
				const error = uncertaintyAt(kept(NOON + age, NOON - MANUAL_AGE), 0);
				expect(error).toBeGreaterThanOrEqual(MANUAL_ERROR + age * 100e-6);
				expect(error).toBeLessThanOrEqual(MANUAL_ERROR + age * 100e-6 + 2);
			}),
		);
	});
});
