/** Run: `node tools/run.mjs PROGRAM.ts [ARGUMENT ...]` bundles a TypeScript program and runs it. */
import { start } from "./start.mjs";

const [entry, ...words] = process.argv.slice(2);
if (!entry) {
	process.stderr.write("usage: node tools/run.mjs PROGRAM.ts [ARGUMENT ...]\n");
	process.exit(2);
}
await start(entry, words);
