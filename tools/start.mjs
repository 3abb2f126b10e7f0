/** Start: bundles a TypeScript program of ours and runs it in this process, with its own arguments. */
import { pathToFileURL } from "node:url";
import { bundle } from "../lib/bundle.mjs";

/**
 * @param {string} entry path of a .ts file, from the project's root
 * @param {readonly string[]} words
 */
export async function start(entry, words) {
	const file = await bundle(entry);
	process.argv.splice(1, process.argv.length - 1, file, ...words);
	process.setSourceMapsEnabled(true);
	process.stdout.on("error", (problem) => {
		if (problem.code !== "EPIPE") throw problem;
		process.exit(0); // its reader has ended, as `head` does
	});
	await import(pathToFileURL(file).href);
}
