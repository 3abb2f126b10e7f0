/** Page bundle: script and styles of the page, from the sources of this checkout. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { projectRoot } from "../../lib/root.mjs";

const FOLDER = join(projectRoot(), "sim", "page", "client");

export interface PageBundle {
	readonly script: string;
	readonly styles: string;
	/** What is in them. */
	readonly inputs: Metafile["inputs"];
}

/** A file of the page's folder. */
export const pageFile = (name: string): Buffer => readFileSync(join(FOLDER, name));

/** Pictures that the styles name are within them. */
const WITH_PICTURES: Plugin = {
	name: "with-pictures",
	setup({ onResolve }) {
		onResolve({ filter: /^\/\w+\.svg$/ }, ({ path }) => ({ path: join(FOLDER, path) }));
	},
};

/** `entry`: of the page's folder; `isWhole`: no other file is asked for. */
export async function bundlePage(entry: string, isWhole: boolean): Promise<PageBundle> {
	const { outputFiles, metafile } = await build({
		entryPoints: [join(FOLDER, entry), join(FOLDER, "page.css")],
		outdir: FOLDER,
		tsconfig: join(FOLDER, "tsconfig.json"),
		bundle: true,
		write: false,
		metafile: true,
		format: "esm",
		target: "es2022",
		minify: true,
		...(isWhole
			? { plugins: [WITH_PICTURES], loader: { ".svg": "dataurl" } }
			: { external: ["/*.svg"] }),
		define: { "process.env.NODE_ENV": '"production"' },
		logLevel: "error",
	});
	const made = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))!.text;
	return { script: made(".js"), styles: made(".css"), inputs: metafile.inputs };
}

/** Script of the worker that reads files of lights which are no text; it is loaded when one comes. */
export async function bundleForeign(): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [join(projectRoot(), "town", "map", "foreignworker.ts")],
		tsconfig: join(FOLDER, "tsconfig.json"),
		bundle: true,
		write: false,
		format: "iife",
		external: ["node:*"], // asked for where the worker is none of a browser
		target: "es2022",
		minify: true,
		logLevel: "error",
	});
	return outputFiles[0]!.text;
}
