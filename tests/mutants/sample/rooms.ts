/**
 * Rooms: the sources of each room of src/, and the test files that judge their mutants.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { sourcesOf } from "../../../tools/toolchain/modules.js";

export interface Room {
	readonly name: string;
	/** Folder of its sources. */
	readonly root: string;
	/** Within it. */
	readonly sources: readonly string[];
	/** From the root of the repository. */
	readonly tests: readonly string[];
}

/** Files that lie in no folder of src/. */
const TOP = "top";
/** Tests of a room that lie beside its own: the acting half of the room in src/node. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
	[TOP]: [
		"base64.test.ts",
		"json.test.ts",
		"random.test.ts",
		"tools/docs/securitypolicy.test.ts",
		"node",
	],
	command: ["node/orders"],
	console: ["node/console"],
	journal: ["node/storage"],
	link: ["fuzz", "node/link"],
	monitor: ["node/health"],
	neighbours: ["node/neighbours"],
	settings: ["node/settings"],
	update: ["node/update"],
};

/** All rooms in order of name; `node` is one. */
export function roomNames(): string[] {
	const folders = sourcesOf("src").map((file) => file.split("/").slice(0, -1)[0] ?? TOP);
	return [...new Set(folders)].sort();
}

/** The second lamp, which is judged by the comparison. */
export const SECOND = "sim/second";

/** The room of that name, or one of src/node such as `node/light`; undefined: there is none. */
export function roomOf(name: string): Room | undefined {
	if (name === SECOND) return { name, root: SECOND, sources: filesOf(SECOND), tests: [] };
	const isIn = (file: string) => (name === TOP ? !file.includes("/") : file.startsWith(`${name}/`));
	const sources = sourcesOf("src").filter(isIn);
	if (sources.length === 0) return undefined;
	const testFolder = name.startsWith("node/") ? "node" : name;
	const folders = [...(name === TOP ? [] : [testFolder]), ...(BESIDE[name] ?? [])];
	const tests = folders.flatMap((folder) => testsIn(`tests/${folder}`));
	return { name, root: "src", sources, tests };
}

function filesOf(root: string): string[] {
	return readdirSync(root)
		.filter((name) => name.endsWith(".ts"))
		.sort();
}

function testsIn(path: string): string[] {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return (readdirSync(path, { recursive: true }) as string[])
		.map((name) => `${path}/${name.replaceAll("\\", "/")}`)
		.filter((name) => name.endsWith(".test.ts"))
		.sort();
}
