/**
 * Night: what must hold in random nights of one lamp, read from the PWM and the world.
 *
 * LUMINODE_NIGHTS nights for each property, 300 unless said; tests/soak has thousands.
 */
import { describe, test } from "@jest/globals";
import fc from "fast-check";
import { Node } from "../../src/node.js";
import { PROPERTIES } from "./properties.js";

const SEED = 20261124;
const NIGHTS = Number(process.env.LUMINODE_NIGHTS ?? 300);

describe(`${NIGHTS} random nights each (seed ${SEED})`, () => {
	test.each(PROPERTIES)("$name", ({ nights, check }) => {
		fc.assert(
			fc.property(nights, (night) => {
				const why = check(night, Node);
				if (why !== undefined) throw new Error(why);
			}),
			{ seed: SEED, numRuns: NIGHTS },
		);
	});
});
