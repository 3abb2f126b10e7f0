/** Task: `npm run SCRIPT -- WORD [ARGUMENT ...]`: a developer's program by the word of its script (docs/verbs.mjs). */

import { TASKS } from "./docs/verbs.mjs";
import { start } from "./start.mjs";

const [script = "", word = "", ...words] = process.argv.slice(2);
const task = TASKS[script];
if (!task) {
	process.stderr.write(`usage: node tools/task.mjs ${Object.keys(TASKS).join("|")} [WORD ...]\n`);
	process.exit(2);
}
if (Object.hasOwn(task.words, word)) {
	const { entry, first = [] } = task.words[word];
	await start(entry, [...first, ...words]);
} else if (task.entry) await start(task.entry, process.argv.slice(3));
else if (word === "--help" || word === "") {
	const rows = Object.entries(task.words).map(
		([name, { purpose }]) => `  ${name.padEnd(11)} ${purpose}`,
	);
	process.stdout.write(`usage: npm run ${script} -- WORD [ARGUMENT ...]\n\n${rows.join("\n")}\n`);
} else {
	const known = Object.keys(task.words).join(", ");
	process.stderr.write(`npm run ${script}: ${word}: is not one of ${known}\n`);
	process.exit(2);
}
