/**
 * Bundle: one TypeScript program of ours as one JavaScript file that Node 20 can run.
 *
 * The file is named by the hash of its content, so programs started side by side never overwrite
 * each other and nothing stale is ever run. Packages stay outside (they are found in node_modules).
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "./root.mjs";

const root = projectRoot();

/**
 * @param {string} entry path of a .ts file, from the project's root
 * @returns {Promise<string>} path of the .mjs file to run
 */
export async function bundle(entry) {
	const { outputFiles } = await build({
		entryPoints: [resolve(root, entry)],
		bundle: true,
		write: false,
		format: "esm",
		platform: "node",
		target: "node20",
		packages: "external",
		sourcemap: "inline",
		logLevel: "error",
	});
	const code = outputFiles[0].contents;
	const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
	const file = join(root, ".cache", "programs", `${basename(entry, ".ts")}-${hash}.mjs`);
	if (!existsSync(file)) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(`${file}.${process.pid}`, code);
		renameSync(`${file}.${process.pid}`, file);
	}
	return file;
}
