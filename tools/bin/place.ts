/** Place: `npx luminode place KIND --mean LUX`: a street of a kind of place in the simulator. */

import { languageIn } from "../../lib/text/options.js";
import { refuse } from "../../lib/words.js";
import { PLACE_HELP, readPlace, runPlace } from "../night/place.js";

const words = process.argv.slice(2);
const language = languageIn(words, process.env);
if (words.includes("--help") || words.length === 0)
	process.stdout.write(`${PLACE_HELP[language]}\n`);
else {
	const order = readPlace(words);
	if ("en" in order) refuse("luminode place", order[language]);
	else process.exitCode = runPlace(order);
}
