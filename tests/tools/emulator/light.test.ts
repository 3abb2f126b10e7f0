/** The log of duties, and its comparison with the simulator's within a tolerance. */
import { describe, expect, test } from "@jest/globals";
import { type Duty, lightOf, livesIn } from "../../../tools/emulator/dutylog.js";
import { staircaseOf } from "../../../tools/emulator/staircase.js";
import { disagreement } from "../../../tools/emulator/tolerance.js";

const LAMP = { resolution: 12, inverted: true };

describe("a log", () => {
	const log = [
		"ESP-ROM:esp32c3-api1-20210207\r",
		"rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)",
		"entry 0x403cbf10",
		"duty 81 0",
		"duty 95 2457",
		"Guru Meditation Error: Core  0 panic'ed",
		"ESP-ROM:esp32c3-api1-20210207",
		"rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
		"entry 66",
		"duty 70 4096",
		"duty 90 12",
	].join("\n");
	test("has a life for each reset, with the duties of its light", () => {
		const lives = livesIn(log, LAMP);
		expect(lives.map(({ reset, entry, duties }) => ({ reset, entry, duties }))).toEqual([
			{
				reset: "POWERON",
				entry: undefined, // the ROM's line is none
				duties: [
					{ at: 81, duty: 4095 },
					{ at: 95, duty: 1638 },
				],
			},
			{ reset: "RTC_SW_CPU_RST", entry: 66, duties: [{ at: 70, duty: 0 }] }, // the last line has no end yet
		]);
	});
	test("keeps the lines that are no duty, a crash for instance", () => {
		expect(livesIn(log, LAMP)[0]!.rest).toContain("Guru Meditation Error: Core  0 panic'ed");
	});
	test("before the ROM has begun has no life", () => {
		expect(livesIn("duty 1 2\n", LAMP)).toEqual([]);
	});
	test.each([
		[0, true, 4095],
		[4096, true, 0],
		[4095, true, 0],
		[1, true, 4094],
		[0, false, 0],
		[4096, false, 4095],
	])("reads the LEDC's %d, inverted %s, as light %d", (value, inverted, light) => {
		expect(lightOf(value, { resolution: 12, inverted })).toBe(light);
	});
});

describe("two records of one light", () => {
	const TOLERANCE = { within_ms: 50, duty: 10 };
	/** A rise from 100 to 1000 in ten steps of 40 ms from `from` on. */
	const rise = (from: number): Duty[] => [
		{ at: 0, duty: 100 },
		...Array.from({ length: 10 }, (_none, index) => ({
			at: from + 40 * index,
			duty: 190 + 90 * index,
		})),
	];
	const compared = (seen: Duty[], expected: Duty[]) => disagreement(seen, expected, TOLERANCE);
	test("agree where they are the same, or a step later than that", () => {
		expect([compared(rise(500), rise(500)), compared(rise(545), rise(500))]).toEqual([
			undefined,
			undefined,
		]);
	});
	test("agree though the steps have other duties between the same ends", () => {
		const odd = rise(500).map(({ at, duty }) => ({
			at: at + 13,
			duty: duty === 100 ? 100 : duty + 7,
		}));
		expect(compared([{ at: 0, duty: 100 }, ...odd.slice(1)], rise(500))).toBeUndefined();
	});
	test.each<[why: string, seen: Duty[], says: RegExp]>([
		["rises later than the tolerance", rise(700), /^the (emulator|simulator) shows/],
		[
			"does not rise",
			[
				{ at: 0, duty: 100 },
				{ at: 900, duty: 100 },
			],
			/^the emulator shows 100 at 899/,
		],
		["stops on the way", rise(500).slice(0, 6).concat({ at: 900, duty: 640 }), /shows/],
		[
			"is dark for a moment",
			[
				...rise(500).slice(0, 1),
				{ at: 200, duty: 0 },
				{ at: 220, duty: 100 },
				...rise(500).slice(1),
			],
			/^the emulator shows 0 at 200 ms, the other 100 to 100$/,
		],
		["shows nothing", [], /no light at all/],
	])("disagree where one %s", (_why, seen, says) => {
		expect(compared(seen, rise(500))).toMatch(says);
	});
	test("disagree where the emulator lacks a change that the simulator has", () => {
		const blink = [
			{ at: 0, duty: 100 },
			{ at: 300, duty: 900 },
			{ at: 450, duty: 100 },
			{ at: 900, duty: 100 },
		];
		expect(
			compared(
				[
					{ at: 0, duty: 100 },
					{ at: 900, duty: 100 },
				],
				blink,
			),
		).toMatch(/^the simulator shows 900/);
	});
});

describe("a trace", () => {
	const rows: [what: string, trace: string[], duties: [at: number, duty: number][]][] = [
		[
			"of duties is those duties",
			["0 4095", "9 12"],
			[
				[0, 4095],
				[9, 12],
			],
		],
		[
			"of a fade has one each 5 ms",
			["0 100", "10 +20:140"],
			[
				[0, 100],
				[15, 110],
				[20, 120],
				[25, 130],
				[30, 140],
			],
		],
		[
			"of a fade with a jump has it at once",
			["0 100", "10 +0:50 +5:60"],
			[
				[0, 100],
				[10, 50],
				[15, 60],
			],
		],
		[
			"of a fade that is turned goes on from there",
			["0 100", "10 +20:140", "20 +10:100"],
			[
				[0, 100],
				[15, 110],
				[20, 120],
				[25, 110],
				[30, 100],
			],
		],
		[
			"of a fade that is stopped ends there",
			["0 100", "10 +20:140", "22 stop"],
			[
				[0, 100],
				[15, 110],
				[20, 120],
				[22, 124],
			],
		],
	];
	test.each(rows)("%s", (_what, trace, duties) => {
		expect(staircaseOf(trace).map(({ at, duty }) => [at, duty])).toEqual(duties);
	});
});
