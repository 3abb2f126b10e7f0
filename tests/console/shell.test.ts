/** Shell: a small part of what the soak runs at length. */
import { test } from "@jest/globals";
import { anythingGoes, everyLineIsAnswered } from "./shellfuzz.js";

const SEED = 20_261_124;

test(`whatever is typed, it goes on and lets its owner in (seed ${SEED})`, () => {
	anythingGoes(250, SEED);
});
test(`every line of a script gets one last line (seed ${SEED})`, () => {
	everyLineIsAnswered(40, SEED);
});
