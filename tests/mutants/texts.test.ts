/**
 * Texts: the source that each mutant and each planted defect replaces stands once in its file, also
 * of those of which npm test runs no more than a part.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { PLANTS } from "../../sim/checks/plants.js";
import { MUTANTS } from "./mutants.js";
import { ROW_MUTANTS } from "./rowmutants.js";

const times = (path: string, text: string) => readFileSync(path, "utf8").split(text).length - 1;

test("of each mutant", () => {
	const stale = [...MUTANTS, ...ROW_MUTANTS].filter(
		({ file, find }) => times(`src/${file}`, find) !== 1,
	);
	expect(stale.map(({ file, find }) => `${file}: ${find}`)).toEqual([]);
});
test("of each planted defect of the firmware", () => {
	const stale = Object.entries(PLANTS).filter(([, { specifier, find }]) => {
		return times(`${specifier.replace(/^luminode/, "src")}.ts`, find) !== 1;
	});
	expect(stale.map(([name]) => name)).toEqual([]);
});
