/**
 * Bundle: the firmware, or tests of it, as one script, with one text of the sources replaced.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Edit, edited } from "../../sim/checks/edit.js";

export type { Edit };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What the script of `entry` (from the root of the repository) exports. `given`: the modules that are
 * not bundled. Throws where the edit misses its mark.
 */
export async function bundled<Exports extends object>(
	entry: string,
	edit: Edit | undefined,
	given: Readonly<Record<string, object>> = {},
): Promise<Exports> {
	const path = edit && join(ROOT, "src", edit.file);
	const text = edit && path ? edited(readFileSync(path, "utf8"), edit) : "";
	const { outputFiles } = await build({
		entryPoints: [join(ROOT, entry)],
		bundle: true,
		write: false,
		format: "cjs",
		external: Object.keys(given),
		plugins: [
			{
				name: "edit",
				setup: ({ onLoad }) =>
					onLoad({ filter: /\.ts$/ }, ({ path: at }) =>
						at === path ? { contents: text, loader: "ts" } : undefined,
					),
			},
		],
	});
	const module = { exports: {} as Exports };
	const script = new Function("module", "exports", "require", outputFiles[0]!.text);
	script(module, module.exports, (name: string) => given[name]);
	return module.exports;
}
