/** Crash loop: a day of a restart every 10 s, and a day after it; half an hour is in tests/hosts. */
import { expect, test } from "@jest/globals";
import { crashLoop, LOOPS, mustHold } from "../../hosts/virtual/lamp/crashloop.js";

test.each(LOOPS)("by %s, %s fed, spread %i s", async (cause, supply, spread) => {
	const found = await crashLoop(cause, supply, spread, 24, 24);
	const { first, second, year, after, firstWordAfter } = found;
	process.stdout.write(
		`${JSON.stringify({ cause, first, second, year, after, firstWordAfter })}\n`,
	);
	expect(found.lives).toBe(8_641);
	mustHold(found, spread);
});
