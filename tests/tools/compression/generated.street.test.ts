/**
 * Generated modules: each has the results of its modules before the compression.
 *
 * Promise: The compression changes no result of a module.
 */
import { expect, test } from "@jest/globals";
import { type Modules, programOf } from "../../support/compression/programs.js";
import { results, sourcesOf, steps } from "../../support/compression/steps.js";
import { scaled } from "../../support/scale.js";

const WORDS = [0, 1, 2, 5, 31];

const jobOf = (modules: Modules) => ({
	entry: 'export * from "a";',
	modules: sourcesOf(modules),
});

test("generated modules give the same after each step together", async () => {
	const programs = Array.from({ length: scaled(75, 5_000) }, (_, seed) => programOf(seed));
	const jobs = programs.map(jobOf);
	const [before, after] = [await steps("joined", jobs), await steps("oneModule", jobs)];
	let other = 0;
	for (const [index, modules] of programs.entries()) {
		const [{ made: plain }, { made, message }] = [before[index]!, after[index]!];
		expect({ modules, message }).toEqual({ modules, message: undefined });
		const all = await results(plain!, WORDS);
		expect({ modules, made, all: await results(made!, WORDS) }).toEqual({ modules, made, all });
		if (new Set(all).size > 1) other += 1;
	}
	expect(other).toBeGreaterThan(programs.length / 4); // results depend on the word
});
