/**
 * Bundle: the firmware, or tests of it, as one script, with one text of the sources replaced.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { type Edit, edited } from "../../sim/checks/edit.js";

export type { Edit };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Modules that `hosts/esp32` and `hosts/moddable` import by name, as in tests/jest.base.mjs. */
const CONTROLLER = /^(luminode\/|host\/|embedded:|native\/|mc\/ffi$|timer$|time$)/;
const SDK = "tests/hosts/esp32/sdk";

/** The source of such a module: of the devkit, on modules of the SDK that misbehave. */
function controllerModule(name: string): string {
	const replacements: Readonly<Record<string, string>> = {
		"host/joined": "hosts/esp32/wifi",
		"host/pins": "hosts/esp32/boards/esp32-devkit/pins",
		"mc/ffi": `${SDK}/ffi`,
	};
	const [, folder = "", rest = ""] = /^(luminode\/|host\/|embedded:)?(.*)$/.exec(name) ?? [];
	const candidates: Readonly<Record<string, readonly string[]>> = {
		"luminode/": [`src/${rest}`],
		"host/": ["esp32", "moddable", "desktop"].map((host) => `hosts/${host}/${rest}`),
		"embedded:": [`${SDK}/${rest}`],
		"": [`${SDK}/${rest}`],
	};
	const paths = name in replacements ? [replacements[name] as string] : (candidates[folder] ?? []);
	const found = paths.map((path) => join(ROOT, `${path}.ts`)).find((path) => existsSync(path));
	if (!found) throw new Error(`no module ${name}`);
	return found;
}

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
	const { outputFiles, metafile } = await build({
		entryPoints: [join(ROOT, entry)],
		bundle: true,
		write: false,
		format: "cjs",
		metafile: true,
		packages: "external",
		plugins: [
			{
				name: "edit",
				setup: ({ onLoad, onResolve }) => {
					onResolve({ filter: CONTROLLER }, ({ path: name }) => ({ path: controllerModule(name) }));
					onLoad({ filter: /\.ts$/ }, ({ path: at }) => {
						const source = at === path ? text : readFileSync(at, "utf8");
						const url = JSON.stringify(pathToFileURL(at).href);
						return { contents: source.replaceAll("import.meta.url", url), loader: "ts" };
					});
				},
			},
		],
	});
	const packages = new Map<string, object>(Object.entries(given));
	for (const { imports } of Object.values(metafile.outputs))
		for (const { path: name } of imports)
			if (!packages.has(name))
				packages.set(name, { __esModule: true, ...((await import(name)) as object) });
	const module = { exports: {} as Exports };
	const script = new Function("module", "exports", "require", outputFiles[0]!.text);
	script(module, module.exports, (name: string) => packages.get(name));
	return module.exports;
}
