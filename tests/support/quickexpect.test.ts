/** Quick expect: the same verdict and the same words as Jest's own, whatever the values. */
import { describe, test } from "@jest/globals";
import { expect } from "expect";
import fc from "fast-check";
import { quick } from "./quickexpect.mjs";

const MATCHERS = [
	...(["toBe", "toEqual", "toStrictEqual", "toBeLessThan", "toBeLessThanOrEqual"] as const),
	...([
		"toBeGreaterThan",
		"toBeGreaterThanOrEqual",
		"toContain",
		"toContainEqual",
		"toMatchObject",
	] as const),
];
type Matcher = (typeof MATCHERS)[number];
type Verdict = (
	...words: [actual: unknown, matcher: Matcher, isNot: boolean, to: unknown]
) => string;

/** The words of the error, "" where the assertion holds; and what Jest counts. */
const verdict =
	(which: typeof expect): Verdict =>
	(actual, matcher, isNot, to) => {
		const { assertionCalls, numPassingAsserts } = expect.getState();
		const counts = () =>
			`${expect.getState().assertionCalls - assertionCalls} asserted, ${
				expect.getState().numPassingAsserts - numPassingAsserts
			} held`;
		try {
			const made = which(actual);
			((isNot ? made.not : made)[matcher] as (to: unknown) => void)(to);
			return counts();
		} catch (error) {
			return `${counts()}: ${(error as Error).message}`;
		}
	};
const [jests, ours] = [verdict(expect), verdict(quick(expect))];

const PAIRS: readonly [what: string, actual: unknown, to: unknown][] = [
	["the same number", 1, 1],
	["another", 1, 2],
	["a little more", 1.5, 1],
	["zero and minus zero", 0, -0],
	["no number", NaN, NaN],
	["a number and its text", 1, "1"],
	["large numbers", 1n, 2],
	["nothing and nothing", undefined, undefined],
	["nothing and null", undefined, null],
	["lists", [1, [2, "a"]], [1, [2, "a"]]],
	["another list", [1, [2, "a"]], [1, [2, "b"]]],
	["a list and more", [1], [1, 2]],
	["a list with minus zero", [0], [-0]],
	["a list of nothing and one of undefined", Array(2), [undefined, undefined]],
	["a list with a member", Object.assign([1], { more: 2 }), [1]],
	["a list and its like", [1], { 0: 1, length: 1 }],
	["objects", { a: 1, b: [2] }, { a: 1, b: [2] }],
	["an object with nothing in it", { a: undefined }, {}],
	["a list of objects", [{ a: 1 }], [{ a: 2 }]],
	["a list and one of its elements", [1, NaN, "a"], "a"],
	["a list and no number", [1, NaN], NaN],
	["a list of lists and one of them", [[1], [2]], [2]],
	["a text and a part of it", "abc", "b"],
	["dates", new Date(1), new Date(2)],
	["any number", [7], [expect.any(Number)]],
	["no text", [7], [expect.any(String)]],
];

describe.each(MATCHERS)("%s", (matcher) => {
	test.each(PAIRS)("%s", (_what, actual, to) => {
		for (const isNot of [false, true])
			for (const [one, other] of [[actual, to] as const, [to, actual] as const])
				expect(ours(one, matcher, isNot, other)).toBe(jests(one, matcher, isNot, other));
	});
});

test("any values (property)", () => {
	const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(NaN, -0, undefined, 1));
	fc.assert(
		fc.property(value, value, fc.boolean(), (actual, other, isSame) => {
			const to = isSame ? structuredClone(actual) : other;
			for (const matcher of MATCHERS)
				expect(ours(actual, matcher, false, to)).toBe(jests(actual, matcher, false, to));
		}),
		{ seed: 7, numRuns: 200 },
	);
});

test("a promise, a function that throws, and the makers of patterns", async () => {
	const our = quick(expect);
	await our(Promise.resolve(1)).resolves.toBe(1);
	await our(our(Promise.resolve(1)).rejects.toBe(1)).rejects.toThrow(
		"resolved instead of rejected",
	);
	our(() => {
		throw new Error("no");
	}).toThrow("no");
	our({ a: 1 }).toEqual(our.objectContaining({ a: our.any(Number) }));
});

test("the line of the test stands first in the error", () => {
	const failing = () => quick(expect)(1).toBe(2);
	try {
		failing();
	} catch (error) {
		const [first] = /^ +at .*/m.exec((error as Error).stack!)!;
		expect(first).toContain("quickexpect.test.ts");
		return;
	}
	throw new Error("1 was 2");
});
