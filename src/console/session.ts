/**
 * Session: the console from the first byte to the log-out.
 *
 * Bytes are read in blocks of the UART's FIFO and edited into lines; each line runs a command; its
 * answer is printed line by line as the port accepts it. Keys typed during an answer wait until its
 * end, except Ctrl-C, which ends it. The session never waits for the port, and the lamp never waits
 * for the session: a turn reads one FIFO and runs two commands, however much is typed meanwhile.
 */
import type { Millis } from "../units.js";
import { type Answer, type End, lastLine, refused, textObject } from "./answer.js";
import type { Talk } from "./command.js";
import { holdsSecret, isCommand, isOfNewLamp, run } from "./commands.js";
import type { Gate } from "./gate.js";
import { LineEditor } from "./lineeditor.js";
import { admit, greeting } from "./login.js";
import { Output } from "./output.js";
import type { ConsoleDoors, ConsoleOwner } from "./owner.js";
import { say, type TextName } from "./texts.js";

export const PROMPT = "luminode> ";
/** Bytes of one read, and of one turn: the FIFO of the ESP32's UART. */
export const TAKE_BYTES = 128;
/** Commands of one turn. One takes 0.2 s at most: a new secret, or settings that are stored. */
export const RUNS_MAX = 2;
/** From a turn that did not handle all input to the next: others have the processor meanwhile. */
export const REST: Millis = 5;
/** Free room required before the next line is made: the longest line of any listing. */
const LINE_ROOM = 512;
/** A screen has 24 rows of 80 columns; the last row shows the question whether to continue. */
export const PAGE_LINES = 23;
const COLUMNS = 80;
/** Interval of requests for a line that is not available yet; short enough to appear immediate. */
const POLL: Millis = 250;

const CTRL_C = 3;
const MORE = "-- more --";
const ERASE_LINE = "\r\u001b[K";

export class Session implements Talk {
	counts: string | undefined;
	isImportKept = false;
	isPlain = false;
	isOpen = false;
	/** The session has ended and prints its last text. */
	isOver = false;
	readonly gate: Gate;
	readonly owner: ConsoleOwner;
	now: Millis = 0;
	dueAt: Millis = Infinity;
	private readonly port: ConsoleDoors["serialPort"];
	private readonly output: Output;
	private readonly editor: LineEditor;
	private readonly input = new Uint8Array(TAKE_BYTES);
	private at = 0; // of the input not handled yet
	private count = 0;
	private left = 0; // bytes that this turn may still read
	private runs = 0; // commands of this turn; a login is none
	private isLossBehind = false; // bytes were lost behind them
	private answer: Answer | undefined; // being printed
	private lineIndex = 0;
	private onPage = 0; // rows since the last key
	private isHeld = false; // the page is full
	private next: string | undefined; // the line that had no room on the page
	private pasting: Answer | undefined; // receives the lines
	private pasted = 0;

	constructor({ serialPort, utf8 }: ConsoleDoors, owner: ConsoleOwner, gate: Gate) {
		this.port = serialPort;
		this.owner = owner;
		this.gate = gate;
		this.output = new Output(serialPort, utf8);
		this.editor = new LineEditor(this.output, utf8);
		this.output.text(`\r\n${greeting(this)}\r\n`);
		this.prompt();
	}

	/**
	 * Prints and reads until the port accepts and supplies no more, or the turn's share of input is
	 * handled: the rest is due soon. False: the session is over.
	 */
	work(now: Millis): boolean {
		this.now = now;
		this.dueAt = Infinity;
		this.left = TAKE_BYTES;
		this.runs = 0;
		do {
			this.print();
			if (this.answer) this.attend();
			else this.read();
			this.output.drain();
		} while (this.canGoOn());
		return !(this.isOver && this.output.isEmpty);
	}

	/** Ends the session after the idle time. */
	part(now: Millis): void {
		this.now = now;
		if (!this.isPlain) this.output.text(`\r\n${this.say("loggedOut")}\r\n`);
		this.output.drain();
	}

	private canGoOn(): boolean {
		if (this.isOver && !this.answer) return false;
		if (this.answer && !this.isHeld)
			return this.dueAt === Infinity && this.output.room >= LINE_ROOM;
		const mayRun = this.runs < RUNS_MAX;
		if (this.at < this.count && mayRun) return true;
		if (this.left > 0 && mayRun) return this.take();
		this.dueAt = this.now + REST;
		return false;
	}

	/** Reads the next bytes; returns whether there were any. */
	private take(): boolean {
		if (this.isLossBehind) this.editor.tear();
		this.at = 0;
		this.count = this.port.read(this.input);
		this.left -= this.count;
		this.isLossBehind = this.count < 0;
		return this.isLossBehind ? this.take() : this.count > 0;
	}

	/**
	 * Reads more bytes behind the waiting ones, because a key typed ahead would hide the Ctrl-C
	 * after it. If the buffer is full and the answer waits for a line, keys typed ahead are lost, as
	 * are those behind a loss on the line.
	 */
	private takeMore(): void {
		const isFull = this.isLossBehind || this.count - this.at === TAKE_BYTES;
		if (isFull && this.dueAt < Infinity) {
			this.isLossBehind = true;
			this.at = this.count;
		}
		if (this.at === this.count) {
			this.take();
			return;
		}
		if (isFull) return;
		this.input.copyWithin(0, this.at, this.count);
		this.count -= this.at;
		this.at = 0;
		const more = this.port.read(this.input.subarray(this.count));
		if (more < 0) this.isLossBehind = true;
		else this.count += more;
	}

