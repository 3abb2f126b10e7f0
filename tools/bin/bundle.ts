/** Bundle: `npx luminode bundle`: the programs of the city as one file, for a server (docs/city.md). */
import { build } from "esbuild";
import { wordsOf } from "../../lib/words.js";

const OUT = "out/city.mjs";

wordsOf({
	command: "luminode bundle",
	help: `usage: luminode bundle

Writes all programs of the city as one file, ${OUT}, which needs Node alone. With SQLite it also needs
the package @photostructure/sqlite beside it; with PostgreSQL it does not.`,
});

await build({
	entryPoints: ["city/bin/city.ts"],
	bundle: true,
	format: "esm",
	platform: "node",
	target: "node20",
	external: ["@photostructure/sqlite", "pg-native"], // binaries
	// some packages are CommonJS
	banner: {
		js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
	},
	outfile: OUT,
});
process.stdout.write(`${OUT}\n`);
