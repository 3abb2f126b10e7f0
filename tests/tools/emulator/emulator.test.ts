/** What the emulator is given: its command line, a date, an image of another version, addresses, the table. */
import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { wordsFor } from "../../../tools/emulator/controller.js";
import { addressesIn } from "../../../tools/emulator/debugger.js";
import { emulatorFault, proofFault } from "../../../tools/emulator/program.js";
import { lineOf, type Row, withProof, withSummary } from "../../../tools/emulator/table.js";
import { answerTo } from "../../../tools/emulator/timeserver.js";
import { withVersion } from "../../../tools/emulator/version.js";
import { runProgram } from "../../support/program.js";

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that prints this for `-M help`. */
function stub(name: string, machines: string): string {
	const path = join(folder, name);
	writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' '${machines}'\n`);
	chmodSync(path, 0o755);
	return path;
}

describe("npm run host -- emulate", () => {
	const emulate = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
		const { QEMU_ESP32: _emulator, ...others } = process.env;
		return runProgram(["tools/run.mjs", "tools/bin/emulate.ts", ...args], { ...others, ...env });
	};
	test.each<[why: string, words: string[], env: () => NodeJS.ProcessEnv, says: RegExp]>([
		["without an emulator", [], () => ({}), /QEMU_ESP32 is not set: name qemu-system-riscv32/],
		[
			"with a wrong path",
			[],
			() => ({ QEMU_ESP32: "/none" }),
			/QEMU_ESP32 is \/none, which does not start/,
		],
		[
			"with Debian's",
			[],
			() => ({ QEMU_ESP32: stub("debian", "virt  RISC-V VirtIO board") }),
			/has no machine esp32c3: Debian's has none/,
		],
		["with a port that is none", ["--port=0"], () => ({}), /0: no port; a port is a number/],
		["with a word too many", ["light"], () => ({}), /light: one word too many/],
		["with --record alone", ["--record"], () => ({}), /--record belongs to --prove/],
		["with --record of one step", ["--prove", "light", "--record"], () => ({}), /name none/],
	])("%s says so in one line, exit status 2", async (_why, args, env, says) => {
		const { status, stdout, stderr } = await emulate(args, env());
		expect([status, stdout]).toEqual([2, ""]);
		expect(stderr).toMatch(/^npm run host -- emulate: [^\n]*\n$/);
		expect(stderr).toMatch(says);
	});
});

test("an emulator with the machine is accepted; a proof without ESP-IDF is not", () => {
	const path = stub("espressif", "esp32c3              Espressif ESP32C3 machine");
	expect(emulatorFault(path)).toBeUndefined();
	expect(proofFault({ ...process.env, IDF_PATH: "" })).toMatch(/^IDF_PATH is not set: install/);
	expect(proofFault({ ...process.env, IDF_PATH: "/idf", MODDABLE: "" })).toMatch(
		/^MODDABLE is not/,
	);
});

describe("the command line", () => {
	const setup = { emulator: "q", flash: "f.bin", port: 4020, monitor: "m", onLog() {} };
	test("has two serial lines, Ethernet and the flash as a file", () => {
		const line = wordsFor(setup).join(" ");
		expect(line).toContain("-M esp32c3");
		expect(line).toContain("file=f.bin,if=mtd,format=raw");
		expect(line).toMatch(/-serial stdio -serial tcp:127\.0\.0\.1:4020,server=on,wait=off/);
		expect(line).toContain("-nic user,model=open_eth");
		expect(line).toContain("-icount shift=3,sleep=on");
		expect(line).not.toMatch(/gdb/);
	});
	test("waits for a debugger, and for nothing else, where that is asked", () => {
		const line = wordsFor({ ...setup, fast: true, debuggerPort: 77 }).join(" ");
		expect(line).toContain("-icount shift=3,sleep=off");
		expect(line).toContain("-S -gdb tcp:127.0.0.1:77");
	});
});

test("the time server returns the client's time, and its own in seconds since 1900", () => {
	const question = Buffer.alloc(48);
	question.writeUInt32BE(0x1234_5678, 40);
	const answer = answerTo(question, Date.UTC(2026, 10, 28, 22, 0, 0, 500));
	expect([answer[0]! & 7, answer[1], answer.readUInt32BE(24)]).toEqual([4, 2, 0x1234_5678]);
	const utc = answer.readUInt32BE(40) - 2_208_988_800;
	expect([utc, answer.readUInt32BE(44)]).toEqual([Date.UTC(2026, 10, 28, 22) / 1000, 2 ** 31]);
});

