/** Nights: the properties of tests/properties over thousands of random nights each. */
import { test } from "@jest/globals";
import fc from "fast-check";
import { Node } from "../../src/node.js";
import { PROPERTIES } from "../properties/properties.js";

const SEED = Number(process.env.LUMINODE_SEED ?? 7);
const NIGHTS = 10_000;

test.each(PROPERTIES)(`$name, ${NIGHTS} nights (seed ${SEED})`, ({ nights, check }) => {
	fc.assert(
		fc.property(nights, (night) => {
			const why = check(night, Node);
			if (why !== undefined) throw new Error(why);
		}),
		{ seed: SEED, numRuns: NIGHTS },
	);
});
