/** Place: `npm run place -- KIND --mean LUX`: a street of a kind of place in the simulator. */

import { refuse } from "../../lib/words.js";
import { PLACE_HELP, readPlace, runPlace } from "../night/place.js";

const words = process.argv.slice(2);
if (words.includes("--help") || words.length === 0) process.stdout.write(`${PLACE_HELP}\n`);
else {
	const order = readPlace(words);
	if (typeof order === "string") refuse("npm run place", order);
	else process.exitCode = runPlace(order);
}
