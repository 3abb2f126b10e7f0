/** Level sequence: the levels of a lamp that shows or tests itself, and when they come. */
import { describe, expect, test } from "@jest/globals";
import { LevelSequence } from "../../src/command/levelsequence.js";
import type { SequenceOrder } from "../../src/command/orders.js";
import { percent } from "../support/percent.js";

const NIGHT = { leastLevel: percent(20), fullLevel: percent(90) };
const DAY = { leastLevel: percent(0), fullLevel: percent(90) };
const BEGIN = 5000;

/** Second by second since it began: the level asked for. */
function levels(order: SequenceOrder, ends: typeof NIGHT): string {
	const sequence = new LevelSequence(order, BEGIN, ends, percent(60));
	const seen: number[] = [];
	for (let now = BEGIN; sequence.advance(now, ends); now += 1000) {
		expect(sequence.nextAt).toBeGreaterThan(now);
		seen.push(sequence.request.level);
	}
	return seen.join(" ");
}
const times = (count: number, level: number) => new Array(count).fill(level).join(" ");

describe("exercise", () => {
	const rows: [why: string, order: SequenceOrder, ends: typeof NIGHT, seen: string][] = [
		[
			"a lamp that shows itself by night goes between full class and floor",
			{ kind: "identify", id: "a", duration: 7000 },
			NIGHT,
			"90 90 20 20 90 90 20",
		],
		["by day it goes out", { kind: "identify", id: "a", duration: 4000 }, DAY, "90 90 0 0"],
		[
			"a test goes down in three steps and up in one",
			{ kind: "selfTest", id: "a" },
			NIGHT,
			[90, 69, 45, 20, 90].map((level) => times(8, level)).join(" "),
		],
	];
	test.each(rows)("%s", (_why, order, ends, seen) => {
		expect(levels(order, ends)).toBe(seen);
	});
	test("presence may raise it, and its voice is the order's id", () => {
		const { request } = new LevelSequence({ kind: "selfTest", id: "a" }, 0, NIGHT, percent(60));
		expect(request).toMatchObject({ reason: "override", source: "a", inhibitSensors: false });
		expect(request.rampToLevelTime).toBe(1000);
		expect(request.belowFloor).toBeUndefined();
	});
	test("between two steps nothing happens, and a step that comes late is one step", () => {
		const sequence = new LevelSequence(
			{ kind: "identify", id: "a", duration: 60_000 },
			0,
			NIGHT,
			percent(60),
		);
		const { request } = sequence;
		expect(sequence.advance(1999, NIGHT)).toBe(true);
		expect(sequence.request).toBe(request);
		sequence.advance(9000, NIGHT);
		expect([sequence.request.level, sequence.nextAt]).toEqual([20, 11_000]);
	});
	test("dusk in the middle of it: from the next step on the floor holds", () => {
		const sequence = new LevelSequence(
			{ kind: "identify", id: "a", duration: 60_000 },
			0,
			DAY,
			percent(60),
		);
		sequence.advance(2000, DAY);
		expect(sequence.request.level).toBe(0);
		sequence.advance(4000, NIGHT);
		sequence.advance(6000, NIGHT);
		expect(sequence.request.level).toBe(20);
	});
});
