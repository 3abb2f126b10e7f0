/** Lamp words: a refusal is a sentence in both languages, without the words for scripts. */
import { expect, test } from "@jest/globals";
import { refusalOf } from "../../../tools/laptop/text/lampwords.js";

const CLOCK = {
	en: "no trusted clock; time shows how to set it",
	fr: "pas d'horloge fiable ; time montre comment la régler",
};
const RANGE = {
	en: "the value is out of range (level)",
	fr: "la valeur est hors des limites (level)",
};
const SECRET = {
	en: "that is not this lamp's secret; the next guess is checked in 4 s",
	fr: "ce n'est pas le secret de ce luminaire ; le prochain essai est vérifié dans 4 s",
};

test.each([
	["noClock", `rejected: ${CLOCK.en}`, CLOCK],
	["noClock", `refusé : ${CLOCK.fr}`, CLOCK],
	["outOfRange", `rejected: ${RANGE.en}`, RANGE],
	["outOfRange", `refusé : ${RANGE.fr}`, RANGE],
	["noClock", "", CLOCK],
	["wrongSecret", "4", SECRET],
	["notDone", "", { en: "not done", fr: "non effectué" }],
	["notAvailable", "rejected: not available", { en: "not available", fr: "non disponible" }],
	["ofAnotherVersion", "", { en: "of another version", fr: "of another version" }],
])("%s %s", (reason, answer, sentence) => {
	expect(refusalOf(reason, answer)).toEqual(sentence);
});
