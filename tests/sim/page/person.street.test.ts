/**
 * Someone at the page asks one lamp after another, at every speed that the page offers.
 *
 * Promise: A person at the page gets an answer from each lamp at every speed.
 */
import { describe, expect, test } from "@jest/globals";
import { scaled } from "../../support/scale.js";
import { sit } from "./person.js";

const SECONDS = scaled(6, 60);

describe(`one lamp after another, each 1.5 s, for ${SECONDS} s of the wall`, () => {
	test.each([1, 10, 60, 600, Infinity])(
		"at %dx: each is answered, and the run lives",
		async (speed) => {
			const { asked, statuses, summary } = await sit(speed, SECONDS);
			expect(asked).toBeGreaterThanOrEqual(Math.floor(SECONDS / 1.5) - 2);
			expect(statuses).toEqual(Array(2 * asked).fill(200));
			expect(summary.deaths).toBe(0);
		},
	);
});
