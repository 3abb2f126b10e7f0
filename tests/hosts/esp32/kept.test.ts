/** What a restart or a power cut leaves: RTC memory and a clock chip, of which anything may come back. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { board as wt32 } from "../../../hosts/esp32/boards/wt32-eth01/pins.js";
import type { UtcMillis } from "../../../src/units.js";
import type { Controller } from "./controller.js";
import { type Rig, rigOf } from "./rig.js";

const UTC = Date.UTC(2026, 10, 24, 21, 3, 59) as UtcMillis;
/** 21:03:59 on Tuesday 24 November 2026, as the data sheet has it. */
const REGISTERS = [0x59, 0x03, 0x21, 0x03, 0x24, 0x11, 0x26];
const STATUS = 0x0f;

/** A controller after a power cut, the chip's first registers and its status as they are given. */
const kept = (registers: readonly number[], status = 0, board = wt32): Rig =>
	rigOf((controller) => {
		const chip = new Uint8Array(19);
		chip.set(registers);
		chip[STATUS] = status;
		controller.clockChip = chip;
	}, board);

describe("a DS3231", () => {
	test("gives the date after a power cut", () => {
		expect(kept(REGISTERS).pole.wallClock()).toBe(UTC);
	});

	test("is asked only where the controller's own clock does not run", () => {
		const rig = kept(REGISTERS);
		rig.controller.date = UTC + 5000;
		expect(rig.pole.wallClock()).toBe(UTC + 5000);
	});

	const with_ = (place: number, value: number) =>
		REGISTERS.map((byte, index) => (index === place ? value : byte));
	const lies: [what: string, registers: number[], status?: number][] = [
		["stood still (OSF), as with an empty cell", REGISTERS, 0x80],
		["stood still, other flags beside it", REGISTERS, 0x8b],
		["has digits that are none", with_(0, 0x5a)],
		["has tens that are none", with_(4, 0xa4)],
		["has a second 61", with_(0, 0x61)],
		["has a minute 60", with_(1, 0x60)],
		["has an hour 24", with_(2, 0x24)],
		["counts twelve hours", with_(2, 0x61)],
		["has a month 13", with_(5, 0x13)],
		["has a month 0", with_(5, 0x00)],
		["has a day 0", with_(4, 0x00)],
		["has a 31 November", with_(4, 0x31)],
		["is past 2099", with_(5, 0x91)],
		["is before this firmware", with_(6, 0x25)],
		["is all ones, as a bus that is stuck high", new Array(7).fill(255), 255],
		["is all zeros, as one that is stuck low", new Array(7).fill(0)],
	];
	test.each(lies)("that %s is no clock", (_what, registers, status = 0) => {
		const rig = kept(registers, status);
		expect(rig.pole.wallClock()).toBeUndefined();
		expect(rig.controller.restarts).toEqual([]);
	});

	test("that is not there is none, and the date is set all the same", () => {
		const { pole, controller } = rigOf(() => {}, wt32);
		expect(pole.wallClock()).toBeUndefined();
		pole.setWallClock(UTC);
		expect([pole.wallClock(), controller.restarts]).toEqual([UTC, []]);
	});

	test("whose bus is not to be had is none", () => {
		const { pole } = rigOf((controller) => void controller.broken.add("i2c"), wt32);
		pole.setWallClock(UTC);
		expect(pole.wallClock()).toBe(UTC);
	});

	test("that answers again after a torn wire is received again", () => {
		const rig = kept(REGISTERS);
		const chip = rig.controller.clockChip;
		rig.controller.clockChip = undefined;
		rig.pole.setWallClock(UTC);
		rig.controller.date = 0; // a power cut
		expect(rig.pole.wallClock()).toBeUndefined();
		rig.controller.clockChip = chip;
		expect(rig.pole.wallClock()).toBe(UTC);
		expect(rig.controller.i2cTimeout).toBeLessThanOrEqual(20); // the SDK's own would hold an edge
	});

	test("is set with the date, and says from then on that it runs", () => {
		const rig = kept([0, 0, 0, 1, 1, 1, 0], 0x80);
		rig.pole.setWallClock(UTC);
		expect([...rig.controller.clockChip!.subarray(0, 7)]).toEqual(REGISTERS);
		expect([...rig.controller.clockChip!.subarray(0x0e, 0x10)]).toEqual([0x04, 0]); // no square wave
		rig.controller.date = 0;
		expect(rig.pole.wallClock()).toBe(UTC);
	});

	test("gives back every date that it was set to, until 2099 (seed 7)", () => {
		const rig = kept(REGISTERS);
		const seconds = fc.integer({
			min: Date.UTC(2026, 0) / 1000,
			max: Date.UTC(2100, 0) / 1000 - 1,
		});
		fc.assert(
			fc.property(seconds, (second) => {
				rig.pole.setWallClock((1000 * second) as UtcMillis);
				rig.controller.date = 0;
				expect(rig.pole.wallClock()).toBe(1000 * second);
			}),
			{ seed: 7, numRuns: 300 },
		);
	});
});

describe("RTC memory", () => {
	test("gives back after a restart what was written", () => {
		const { pole, controller } = rigOf();
		pole.retained.level.write(37.5);
		pole.retained.refusals.write(3);
		expect([pole.retained.level.read(), pole.retained.refusals.read()]).toEqual([37.5, 3]);
		expect(controller.retained).toEqual([37.5, 3]);
	});

	test("that holds nothing whole gives nothing", () => {
		const { level, refusals } = rigOf().pole.retained;
		expect([level.read(), refusals.read()]).toEqual([undefined, undefined]);
	});
});

describe("the end of a life", () => {
	type Row = [what: string, left: Partial<Controller>, text: string | undefined];
	const [PANIC, REQUESTED] = [4, 3];
	const two = [0x420b1c34, 0x42012abc];
	const eight = Array(8).fill(0x40080400);
	const after: Row[] = [
		[
			"has its detail, input and room, the instruction and its caller",
			{ resetReason: PANIC, ended: "badAccess Store access fault", wasAt: 0x0401, crash: two },
			"badAccess Store access fault; serial light; 0x420b1c34 0x42012abc",
		],
		[
			"has eight addresses at most",
			{ resetReason: PANIC, ended: "abort", wasAt: 0x0002, crash: eight },
			`abort; alarm background;${" 0x40080400".repeat(8)}`,
		],
		["of XS alone", { resetReason: REQUESTED, ended: "memoryFull" }, "memoryFull; ; "],
		["by hardware has the work alone", { resetReason: 7, wasAt: 0x0200 }, "; illuminance input; "],
		["in a work that is none", { resetReason: 7, wasAt: 0x6363 }, ";  ; "],
		["that left nothing", { resetReason: PANIC }, undefined],
		["that was asked", { resetReason: REQUESTED, wasAsked: 1, wasAt: 0x0401 }, undefined],
		["by loss of power", { resetReason: 1, ended: "random", wasAt: 0x0401 }, undefined],
	];
	// security: an end of XS or of ESP-IDF leaves no reason
	test.each(after)("%s", (_what, left, text) => {
		const { pole } = rigOf((controller) => void Object.assign(controller, left));
		expect([pole.machine.endBefore?.(), pole.machine.endBefore?.()]).toEqual([text, text]);
	});

	test("a turn notes its input, and the lamp its room", () => {
		const { controller, pole, turn } = rigOf();
		controller.works = [];
		controller.call(() => turn.post("serial", () => pole.machine.workIn?.("background")));
		expect(controller.works).toEqual([
			[4, 0],
			[4, 2],
		]);
	});
});
