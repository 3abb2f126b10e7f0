/**
 * Terminal: `npx luminode console`: the technician's keyboard and screen on a lamp's serial line.
 *
 * Every key goes to the lamp unchanged, Ctrl-C too; only Ctrl-Q is handled here and ends the
 * program. After the plug was pulled it waits for it. At every end the keyboard is restored to its
 * former mode.
 */

import type { Language } from "../../../lib/text/bilingual.js";
import { languageIn, optionsIn } from "../../../lib/text/options.js";
import { errorLines, Trouble } from "../../../lib/text/trouble.js";
import type { Seat } from "../../../lib/vault/ask.js";
import { CONSOLE_HELP } from "../text/helps.js";
import { type TextName, text } from "../text/texts.js";
import { faultOfPort, openLine } from "./line.js";
import { listPorts } from "./ports.js";
import { ScreenLog } from "./screenlog.js";
import type { Line } from "./serial.js";

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

/** Runs the program. @returns its exit code */
export async function terminal(args: readonly string[], seat: Seat): Promise<number> {
	const say = (line: string) => void seat.stderr.write(`${line}\r\n`);
	const language = languageIn(args, seat.environment);
	try {
		const values = optionsIn(args, {
			port: { type: "string" },
			log: { type: "string" },
			list: { type: "boolean" },
		});
		if (values.help) return print(seat, CONSOLE_HELP[language]);
		if (values.list) return print(seat, await listing(language));
		if (values.port === undefined) throw new Trouble(text("consolePort"));
		const fault = faultOfPort(values.port);
		if (fault) throw new Trouble(fault);
		const log = values.log === undefined ? undefined : new ScreenLog(values.log, seat.now);
		try {
			return await new Talk(seat, values.port, log, say, language).go();
		} finally {
			log?.close();
		}
	} catch (error) {
		say(errorLines("console", error, language)[0]!);
		return NOT_DONE;
	}
}

function print(seat: Seat, output: string): number {
	seat.stdout.write(output);
	return DONE;
}

async function listing(language: Language): Promise<string> {
	const ports = await listPorts();
	const width = Math.max(0, ...ports.map(({ path }) => path.length));
	const lines = ports.map(({ path, name }) => `${path.padEnd(width)}  ${name}`.trimEnd());
	return `${lines.length > 0 ? lines.join("\n") : text("noPortAtAll")[language]}\n`;
}

class Talk {
	readonly #seat: Seat;
	readonly #port: string;
	readonly #log: ScreenLog | undefined;
	readonly #say: (line: string) => void;
	readonly #language: Language;
	#line: Line | undefined;
	#receivedAt = 0;
	#isOver = false;
	#leave!: () => void;
	readonly #left = new Promise<void>((leave) => {
		this.#leave = leave;
	});

	constructor(
		seat: Seat,
		port: string,
		log: ScreenLog | undefined,
		say: (line: string) => void,
		language: Language,
	) {
		this.#seat = seat;
		this.#port = port;
		this.#log = log;
		this.#say = say;
		this.#language = language;
	}

	/** Until the person ends it. @returns the exit code */
	async go(): Promise<number> {
		this.#line = await this.#open();
		this.#note("leaves");
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
		this.#note("waits");
		while (!this.#isOver) {
			await pause(LOOK_EACH);
			const line = await this.#open().catch(() => undefined);
			if (!line) continue;
			if (this.#isOver) return line.close();
			this.#line = line;
			return this.#note("back");
		}
	}

	#note(name: TextName): void {
		const note = text(name, this.#port)[this.#language];
		this.#say(`\r\n[${note}]`);
		this.#log?.note(note);
	}
}

const SIGNALS = ["SIGTERM", "SIGHUP", "SIGINT"] as const;

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
