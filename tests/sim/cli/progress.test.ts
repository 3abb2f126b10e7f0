import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { barOf, progressLine, showProgress, spanOf } from "../../../sim/cli/progress.js";

const HOUR = 3_600_000;

describe("the progress of a long run", () => {
	test.each([
		["before anything has happened no time left is known", 0, 0, "  0 % of 16:00:00"],
		["a quarter", 4 * HOUR, 60_000, " 25 % of 16:00:00, 1:00 so far, 3:00 left"],
		["shares are rounded down", 15.99 * HOUR, 1_000, " 99 % of 16:00:00, 0:01 so far, 0:00 left"],
		["the end", 16 * HOUR, 7_200_000, "100 % of 16:00:00, 2:00:00 so far, 0:00 left"],
		["beyond the end", 17 * HOUR, 1_000, "100 % of 16:00:00, 0:01 so far, 0:00 left"],
	])("%s", (_what, reached, spent, line) => {
		expect(progressLine({ reached, end: 16 * HOUR }, spent)).toBe(line);
	});

	test.each([
		[0, "0:00"],
		[59_499, "0:59"],
		[3_599_600, "1:00:00"],
		[3_723_000, "1:02:03"],
		[36_000_000, "10:00:00"],
	])("%i ms is printed %s", (ms, text) => {
		expect(spanOf(ms)).toBe(text);
	});

	test.each([
		[0, 0],
		[0.5, 15],
		[0.999, 29],
		[1, 30],
		[2, 30],
		[-1, 0],
	])("a bar of %f has %i marks", (share, marks) => {
		expect(barOf(share)).toBe(`[${"=".repeat(marks)}${" ".repeat(30 - marks)}]`);
	});
});

describe("where it is shown", () => {
	afterEach(() => {
		jest.useRealTimers();
	});

	/** What is written in ten minutes of wall clock, of a run that takes twenty. */
	function written(isTerminal: boolean): string[] {
		jest.useFakeTimers();
		let wall = 0;
		const texts: string[] = [];
		const hide = showProgress({
			reached: () => wall,
			end: 1_200_000,
			isTerminal,
			write: (text) => void texts.push(text),
			now: () => wall,
		});
		for (; wall < 600_000; wall += 250) jest.advanceTimersByTime(250);
		hide();
		jest.advanceTimersByTime(600_000);
		return texts;
	}

	test("in a log: a line a minute, and none after the end", () => {
		const texts = written(false);
		expect(texts).toHaveLength(10);
		expect(texts[4]).toMatch(/^ 24 % of 20:00, 5:00 so far, 15:00 left\n$/);
		expect(texts.every((text) => /^[ -~]+\n$/.test(text))).toBe(true);
	});

	test("on a terminal: one line, drawn anew, and cleared at the end", () => {
		const texts = written(true);
		expect(texts).toHaveLength(2_401);
		const bar = `\r\u001b[K[${"=".repeat(14)}${" ".repeat(16)}] 49 % of 20:00, `;
		expect(texts[2_399]!.slice(0, bar.length)).toBe(bar);
		expect(texts.at(-1)).toBe("\r\u001b[K");
		expect(texts.join("")).not.toContain("\n");
	});
});
