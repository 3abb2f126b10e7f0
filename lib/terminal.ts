/**
 * Terminal: the visible text of a serial line, from the few controls that a line editor sends.
 *
 * Interpreted: CR, LF, backspace, bell, ESC [ n C and D (cursor), ESC [ K (erase to the end of the
 * line), ESC [ 2 K; other sequences are dropped. Text only; nothing of it becomes markup.
 */

/** Lines kept, and characters of a line. */
const LINES_MAX = 400;
const WIDTH_MAX = 1_000;

export class Terminal {
	#lines: string[] = [""];
	#column = 0;
	#escape = "";

	get text(): string {
		return this.#lines.join("\n");
	}

	write(text: string): void {
		for (const character of text) {
			if (this.#escape) this.#continueEscape(character);
			else this.#put(character);
		}
		if (this.#lines.length > LINES_MAX) this.#lines = this.#lines.slice(-LINES_MAX);
	}

	#put(character: string): void {
		if (character === "\u001b") this.#escape = character;
		else if (character === "\r") this.#column = 0;
		else if (character === "\b") this.#column = Math.max(0, this.#column - 1);
		else if (character === "\n") {
			this.#lines.push("");
			this.#column = 0;
		} else if (character >= " " && this.#column < WIDTH_MAX) {
			const line = [...this.#line().padEnd(this.#column)];
			line[this.#column++] = character;
			this.#setLine(line.join(""));
		}
	}

	#continueEscape(character: string): void {
		this.#escape += character;
		if (this.#escape.length === 2 && character === "[") return;
		if (/[0-9;?]/.test(character) && this.#escape.length < 16) return;
		const [, count = "", final = ""] = /^\[([0-9]*)([A-Za-z])$/.exec(this.#escape.slice(1)) ?? [];
		this.#escape = "";
		const n = Math.max(1, Number(count));
		if (final === "C") this.#column = Math.min(WIDTH_MAX, this.#column + n);
		else if (final === "D") this.#column = Math.max(0, this.#column - n);
		else if (final === "K" && count === "2") this.#setLine("");
		else if (final === "K") this.#setLine([...this.#line()].slice(0, this.#column).join(""));
	}

	#line(): string {
		return this.#lines.at(-1) ?? "";
	}

	#setLine(line: string): void {
		this.#lines[this.#lines.length - 1] = line;
	}
}
