/**
 * Night: what must hold in random nights of one lamp, read from the PWM and the world.
 *
 * LUMINODE_NIGHTS nights for each property, 300 unless said; tests/soak has thousands.
 */
import { describe, test } from "@jest/globals";
import { holds, PROPERTIES } from "./properties.js";

const SEED = 20261124;
const NIGHTS = Number(process.env.LUMINODE_NIGHTS ?? 300);

describe(`${NIGHTS} random nights each (seed ${SEED})`, () => {
	test.each(PROPERTIES)("$name", (property) => holds(property, SEED, NIGHTS));
});
