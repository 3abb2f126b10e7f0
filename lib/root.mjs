/** Root: the folder of package.json above this file, or above the bundle that holds it. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @returns {string} */
export function projectRoot() {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, "package.json"))) {
		if (folder === dirname(folder)) throw new Error("no package.json above this program");
		folder = dirname(folder);
	}
	return folder;
}
