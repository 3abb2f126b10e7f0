/**
 * Manifest: writes the list of modules to preload, each after its imports.
 *
 * `npm run renew -- manifest` after adding a module to `src/`. The order is the one in which the linker of
 * the SDK and the virtual machines evaluate the modules, so both images hold the same slots.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { wordsOf } from "../../lib/words.js";
import { preloadOrder } from "../toolchain/modules.js";

wordsOf({
	command: "npm run renew -- manifest",
	help: `usage: npm run renew -- manifest

Writes the list of modules to preload into manifest.json. To be run after adding a module to src/.`,
});

const path = "manifest.json";
const text = readFileSync(path, "utf8");
const list = preloadOrder("src").map((name) => `\t\t${JSON.stringify(name)}`);
const next = text.replace(
	/(\n\t"preload": \[)[^\]]*\]/,
	(_all, head: string) => `${head}\n${list.join(",\n")}\n\t]`,
);
if (next !== text) writeFileSync(path, next);
process.stdout.write(`${list.length} modules are preloaded\n`);
