/**
 * Contract: writes the schemas of the settings in docs/broker.asyncapi.yaml from the firmware's
 * table, then the reference part and the limits of docs/integrators.md from that document.
 *
 * `npm run contract` after changing the document or a setting; the text around both is kept.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { wordsOf } from "../../lib/words.js";
import { PATH, readContract } from "../docs/contractdoc.js";
import { withReference } from "../docs/contractpage.js";
import { withLimits } from "../docs/limitspage.js";
import { withSettings } from "../docs/settingsschemas.js";

wordsOf({
	command: "npm run contract",
	help: `usage: npm run contract

Writes the schemas of the settings in docs/broker.asyncapi.yaml from src/settings/, then the
reference part and the table of limits of docs/integrators.md from that document.`,
});

const path = "docs/integrators.md";
writeFileSync(PATH, withSettings(readFileSync(PATH, "utf8")));
const document = readContract();
writeFileSync(path, withLimits(withReference(readFileSync(path, "utf8"), document), document));
process.stdout.write(`${PATH} and ${path} are written\n`);