describe("an image under another version", () => {
	/** An image of ESP-IDF: header, data, checksum, digest. */
	const image = (data: string, hasDigest = true): Buffer => {
		const body = Buffer.alloc(24 + 64);
		body[23] = hasDigest ? 1 : 0;
		body.write(data, 24, "latin1");
		body[body.length - 1] = body.subarray(24, -1).reduce((all, byte) => all ^ byte, 0xef);
		return Buffer.concat([body, createHash("sha256").update(body).digest()]);
	};
	test("has it wherever the old one was, with checksum and digest of its own", () => {
		const changed = withVersion(image("v 0.1.0, again 0.1.0; 0.1"), "0.1.0", "0.1.7");
		expect(changed).toEqual(image("v 0.1.7, again 0.1.7; 0.1"));
		expect(withVersion(image("one 0.1.0"), "0.1.0", "0.2.4")).toEqual(image("one 0.2.4"));
	});
	test.each<[why: string, bytes: Buffer, from: string, to: string, says: string]>([
		["the versions differ in length", image("0.9.9"), "0.9.9", "0.10.0", "differ in length"],
		["the version is not in it", image("0.9.9"), "0.1.0", "0.1.1", "does not contain 0.1.0"],
		["it has no digest", image("0.1.0", false), "0.1.0", "0.1.1", "no digest"],
	])("is refused where %s", (_why, bytes, from, to, says) => {
		expect(() => withVersion(bytes, from, to)).toThrow(says);
	});
});

test("addresses of functions are those of a program's table of symbols", () => {
	const names = "\0store\0write\0";
	const elf = Buffer.alloc(52 + 2 * 40 + 2 * 16 + names.length);
	const [headers, symbols, texts] = [52, 132, 164];
	elf.writeUInt32LE(headers, 32);
	elf.writeUInt16LE(40, 46);
	elf.writeUInt16LE(2, 48);
	const section = (position: number, values: readonly number[]) => {
		const places = [4, 16, 20, 24]; // type, offset, bytes, link
		for (const [index, place] of places.entries())
			elf.writeUInt32LE(values[index]!, headers + position * 40 + place);
	};
	section(0, [2, symbols, 32, 1]);
	section(1, [3, texts, names.length, 0]);
	for (const [position, [name, address]] of [
		[1, 0x4000],
		[7, 0x4100],
	].entries()) {
		elf.writeUInt32LE(name!, symbols + position * 16);
		elf.writeUInt32LE(address!, symbols + position * 16 + 4);
	}
	elf.write(names, texts, "latin1");
	expect(addressesIn(elf, ["write", "store"])).toEqual([0x4100, 0x4000]);
	expect(() => addressesIn(elf, ["erase"])).toThrow("the program has no erase");
});

describe("the table", () => {
	const rows: Row[] = [
		{ claim: "light", result: "shown", why: "81 ms" },
		{ claim: "Wi-Fi", result: "not shown", why: "no access point | here" },
	];
	const about = { date: "2026-11-28", commit: "abc1234", versions: "QEMU 9.2.2, ESP-IDF 6.0" };
	const page =
		"before\n<!-- emulator: written by npm run host -- emulate --prove --record -->\nold\n<!-- end of the emulator -->\nafter\n";
	test("is written into its block, with date, commit and versions", () => {
		const written = withProof(page, rows, about);
		expect(written).toContain("Run of 2026-11-28, commit abc1234, QEMU 9.2.2, ESP-IDF 6.0.");
		expect(written).toContain("| Wi-Fi | not shown | no access point \\| here |");
		expect(written).not.toContain("old");
		expect([written.startsWith("before\n"), written.endsWith("after\n")]).toEqual([true, true]);
		expect(withProof(written, rows, about)).toBe(written);
	});
	test("has its result in one row of the overview", () => {
		const overview =
			"| a | b | c |\n| Does the image boot, in an emulator of its chip? | x | y |\n| d | e | f |";
		const [, row] = withSummary(overview, rows, about).split("\n");
		expect(row).toBe(
			"| Does the image boot, in an emulator of its chip? | 1 claims shown, 1 not: 2026-11-28, abc1234, QEMU 9.2.2, ESP-IDF 6.0 | [emulator](image.md#result) |",
		);
	});
	test("is refused by a page without a place for it", () => {
		expect(() => withProof("none", rows, about)).toThrow("the page has no block");
		expect(() => withSummary("none", rows, about)).toThrow("the page has no row");
	});
	test("keeps a failure of several lines in one row", () => {
		expect(lineOf({ claim: "a", result: "FAILS", why: "one\ntwo" })).toBe(
			"| a | FAILS | one two |",
		);
	});
});
