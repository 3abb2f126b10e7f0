/** Console: the shell under anything, at length; the seed is printed. */
import { test } from "@jest/globals";
import { anythingGoes, everyLineIsAnswered } from "../console/shellfuzz.js";

const SEED = Number(process.env.SEED ?? 20_261_125);

test(`whatever is typed, it goes on and lets its owner in (seed ${SEED})`, () => {
	anythingGoes(20_000, SEED);
}, 1_200_000);
test(`every line of a script gets one last line (seed ${SEED})`, () => {
	everyLineIsAnswered(10_000, SEED);
}, 1_200_000);
