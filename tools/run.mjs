/** Run: `node tools/run.mjs PROGRAM.ts [ARGUMENT ...]` bundles a TypeScript program and runs it. */
import { pathToFileURL } from "node:url";
import { bundle } from "../lib/bundle.mjs";

const [entry, ...rest] = process.argv.slice(2);
if (!entry) {
	process.stderr.write("usage: node tools/run.mjs PROGRAM.ts [ARGUMENT ...]\n");
	process.exit(2);
}
const file = await bundle(entry);
process.argv.splice(1, process.argv.length - 1, file, ...rest);
process.setSourceMapsEnabled(true);
process.stdout.on("error", (problem) => {
	if (problem.code !== "EPIPE") throw problem;
	process.exit(0); // its reader has ended, as `head` does
});
await import(pathToFileURL(file).href);
