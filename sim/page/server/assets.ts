/** Assets: the page's files, its script and styles bundled in memory at start. */
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
		["/slider.svg", { type: "image/svg+xml", body: file("slider.svg") }],
	]);
}

/** The program may run from a bundle below the root. */
export function projectRoot(): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, "package.json"))) {
		const above = dirname(folder);
		if (above === folder) throw new Error("the project's package.json is not found");
		folder = above;
	}
	return folder;
}
