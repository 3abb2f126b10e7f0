/**
 * Main: the benches' program. `npm run bench -- [PART ...]`; without a part all are run.
 */
import { readFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../lib/root.mjs";
import { bench as benchEngine } from "./engine.js";
import { benchEdge, benchIdle } from "./firmware.js";
import type { Print } from "./lamp.js";
import { benchMany } from "./many.js";
import { benchNeighbours } from "./neighbours.js";
import { benchHeap, benchNight } from "./night.js";

interface Part {
	readonly what: string;
	run(print: Print): Promise<void>;
}

/** `many` is first: it measures resident memory, which earlier parts would change. */
const PARTS: Readonly<Record<string, Part>> = {
	many: { what: "10,000 lamps: creation, light, memory of each", run: benchMany },
	edge: { what: "PIR edge to first changed duty: computrons, slots", run: benchEdge },
	idle: { what: "turns that change nothing: computrons, slots", run: benchIdle },
	neighbours: {
		what: "a datagram received, a movement announced: computrons",
		run: benchNeighbours,
	},
	night: { what: "lamp-seconds per second, without and with a broker", run: benchNight },
	heap: { what: "a lamp after a night with traffic: live, stack", run: benchHeap },
	engine: { what: "a bare program in the engine: boot, wake, window", run: benchEngine },
};

const WRONG_INPUT = 2;
const print = (line: string) => void process.stdout.write(`${line}\n`);

function help(): void {
	print("usage: npm run bench -- [PART ...]\n");
	print(
		"Prints figures with their conditions, each with a baseline of the same run. Parts (default: all):\n",
	);
	for (const [name, { what }] of Object.entries(PARTS)) print(`  ${name.padEnd(10)} ${what}`);
}

function conditions(): void {
	const read = (path: string) => JSON.parse(readFileSync(join(projectRoot(), path), "utf8"));
	const versionOf = (name: string) => read(`node_modules/${name}/package.json`).version as string;
	const all = cpus();
	print(`luminode ${read("package.json").version}, ${new Date().toISOString().slice(0, 10)}`);
	print(`Node ${process.version} (V8 ${process.versions.v8}), ${process.platform} ${release()}`);
	print(`${all.length} cores, ${all[0]?.model}; CPU time unless said otherwise`);
	print(`XS 13.3 in wasm32, TypeScript ${versionOf("typescript")}, aedes ${versionOf("aedes")}`);
}

async function main(args: readonly string[]): Promise<number> {
	if (args.includes("--help")) {
		help();
		return 0;
	}
	const unknown = args.find((word) => !Object.hasOwn(PARTS, word));
	if (unknown !== undefined) {
		process.stderr.write(
			`${unknown}: not a part of the bench; the parts are ${Object.keys(PARTS).join(", ")}\n`,
		);
		return WRONG_INPUT;
	}
	conditions();
	for (const name of args.length > 0 ? args : Object.keys(PARTS)) {
		print("");
		await PARTS[name]!.run(print);
	}
	return 0;
}

process.exitCode = await main(process.argv.slice(2));
