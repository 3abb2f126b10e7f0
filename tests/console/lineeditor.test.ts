/** LineEditor: the line, the cursor and the screen agree, whatever is typed. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HISTORY_LINES, LINE_MAX_BYTES, LineEditor } from "../../src/console/lineeditor.js";
import { Output } from "../../src/console/output.js";
import { Port, Terminal } from "../support/terminal.js";

const SEED = 20_261_130;
const UP = "\u001b[A";
const DOWN = "\u001b[B";
const RIGHT = "\u001b[C";
const LEFT = "\u001b[D";
const DELETE = "\u001b[3~";

class Seat {
	readonly port = new Port();
	readonly output = new Output(this.port.doors.serialPort, this.port.doors.utf8);
	readonly editor = new LineEditor(this.output, this.port.doors.utf8);
	readonly terminal = new Terminal();
	readonly lines: (string | undefined)[] = [];
	interrupts = 0;

	type(keys: string | readonly number[]): this {
		for (const byte of typeof keys === "string" ? new TextEncoder().encode(keys) : keys) {
			const event = this.editor.accept(byte);
			if (event === "interrupt") this.interrupts += 1;
			if (event === "line") {
				const line = this.editor.take();
				if (line !== undefined) this.editor.remember(line);
				this.lines.push(line);
			}
			this.output.drain();
		}
		this.terminal.show(this.port.received());
		return this;
	}
}

const finished: [why: string, keys: string, lines: (string | undefined)[]][] = [
	["a line by return", "status\r", ["status"]],
	["a line by line feed", "status\n", ["status"]],
	["return and line feed are one end", "a\r\nb\r\n", ["a", "b"]],
	["two returns are two", "\r\r", ["", ""]],
	["a line feed after text is an end of its own", "\ra\n\n", ["", "a", ""]],
	["backspace, both codes", "ab\bc\u007fd\r", ["ad"]],
	["backspace at the start", "\b\u007fa\r", ["a"]],
	["a character of several bytes is one", "né😀\b\be\r", ["ne"]],
	["insert in the middle", `ac${LEFT}b\r`, ["abc"]],
	["left stops at the start, right at the end", `a${LEFT}${LEFT}b${RIGHT}${RIGHT}c\r`, ["bac"]],
	["over characters of several bytes", `é😀${LEFT}${LEFT}a${RIGHT}b\r`, ["aéb😀"]],
	["home and end as a VT100 sends them", "b\u001b[Ha\u001b[Fc\r", ["abc"]],
	["home and end in application mode", "b\u001bOHa\u001bOFc\r", ["abc"]],
	["home and end by number", "b\u001b[1~a\u001b[4~c\u001b[7~_\u001b[8~.\r", ["_abc."]],
	["Ctrl-A and Ctrl-E", "b\u0001a\u0005c\r", ["abc"]],
	["delete takes what is under the cursor", `axé${LEFT}${LEFT}${DELETE}\r`, ["aé"]],
	["delete at the end", `a${DELETE}\r`, ["a"]],
	["Ctrl-U clears all, wherever the cursor is", `abc${LEFT}\u0015d\r`, ["d"]],
	["up brings the last line", `one\r${UP}\r`, ["one", "one"]],
	["up twice and down once", `one\rtwo\r${UP}${UP}${DOWN}\r`, ["one", "two", "two"]],
	["down past the newest is an empty line", `one\r${UP}${DOWN}x\r`, ["one", "x"]],
	[
		"a recalled line can be changed, the memory is not",
		`one\r${UP}!\r${UP}${UP}\r`,
		["one", "one!", "one"],
	],
	["up at the top and down at the bottom do nothing", `a\r${DOWN}${UP}${UP}${UP}\r`, ["a", "a"]],
	["keys with modifiers", "ac\u001b[1;5Db\r", ["abc"]],
	["unknown keys and lone escapes do nothing", "a\u001b[5~\u001b[Z\u001bxb\u001b[99999~\r", ["ab"]],
	["other control characters do nothing", "a\u0000\t\u0004\u000c\u001fb\r", ["ab"]],
];
for (const [why, keys, lines] of finished)
	test(why, () => {
		expect(new Seat().type(keys).lines).toEqual(lines);
	});

test("Ctrl-C drops the line and says so", () => {
	const seat = new Seat().type("abc\u0003d\r");
	expect([seat.lines, seat.interrupts]).toEqual([["d"], 1]);
	expect(seat.terminal.text).toBe("abc^C\nd\n");
});

describe("bytes that are no text", () => {
	const broken: [why: string, bytes: number[], line: string | undefined][] = [
		["a lone continuation byte is dropped", [0x61, 0x80, 0x62], "ab"],
		["a character cut off by ASCII is dropped", [0x61, 0xe2, 0x82, 0x62], "ab"],
		["and its rest after that, too", [0xe2, 0x82, 0x62, 0xac], "b"],
		["a character cut off by another", [0xe2, 0x82, 0xc3, 0xa9], "é"],
		["an overlong form is no line", [0xc0, 0xaf], undefined],
		["half a surrogate pair is no line", [0xed, 0xa0, 0x80], undefined],
		["a byte that UTF-8 does not have", [0xff, 0xbf, 0xbf, 0xbf], undefined],
	];
	for (const [why, bytes, line] of broken)
		test(why, () => {
			const seat = new Seat();
			for (const byte of [...bytes, 13])
				if (seat.editor.accept(byte) === "line") seat.lines.push(seat.editor.take());
			expect(seat.lines).toEqual([line]);
			expect(seat.editor.take()).toBe("");
		});
});

test("a full line rings and takes no more, also not half a character", () => {
	const seat = new Seat().type("x".repeat(LINE_MAX_BYTES - 1)).type("é");
	expect(seat.terminal.bells).toBe(1);
	seat.type("yz");
	expect(seat.terminal.bells).toBe(2);
	seat.type("\b\r"); // the erase shortens the line
	expect(seat.lines).toEqual(["x".repeat(LINE_MAX_BYTES - 1)]);
	seat.type(`${"x".repeat(LINE_MAX_BYTES + 1)}\r`); // half a line is none
	expect([seat.lines.length, seat.lines.at(-1), seat.editor.wasTooLong]).toEqual([2, "", true]);
});

test("remembers the last eight lines, no empty one, and none twice in a row", () => {
	const seat = new Seat();
	for (let index = 0; index < HISTORY_LINES + 2; index += 1)
		seat.type(`line${index}\rline${index}\r\r`);
	seat.type(`${UP.repeat(HISTORY_LINES + 5)}\r`);
	expect(seat.lines.at(-1)).toBe("line2");
});

/** What an editor is, in so many characters: an array and a place in it. */
class Model {
	chars: string[] = [];
	at = 0;
	act(key: string): void {
		if (key === LEFT) this.at = Math.max(0, this.at - 1);
		else if (key === RIGHT) this.at = Math.min(this.chars.length, this.at + 1);
		else if (key === "\u001b[H") this.at = 0;
		else if (key === "\u001b[F") this.at = this.chars.length;
		else if (key === DELETE) this.chars.splice(this.at, 1);
		else if (key === "\u007f") {
			if (this.at > 0) this.chars.splice(--this.at, 1);
		} else if (key === "\u0015") {
			this.chars = [];
			this.at = 0;
		} else this.chars.splice(this.at++, 0, key);
	}
}

