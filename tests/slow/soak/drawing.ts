/**
 * Drawing: the tests whose cases follow from a seed. They import fast-check or `support/seed.ts`,
 * themselves or through another file of tests/.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importsOf, sourcesOf, targetOf } from "../../../tools/toolchain/modules.js";

/** Judges of the other tests, which must detect a defect by their fixed cases. */
const JUDGES = /^mutants\//;

/** Paths of the test files of `npm test` and `npm run test:street` that draw, from the project's root, in order of name. */
export function drawingFiles(root: string): string[] {
	const tests = join(root, "tests");
	const sources = sourcesOf(tests).filter((name) => !name.startsWith("slow/"));
	const draws = new Map<string, boolean>([["support/seed.ts", true]]);
	const doesDraw = (file: string): boolean => {
		const known = draws.get(file);
		if (known !== undefined) return known;
		draws.set(file, false); // files import each other in a circle
		const imports = importsOf(readFileSync(join(tests, file), "utf8"));
		const found = imports.some(({ specifier, typeOnly }) => {
			const target = specifier.startsWith(".") ? targetOf(file, specifier) : specifier;
			if (typeOnly) return false;
			return target === "fast-check" || (sources.includes(target) && doesDraw(target));
		});
		draws.set(file, found);
		return found;
	};
	return sources
		.filter((name) => name.endsWith(".test.ts") && !JUDGES.test(name) && doesDraw(name))
		.map((name) => `tests/${name}`);
}
