/**
 * Sentences: prints every text in two languages, to be read aloud.
 */
import { wordsOf } from "../../lib/words.js";
import { sentences } from "../docs/sentences.js";
import { sentencesPage } from "../docs/sentencespage.js";

wordsOf({
	command: "npm run renew -- sentences",
	help: `usage: npm run renew -- sentences

Prints every text that a person reads as a page of Markdown, English beside French, file by file.`,
});

process.stdout.write(sentencesPage(sentences(".")));
