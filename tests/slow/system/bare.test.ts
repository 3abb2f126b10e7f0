/** The firmware on a bare 32-bit machine in Debian's emulator: light, figures, traps, power cuts. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Flashed } from "../../../hosts/bare/flashed.js";
import { type Life, lifeOf } from "../../../hosts/bare/lines.js";
import { missing, missingText } from "../../../hosts/bare/programs.js";
import {
	bareNight,
	boardScript,
	flashedFirmware,
	rowsOfNight,
	runFromFactory,
} from "../../../tools/night/bare.js";
import { differences, regressions } from "../../../tools/night/baretable.js";
import { nightScript } from "../../../tools/night/script.js";
import { virtualNight } from "../../../tools/night/virtual.js";
import { equalsGolden } from "../../support/golden.js";
import { CutBoard, cutsOf, refer } from "../support/barecuts.js";
import { judgeAll } from "../support/barejudge.js";

const night = nightScript(7);
let flashed: Flashed;
let life: Life;

beforeAll(async () => {
	const absent = missing();
	if (absent.length > 0) throw new Error(missingText(absent));
	flashed = await flashedFirmware((line) => process.stderr.write(`${line}\n`));
	life = await bareNight(flashed, night);
});

test("a night has the light and the engine's figures of the simulator", async () => {
	expect(life.duties.length).toBeGreaterThan(100);
	expect(differences(life, await virtualNight(night))).toEqual([]);
});

test("the root is the simulator's, in number of slots and in byte code", () => {
	const ledger = readFileSync("docs/measured.md", "utf8");
	const row = (name: string) =>
		Number(new RegExp(`\\| ${name} \\| ([\\d,]+)`).exec(ledger)?.[1]?.replaceAll(",", ""));
	const { slots, codeBytes } = flashed.figures;
	expect([slots, codeBytes]).toEqual([row("preloaded slots, with the engine's"), row("byte code")]);
});

test("no figure rose by more than 1 % above docs/measured.md", () => {
	const rows = rowsOfNight(life, flashed);
	process.stdout.write(`${rows.map(({ name, value }) => `${name}: ${value}`).join("\n")}\n`);
	const path = "docs/measured.md";
	const risen = regressions(readFileSync(path, "utf8"), rows);
	equalsGolden(risen, [], path, "npm run host -- bare --write");
});

test("the native stack keeps a third to spare", () => {
	expect(life.stackPeak_bytes).toBeLessThan((life.stack_bytes * 2) / 3);
});

test("equal runs are equal to the instruction, whatever RAM holds when power comes", async () => {
	const again = await runFromFactory(flashed, boardScript(night), { noise: 99 });
	expect(lifeOf(again.text)).toEqual(life);
});

describe("a write is trapped", () => {
	const ACCESS_FAULT = "07000000";
	const little = (address: number) => {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32LE(address);
		return bytes.toString("hex");
	};
	test.each([
		["into the program", 0x20001000],
		["into the frozen root", 0x20400100],
		["into the script", 0x21c00010],
		["at address 0", 0x10],
		["below the native stack", 0x80048010],
		["beyond 320 KB of RAM", 0x80050000],
	])("%s", async (_, poke) => {
		const { end, text } = await runFromFactory(flashed, boardScript(night), { noise: 1, poke });
		expect(end).toBe("trap");
		expect(text).toContain(`TRAP cause, place, address: ${ACCESS_FAULT}`);
		expect(text).toContain(little(poke));
	});
});

/** 1,000 are in tests/slow/soak/bare.test.ts. */
test("power cut at 16 seeded instructions: lit, one revision's settings, nothing lost", async () => {
	const board = new CutBoard(flashed);
	try {
		const reference = await refer(board);
		expect(reference.before).not.toBe(reference.after);
		const { faults, inWrites, inBoots, again } = await judgeAll(
			board,
			reference,
			cutsOf(reference, 7, 16),
		);
		expect(faults).toEqual([]);
		expect([inWrites + inBoots >= 8, again]).toEqual([true, 4]);
	} finally {
		board.close();
	}
});
