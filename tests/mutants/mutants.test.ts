/**
 * Mutants: each defect of the pure rooms is seen by the room's own tests, which hold without it.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { judge } from "./judge.js";
import { MUTANTS } from "./mutants.js";

const judges = [...new Set(MUTANTS.map(({ judge }) => judge))];

/** What is not seeded by itself; and a mutant is seen by its first failure. */
fc.configureGlobal({ seed: 20261124, endOnFailure: true });

describe("the judges", () => {
	test.each(judges)("%s holds on the sources as they are", async (file) => {
		const { passed, failed } = await judge(file);
		expect(failed).toEqual([]);
		expect(passed.length).toBeGreaterThan(1);
	});
});

describe("a mutant is seen", () => {
	test.each(MUTANTS)("$file: $breaks", async (mutant) => {
		const { passed, failed } = await judge(mutant.judge, mutant);
		expect(failed.length).toBeGreaterThan(0);
		expect(passed.length).toBeGreaterThan(0); // it runs: what merely crashes shows nothing
	});
	test("there are twenty and more, no two alike", () => {
		expect(MUTANTS.length).toBeGreaterThanOrEqual(20);
		expect(new Set(MUTANTS.map(({ file, find, replace }) => file + find + replace)).size).toBe(
			MUTANTS.length,
		);
	});
});
