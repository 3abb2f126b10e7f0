/**
 * Assets: the files of the page at the pole: a page, one classic script, a style; and the guide to
 * print.
 *
 * A classic script, because a browser does not load modules from a file. The worker's text is part
 * of it for the same reason.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type GuideName, guidePage } from "./guide.js";

/** By the name of the file. */
export type PoleFiles = Readonly<
	Record<"index.html" | "pole.js" | "pole.css" | "guide.css" | GuideName, string>
>;

export async function poleFiles(): Promise<PoleFiles> {
	const root = projectRoot();
	const folder = join(root, "tools", "pole", "client");
	const worker = await bundled(root, join(folder, "vaultworker.ts"), {});
	const page = await bundled(root, join(folder, "main.tsx"), {
		VAULT_WORKER: JSON.stringify(worker),
	});
	return {
		"index.html": readFileSync(join(folder, "page.html"), "utf8"),
		"pole.js": page,
		"pole.css": readFileSync(join(folder, "pole.css"), "utf8"),
		"guide.css": readFileSync(join(folder, "guide.css"), "utf8"),
		"guide-en.html": guidePage("guide-en.html", join(root, "docs")),
		"guide-fr.html": guidePage("guide-fr.html", join(root, "docs")),
	};
}

async function bundled(
	root: string,
	entry: string,
	define: Readonly<Record<string, string>>,
): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [entry],
		absWorkingDir: root, // aliases are resolved from there
		tsconfig: join(root, "tools", "pole", "client", "tsconfig.json"),
		bundle: true,
		write: false,
		format: "iife",
		target: "es2022",
		minify: true,
		platform: "browser",
		charset: "utf8",
		logLevel: "error",
		legalComments: "none",
		alias: { "csv-parse/sync": "csv-parse/browser/esm/sync" },
		define: { ...define, "process.env.NODE_ENV": '"production"' },
	});
	return outputFiles[0]!.text;
}

/** The program may run from a bundle below the root. */
function projectRoot(): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
	return folder;
}
