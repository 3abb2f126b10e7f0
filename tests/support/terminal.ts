/**
 * Terminal: a screen as simple as a VT100 needs to be, to see what a technician sees.
 *
 * Also the doors a console is given, with a port that takes only as much as a test lets it.
 */
import type { ConsoleDoors } from "../../src/console/owner.js";
import { FakeHost } from "./fakehost.js";

/** Lines of characters and a cursor; throws at what a technician's terminal might not know. */
export class Terminal {
	readonly lines: string[][] = [[]];
	column = 0;
	bells = 0;

	show(text: string): void {
		text.split("\u001b").forEach((piece, index) => {
			const control = index === 0 ? "" : (/^\[\d*[A-Za-z]/.exec(piece)?.[0] ?? "?");
			if (control !== "") this.control(control);
			for (const character of piece.slice(control.length)) this.print(character);
		});
	}

	/** The line of the cursor. */
	get line(): string {
		return this.lines.at(-1)!.join("").trimEnd();
	}

	get text(): string {
		return this.lines.map((line) => line.join("").trimEnd()).join("\n");
	}

	/** What follows an escape. */
	private control(control: string): void {
		const back = /^\[(\d+)D$/.exec(control);
		const line = this.lines.at(-1)!;
		if (back) this.column = Math.max(0, this.column - Number(back[1]));
		else if (control === "[K") line.length = Math.min(line.length, this.column);
		else throw new Error(`the terminal was sent escape ${control}`);
	}

	private print(character: string): void {
		if (character === "\r") this.column = 0;
		else if (character === "\n") this.lines.push(Array(this.column).fill(" "));
		else if (character === "\b") this.column = Math.max(0, this.column - 1);
		else if (character === "\u0007") this.bells += 1;
		else if (character < " ") throw new Error(`the terminal was sent ${JSON.stringify(character)}`);
		else this.lines.at(-1)![this.column++] = character;
	}
}

const FAKE = new FakeHost();

/** Bytes in the order in which they came: an hour of typing at line speed passes through it. */
class Queue {
	private bytes = Buffer.alloc(1024);
	private first = 0;
	private end = 0;

	get length(): number {
		return this.end - this.first;
	}

	put(bytes: Uint8Array): void {
		if (this.end + bytes.length > this.bytes.length) {
			const room = Buffer.alloc(2 * (this.length + bytes.length) + 1024);
			this.end = this.bytes.copy(room, 0, this.first, this.end);
			this.first = 0;
			this.bytes = room;
		}
		this.bytes.set(bytes, this.end);
		this.end += bytes.length;
	}

	/** The oldest, `count` at most; they may be overwritten by the next `put`. */
	take(count: number): Buffer {
		const taken = this.bytes.subarray(this.first, Math.min(this.first + count, this.end));
		this.first += taken.length;
		if (this.first === this.end) this.first = this.end = 0;
		return taken;
	}
}

/** The serial port's far end. `takes`: bytes it accepts before it is full. */
export class Port {
	readonly sent = new Queue();
	takes = Infinity;
	readonly typed = new Queue();
	/** Received bytes that it holds; more are lost. */
	holds = Infinity;
	private isLost = false;

	readonly doors: ConsoleDoors = {
		serialPort: {
			write: (bytes, start, count) => {
				const taken = Math.min(count, this.takes);
				this.takes -= taken;
				this.sent.put(bytes.subarray(start, start + taken));
				return taken;
			},
			read: (into) => {
				if (this.typed.length === 0 && this.isLost) {
					this.isLost = false;
					return -1;
				}
				const bytes = this.typed.take(into.length);
				into.set(bytes);
				return bytes.length;
			},
		},
		utf8: FAKE.utf8,
		crypto: FAKE.crypto,
	};

	type(text: string | readonly number[]): void {
		const bytes = typeof text === "string" ? Buffer.from(text) : Uint8Array.from(text);
		const room = this.isLost ? 0 : this.holds - this.typed.length;
		this.typed.put(bytes.subarray(0, room));
		this.isLost ||= bytes.length > room;
	}

	/** What came out, and forgets it. */
	received(): string {
		return this.sent.take(Infinity).toString("utf8");
	}
}
