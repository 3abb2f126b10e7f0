/**
 * Parts: writes src/settings/parts.ts, the parts by which texts for people are shortened in flash.
 *
 * `npm run parts` after texts of the console or of settings changed much.
 */
import { writeFileSync } from "node:fs";
import { wordsOf } from "../../lib/words.js";
import { partsSource } from "../docs/parts.js";

wordsOf({
	command: "npm run parts",
	help: `usage: npm run parts

Writes src/settings/parts.ts from the texts of console and settings. To be run after many texts changed.`,
});

const path = "src/settings/parts.ts";
const { source, before, after } = partsSource();
writeFileSync(path, source);
process.stdout.write(`${path} is written: ${before} bytes of texts become ${after}\n`);
