/** Lamp words: a refusal is a sentence in both languages, without the words for scripts. */
import { expect, test } from "@jest/globals";
import { refusalOf } from "../../../tools/laptop/text/lampwords.js";

const CLOCK = {
	en: "no trusted clock; time shows how to set it",
	fr: "pas d'horloge fiable ; time montre comment la régler",
};
const SECRET = {
	en: "that is not this lamp's secret; the next guess is checked in 4 s",
	fr: "ce n'est pas le secret de ce luminaire ; le prochain essai est vérifié dans 4 s",
};

test.each([
	["noClock", `rejected: noClock - ${CLOCK.en}`, CLOCK],
	["noClock", `refusé : noClock - ${CLOCK.fr}`, CLOCK],
	["noClock", "", CLOCK],
	["wrongSecret", "4", SECRET],
	["notDone", "", { en: "not done", fr: "non effectué" }],
	["ofAnotherVersion", "", { en: "ofAnotherVersion", fr: "ofAnotherVersion" }],
])("%s %s", (reason, answer, sentence) => {
	expect(refusalOf(reason, answer)).toEqual(sentence);
});
