/** Agreement: which answers wait for others, and when they are accepted. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR } from "../../lib/spans.js";
import {
	APART,
	addAnswer,
	BOUND_ANSWERS,
	BOUND_FOR,
	type Doubt,
	isBoundRefuted,
	isConfirmed,
} from "../../src/time/agreement.js";
import { DRIFT } from "../../src/time/clock.js";
import type { UtcMillis } from "../../src/units.js";
import { evenly } from "../support/evenly.js";

const NOON = Date.UTC(2026, 11, 24, 12);

/** Answers [instant, error of the date] received one after the other. */
function doubtAfter(answers: readonly (readonly [now: number, error: number])[]): Doubt {
	let doubt: Doubt | undefined;
	for (const [now, error] of answers)
		doubt = addAnswer(doubt, (NOON + now + error) as UtcMillis, now);
	return doubt!;
}

describe("a leap", () => {
	test("one answer is not enough a minute later, either", () => {
		expect(isConfirmed(doubtAfter([[0, 0]]), APART)).toBe(false);
	});
	test.each<[string, [number, number][], boolean]>([
		["one answer is not enough", [[0, 0]], false],
		[
			"nor is the same moment of the server",
			[
				[0, 0],
				[APART - 1, 0],
			],
			false,
		],
		[
			"a minute later it is",
			[
				[0, 0],
				[APART, 0],
			],
			true,
		],
		[
			"an hour later, with drift and network",
			[
				[0, 0],
				[HOUR, 1360],
			],
			true,
		],
		[
			"beyond drift and network it begins anew",
			[
				[0, 0],
				[HOUR, 1361],
			],
			false,
		],
		[
			"two servers that quarrel convince nobody",
			[
				[0, 0],
				[HOUR, HOUR],
				[2 * HOUR, 0],
			],
			false,
		],
		[
			"the second of them does if it insists",
			[
				[0, 0],
				[HOUR, HOUR],
				[2 * HOUR, HOUR],
			],
			true,
		],
	])("%s", (_sentence, answers, confirmed) => {
		expect(isConfirmed(doubtAfter(answers), answers.at(-1)![0])).toBe(confirmed);
	});
});

describe("a bound", () => {
	const hourly = (hours: number) =>
		Array.from({ length: hours + 1 }, (_, n) => [n * HOUR, 0] as const);
	test.each<[string, (readonly [number, number])[], boolean]>([
		["stands for less than a day", hourly(23), false],
		["falls after a day of hourly answers", hourly(24), true],
		[
			"stands where there were too few",
			[
				[0, 0],
				[BOUND_FOR, 0],
			],
			false,
		],
		["stands if one of them was another date", [...hourly(23), [24 * HOUR, HOUR]], false],
	])("%s", (_sentence, answers, refuted) => {
		expect(isBoundRefuted(doubtAfter(answers), answers.at(-1)![0])).toBe(refuted);
	});
});

test("a true server is trusted after its sixth answer of a day, whatever the crystal does", () => {
	const waits = fc.array(fc.integer({ min: APART, max: 12 * HOUR }), {
		minLength: 1,
		maxLength: 60,
	});
	const drift = evenly(-DRIFT, DRIFT);
	const late = fc.integer({ min: 0, max: 500 });
	fc.assert(
		fc.property(waits, drift, late, (gaps, ppm, delay) => {
			let now = 0;
			const answers = [0, ...gaps].map((gap, index) => {
				now += gap;
				return [now, Math.round(now * ppm) + (index % 2) * delay] as const;
			});
			const doubt = doubtAfter(answers);
			expect(doubt.count).toBe(answers.length);
			expect(isConfirmed(doubt, now)).toBe(true);
			expect(isBoundRefuted(doubt, now)).toBe(answers.length >= BOUND_ANSWERS && now >= BOUND_FOR);
		}),
		{ seed: 2402 },
	);
});
