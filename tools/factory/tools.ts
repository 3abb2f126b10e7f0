/**
 * Tools: Espressif's esptool, espefuse and espsecure, called by name: those beside the program that
 * ESPTOOL names, else those on PATH. Versions 4.7 (Debian) and 5 spell their words differently.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Trouble } from "../../lib/text/trouble.js";
import { text } from "./texts.js";

export type Tool = "esptool" | "espefuse" | "espsecure";

/** Since 5.0 words have dashes: `write-flash`, not `write_flash`. */
const DASHES_SINCE = 5;
const OLDEST = 4;
const TAIL_LINES = 3;

export class Tools {
	readonly #env: NodeJS.ProcessEnv;
	readonly #folder: string;
	readonly #ending: string;
	readonly version: number;

	private constructor(env: NodeJS.ProcessEnv, folder: string, ending: string, version: number) {
		this.#env = env;
		this.#folder = folder;
		this.#ending = ending;
		this.version = version;
	}

	/** Throws `Trouble` with the remedy where none can be called. */
	static found(env: NodeJS.ProcessEnv): Tools {
		const named = env.ESPTOOL ?? "esptool";
		const folder = named.includes("/") ? dirname(named) : "";
		const ending = basename(named).endsWith(".py") ? ".py" : "";
		const { stdout, error } = spawnSync(named, ["version"], { env, encoding: "utf8" });
		const version = Number(/^(?:esptool(?:\.py)? v)?(\d+)\./m.exec(stdout ?? "")?.[1]);
		if (error || !(version >= OLDEST)) throw new Trouble(text("noEsptool", named));
		return new Tools(env, folder, ending, version);
	}

	/** A word of a command line, as this version spells it. */
	word(word: string): string {
		return this.version >= DASHES_SINCE ? word : word.replace(/(?<=\w)-/g, "_");
	}

	/** Runs a tool to its end. Rejects with `Trouble`, in the tool's last words. */
	run(tool: Tool, args: readonly string[]): Promise<string> {
		const program = join(this.#folder, `${tool}${this.#ending}`);
		return new Promise((resolve, reject) => {
			const child = spawn(program, args, { env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
			let output = "";
			const onBytes = (bytes: Buffer) => (output += bytes.toString("utf8"));
			child.stdout.on("data", onBytes);
			child.stderr.on("data", onBytes);
			child.on("error", ({ message }) => reject(new Trouble(text("toolFailed", tool, message))));
			child.on("close", (status) => {
				if (status === 0) resolve(output);
				else reject(new Trouble(text("toolFailed", tool, lastWords(output) || `exit ${status}`)));
			});
		});
	}

	/** A folder that the owner alone reads, for the files of a command. */
	async inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
		const folder = mkdtempSync(join(tmpdir(), "luminode-factory-"));
		try {
			return await work(folder);
		} finally {
			rmSync(folder, { recursive: true });
		}
	}
}

function lastWords(output: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
	const plain = output.replace(/\u001b\[[\d;]*m/g, "");
	const lines = plain.split(/[\r\n]+/).filter((line) => line.trim() !== "");
	const fatal = lines.findIndex((line) => /fatal error/i.test(line));
	return (fatal < 0 ? lines.slice(-TAIL_LINES) : lines.slice(fatal))
		.map((line) => line.trim())
		.join(" ");
}
