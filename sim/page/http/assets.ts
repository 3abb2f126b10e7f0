/** Assets: the page's files, its script and styles bundled in memory at start, and the style of reports. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../../../lib/root.mjs";
import { readPress } from "../../files/press.js";

export interface Asset {
	readonly type: string;
	readonly body: Uint8Array;
}

/** Path of the browser's request, and the response. */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
	const folder = join(projectRoot(), "sim", "page", "client");
	const { outputFiles } = await build({
		entryPoints: [join(folder, "main.tsx"), join(folder, "page.css")],
		outdir: folder,
		tsconfig: join(folder, "tsconfig.json"),
		bundle: true,
		write: false,
		format: "esm",
		target: "es2022",
		minify: true,
		external: ["/*.svg"],
		define: { "process.env.NODE_ENV": '"production"' },
		logLevel: "error",
	});
	const made = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))!.contents;
	const text = (type: string) => `${type}; charset=utf-8`;
	const file = (name: string) => readFileSync(join(folder, name));
	return new Map([
		["/", { type: text("text/html"), body: file("page.html") }],
		["/page.css", { type: text("text/css"), body: made(".css") }],
		["/page.js", { type: text("text/javascript"), body: made(".js") }],
		["/icon.svg", { type: "image/svg+xml", body: file("icon.svg") }],
		["/report.css", { type: text("text/css"), body: Buffer.from(readPress().style) }],
		["/slider.svg", { type: "image/svg+xml", body: file("slider.svg") }],
	]);
}