test(`after any keys the screen shows the line and the cursor its place (seed ${SEED})`, () => {
	const key = fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom("a", "b", "é", "€", "😀", "-") },
		{
			weight: 2,
			arbitrary: fc.constantFrom(LEFT, RIGHT, "\u001b[H", "\u001b[F", DELETE, "\u007f", "\u0015"),
		},
	);
	fc.assert(
		fc.property(fc.array(key, { maxLength: 45 }), (keys) => {
			const seat = new Seat();
			const model = new Model();
			for (const each of keys) {
				seat.type(each);
				model.act(each);
				assert.deepEqual(
					[seat.terminal.line, seat.terminal.column],
					[model.chars.join(""), model.at],
				);
			}
			assert.deepEqual(seat.type("\r").lines, [model.chars.join("")]);
		}),
		{ seed: SEED, numRuns: 500 },
	);
});

test(`whatever bytes come, it goes on (seed ${SEED})`, () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
			const seat = new Seat();
			for (const byte of bytes) if (seat.editor.accept(byte) === "line") seat.editor.take();
			seat.output.drain();
			seat.port.received();
			for (const byte of [0x18, 0x61, 3]) seat.editor.accept(byte); // ends a sequence, then Ctrl-C
			seat.output.drain();
			seat.port.received();
			assert.deepEqual(seat.type("status\r").lines, ["status"]);
		}),
		{ seed: SEED, numRuns: 500 },
	);
});
