/**
 * Session: from the first byte on. Bytes come in takes of the UART's FIFO and become lines; a line
 * runs a command; its answer goes out line by line as the port takes it.
 *
 * What is typed while an answer comes waits, but for Ctrl-C, which ends it. Nothing here waits for the
 * port, and the lamp waits for nothing here.
 */
import type { Millis } from "../units.js";
import { type Answer, type End, lastLine, refused, textObject } from "./answer.js";
import type { Talk } from "./command.js";
import { holdsSecret, run } from "./commands.js";
import type { Gate } from "./gate.js";
import { LineEditor } from "./lineeditor.js";
import { admit, greeting } from "./login.js";
import { Output } from "./output.js";
import type { ConsoleDoors, ConsoleOwner } from "./owner.js";
import { TEXTS } from "./texts.js";

export const PROMPT = "luminode> ";
/** What one read moves: the FIFO of the ESP32's UART. */
const TAKE_BYTES = 128;
/** Room that is waited for before the next line is made: the longest line of any listing. */
const LINE_ROOM = 512;
/** A screen has 24 lines, and one of them asks whether to go on. */
export const PAGE_LINES = 23;
/** What is not known yet is asked for again so soon: a technician takes it for at once. */
const POLL: Millis = 250;

const CTRL_C = 3;
const MORE = "-- more --";
const ERASE_LINE = "\r\u001b[K";

export class Session implements Talk {
	counts: string | undefined;
	isPlain = false;
	isOpen = false;
	/** It says good-bye, and is over. */
	isOver = false;
	readonly gate: Gate;
	readonly owner: ConsoleOwner;
	now: Millis = 0;
	dueAt: Millis = Infinity;
	private readonly port: ConsoleDoors["serialPort"];
	private readonly output: Output;
	private readonly editor: LineEditor;
	private readonly input = new Uint8Array(TAKE_BYTES);
	private at = 0; // of the input, what is not looked at yet
	private count = 0;
	private answer: Answer | undefined; // that is being printed
	private nth = 0;
	private onPage = 0; // lines since someone last typed
	private isHeld = false; // by a full screen
	private next: string | undefined; // the line that had no room on it
	private pasting: Answer["take"]; // lines go here
	private pasted = 0;
	private commands = 0;

	constructor({ serialPort, utf8 }: ConsoleDoors, owner: ConsoleOwner, gate: Gate) {
		this.port = serialPort;
		this.owner = owner;
		this.gate = gate;
		this.output = new Output(serialPort, utf8);
		this.editor = new LineEditor(this.output, utf8);
		this.output.text(`\r\n${greeting(this)}\r\n`);
		this.prompt();
	}

	/** How many commands it has had: a number for an id that no other order has. */
	get order(): number {
		return this.commands;
	}

	/** Prints and reads until the port gives and takes no more; false: the session is over. */
	work(now: Millis): boolean {
		this.now = now;
		this.dueAt = Infinity;
		do {
			this.print();
			if (this.answer === undefined) this.read();
			else this.attend();
			this.output.drain();
		} while (this.canGoOn());
		return !(this.isOver && this.output.isEmpty);
	}

	/** Nobody types any more. */
	part(now: Millis): void {
		this.now = now;
		if (!this.isPlain) this.output.text(`\r\n${TEXTS[this.owner.language].loggedOut}\r\n`);
		this.output.drain();
	}

	private canGoOn(): boolean {
		if (this.isOver && !this.answer) return false;
		if (!this.answer || this.isHeld) return this.at < this.count || this.take();
		return this.dueAt === Infinity && this.output.room >= LINE_ROOM;
	}

	/** Reads the next bytes; whether there were any. */
	private take(): boolean {
		this.at = 0;
		this.count = this.port.read(this.input);
		return this.count > 0;
	}

	/**
	 * Reads on behind what waits: else a key typed ahead would hide the Ctrl-C after it. Where there is
	 * no more room and the answer takes its time, what was typed ahead is lost.
	 */
	private takeMore(): void {
		if (this.at === this.count) {
			this.take();
			return;
		}
		this.input.copyWithin(0, this.at, this.count);
		this.count -= this.at;
		this.at = 0;
		if (this.count === TAKE_BYTES && this.dueAt < Infinity) this.count = 0;
		if (this.count < TAKE_BYTES) this.count += this.port.read(this.input.subarray(this.count));
	}

	private print(): void {
		while (this.answer && !this.isHeld && this.output.room >= LINE_ROOM) {
			const { lines, json, flow } = this.answer;
			const line = this.next ?? (this.isPlain ? (json ?? lines) : lines)?.(this.nth, this.now);
			this.next = undefined;
			if (typeof line === "string" && flow === "page" && this.isFull) {
				this.next = line;
				this.output.text(MORE);
				this.isHeld = true;
				break;
			}
			if (line === null) {
				this.dueAt = this.now + POLL;
				break;
			}
			if (line === undefined) this.finish(this.answer.end?.() ?? {});
			else this.body(this.isPlain && !json ? textObject(line) : line);
			this.output.drain();
		}
	}

