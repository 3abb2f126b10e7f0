/** Luminode: the list of verbs, in the language of the environment, and the refusal of an unknown one. */
import { languageIn } from "../../lib/text/options.js";
import { verbList } from "../docs/verblist.js";
import { VERBS } from "../docs/verbs.mjs";

const WRONG_WORD = 2;
const [word = "--help", ...more] = process.argv.slice(2);
const language = languageIn([word, ...more], process.env);
if (word === "--help" || word === "--lang" || word.startsWith("--lang="))
	process.stdout.write(verbList(language));
else {
	const known = Object.keys(VERBS).join(", ");
	const why = {
		en: `luminode: ${word}: is not a verb; the verbs are ${known}`,
		fr: `luminode : ${word} : n'est pas un verbe ; les verbes sont ${known}`,
	};
	process.stderr.write(`${why[language]}\n`);
	process.exitCode = WRONG_WORD;
}
