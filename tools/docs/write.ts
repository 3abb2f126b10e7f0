/** Write: generated files, each with a line that says so. */
import { writeFileSync } from "node:fs";

export function writeAll(texts: Readonly<Record<string, string>>): void {
	for (const [path, text] of Object.entries(texts)) {
		writeFileSync(path, text);
		process.stdout.write(`${path} is written\n`);
	}
}
