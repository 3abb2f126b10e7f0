/** Update: power that fails at each 64th byte of all that an update writes, three times over. */
import { expect, test } from "@jest/globals";
import { broken, cutAt } from "../../sim/images/updatestreet.js";
import { imageOf } from "../../support/images.js";

const IMAGE = imageOf(24_000);
const STEP = 64;
const LAMPS = 100;
/** Beyond the image: its entry, the store's record and the journal's. */
const BEYOND = 3_000;

test.each([3, 4, 5])("every lamp lights and has the image in the end (seed %d)", async (seed) => {
	for (let from = 0; from < IMAGE.length + BEYOND; from += LAMPS * STEP) {
		const cuts = Array.from({ length: LAMPS }, (_, index) => from + index * STEP);
		const run = await cutAt(cuts, IMAGE, seed);
		expect(broken(run)).toEqual([]);
		for (const [index, bytes] of cuts.entries())
			expect([bytes, run.story(index + 1).at(-1)]).toEqual([bytes, "updateKept"]);
	}
});
