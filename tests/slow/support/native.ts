/**
 * Native: the TLS of the hosts in C, built by Debian's compiler against its Mbed TLS with sanitizers, as a
 * program that answers requests line by line (tls/driver.c), and its fuzzer.
 *
 * LUMINODE_TLS_FLAGS and LUMINODE_TLS_LIBS: another Mbed TLS than Debian's.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PATIENCE } from "../../support/until.js";
import { Program, ROOT } from "./programs.js";

const CORE = join(ROOT, "hosts/tls");
const HERE = join(ROOT, "tests/slow/support/tls");
/** They need XS and a thread: `npm run host -- headless --broker` shows them. */
const OF_XS = ["native.c", "worker.c"];
const FLAGS = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-g", "-O1"];
const SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
const COUNTED = ["malloc", "calloc", "realloc", "free"].map((name) => `-Wl,--wrap=${name}`);
const flagsOf = (text: string | undefined, usual: string): string[] =>
	(text ?? usual).split(" ").filter(Boolean);
const LIBRARY_FLAGS = flagsOf(process.env.LUMINODE_TLS_FLAGS, "");
const LIBRARIES = flagsOf(process.env.LUMINODE_TLS_LIBS, "-lmbedtls -lmbedx509 -lmbedcrypto");

export const hex = (bytes: Uint8Array | undefined): string =>
	bytes && bytes.length > 0 ? Buffer.from(bytes).toString("hex") : "-";

/** A folder with the program, for one test file. */
export class Native {
	readonly folder = mkdtempSync(join(tmpdir(), "luminode-"));

	/** The path of one of the programs, built; `memory` counts, so it has no sanitizers. */
	build(name: "driver" | "fuzz" | "memory"): string {
		const out = join(this.folder, name);
		const core = readdirSync(CORE).filter((file) => file.endsWith(".c") && !OF_XS.includes(file));
		const sources = [join(HERE, `${name}.c`), ...core.map((file) => join(CORE, file))];
		const checks = name === "memory" ? COUNTED : SANITIZERS;
		const libraries =
			name === "memory" ? ["-Wl,-Bstatic", ...LIBRARIES, "-Wl,-Bdynamic"] : LIBRARIES;
		const all = [...FLAGS, ...checks, ...LIBRARY_FLAGS, `-I${CORE}`, ...sources, "-o", out];
		const { status, stderr } = spawnSync("gcc", [...all, ...libraries], { encoding: "utf8" });
		if (status !== 0) throw new Error(stderr);
		return out;
	}

	/** Answers to requests, in their order; fails with the sanitizer's report. */
	answersTo(program: string, lines: readonly string[]): readonly string[] {
		const how = { input: `${lines.join("\n")}\n`, encoding: "utf8", timeout: PATIENCE } as const;
		const { stdout, stderr, status } = spawnSync(program, [], { ...how, maxBuffer: 1 << 26 });
		if (status !== 0) throw new Error(`status ${status}: ${stderr}\n${stdout.slice(-500)}`);
		return stdout.trimEnd().split("\n");
	}

	remove(): void {
		rmSync(this.folder, { recursive: true });
	}
}

/** The program while servers of the same test run: a request at a time. */
export class Driver {
	readonly #program: Program;
	#read = 0;

	constructor(path: string) {
		this.#program = new Program(path, [], "pipe");
	}

	async ask(...request: (string | number)[]): Promise<string> {
		this.#program.type(`${request.join(" ")}\n`);
		const { output } = await this.#line();
		return output;
	}

	async #line(): Promise<{ output: string }> {
		const pattern = new RegExp(`^(?:.*\\n){${this.#read}}(.*)\\n`);
		const [, output] = await this.#program.says(pattern);
		this.#read += 1;
		return { output: output! };
	}

	/** Ends it; its status, 0 unless a sanitizer found something. */
	async end(): Promise<number | null> {
		this.#program.finish();
		return this.#program.ended();
	}

	get output(): string {
		return this.#program.output;
	}
}
