/**
 * Contract: writes the reference part of docs/integrators.md from docs/broker.asyncapi.yaml.
 *
 * `npm run contract` after changing the document; the text around the reference is kept.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { readContract } from "../docs/contractdoc.js";
import { withReference } from "../docs/contractpage.js";
import { wordsOf } from "../words.js";

wordsOf({
	command: "npm run contract",
	help: `usage: npm run contract

Writes the reference part of docs/integrators.md from docs/broker.asyncapi.yaml.`,
});

const path = "docs/integrators.md";
writeFileSync(path, withReference(readFileSync(path, "utf8"), readContract()));
process.stdout.write(`${path} is written\n`);
