/**
 * Programs: starting and stopping what the system tests run beside themselves.
 *
 * Each test stops what it started, by its own process, whatever happened.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { until } from "../../support/until.js";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

export class Program {
	readonly #child: ChildProcess;
	readonly #ended: Promise<number | null>;
	/** It has ended, and all that it wrote is here. */
	#isClosed = false;
	output = "";

	/** `env`: the whole environment; absent: that of the test. */
	constructor(
		command: string,
		args: readonly string[],
		input: "pipe" | "ignore" = "ignore",
		env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C.UTF-8" },
	) {
		this.#child = spawn(command, args, { cwd: ROOT, stdio: [input, "pipe", "pipe"], env });
		// a character may come in two pieces
		for (const stream of [this.#child.stdout!, this.#child.stderr!])
			stream.setEncoding("utf8").on("data", (text: string) => {
				this.output += text;
			});
		this.#ended = new Promise((resolve) => {
			this.#child.on("error", (error) => {
				this.output += `${error.message}\n`;
				resolve(null);
			});
			this.#child.on("exit", (code) => resolve(code));
			this.#child.on("close", () => {
				this.#isClosed = true;
			});
		});
	}

	/** Undefined when it could not be started. */
	get pid(): number | undefined {
		return this.#child.pid;
	}

	/** Its exit code, null after a signal; undefined while it runs. */
	get code(): number | null | undefined {
		return this.#child.exitCode ?? (this.#child.signalCode === null ? undefined : null);
	}

	type(text: string): void {
		this.#child.stdin!.write(text);
	}

	/** Ends its input. */
	finish(): void {
		this.#child.stdin!.end();
	}

	/** Waits until the output matches. */
	async says(pattern: RegExp): Promise<RegExpExecArray> {
		let found: RegExpExecArray | null = null;
		const isSaid = () => (found = pattern.exec(this.output)) !== null || this.#isClosed;
		await until(String(pattern), isSaid, () => this.output.slice(-4_000));
		if (found) return found;
		throw new Error(`it ended without ${pattern}:\n${this.output.slice(-4_000)}`);
	}

	/** Ends it by signal and waits for it. @returns its exit code */
	async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
		if (this.#child.exitCode === null) this.#child.kill(signal);
		return this.#ended;
	}

	ended(): Promise<number | null> {
		return this.#ended;
	}
}

/** The simulator as `npm run sim -- ...` starts it, without npm between it and our signals. */
export function simulator(...args: string[]): Program {
	return new Program(process.execPath, ["tools/run.mjs", "sim/main.ts", ...args]);
}

/** A street of a winter evening, seed 7, without a page; each lamp's serial line is open. */
export function streetAtSerialLines(lamps: number, speed: string): Program {
	const start = "2026-11-24T22:30:00+01:00";
	const args = ["--headless", "--speed", speed, "--seed", "7", "--start", start];
	return simulator("--lamps", String(lamps), ...args, "--serial", "all");
}

/** A port that was free a moment ago, with the two after it. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = await opened(0);
		const next = await Promise.all([port! + 1, port! + 2].map(opened));
		if (!next.includes(undefined)) return port!;
	}
}

/** Opens this port, or any for 0, and closes it. @returns the port; undefined: it is taken */
function opened(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.on("error", () => resolve(undefined));
		server.listen(port, "127.0.0.1", () => {
			const { port: assignedPort } = server.address() as AddressInfo;
			server.close(() => resolve(assignedPort));
		});
	});
}
