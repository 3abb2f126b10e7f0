/**
 * Crash loop: half an hour of restarts in real XS; whole days are in tests/slow/soak.
 *
 * Promise: A lamp that restarts without end does not wear out its flash, and its broker hears of it.
 */
import { describe, test } from "@jest/globals";
import { crashLoop, LOOPS, mustHold } from "./crashloop.js";

describe("a restart every 10 s", () => {
	test.each(LOOPS)(
		"by %s, %s fed, spread %i s: wears within the budget, and speaks",
		async (cause, supply, spread) =>
			mustHold(await crashLoop(cause, supply, spread, 0.5, 0.5), spread),
	);
});