	private get isFull(): boolean {
		return !this.isPlain && this.onPage >= PAGE_LINES;
	}

	private body(line: string): void {
		this.nth += 1;
		this.onPage += 1;
		this.output.text(`${line}\r\n`);
	}

	/** The answer is over. */
	private finish(end: End): void {
		this.answer = this.next = undefined;
		this.dueAt = Infinity;
		if (this.isPlain) this.output.text(`${lastLine(end)}\r\n`);
		else if (end.text !== undefined) this.output.text(`${end.text}\r\n`);
		this.prompt();
	}

	private prompt(): void {
		this.editor.isMute = this.isPlain || this.pasting !== undefined || !this.isTrusted;
		if (this.isPlain || this.pasting || this.isOver) return;
		this.output.text(this.isTrusted ? PROMPT : TEXTS[this.owner.language].askSecret);
	}

	/** Whatever is typed may be seen on the screen: it is no login. */
	private get isTrusted(): boolean {
		return this.isOpen || this.gate.isNew;
	}

	/** While an answer comes: does someone want it to end, or the next page? */
	private attend(): void {
		this.takeMore();
		if (this.at === this.count) return;
		const cut = this.input.indexOf(CTRL_C, this.at);
		if (cut >= 0 && cut < this.count) {
			this.at = cut + 1;
			this.cut("^C\r\n");
		} else if (this.isHeld) this.turn(this.input[this.at] as number);
		else if (this.answer?.flow === "live" && !this.isPlain) {
			this.at += 1;
			this.cut("");
		}
	}

	/** A key at the end of a page: Space and Return turn it, q ends; any other is typed ahead. */
	private turn(key: number): void {
		this.output.text(ERASE_LINE);
		this.isHeld = false;
		this.onPage = key === 32 || key === 13 || key === 10 ? 0 : -Infinity;
		if (this.onPage === 0) this.at += 1;
		else if (key === 113) {
			this.at += 1;
			this.cut("");
		}
	}

	private cut(seen: string): void {
		if (this.isHeld) this.output.text(ERASE_LINE);
		this.isHeld = false;
		const { language } = this.owner;
		if (!this.isPlain) this.output.text(seen);
		this.finish(this.isPlain ? { reason: "cut", text: TEXTS[language].cut } : {});
	}

	private read(): void {
		while (this.at < this.count && this.answer === undefined && !this.isOver) {
			const event = this.editor.accept(this.input[this.at] as number);
			this.at += 1;
			if (event === "line") this.enter();
			else if (event === "interrupt") this.interrupt();
		}
	}

	private interrupt(): void {
		const wasPasting = this.pasting !== undefined;
		this.pasting = undefined;
		if (wasPasting) this.finish({ reason: "cut", text: TEXTS[this.owner.language].cut });
		else this.prompt();
	}

	private enter(): void {
		const line = this.editor.take();
		const isWhole = line !== undefined && !this.editor.wasTooLong;
		if (this.editor.isMute && !this.isPlain) this.output.text("\r\n");
		this.nth = this.onPage = 0;
		if (isWhole && line.trim() === "") this.prompt();
		else if (this.pasting) this.paste(isWhole ? line.trim() : undefined);
		else this.begin(this.answerTo(line));
	}

	private begin(answer: Answer): void {
		if (!answer.take) {
			this.answer = answer;
			return;
		}
		this.pasting = answer.take;
		this.pasted = 0;
		this.editor.isMute = true;
		if (!this.isPlain) this.output.text(`${TEXTS[this.owner.language].paste}\r\n`);
	}

	/** A line of a paste, `undefined` if it was none; scripts are told that it came. */
	private paste(line: string | undefined): void {
		this.pasted += 1;
		const answer = this.pasting?.(line, this.pasted);
		if (this.isPlain) this.output.text(`{"line":${this.pasted}}\r\n`);
		if (!answer) return;
		this.pasting = undefined;
		this.begin(answer);
	}

	private answerTo(line: string | undefined): Answer {
		const texts = TEXTS[this.owner.language];
		if (this.editor.wasTooLong) return refused("tooLong", texts.tooLong);
		if (line === undefined) return refused("notText", texts.notText);
		if (!this.isOpen) return admit(line, this);
		if (!this.isPlain && !holdsSecret(line, this.owner)) this.editor.remember(line.trim());
		this.commands += 1;
		return run(line, this);
	}
}
