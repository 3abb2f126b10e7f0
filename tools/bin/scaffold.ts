/** Scaffold: `npm run renew -- check NAME`, `board NAME` or `verb NAME` begins a recipe of CONTRIBUTING.md. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { refuse, wordsOf } from "../../lib/words.js";
import { Refused, SCAFFOLDS, type Scaffold } from "../renew/scaffold.js";

const [kind = ""] = process.argv.splice(2, 1);
const COMMAND = `npm run renew -- ${kind}`;
const HELP = `usage: ${COMMAND} NAME

Begins a ${kind} of this name: writes its files, and prints the steps that are left. The recipe is in
CONTRIBUTING.md. A name that is taken or not well formed is refused, and nothing is changed.`;

function begun(name: string): Scaffold {
	try {
		return SCAFFOLDS[kind]!(name);
	} catch (error) {
		if (error instanceof Refused) return refuse(COMMAND, error.message);
		throw error;
	}
}

const { positionals } = wordsOf({ command: COMMAND, help: HELP, most: 1 });
const { texts, next } = begun(positionals[0] ?? refuse(COMMAND, `which name has the ${kind}?`));
for (const [path, text] of Object.entries(texts)) {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
	process.stdout.write(`${path} is written\n`);
}
const steps = [...next, "npm run format", "npm run renew"];
process.stdout.write(`\nNext:\n${steps.map((step, index) => `${index + 1}. ${step}\n`).join("")}`);
