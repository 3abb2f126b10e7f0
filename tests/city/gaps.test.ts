/** Gaps: which numbers of events count as missing, and how often that is said. */
import { expect, test } from "@jest/globals";
import { Gaps } from "../../city/gaps.js";

const PLACE = { site: "liege", node: "a", kind: "event" };
const event = (life: number, seq: number, more: object = {}) => ({
	serial: "s",
	life,
	seq,
	...more,
});
const lost = (seq: number, from: number) =>
	event(1, seq, { type: "eventsLost", attributes: { from, to: seq } });

const cases: [why: string, events: object[], missing: number][] = [
	["each number in turn", [event(1, 1), event(1, 2), event(1, 3)], 0],
	["the first that is seen says nothing of those before", [event(3, 40)], 0],
	["two numbers are left out", [event(1, 1), event(1, 4)], 2],
	["a repeat is none", [event(1, 2), event(1, 2), event(1, 1), event(1, 3)], 0],
	["the first ones of a new life", [event(1, 9), event(2, 3)], 2],
	["a new life from its first", [event(1, 9), event(4, 1)], 0],
	["a life before comes late", [event(2, 1), event(1, 9), event(2, 2)], 0],
	["those that the lamp itself gave up", [event(1, 1), lost(6, 2), event(1, 7)], 0],
	["one before those that it gave up", [event(1, 1), lost(6, 3), event(1, 7)], 1],
	["another controller at the pole", [event(9, 9), { ...event(1, 1), serial: "t" }], 0],
	["a number that no lamp reaches", [event(1, 1), event(1, 9_007_199_254_740_991)], 0],
	["what is no number", [event(1, 1), event(1, Number.NaN), event(-1, 7), {}], 0],
];
test.each(cases)("%s", (_why, events, missing) => {
	const gaps = new Gaps(
		() => {},
		() => 0,
	);
	for (const body of events) gaps.take(PLACE, { ...body });
	expect(gaps.missing).toBe(missing);
});

test("other kinds have no number", () => {
	const gaps = new Gaps(
		() => {},
		() => 0,
	);
	for (const seq of [1, 5]) gaps.take({ ...PLACE, kind: "traffic" }, event(1, seq));
	expect(gaps.missing).toBe(0);
});

test("it is said at once, and once an hour at most", () => {
	const lines: string[] = [];
	let now = 0;
	const gaps = new Gaps(
		(line) => lines.push(line),
		() => now,
	);
	for (const [at, seq] of [
		[0, 1],
		[0, 3],
		[1, 5],
		[3_599_999, 7],
		[3_600_000, 9],
	] as const) {
		now = at;
		gaps.take(PLACE, event(1, seq));
	}
	expect(lines).toEqual([
		"events missing since the start: 1; the latest before number 3 of liege/a, life 1",
		"events missing since the start: 4; the latest before number 9 of liege/a, life 1",
	]);
});
