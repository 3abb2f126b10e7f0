/**
 * Plain: a dialogue with a lamp's console in its plain mode (docs/console.md): a command, the lines
 * of its body, one last line that begins with `ok` or `error`.
 */

import { Trouble } from "../../../lib/text/trouble.js";
import { refusalOf } from "../text/lampwords.js";
import { text } from "../text/texts.js";
import type { Line, LineListener } from "./serial.js";

const CTRL_C = "\u0003";
/** ms for the next line of an answer; all come within moments but those of `test`. */
const LINE_WITHIN = 15_000;
/**
 * ms for the answer to `plain` of a lamp that is in a long listing or boots; the first wait for it.
 */
const GREET_WITHIN = 10_000;
const GREET_FIRST = 1_000;
/** Characters without an end of line: more is noise, and no lamp. */
const NOISE_MAX = 4_096;
/** Bytes of a greeting's mark; in hexadecimal a word that no lamp takes for a secret. */
const MARK_BYTES = 4;
const VERSION = "1";
const PLAIN = /^ok plain (\S+) (new|closed|open) (\S+) \S+$/;
const LAST = /^(?:ok|error (\S+))(?: (.*))?$/;

export interface Answer {
	/** The lines before the last: one JSON object each. */
	readonly body: readonly string[];
	/** The reason of an error; undefined: done. */
	readonly reason: string | undefined;
	/** The rest of the last line. */
	readonly text: string;
}

/** The lamp refused; the message names the command and the reason. */
export class Refusal extends Trouble {
	constructor(
		command: string,
		readonly answer: Answer,
	) {
		super(text("refuses", command, refusalOf(answer.reason ?? "", answer.text)));
	}
}

/** The line is open and silent, or it is gone. A caller that waits may begin again. */
export class Silence extends Trouble {}

export type OpenLine = (port: string, ears: LineListener) => Promise<Line>;

/** No secret set; logged out; logged in. */
type State = "new" | "closed" | "open";

export class Plain {
	state: State = "closed";
	/** The lamp's name, which it gives without a login. */
	node: string | undefined;
	readonly #port: string;
	#line!: Line;
	#isGone = false;
	#rest = "";
	readonly #decoder = new TextDecoder();
	readonly #lines: string[] = [];
	#wake: (() => void) | undefined;

	private constructor(port: string) {
		this.#port = port;
	}

	/** Opens the line named `port`, and switches the lamp to its plain mode. */
	static async open(port: string, openLine: OpenLine): Promise<Plain> {
		const talk = new Plain(port);
		talk.#line = await openLine(port, {
			onBytes: (bytes) => talk.#receive(bytes),
			onGone: () => talk.#lose(),
		});
		try {
			await talk.greet();
		} catch (error) {
			await talk.close();
			throw error;
		}
		return talk;
	}

	/**
	 * Sends a command; rejects with `Refusal` if the lamp refuses. `name`: the command without a
	 * secret.
	 */
	async do(command: string, name = command): Promise<Answer> {
		return granted(name, await this.ask(command, name));
	}

	/** The same for slow lines; each is passed on as it comes. */
	async follow(command: string, within: number, onLine: (line: string) => void): Promise<void> {
		this.#send(command);
		granted(command, await this.#answer(command, within, onLine));
	}

	/** Sends a command, and returns a refusal as an answer. */
	async ask(command: string, name = command): Promise<Answer> {
		this.#send(command);
		return this.#answer(name, LINE_WITHIN);
	}

	/** A command that takes a paste: each line is sent when the one before was acknowledged. */
	async paste(command: string, lines: readonly string[]): Promise<Answer> {
		this.#send(command);
		for (const line of lines) {
			this.#line.write(`${line}\r`);
			const acknowledged = await this.#next(command, LINE_WITHIN);
			const [, reason, text = ""] = LAST.exec(acknowledged) ?? [];
			if (reason !== undefined) throw new Refusal(command, { body: [], reason, text });
		}
		return granted(command, await this.#answer(command, LINE_WITHIN));
	}

	async close(): Promise<void> {
		this.#isGone = true;
		await this.#line.close();
	}

	/**
	 * Begins anew, as after a restart of the lamp. Ctrl-C ends any session left open. Each greeting
	 * has a mark of its own, and only the answer to the latest counts: a slow lamp answers each,
	 * and a late answer would pass for that of the next command.
	 */
	async greet(): Promise<void> {
		const until = performance.now() + GREET_WITHIN;
		for (let wait = GREET_FIRST; performance.now() < until; wait *= 2) {
			const mark = newMark();
			this.#line.write(`${CTRL_C}plain ${mark}\r`);
			const answer = await this.#lineWith(mark, wait);
			if (answer !== undefined) return this.#begin(answer);
		}
		throw new Silence(text("silent", this.#port));
	}

	#begin(answer: string): void {
		const [, version, state, node] = PLAIN.exec(answer) ?? [];
		if (version !== VERSION || state === undefined)
			throw new Trouble(text("strangeAnswer", this.#port, answer));
		this.state = state as State;
		this.node = node;
	}

	/** Unread lines of an older answer are not part of this one. */
	#send(command: string): void {
		this.#lines.length = 0;
		this.#line.write(`${command}\r`);
	}

	async #answer(
		name: string,
		within: number,
		onLine: (line: string) => void = () => {},
	): Promise<Answer> {
		for (const body: string[] = []; ; ) {
			const line = await this.#next(name, within);
			const [isLast, reason, text = ""] = LAST.exec(line) ?? [];
			if (isLast !== undefined) return { body, reason, text };
			body.push(line);
			onLine(line);
		}
	}

	/** The answer to the greeting with that mark; undefined if none comes in time. */
	async #lineWith(mark: string, within: number): Promise<string | undefined> {
		for (const until = performance.now() + within; ; ) {
			const line = await this.#within(until - performance.now());
			if (line === undefined || (line.startsWith("ok plain ") && line.endsWith(` ${mark}`)))
				return line;
		}
	}

	async #next(name: string, within: number): Promise<string> {
		const line = await this.#within(within);
		if (line !== undefined) return line;
		throw new Silence(text("stops", this.#port, name));
	}

	/** The next line; undefined if none comes in time. */
	async #within(ms: number): Promise<string | undefined> {
		if (this.#lines.length === 0 && ms > 0 && !this.#isGone)
			await new Promise<void>((go) => {
				const timer = setTimeout(go, ms);
				this.#wake = () => {
					clearTimeout(timer);
					go();
				};
			});
		const line = this.#lines.shift();
		if (line === undefined && this.#isGone) throw new Silence(text("unplugged", this.#port));
		return line;
	}

	#receive(bytes: Uint8Array): void {
		const pieces = `${this.#rest}${this.#decoder.decode(bytes, { stream: true })}`.split(
			/\r\n|[\r\n]/,
		);
		this.#rest = pieces.pop()!.slice(-NOISE_MAX);
		for (const line of pieces) if (line !== "") this.#lines.push(line); // CR and LF may come apart
		if (this.#lines.length > 0) this.#wake?.();
	}

	#lose(): void {
		this.#isGone = true;
		this.#wake?.();
	}
}

function newMark(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(MARK_BYTES));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function granted(name: string, answer: Answer): Answer {
	if (answer.reason !== undefined) throw new Refusal(name, answer);
	return answer;
}
