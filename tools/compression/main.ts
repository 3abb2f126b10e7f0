/**
 * Compression as a program: `node tools/run.mjs tools/compression/main.ts < JOB` prints the module; an
 * error is one line, and exit code 1.
 */
import { text } from "node:stream/consumers";
import { oneModule } from "./onemodule.js";

try {
	process.stdout.write(await oneModule(JSON.parse(await text(process.stdin))));
} catch (error) {
	process.stderr.write(`${(error as Error).message}\n`);
	process.exitCode = 1;
}
