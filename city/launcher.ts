/**
 * Launcher: `npx luminode city`: the programs of one configuration file, each as a process of its own that
 * is started again after its end; or one of them, as a unit of systemd does.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Trouble } from "../lib/text/trouble.js";
import { DONE, framed, noMore, type Station } from "./program.js";
import { type Frame, fileSchema, sectionsOf } from "./words.js";

/** A program of the city. */
export interface Service {
	readonly frame: Frame;
	/** Its command that stays; undefined: it ends by itself, and no section starts it. */
	readonly launchArgs?: readonly string[];
	run(args: readonly string[], station: Station): Promise<number>;
}

/** ms until a program that has ended is started again: each time twice as long. */
const AGAIN_AFTER = 1_000;
const AGAIN_MOST = 60_000;
/** ms after which a program has run well: its next end is a new trouble. */
const RAN_WELL = 600_000;
/** ms for a program to end by itself. */
const END_WITHIN = 10_000;
const CITY = {
	command: "city",
	usage: `usage: luminode city --config FILE
       luminode city PROGRAM [COMMAND ...] --config FILE

Runs each program that has a section in the file, and starts one that has ended again; Ctrl-C ends
all. With PROGRAM that one alone, as a unit of systemd does; with a COMMAND of it that command,
e.g. luminode city traffic publish out/traffic --config FILE.
`,
	exits: "Exit code: 0 ended, 2 an invalid file.",
	words: {
		check: { type: "boolean", description: "judges the file, and runs nothing" },
		schema: { type: "boolean", description: "prints the JSON Schema of the file" },
	},
} as const satisfies Frame;

/** Runs the program. @returns its exit code */
export function city(
	args: readonly string[],
	station: Station,
	services: readonly Service[],
): Promise<number> {
	const frames = services.filter(({ launchArgs }) => launchArgs).map(({ frame }) => frame);
	const [first, ...more] = args;
	const service = services.find(({ frame }) => frame.command === first);
	if (service) {
		const hasCommand = more[0] !== undefined && !more[0].startsWith("-");
		return service.run([...(hasCommand ? [] : (service.launchArgs ?? [])), ...more], station);
	}
	return framed(CITY, args, station, async ({ check, schema }, [odd], config) => {
		noMore(odd);
		if (schema) {
			station.stdout.write(`${JSON.stringify(fileSchema(frames), null, "\t")}\n`);
			return DONE;
		}
		if (config === undefined)
			throw new Trouble("--config FILE is missing, e.g. --config city/files/laptop.yaml");
		const names = sectionsOf(config, frames);
		if (names.length === 0)
			throw new Trouble(`${config}: has no section of a program, e.g. metrics:`);
		station.stdout.write(`${config}: ${names.join(", ")}\n`);
		if (!check) await Promise.all(names.map((name) => kept(name, config, station)));
		return DONE;
	});
}

/** Runs a program until the station ends. */
async function kept(name: string, config: string, station: Station): Promise<void> {
	let child: ChildProcess | undefined;
	let isEnded = false;
	const ended = station.ended.then(() => {
		isEnded = true;
		const running = child;
		running?.kill();
		setTimeout(() => running?.kill("SIGKILL"), END_WITHIN).unref(); // it waits for a broker that is away
	});
	for (let wait = AGAIN_AFTER; !isEnded; wait = Math.min(2 * wait, AGAIN_MOST)) {
		child = spawn(process.execPath, [process.argv[1]!, name, "--config", config], {
			stdio: ["ignore", "pipe", "pipe"],
		});
		const startedAt = performance.now();
		const lines = (from: Readable, show: (line: string) => void) =>
			createInterface({ input: from }).on("line", show);
		lines(child.stdout!, (line) => void station.stdout.write(`${name}: ${line}\n`));
		lines(child.stderr!, (line) => void station.stderr.write(`${line}\n`)); // has its name
		const code = await new Promise((resolve) => child!.once("close", resolve));
		if (isEnded) break;
		if (performance.now() - startedAt > RAN_WELL) wait = AGAIN_AFTER;
		station.stderr.write(`city: ${name} ended with ${code} and is started again\n`);
		await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, wait))]);
	}
}
