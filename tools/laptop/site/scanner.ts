/**
 * Scanner: lines of a hand scanner, which types as a keyboard does: a line and Return.
 *
 * Questions are answered by a whole line here, `y` or `n`: the characters of a label that is scanned
 * too early are no answer.
 */

import type { Language, Text } from "../../../lib/text/bilingual.js";
import type { Asking } from "../../../lib/vault/ask.js";

const YES = /^(y|yes|o|oui)$/i;
const NO = /^(n|no|non)$/i;

export class Scanner {
	readonly #seat: Asking;
	readonly #language: Language;
	#rest = "";
	readonly #lines: string[] = [];
	#isOver = false;
	#wake: () => void = () => {};
	readonly #onBytes = (bytes: Buffer) => {
		const pieces = `${this.#rest}${bytes.toString("utf8")}`.split(/\r\n|[\r\n]/);
		this.#rest = pieces.pop()!;
		this.#lines.push(...pieces);
		this.#wake();
	};
	readonly #onEnd = () => {
		if (this.#rest !== "") this.#lines.push(this.#rest);
		this.#rest = "";
		this.#isOver = true;
		this.#wake();
	};

	constructor(seat: Asking, language: Language) {
		this.#seat = seat;
		this.#language = language;
		seat.stdin.on("data", this.#onBytes).once("end", this.#onEnd);
	}

	/** The next line; undefined: an empty line, or the end of the input. */
	async line(question: Text): Promise<string | undefined> {
		if (this.#seat.stdin.isTTY) this.#seat.stderr.write(`${question[this.#language]}: `);
		const line = await this.#next();
		return line?.trim() ? line : undefined;
	}

	/** The answer to a question; undefined: nobody is at the keyboard. */
	async yes(question: Text): Promise<boolean | undefined> {
		const { stdin, stderr } = this.#seat;
		if (!stdin.isTTY) return undefined;
		for (;;) {
			const keys = this.#language === "fr" ? "o/n, Entrée" : "y/n, Return";
			stderr.write(`${question[this.#language]} [${keys}] `);
			const line = (await this.#next())?.trim();
			if (line === undefined) return undefined;
			if (YES.test(line)) return true;
			if (NO.test(line)) return false;
		}
	}

	close(): void {
		this.#seat.stdin.off("data", this.#onBytes).off("end", this.#onEnd).pause();
	}

	async #next(): Promise<string | undefined> {
		while (this.#lines.length === 0 && !this.#isOver)
			await new Promise<void>((go) => {
				this.#wake = go;
				this.#seat.stdin.resume();
			});
		return this.#lines.shift();
	}
}
