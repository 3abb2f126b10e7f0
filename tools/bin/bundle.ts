/** Bundle: `npx luminode bundle`: the programs of the city as one file, for a server (docs/city.md). */
import { build } from "esbuild";
import { wordsOf } from "../../lib/words.js";

const OUT = "out/city.mjs";

wordsOf({
	command: "luminode bundle",
	help: `usage: luminode bundle

Writes all programs of the city as one file, ${OUT}. Packages stay in node_modules.`,
});

await build({
	entryPoints: ["city/bin/city.ts"],
	bundle: true,
	format: "esm",
	platform: "node",
	target: "node20",
	packages: "external",
	outfile: OUT,
});
process.stdout.write(`${OUT}\n`);
