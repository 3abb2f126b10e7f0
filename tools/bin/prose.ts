/**
 * Prose: `npm run docs -- prose PATH ...` prints each sentence of these files that breaks the rule of prose.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { refuse, wordsOf } from "../../lib/words.js";
import {
	breachesOf,
	passagesOfComments,
	passagesOfMarkdown,
	passagesOfTexts,
} from "../docs/prose.js";

const COMMAND = "npm run docs -- prose";
const HELP = `usage: npm run docs -- prose [--texts] PATH ...

Prints each sentence of documents and comments below these paths that breaks the rule of prose
(CONTRIBUTING.md). Exit code 1 if there are any.

  --texts   also checks string literals, the texts of a program`;

const options = { texts: { type: "boolean" } } as const;
const { values, positionals } = wordsOf({ command: COMMAND, help: HELP, options, most: 1000 });
if (positionals.length === 0)
	refuse(COMMAND, "a file or folder is missing, for example docs/time.md");

let count = 0;
for (const path of positionals.flatMap(filesOf)) {
	const text = readFileSync(path, "utf8");
	const passages = path.endsWith(".md")
		? passagesOfMarkdown(text)
		: [...passagesOfComments(text), ...(values.texts ? passagesOfTexts(text) : [])];
	for (const breach of passages.flatMap(breachesOf)) {
		count += 1;
		process.stdout.write(`${path}:${breach.line}: ${breach.rule}\n    ${breach.text}\n`);
	}
}
process.stdout.write(`${count} sentences\n`);
process.exit(count > 0 ? 1 : 0);

function filesOf(path: string): string[] {
	if (!statSync(path).isDirectory()) return [path];
	return (readdirSync(path, { recursive: true }) as string[])
		.filter((name) => /\.(ts|mjs|c|h|md)$/.test(name))
		.sort()
		.map((name) => join(path, name));
}
