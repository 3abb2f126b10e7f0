/** Edge and boot: what the light costs, in XS; counted, so the same on every machine. */
import { expect, test } from "@jest/globals";
import { AIM_COMPUTRONS, edgeCosts } from "../../bench/firmware.js";
import { bootCosts, type Stored } from "../../bench/many.js";

/** What the turn does when the duty is written: it holds up the next input, not this light. */
const BOOKS_MOST = 730;
const WHOLE_MOST = 5500;

test("an edge of the PIR changes the duty within its aim, and the turn ends soon", async () => {
	const { light, books: log, whole } = await edgeCosts();
	expect(light).toBeLessThanOrEqual(AIM_COMPUTRONS);
	expect(log).toBeLessThanOrEqual(BOOKS_MOST);
	expect(whole).toBeLessThanOrEqual(WHOLE_MOST);
	expect(light + log).toBeLessThan(whole); // each measures what it says
});

test.each<[stored: Stored, most: number]>([
	["nothing", 18_000],
	["own", 21_500],
	["depot", 51_500],
])("a boot with %s of settings stored takes %i computrons at most", async (stored, most) => {
	const computrons = await bootCosts(stored);
	expect(computrons).toBeLessThanOrEqual(most);
	expect(computrons).toBeGreaterThan(most / 2); // it did boot
});
