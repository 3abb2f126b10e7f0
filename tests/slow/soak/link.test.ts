/** The link for long: what tests/fuzz does a little of. */
import { describe, expect, test } from "@jest/globals";
import { PROPERTIES } from "../../fuzz/codec.js";
import { endure, mustNotGrow } from "../../fuzz/connection.js";

/** A run has two and a half packets on average, or one: 100,000 packets each way and more. */
const RUNS = 100_000;

describe("codec", () => {
	test.each(Object.entries(PROPERTIES))("%s, 100,000 times", (_what, holds) => {
		holds(RUNS);
	});
});

test.each([1, 2, 3, 4, 5])("1,000 attacks, seed %i", async (seed) => {
	const { attacked, peaceful, slots } = await endure(1000, seed);
	expect(attacked.deaths).toEqual([]);
	expect(attacked.light).toEqual(peaceful.light);
	expect(slots).toEqual([slots[0], slots[0], slots[0]]);
});

const HUNDREDS = 100;
test("10,000 reconnections: the heap is the same to the slot after each hundred", () =>
	mustNotGrow(HUNDREDS));
