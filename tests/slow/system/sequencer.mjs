/**
 * Sequencer: the files that wait longest come first, by the time limits that their tests state, so that
 * none of them is alone at the end. Jest goes by sizes where it has no durations, as on a fresh clone.
 */
import { readFileSync } from "node:fs";

/** A test's own limit, ms: `}, 180_000);`, or in a line of its own. */
const LIMIT = /(?:, |^\s+)([1-9]\d{1,2}_000)\b/gm;

function limitsOf({ path }) {
	const stated = [...readFileSync(path, "utf8").matchAll(LIMIT)];
	return stated.reduce((sum, [, ms]) => sum + Number(ms.replace("_", "")), 0);
}

export default class {
	sort(tests) {
		const limits = new Map(tests.map((test) => [test, limitsOf(test)]));
		return [...tests].sort((a, b) => limits.get(b) - limits.get(a));
	}

	cacheResults() {}
}
