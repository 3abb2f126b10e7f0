/**
 * Terminal: `npm run console`: the technician's keyboard and screen on a lamp's serial line.
 *
 * Every key goes to the lamp unchanged, Ctrl-C too; only Ctrl-Q is handled here and ends the
 * program. After the plug was pulled it waits for it. At every end the keyboard is restored to its
 * former mode.
 */
import type { Readable, Writable } from "node:stream";
import { parseArgs } from "node:util";
import { faultOfPort, type Line, openLine, Trouble } from "./line.js";
import { listPorts } from "./ports.js";
import { ScreenLog } from "./screenlog.js";

const HELP = `usage: npm run console -- --port PORT [--log FILE] | --list

Opens the console of one lamp. Ctrl-Q leaves it; every other key is sent to the lamp.

  --port PORT  a serial port (/dev/ttyUSB0, COM3), 115200 8N1, or tcp:HOST:PORT
  --log FILE   adds the screen's contents to a file, without secrets
  --list       lists the serial ports of this computer with the devices on them

Exit code: 0 left by Ctrl-Q or at the end of the input, 2 the port could not be used.
`;
/** Q for quit: unused by the lamp's line editor, and a single key on all keyboards. */
const LEAVE = 0x11;
/** ms between two checks for a plug that was pulled. */
const LOOK_EACH = 300;
/** ms that a script's last answer may take after its last line. */
const LAST_WORDS = 2_000;
/** ms of silence after which the answer has ended. */
const SILENCE = 500;
const DONE = 0;
const NOT_DONE = 2;

/** The process in which the program runs; its own, or a test's. */
export interface Seat {
	readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };
	readonly stdout: Writable & { readonly isTTY?: boolean };
	readonly stderr: Writable;
	now(): Date;
}

/** Runs the program. @returns its exit code */
export async function terminal(args: readonly string[], seat: Seat): Promise<number> {
	const say = (text: string) => void seat.stderr.write(`${text}\r\n`);
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				port: { type: "string" },
				log: { type: "string" },
				list: { type: "boolean" },
				help: { type: "boolean" },
			},
		});
		if (values.help) return tell(seat, HELP);
		if (values.list) return tell(seat, await listing());
		if (values.port === undefined) throw new Trouble("--port is missing; --list shows the ports");
		const fault = faultOfPort(values.port);
		if (fault) throw new Trouble(fault);
		const log = values.log === undefined ? undefined : new ScreenLog(values.log, seat.now);
		try {
			return await new Talk(seat, values.port, log, say).go();
		} finally {
			log?.close();
		}
	} catch (error) {
		say(`console: ${(error as Error).message.split("\n")[0]}`);
		return NOT_DONE;
	}
}

function tell(seat: Seat, text: string): number {
	seat.stdout.write(text);
	return DONE;
}

async function listing(): Promise<string> {
	const ports = await listPorts();
	const width = Math.max(0, ...ports.map(({ path }) => path.length));
	const lines = ports.map(({ path, name }) => `${path.padEnd(width)}  ${name}`.trimEnd());
	return `${lines.length > 0 ? lines.join("\n") : "no serial port"}\n`;
}

class Talk {
	readonly #seat: Seat;
	readonly #port: string;
	readonly #log: ScreenLog | undefined;
	readonly #say: (text: string) => void;
	#line: Line | undefined;
	#receivedAt = 0;
	#isOver = false;
	#leave!: () => void;
	readonly #left = new Promise<void>((leave) => {
		this.#leave = leave;
	});

	constructor(seat: Seat, port: string, log: ScreenLog | undefined, say: (text: string) => void) {
		this.#seat = seat;
		this.#port = port;
		this.#log = log;
		this.#say = say;
	}

	/** Until the person ends it. @returns the exit code */
	async go(): Promise<number> {
		this.#line = await this.#open();
		this.#note(`${this.#port} at 115200 8N1. Ctrl-Q leaves.`);
		const { stdin } = this.#seat;
		const onKeys = (bytes: Buffer) => this.#type(bytes);
		const onEnd = () => void this.#finish();
		for (const signal of SIGNALS) process.once(signal, this.#leave);
		stdin.setRawMode?.(true);
		stdin.on("data", onKeys).once("end", onEnd);
		await this.#left;
		this.#isOver = true;
		stdin.off("data", onKeys).off("end", onEnd).pause();
		stdin.setRawMode?.(false);
		for (const signal of SIGNALS) process.off(signal, this.#leave);
		await this.#line?.close();
		this.#say("");
		return DONE;
	}

	#open(): Promise<Line> {
		return openLine(this.#port, {
			onBytes: (bytes) => this.#show(bytes),
			onGone: () => void this.#wait(),
		});
	}

	#show(bytes: Uint8Array): void {
		this.#receivedAt = performance.now();
		this.#seat.stdout.write(bytes);
		this.#log?.write(bytes);
	}

	#type(bytes: Buffer): void {
		const end = bytes.indexOf(LEAVE);
		const typed = end < 0 ? bytes : bytes.subarray(0, end);
		if (typed.length > 0) this.#line?.write(typed);
		if (end >= 0) this.#leave();
	}

	/** The script has been sent; the lamp may still be answering. */
	async #finish(): Promise<void> {
		const until = performance.now() + LAST_WORDS;
		this.#receivedAt = performance.now();
		while (performance.now() < Math.min(until, this.#receivedAt + SILENCE)) await pause(50);
		this.#leave();
	}

	/** Checks for the plug until it is back or the wait is ended. */
	async #wait(): Promise<void> {
		this.#line = undefined;
		this.#note(`unplugged; waiting for ${this.#port}. Ctrl-Q leaves.`);
		while (!this.#isOver) {
			await pause(LOOK_EACH);
			const line = await this.#open().catch(() => undefined);
			if (!line) continue;
			if (this.#isOver) return line.close();
			this.#line = line;
			return this.#note("plugged in again; press Return.");
		}
	}

	#note(text: string): void {
		this.#say(`\r\n[${text}]`);
		this.#log?.note(text);
	}
}

const SIGNALS = ["SIGTERM", "SIGHUP", "SIGINT"] as const;

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
