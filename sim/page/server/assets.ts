/** Assets: the page's three files, its script bundled from TypeScript in memory at start. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export interface Asset {
	readonly type: string;
	readonly body: Uint8Array;
}

/** Path of the browser's request, and the response. */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
	const folder = join(projectRoot(), "sim", "page", "client");
	const { outputFiles } = await build({
		entryPoints: [join(folder, "page.ts")],
		tsconfig: join(folder, "tsconfig.json"),
		bundle: true,
		write: false,
		format: "esm",
		target: "es2022",
		minify: true,
		logLevel: "error",
	});
	return new Map([
		["/", { type: "text/html; charset=utf-8", body: readFileSync(join(folder, "page.html")) }],
		[
			"/page.css",
			{ type: "text/css; charset=utf-8", body: readFileSync(join(folder, "page.css")) },
		],
		["/page.js", { type: "text/javascript; charset=utf-8", body: outputFiles[0]!.contents }],
		["/icon.svg", { type: "image/svg+xml", body: readFileSync(join(folder, "icon.svg")) }],
	]);
}

/** The program may run from a bundle below the root. */
function projectRoot(): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, "package.json"))) {
		const above = dirname(folder);
		if (above === folder) throw new Error("the project's package.json is not found");
		folder = above;
	}
	return folder;
}
