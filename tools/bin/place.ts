/** Place: `npx luminode place KIND --mean LUX`: a street of a kind of place in the simulator. */

import { languageIn } from "../../lib/text/options.js";
import { refuse } from "../../lib/words.js";
import { PLACE_HELP, readPlace, runPlace } from "../night/place.js";

const args = process.argv.slice(2);
const language = languageIn(args, process.env);
if (args.includes("--help") || args.length === 0) process.stdout.write(`${PLACE_HELP[language]}\n`);
else {
	const order = readPlace(args);
	if ("en" in order) refuse("luminode place", order[language]);
	else process.exitCode = runPlace(order);
}
