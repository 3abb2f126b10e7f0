/** Mutants: each named defect is seen by the room's own tests, which hold without it. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { scaled } from "../support/scale.js";
import { testsOf, verdictOf } from "./judge.js";
import { MUTANTS } from "./mutants.js";

const judges = [...new Set(MUTANTS.map(({ judge }) => judge))];

/** What is not seeded by itself; and a mutant is seen by its first failure. */
fc.configureGlobal({ seed: 20261124, endOnFailure: true, defaultSizeToMaxWhenMaxSpecified: true });

/** Of each judge its tests on the sources as they are. */
const sound = new Map<string, ReturnType<typeof testsOf>>();
function soundTestsOf(file: string): ReturnType<typeof testsOf> {
	const tests = sound.get(file) ?? testsOf(file);
	sound.set(file, tests);
	return tests;
}

/** Jest itself runs every file; here the whole of one shows that the judge runs it as Jest does. */
describe("the judges", () => {
	test.each(scaled(judges.slice(0, 1), judges))(
		"%s holds on the sources as they are",
		async (file) => {
			const { passed, failed } = await verdictOf(await soundTestsOf(file));
			expect(failed).toEqual([]);
			expect(passed.length).toBeGreaterThan(1);
		},
	);
});

/** Every sixth; `npm run soak` runs them all, and texts.test.ts reads them all. */
const sample = MUTANTS.filter((_, n) => n % 6 === 0);

describe("a mutant is seen", () => {
	test.each(scaled(sample, [...MUTANTS]))("$file: $breaks", async (mutant) => {
		const { passed, failed } = await verdictOf(await testsOf(mutant.judge, mutant), true);
		expect(failed.length).toBeGreaterThan(0);
		expect(passed.length).toBeGreaterThan(0); // it runs: what merely crashes shows nothing
		const [seenBy] = failed;
		const same = (await soundTestsOf(mutant.judge)).filter(([name]) => name === seenBy);
		const without = await verdictOf(same);
		expect([without.failed, new Set(without.passed)]).toEqual([[], new Set([seenBy])]);
	});
	test("no two are alike", () => {
		expect(new Set(MUTANTS.map(({ file, find, replace }) => file + find + replace)).size).toBe(
			MUTANTS.length,
		);
	});
});
