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
		text.split("\u001b").forEach((piece, nth) => {
			const control = nth === 0 ? "" : (/^\[\d*[A-Za-z]/.exec(piece)?.[0] ?? "?");
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

const ENCODER = new TextEncoder();
const FAKE = new FakeHost();

/** The serial port's far end. `takes`: bytes it accepts before it is full. */
export class Port {
	readonly sent: number[] = [];
	takes = Infinity;
	readonly typed: number[] = [];
	/** Received bytes that it holds; more are lost. */
	holds = Infinity;
	private isLost = false;

	readonly doors: ConsoleDoors = {
		serialPort: {
			write: (bytes, start, count) => {
				const taken = Math.min(count, this.takes);
				this.takes -= taken;
				this.sent.push(...bytes.subarray(start, start + taken));
				return taken;
			},
			read: (into) => {
				if (this.typed.length === 0 && this.isLost) {
					this.isLost = false;
					return -1;
				}
				const bytes = this.typed.splice(0, into.length);
				into.set(bytes);
				return bytes.length;
			},
		},
		utf8: FAKE.utf8,
		crypto: FAKE.crypto,
	};

	type(text: string | readonly number[]): void {
		const bytes = typeof text === "string" ? ENCODER.encode(text) : text;
		const room = this.isLost ? 0 : this.holds - this.typed.length;
		this.typed.push(...bytes.slice(0, room));
		this.isLost ||= bytes.length > room;
	}

	/** What came out, and forgets it. */
	received(): string {
		return Buffer.from(this.sent.splice(0)).toString("utf8");
	}
}
