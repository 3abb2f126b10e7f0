/**
 * LineEditor: echo and correction of typed bytes, into one line of text.
 *
 * Keys are those of a VT100 (ECMA-48 sequences). The cursor moves by whole UTF-8 sequences, each
 * counted as one column. Until Enter the line is bytes only; its text is decoded once, natively.
 */
import type { Utf8 } from "../host.js";
import type { Output } from "./output.js";

/** The longest program (settings/calendar.ts) as a line of an import, and a margin. */
export const LINE_MAX_BYTES = 400;
/** Lines in the history; more would occupy chunks for a visit that takes place once a year. */
export const HISTORY_LINES = 8;

/** Result of a byte. */
type LineEvent = "none" | "line" | "interrupt";

const BELL = "\u0007";
const ERASE_TO_END = "\u001b[K";

export class LineEditor {
	private readonly output: Output;
	private readonly utf8: Utf8;
	private readonly line = new Uint8Array(LINE_MAX_BYTES);
	private length = 0;
	private cursor = 0;
	private readonly sequence = new Uint8Array(4); // an incomplete character
	private have = 0;
	private need = 0;
	private escape: "none" | "begun" | "bracket" = "none";
	private parameter = 0; // of the escape sequence
	private afterReturn = false; // a line feed now belongs to the preceding return
	private readonly history: string[] = [];
	private place = 0; // in the history; its length: the line being typed
	/** Typed characters are not echoed. */
	isMute = false;
	/** The line taken last was too long; all of it was discarded. */
	wasTooLong = false;
	/** Of the line taken last bytes were lost on their way; all of it was discarded. */
	wasTorn = false;
	private isTooLong = false;
	private isTorn = false;

	constructor(output: Output, utf8: Utf8) {
		this.output = output;
		this.utf8 = utf8;
	}

	/** The finished line; undefined if its bytes are not UTF-8. The editor's line is then empty. */
	take(): string | undefined {
		this.wasTooLong = this.isTooLong;
		this.wasTorn = this.isTorn;
		const isText = this.length > 0 && !this.wasTooLong && !this.wasTorn;
		const text = isText ? this.utf8.decode(this.line, 0, this.length) : "";
		this.clear();
		this.place = this.history.length;
		return text;
	}

	private clear(): void {
		this.length = this.cursor = 0;
		this.isTooLong = this.isTorn = false;
	}

	/** Bytes were lost here: all up to the next Return is discarded, because lines may be torn. */
	tear(): void {
		this.isTorn = true;
		this.escape = "none";
		this.need = this.length = this.cursor = 0;
	}

	/** Adds the line to the history. Not for a line that contains a secret. */
	remember(text: string): void {
		if (text === "" || text === this.history[this.history.length - 1]) return;
		if (this.history.length === HISTORY_LINES) this.history.shift();
		this.history.push(text);
		this.place = this.history.length;
	}

	/** Handles one byte from the serial line. */
	accept(byte: number): LineEvent {
		if (this.isFeed(byte)) return "none";
		this.afterReturn = byte === 13;
		if (this.escape !== "none") {
			this.acceptEscape(byte);
			return "none";
		}
		if (byte >= 128) {
			if (!this.isTorn) this.acceptHigh(byte);
			return "none";
		}
		this.need = 0; // ASCII ends an incomplete character: it is dropped
		if (this.isTorn && byte !== 10 && byte !== 13 && byte !== 3) return "none";
		if (byte < 32 || byte === 127) return this.acceptControl(byte);
		this.sequence[0] = byte;
		this.insert(1);
		return "none";
	}

	/** Whether the byte is the line feed of the preceding return; it is then handled. */
	isFeed(byte: number): boolean {
		const isFeed = this.afterReturn && byte === 10;
		if (isFeed) this.afterReturn = false;
		return isFeed;
	}

	private acceptControl(byte: number): LineEvent {
		switch (byte) {
			case 10:
			case 13:
				this.write("\r\n");
				return "line";
			case 3: // Ctrl-C
				this.write("^C\r\n");
				this.clear();
				return "interrupt";
			case 8:
			case 127:
				if (this.left()) this.erase();
				break;
			case 1: // Ctrl-A
				this.toStart();
				break;
			case 5: // Ctrl-E
				this.toEnd();
				break;
			case 21: // Ctrl-U
				this.replace("");
				break;
			case 27:
				this.escape = "begun";
				this.parameter = 0;
		}
		return "none";
	}

