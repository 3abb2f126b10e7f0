/**
 * Fastcheck: fast-check with fixed seeds, and with lists and texts up to the greatest length that a
 * property states: by itself fast-check draws ten elements at most, whatever `maxLength` says.
 *
 * A property without a seed gets one of its file, the name of its test and its number in the test, so
 * everybody runs the same cases, and a new test changes those of no other. With LUMINODE_SEED, which
 * `npm run soak -- fresh` sets, every property gets a seed of that number, too, whatever it states.
 */
import { createHash } from "node:crypto";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@jest/globals";
import fc from "../../node_modules/fast-check/lib/fast-check.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { LUMINODE_SEED: fresh } = process.env;
let before;
let nth = 0;

fc.configureGlobal({
	defaultSizeToMaxWhenMaxSpecified: true,
	/** Read by fast-check once for each property and each sample. */
	get seed() {
		const { testPath, currentTestName } = expect.getState();
		nth = currentTestName === before ? nth + 1 : 0;
		before = currentTestName;
		const place = [fresh, relative(ROOT, testPath), currentTestName, nth].join("\n");
		return createHash("sha256").update(place).digest().readInt32LE();
	},
});

/** A runner that leaves the seed of its parameters out. */
const anew = (run) => (what, given) => {
	const { seed: _fixed, ...others } =
		typeof given === "number" ? { numRuns: given } : (given ?? {});
	return run(what, others);
};
const chosen = (run) => (fresh === undefined ? run : anew(run));

export const assert = chosen(fc.assert);
export const check = chosen(fc.check);
export const sample = chosen(fc.sample);

export * from "../../node_modules/fast-check/lib/fast-check.js";
export default { ...fc, assert, check, sample };
