/**
 * Sentences: writes docs/sentences.md, every text in two languages, to be read aloud.
 *
 * `npm run renew -- sentences` after changing one.
 */
import { wordsOf } from "../../lib/words.js";
import { sentences } from "../docs/sentences.js";
import { sentencesPage } from "../docs/sentencespage.js";
import { writeAll } from "../docs/write.js";

wordsOf({
	command: "npm run renew -- sentences",
	help: `usage: npm run renew -- sentences

Writes docs/sentences.md: every text that a person reads, English beside French, from the sources. To
be run after a change of one.`,
});

writeAll({ "docs/sentences.md": sentencesPage(sentences(".")) });
