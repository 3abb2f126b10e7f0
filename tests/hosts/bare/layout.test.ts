/** The bare machine as far as Node alone reaches: its layout on both sides, its lines, its table. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { unexplained } from "../../../bench/ledger/block.js";
import {
	booted,
	CHIP_BYTES,
	DATA_BYTES,
	RAM_BYTES,
	ROOT_OFFSET,
	ramBytes,
	rootOf,
	SCRIPT_OFFSET,
	scriptBytes,
	stored,
} from "../../../hosts/bare/layout.js";
import { lifeOf } from "../../../hosts/bare/lines.js";
import { missingText } from "../../../hosts/bare/programs.js";
import { RECORD_BYTES } from "../../../hosts/virtual/fleet/records.js";
import { INPUT } from "../../../hosts/virtual/protocol.js";
import { differences, regressions, withBareTable } from "../../../tools/night/baretable.js";

const machine = (name: string) => readFileSync(`hosts/bare/machine/${name}`, "utf8");

function constant(text: string, name: string): number {
	const value = new RegExp(`#define ${name} (0x[0-9A-F]+|\\d+)u?`, "i").exec(text)?.[1];
	if (value === undefined) throw new Error(`no ${name}`);
	return Number(value);
}

describe("layout", () => {
	const board = machine("board.h");
	test.each([
		["PROGRAM_BYTES", CHIP_BYTES],
		["RAM_BYTES", RAM_BYTES],
	])("%s", (name, value) => expect(constant(board, name)).toBe(value));

	test.each([
		["ROOT_AT", ROOT_OFFSET],
		["SCRIPT_AT", SCRIPT_OFFSET],
		["DATA_AT", CHIP_BYTES],
	])("%s lies that far behind the program", (name, offset) =>
		expect(constant(board, name) - constant(board, "PROGRAM_AT")).toBe(offset),
	);

	test("magic words, and the kind of a stored value", () => {
		const word = (text: string) => Buffer.from(text).readUInt32LE();
		expect(constant(board, "ROOT_MAGIC")).toBe(word("ROOT"));
		expect(constant(machine("main.c"), "SCRIPT_MAGIC")).toBe(word("SCRP"));
		expect(constant(machine("build.c"), "MODULES_MAGIC")).toBe(word("MODS"));
		const record = scriptBytes({ lines: [stored("k", "v")], seed: 1, epochUtc: 0, end: 9 });
		expect(record.readUInt16LE(32 + 20)).toBe(constant(machine("main.c"), "INPUT_store"));
	});

	test("the flash of the lamp is the simulator's", () => {
		const { STORE_SECTORS, LOG_SECTORS, SECTOR_BYTES } = Object.fromEntries(
			["STORE_SECTORS", "LOG_SECTORS", "SECTOR_BYTES"].map((name) => [
				name,
				constant(readFileSync("hosts/virtual/machine/flash.h", "utf8"), name),
			]),
		) as Record<string, number>;
		expect((STORE_SECTORS! + LOG_SECTORS!) * SECTOR_BYTES!).toBe(DATA_BYTES);
	});

	test("a script: head, records, then their bytes", () => {
		const light = { at: 5, kind: INPUT.illuminance, value: 2.5 };
		const lines = [stored("key", "text"), booted(0), light];
		const bytes = scriptBytes({ lines, seed: 7, epochUtc: 11, end: 13 });
		expect([bytes.readUInt32LE(4), bytes.readDoubleLE(8), bytes.readDoubleLE(24)]).toEqual([
			3, 7, 13,
		]);
		const at = (index: number) => 32 + index * RECORD_BYTES;
		const [offset, length] = [bytes.readUInt32LE(at(0) + 28), bytes.readUInt32LE(at(0) + 24)];
		expect(bytes.toString("latin1", offset, offset + length)).toBe("key\0text");
		expect(bytes.readUInt16LE(at(1) + 20)).toBe(100);
		expect([bytes.readDoubleLE(at(2)), bytes.readDoubleLE(at(2) + 8)]).toEqual([5, 2.5]);
	});

	test("RAM is noise of the run's number, with its settings at the top", () => {
		const [withCut, two] = [
			ramBytes({ noise: 1, cutAt: 2 ** 33 }),
			ramBytes({ noise: 2, poke: 9 }),
		];
		expect(withCut.subarray(0, 4096).equals(two.subarray(0, 4096))).toBe(false);
		expect(withCut.readBigUInt64LE(RAM_BYTES - 64)).toBe(2n ** 33n);
		expect([two.readUInt32LE(RAM_BYTES - 56), two.readUInt32LE(RAM_BYTES - 52)]).toEqual([2, 9]);
	});

	test("a build without a root is an error", () => {
		expect(() => rootOf(Buffer.alloc(0x400100))).toThrow("the build left no root");
	});
});

test("lines: whole ones are read, a part is not, an unknown one is an error", () => {
	const text =
		"boot 10 90 70 50\nduty 0 4095\nfade 2 +0:90 +40:100\nfade 3 stop\nturn 3 1 20 5\nwrite 1 2 0 key 6869\nat 3 95\nduty 4";
	const life = lifeOf(text);
	expect(life.boots).toEqual([{ from: 10, to: 90, cost: 70, light: 50 }]);
	expect(life.duties).toEqual(["0 4095", "2 +0:90 +40:100", "3 stop"]);
	expect(life.turns).toEqual([{ at: 3, kind: INPUT.movement, cost: 20, light: 5 }]);
	expect(life.storeWork).toEqual([{ from: 1, to: 2, result: 0, key: "key", value: "hi" }]);
	expect(() => lifeOf("TRAP cause 7\n")).toThrow("the board reports: TRAP cause 7");
});

describe("table", () => {
	const page = withBareTable(
		"a\n<!-- bare machine: written by npm run host -- bare --write -->\n<!-- end of the bare machine -->\n",
		[{ name: "boot", value: 10_000, unit: "instructions" }],
	);
	test.each([
		[10_100, []],
		[9_000, []],
		[10_101, ["boot: 10000 -> 10101 instructions"]],
	])("10,000 before, %i now", (value, expected) =>
		expect(regressions(page, [{ name: "boot", value, unit: "instructions" }])).toEqual(expected),
	);
	test("a commit that raises a row names it, as it does for the ledger", () => {
		const risen = withBareTable(page, [{ name: "boot", value: 20_000, unit: "instructions" }]);
		expect(unexplained(page, risen, "light: a change")).toEqual(["boot"]);
		expect(unexplained(page, risen, "light: a change\n\nboot: the plan is read")).toEqual([]);
	});
	test("a row that the page lacks is a regression", () =>
		expect(regressions(page, [{ name: "edge", value: 1, unit: "instructions" }])).toEqual([
			"edge: no row -> 1 instructions",
		]));
});

test("differences name the first line of light, and each figure", () => {
	const statistics = { computrons: 5, turns: 2 } as never;
	const life = { ...lifeOf("duty 0 4095\nduty 7 12\n"), statistics };
	const other = { trace: ["0 4095", "8 12"], statistics: { computrons: 5, turns: 3 } as never };
	expect(differences(life, other)).toEqual(["light differs at line 1: 7 12 / 8 12", "turns 2 / 3"]);
});

test("what is missing is named with the packages", () => {
	expect(missingText(["qemu-system-riscv32"])).toMatch(/^qemu-system-riscv32 missing; .*qemu-/);
});
