/** Sentences: both of a row, each by its language. */
import { expect, test } from "@jest/globals";
import { both, sentenceOf } from "../../src/settings/sentences.js";

test.each<[en: string, fr: string]>([
	["Whether it is fitted.", "S'il est monté."],
	["Only in English.", ""],
	["$& {0}", "une\nautre ligne"],
])("%j and %j are one text", (en, fr) => {
	const text = both([en, fr]);
	expect([sentenceOf(text, "en"), sentenceOf(text, "fr")]).toEqual([en, fr]);
});
