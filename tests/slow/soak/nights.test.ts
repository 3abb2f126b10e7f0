/** Nights: the properties of tests/properties over thousands of random nights each. */
import { test } from "@jest/globals";
import { holds, PROPERTIES } from "../../properties/properties.js";
import { seed } from "../../support/seed.js";

const SEED = seed(7);
const NIGHTS = 10_000;

test.each(PROPERTIES)(`$name, ${NIGHTS} nights (seed ${SEED})`, (property) =>
	holds(property, SEED, NIGHTS),
);
