/** The page has words for all that a lamp may say, in both languages. */
import { describe, expect, test } from "@jest/globals";
import { Speech } from "../../sim/page/words.js";
import { SENSOR_SOURCES, VOICES } from "../explain/view.js";

describe.each(["en", "fr"] as const)("in %s", (language) => {
	const speech = new Speech(language, "Europe/Brussels");
	test.each(VOICES)("a sentence for %s, with its level", (by) => {
		const sentence = speech.sentence({ by, level: 42 });
		expect(speech.knows(`by.${by}`)).toBe(true);
		expect(sentence).toContain("42\u00a0%");
		expect(sentence).not.toMatch(/[{}]/);
	});
	test.each(SENSOR_SOURCES)("words for the source %s", (source) => {
		expect(speech.say(source)).not.toBe(source);
	});
});

test("each language says the same things", () => {
	const [en, fr] = (["en", "fr"] as const).map((language) => new Speech(language, "UTC").keys);
	expect(fr).toEqual(en);
});
