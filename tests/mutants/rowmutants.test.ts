/** Row mutants: each row of docs/security.md has a defect that one of its tests sees. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { namedIn, patternOf } from "../../tools/docs/securitytable.js";
import { securityTests } from "../../tools/docs/securitytests.js";
import { scaled } from "../support/scale.js";
import { testsOf, verdictOf } from "./judge.js";
import { ELSEWHERE, ROW_MUTANTS, type RowMutant } from "./rowmutants.js";

fc.configureGlobal({ seed: 20261124, endOnFailure: true, defaultSizeToMaxWhenMaxSpecified: true });

const named = namedIn(securityTests("."));
const rows = [...new Set(named.map(({ row }) => row))];
/** A part for every run: those whose tests take least time. */
const part = ROW_MUTANTS.filter(({ judge }) => judge.startsWith("hosts/esp32/network"));

test("every row that names a test has a defect of its own, or tests that contain theirs", () => {
	const begins = [...ROW_MUTANTS.map(({ row }) => row), ...Object.keys(ELSEWHERE)];
	expect(rows.filter((row) => !begins.some((begin) => row.startsWith(begin)))).toEqual([]);
	expect(begins.filter((begin) => !rows.some((row) => row.startsWith(begin)))).toEqual([]);
	const edits = ROW_MUTANTS.map(({ file, find, replace }) => file + find + replace);
	expect(new Set(edits).size).toBe(edits.length);
});

/** The tests that are marked for the row of a defect, in the file that judges it. */
const patternsOf = ({ row, judge }: RowMutant): RegExp[] =>
	named
		.filter((candidate) => candidate.row.startsWith(row) && candidate.file === `tests/${judge}`)
		.map(({ title }) => patternOf(title.replaceAll(" > ", ": "))); // as the collector joins them

test.each(ROW_MUTANTS)("$row: $breaks: $judge has a test of that row", (mutant) => {
	expect(patternsOf(mutant).length).toBeGreaterThan(0);
});

describe("a defect is seen", () => {
	test.each(scaled(part, ROW_MUTANTS))("$row: $breaks", async (mutant) => {
		const patterns = patternsOf(mutant);
		const matching = (tests: Awaited<ReturnType<typeof testsOf>>) =>
			tests.filter(([name]) => patterns.some((pattern) => pattern.test(name)));
		const { failed } = await verdictOf(matching(await testsOf(mutant.judge, mutant)));
		expect(failed.length).toBeGreaterThan(0);
		const sound = await verdictOf(matching(await testsOf(mutant.judge)));
		expect([sound.failed, sound.passed.length > 0]).toEqual([[], true]);
	});
});