	private print(): void {
		while (this.answer && !this.isHeld && this.output.room >= LINE_ROOM) {
			const { lines, json, flow } = this.answer;
			const line =
				this.next ?? (this.isPlain ? (json ?? lines) : lines)?.(this.lineIndex, this.now);
			this.next = undefined;
			if (typeof line === "string" && flow === "page" && this.isFull(line)) {
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

	/** Whether the screen has no room for the line beside what is on it. */
	private isFull(line: string): boolean {
		return !this.isPlain && this.onPage > 0 && this.onPage + rowsOf(line) > PAGE_LINES;
	}

	private body(line: string): void {
		this.lineIndex += 1;
		this.onPage += rowsOf(line);
		this.output.text(`${line}\r\n`);
	}

	/** Ends the answer. */
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
		this.output.text(this.isTrusted ? PROMPT : this.say("askSecret"));
	}

	/** Whether typed text may be echoed, because it is no secret of a login. */
	private get isTrusted(): boolean {
		return this.isOpen || this.gate.isNew;
	}

	/** Keys during an answer: they end it, or turn the page. */
	private attend(): void {
		this.takeMore();
		const isFeed = this.at < this.count && this.editor.isFeed(this.input[this.at]!);
		if (isFeed) this.at += 1; // of the command's return
		if (this.at === this.count) return;
		const cut = this.input.indexOf(CTRL_C, this.at);
		if (cut >= 0 && cut < this.count) {
			this.at = cut + 1;
			this.cut("^C\r\n");
		} else if (this.isHeld) this.turn(this.input[this.at]!);
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
		if (!this.isPlain) this.output.text(seen);
		this.finish(this.isPlain ? { reason: "cut", text: this.say("cut") } : {});
	}

	private read(): void {
		while (this.at < this.count && !this.answer && this.runs < RUNS_MAX && !this.isOver) {
			const event = this.editor.accept(this.input[this.at]!);
			this.at += 1;
			if (event === "line") this.enter();
			else if (event === "interrupt") this.interrupt();
		}
	}

	private interrupt(): void {
		const { pasting, pasted } = this;
		this.pasting = undefined;
		if (!pasting) this.prompt();
		else {
			const text = pasting.ask ? this.say("cut") : this.say("cutPaste", pasted);
			this.finish({ reason: "cut", text });
		}
	}

	private enter(): void {
		const line = this.editor.take();
		const isWhole = line !== undefined && !this.editor.wasTooLong && !this.editor.wasTorn;
		const isPaste = this.pasting !== undefined && !this.pasting.ask;
		if (this.editor.isMute && !this.isPlain && !isPaste) this.output.text("\r\n");
		this.lineIndex = this.onPage = 0;
		if (isWhole && line.trim() === "" && !this.pasting?.ask) this.prompt();
		else if (this.pasting) this.paste(isWhole ? line.trim() : undefined);
		else this.begin(this.answerTo(line));
	}

	private begin(answer: Answer): void {
		if (!answer.take) {
			this.answer = answer;
			return;
		}
		this.pasting = answer;
		this.pasted = 0;
		this.editor.isMute = true;
		if (!this.isPlain) this.output.text(`${answer.ask?.(0) ?? this.say("paste")}\r\n`);
	}

	/** A line of a paste; `undefined`: not UTF-8 or too long. It is acknowledged to a script. */
	private paste(line: string | undefined): void {
		this.pasted += 1;
		const { pasting } = this;
		const answer = pasting?.take?.(line, this.pasted);
		if (this.isPlain) this.output.text(`{"line":${this.pasted}}\r\n`);
		else if (!answer && pasting?.ask) this.output.text(`${pasting.ask(this.pasted)}\r\n`);
		else if (this.editor.wasTorn) this.output.text(`${this.say("overrun")}\r\n`);
		else if (!pasting?.ask && line !== undefined && isCommand(line))
			this.output.text(`${this.say("swallowed", this.pasted)}\r\n`);
		if (!answer) return;
		this.pasting = undefined;
		this.begin(answer);
	}

	private answerTo(line: string | undefined): Answer {
		if (this.editor.wasTorn) return refused("overrun", this.say("overrun"));
		if (this.editor.wasTooLong) return refused("tooLong", this.say("tooLong"));
		if (line === undefined) return refused("notText", this.say("notText"));
		if (!this.isOpen && !(this.gate.isNew && isOfNewLamp(line))) return admit(line, this);
		if (!this.isPlain && !holdsSecret(line, this.owner)) this.editor.remember(line.trim());
		this.gate.commands += 1;
		this.runs += 1;
		return run(line, this);
	}

	private say(name: TextName, ...parts: readonly number[]): string {
		return say(this.owner.language, name, ...parts);
	}
}

/** Rows of a terminal that a line takes. */
function rowsOf(line: string): number {
	return Math.max(1, Math.ceil(line.length / COLUMNS));
}
