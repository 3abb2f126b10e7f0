/**
 * Portable: a program that compiles the engine with the compiler that is itself WebAssembly.
 *
 * It is a process of its own, because the compiler takes a gigabyte and blocks its thread.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { PortableJob } from "./compilers.js";

type Tree = { [name: string]: Uint8Array | Tree };
interface Compiler {
	runClang(args: string[], files: Tree, options: object): Promise<Tree>;
}

const decoder = new TextDecoder();

function insert(tree: Tree, path: readonly string[], bytes: Uint8Array): void {
	const [name, ...rest] = path;
	if (!rest.length) tree[name!] = bytes;
	else insert((tree[name!] ??= {}) as Tree, rest, bytes);
}

function treeOf(dir: string): Tree {
	const tree: Tree = {};
	for (const path of readdirSync(dir, { recursive: true }) as string[])
		if (statSync(join(dir, path)).isFile())
			insert(tree, relative(".", path).split(sep), readFileSync(join(dir, path)));
	return tree;
}

async function compileAll({ compiler, dir, units, compile, link }: PortableJob): Promise<void> {
	const { runClang } = (await import(pathToFileURL(compiler).href)) as Compiler;
	const tree = treeOf(dir);
	let output = "";
	const print = (bytes: Uint8Array | null) => {
		if (bytes) output += decoder.decode(bytes);
	};
	const options = { stdout: print, stderr: print, decodeASCII: false, fetchProgress: () => {} };
	const clang = async (args: string[], files: Tree, result: string): Promise<Uint8Array> => {
		try {
			return (await runClang(["clang", ...args], files, options))[result] as Uint8Array;
		} catch {
			throw new Error(output);
		}
	};
	const objects: Tree = {};
	for (const [done, unit] of units.entries()) {
		await new Promise(setImmediate); // for the disconnection
		if (done % 10 === 9) process.send?.(`${done + 1} of ${units.length} files`);
		const object = `${done}.o`;
		objects[object] = await clang([...compile, "-c", unit, "-o", object], tree, object);
	}
	const args = [...Object.keys(objects), ...link, "-o", "engine.wasm"];
	writeFileSync(join(dir, "engine.wasm"), await clang(args, objects, "engine.wasm"));
}

/** The simulator was killed: nobody waits for the engine, which would take two minutes more. */
process.once("disconnect", () => process.exit(1));

process.once("message", (task) => {
	compileAll(task as PortableJob).then(
		() => process.exit(0),
		(error: unknown) => {
			process.stderr.write(String(error), () => process.exit(1));
		},
	);
});
