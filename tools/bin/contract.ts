/**
 * Contract: writes the schemas of the settings in docs/broker.asyncapi.yaml from the firmware's
 * table, then docs/messages.md and the limits of docs/integrators.md from that document.
 *
 * `npm run renew -- contract` after changing the document. `npm run renew -- settings`
 * writes the same after a change of a setting.
 */
import { wordsOf } from "../../lib/words.js";
import { contractFiles } from "../docs/contractfiles.js";
import { writeAll } from "../docs/write.js";

wordsOf({
	command: "npm run renew -- contract",
	help: `usage: npm run renew -- contract

Writes the schemas of the settings in docs/broker.asyncapi.yaml from src/settings/, then
docs/messages.md and the table of limits of docs/integrators.md from that document.`,
});

writeAll(contractFiles());