	/** ESC [ or ESC O, an optional number, and the letter or ~ that ends the sequence. */
	private acceptEscape(byte: number): void {
		if (this.escape === "begun") {
			this.escape = byte === 91 || byte === 79 ? "bracket" : "none";
			return;
		}
		if (byte >= 48 && byte <= 57) {
			this.parameter = Math.min(99, this.parameter * 10 + byte - 48);
			return;
		}
		if (byte === 59) return; // ; another parameter: modifier keys have no effect here
		this.escape = "none";
		this.acceptKey(byte === 126 ? `${this.parameter}~` : String.fromCharCode(byte));
	}

	private acceptKey(key: string): void {
		switch (key) {
			case "A":
				this.recall(this.place - 1);
				break;
			case "B":
				this.recall(this.place + 1);
				break;
			case "C":
				this.right();
				break;
			case "D":
				this.left();
				break;
			case "H":
			case "1~":
			case "7~":
				this.toStart();
				break;
			case "F":
			case "4~":
			case "8~":
				this.toEnd();
				break;
			case "3~":
				if (this.cursor < this.length) this.erase();
		}
	}

	/** A byte of a character outside ASCII (RFC 3629). */
	private acceptHigh(byte: number): void {
		if (byte >= 0xc0) {
			this.need = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
			this.have = 0;
		} else if (this.need === 0) return;
		this.sequence[this.have] = byte;
		this.have += 1;
		if (this.have < this.need) return;
		this.insert(this.need);
		this.need = 0;
	}

	private insert(count: number): void {
		if (this.length + count > LINE_MAX_BYTES) {
			this.isTooLong = true; // half a command must not run; deleting clears it
			this.write(BELL);
			return;
		}
		this.line.copyWithin(this.cursor + count, this.cursor, this.length);
		for (let at = 0; at < count; at += 1) this.line[this.cursor + at] = this.sequence[at]!;
		this.length += count;
		this.show(this.line, this.cursor, this.length - this.cursor);
		this.cursor += count;
		this.moveBack(this.cursor, this.length);
	}

	/** Deletes the character at the cursor. */
	private erase(): void {
		const next = this.after(this.cursor);
		this.isTooLong = false;
		this.line.copyWithin(this.cursor, next, this.length);
		this.length -= next - this.cursor;
		this.show(this.line, this.cursor, this.length - this.cursor);
		this.write(ERASE_TO_END);
		this.moveBack(this.cursor, this.length);
	}

	private left(): boolean {
		if (this.cursor === 0) return false;
		do this.cursor -= 1;
		while (this.isInside(this.cursor));
		this.write("\b");
		return true;
	}

	private right(): void {
		const next = this.after(this.cursor);
		this.show(this.line, this.cursor, next - this.cursor);
		this.cursor = next;
	}

	private toStart(): void {
		this.moveBack(0, this.cursor);
		this.cursor = 0;
	}

	private toEnd(): void {
		this.show(this.line, this.cursor, this.length - this.cursor);
		this.cursor = this.length;
	}

	private recall(place: number): void {
		if (this.isMute || place < 0 || place > this.history.length) return;
		this.place = place;
		this.replace(this.history[place] ?? "");
	}

	private replace(text: string): void {
		this.toStart();
		this.isTooLong = false;
		this.length = Math.max(0, this.utf8.encode(text, this.line, 0));
		this.write(ERASE_TO_END);
		this.toEnd();
	}

	private write(text: string): void {
		if (!this.isMute) this.output.text(text);
	}

	private show(bytes: Uint8Array, start: number, count: number): void {
		if (!this.isMute) this.output.raw(bytes, start, count);
	}

	/** Moves the terminal's cursor left over the characters between two places of the line. */
	private moveBack(from: number, to: number): void {
		let columns = 0;
		for (let at = from; at < to; at += 1) if (!this.isInside(at)) columns += 1;
		if (columns > 0) this.write(`\u001b[${columns}D`);
	}

	/** Where the character at `place` ends. */
	private after(place: number): number {
		let next = Math.min(this.length, place + 1);
		while (next < this.length && this.isInside(next)) next += 1;
		return next;
	}

	/** Whether a place is within a character (a continuation byte). */
	private isInside(place: number): boolean {
		return (this.line[place]! & 0xc0) === 0x80;
	}
}
