/**
 * Console: the technician on the serial line.
 *
 * Bytes come in takes of the UART's FIFO and become lines; a line runs a command; its answer goes
 * out line by line as the port takes it. Until someone types, the console holds no buffers and says
 * nothing.
 */
import type { SerialPort, Utf8 } from "../host.js";
import { holdsSecret, run } from "./commands.js";
import { LineEditor } from "./lineeditor.js";
import { Output } from "./output.js";
import type { ConsoleOwner } from "./owner.js";
import type { Lines } from "./print.js";
import { fill, TEXTS } from "./texts.js";

/** The doors of the host that the console is given. */
export interface ConsoleDoors {
	readonly serialPort: SerialPort;
	readonly utf8: Utf8;
}

export const PROMPT = "luminode> ";
/** What one read moves: the FIFO of the ESP32's UART. */
const TAKE_BYTES = 128;
/** Room that is waited for before the next line is made: the longest line of any listing. */
const LINE_ROOM = 512;

export class Console {
	private readonly doors: ConsoleDoors;
	private readonly owner: ConsoleOwner;
	private session: Session | undefined;

	constructor(doors: ConsoleDoors, owner: ConsoleOwner) {
		this.doors = doors;
		this.owner = owner;
	}

	/** Bytes came: types, and runs what was finished by Enter. */
	onReadable(): void {
		this.session ??= new Session(this.doors, this.owner);
		this.session.work();
	}

	/** The port takes bytes again. */
	onWritable(): void {
		this.session?.work();
	}
}

/** From the first byte on. */
class Session {
	private readonly port: SerialPort;
	private readonly owner: ConsoleOwner;
	private readonly output: Output;
	private readonly editor: LineEditor;
	private readonly input = new Uint8Array(TAKE_BYTES);
	private at = 0; // of the input, what is not looked at yet
	private count = 0;
	private listing: Lines | undefined; // the answer that is being printed
	private nth = 0;
	private orders = 0;

	constructor({ serialPort, utf8 }: ConsoleDoors, owner: ConsoleOwner) {
		this.port = serialPort;
		this.owner = owner;
		this.output = new Output(serialPort, utf8);
		this.editor = new LineEditor(this.output, utf8);
		const { swVersion, node } = owner.view.identity;
		this.output.text(`\r\n${fill(TEXTS[owner.language].greeting, swVersion, node)}\r\n${PROMPT}`);
	}

	/** Prints and reads until the port gives and takes no more; typing waits for the answer. */
	work(): void {
		do {
			this.print();
			if (this.listing === undefined) this.read();
			this.output.drain();
		} while (this.canGoOn());
	}

	private canGoOn(): boolean {
		if (this.listing !== undefined) return this.output.room >= LINE_ROOM;
		if (this.at < this.count) return true;
		this.at = 0;
		this.count = this.port.read(this.input);
		return this.count > 0;
	}

	private print(): void {
		while (this.listing !== undefined && this.output.room >= LINE_ROOM) {
			const line = this.listing(this.nth);
			this.nth += 1;
			this.output.text(line === undefined ? PROMPT : `${line}\r\n`);
			if (line === undefined) this.listing = undefined;
			this.output.drain();
		}
	}

	private read(): void {
		while (this.at < this.count && this.listing === undefined) {
			const event = this.editor.accept(this.input[this.at] as number);
			this.at += 1;
			if (event === "line") this.enter();
			else if (event === "interrupt") this.output.text(PROMPT);
		}
	}

	private enter(): void {
		const line = this.editor.take();
		this.nth = 0;
		if (line === undefined) {
			const text = TEXTS[this.owner.language].notText;
			this.listing = (nth) => (nth === 0 ? text : undefined);
			return;
		}
		if (!holdsSecret(line, this.owner)) this.editor.remember(line.trim());
		this.orders += 1;
		this.listing = run(line, this.owner, this.orders);
	}
}
