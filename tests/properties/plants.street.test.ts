/**
 * Plants: each property fails on its defect, and holds again without it (night.test.ts).
 *
 * Promise: A property that holds would have failed if the firmware had the defect that it is meant
 * for.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { scaled } from "../support/scale.js";
import { PLANTS, planted } from "./plants.js";
import { PROPERTIES } from "./properties.js";

const SEED = 20261124;
/** A defect that this many nights do not show would not be found by the properties either. */
const NIGHTS = 3000;

/** One defect of each property. */
const part = PLANTS.filter(
	({ trips }, n) => PLANTS.findIndex((plant) => plant.trips === trips) === n,
);

test.each(scaled(part, [...PLANTS]))("$what (seed 20261124)", async (plant) => {
	const firmware = await planted(plant);
	const { nights, check } = PROPERTIES.find(({ name }) => name === plant.trips)!;
	const says = plant.says ?? "";
	const property = fc.property(
		nights(plant.among),
		(night) => !check(night, firmware)?.startsWith(says),
	);
	const { failed } = fc.check(property, { seed: SEED, numRuns: NIGHTS, endOnFailure: true });
	expect(failed).toBe(true);
});
test("every property has a plant", () => {
	const tripped = new Set(PLANTS.map(({ trips }) => trips));
	expect([...tripped].sort()).toEqual(PROPERTIES.map(({ name }) => name).sort());
});
