/** A mad broker, in XS: the lamp never dies, never grows, and keeps its light. */
import { expect, test } from "@jest/globals";
import { scaled } from "../support/scale.js";
import { endure, mustNotGrow } from "./connection.js";

test("60 attacks (seed 20261124): alive, no larger, and lit as if nothing had been", async () => {
	const { attacked, peaceful, attacks, slots } = await endure(60, 20261124);
	expect(attacked.deaths).toEqual([]);
	expect(Object.keys(attacks).length).toBe(9);
	expect(attacked.connections).toBeGreaterThan(20);
	expect(attacked.light.length).toBeGreaterThan(50);
	expect(attacked.light).toEqual(peaceful.light);
	expect(slots).toEqual([slots[0], slots[0], slots[0]]);
	attacked.untilOnline();
	expect(attacked.online).toBe(true);
});

const HUNDREDS = scaled(2, 3);
test(`${HUNDREDS * 100} reconnections: the heap is the same to the slot after each hundred`, () =>
	mustNotGrow(HUNDREDS));
