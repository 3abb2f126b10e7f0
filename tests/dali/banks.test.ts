/** Values of memory banks: what is a number, and what is not. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	BANK,
	BLOCK_COUNT,
	BYTES,
	FROM,
	identityOf,
	MOST_BYTES,
	ofBlock,
	readingOf,
	VALUES,
} from "../../src/dali/banks.js";

const VALUE_NAMES = VALUES.split(" ");
type ValueName = string;
const NUMBERS = Array.from({ length: BLOCK_COUNT }, (_, index) => index);

/** The bytes of a block: `bytes` at an address of the bank, all else zero. */
function blockWith(bank: number, at: number, bytes: readonly number[]): number[] {
	const block = NUMBERS.find((index) => ofBlock(index, BANK) === bank)!;
	const all = new Array<number>(ofBlock(block, BYTES)).fill(0);
	bytes.forEach((byte, index) => {
		all[at - ofBlock(block, FROM) + index] = byte;
	});
	return all;
}
/** In the bytes of its own block. */
const reading = (name: ValueName, bytes: readonly number[]): number => {
	const value = VALUE_NAMES.indexOf(name);
	const found = NUMBERS.map((block) => readingOf(value, block, bytes)).filter(
		(candidate) => candidate !== undefined,
	);
	expect([name, found.length]).toEqual([name, 1]);
	return found[0]!;
};

const KNOWN: [name: ValueName, bank: number, at: number, bytes: number[], value: number][] = [
	["activeEnergy_kWh", 202, 0x04, [0, 0, 0, 0, 0, 0x30, 0x39], 12.345],
	["activeEnergy_kWh", 202, 0x04, [2, 0, 0, 0, 0, 0, 7], 0.7],
	["activeEnergy_kWh", 202, 0x04, [0xff, 0, 0, 0, 0, 0x30, 0x39], 1.2345],
	["activePower_W", 202, 0x0b, [0xff, 0, 0, 0x01, 0x9a], 41],
	["operatingHours", 205, 0x04, [0, 0, 0x0e, 0x10], 1],
	["starts", 205, 0x08, [0, 1, 2], 258],
	["supply_V", 205, 0x0b, [0x08, 0xfc], 230],
	["powerFactor", 205, 0x0e, [97], 0.97],
	["temperature_C", 205, 0x1b, [105], 45],
	["temperature_C", 205, 0x1b, [0], -60],
	["lampHours", 206, 0x0e, [0, 1, 0x51, 0x80], 24],
	["lampTemperature_C", 206, 0x20, [140], 80],
	["nominalPower_W", 1, 0x15, [0, 40], 40],
	["nominalLight_lm", 1, 0x1d, [0, 0x17, 0x70], 6000],
	["colourTemperature_K", 1, 0x21, [0x0b, 0xb8], 3000],
];
test.each(KNOWN)("%s of bank %d at %d", (name, bank, at, bytes, value) => {
	expect(reading(name, blockWith(bank, at, bytes))).toBeCloseTo(value, 9);
});

const ONES = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const UNKNOWN: [why: string, name: ValueName, bank: number, at: number, bytes: number[]][] = [
	["all ones", "activeEnergy_kWh", 202, 0x04, [0, ...ONES]],
	["all ones but the last bit", "activeEnergy_kWh", 202, 0x04, [0, ...ONES.slice(1), 0xfe]],
	["more than a driver ever counts", "activeEnergy_kWh", 202, 0x04, [6, 0, 0, 1, 0, 0, 0]],
	["a scale out of range", "activeEnergy_kWh", 202, 0x04, [7, 0, 0, 0, 0, 0, 1]],
	[
		"a scale of all ones is a tenth, one of 0x80 none",
		"activePower_W",
		202,
		0x0b,
		[0x80, 0, 0, 0, 1],
	],
	["a byte that was not read", "activeEnergy_kWh", 202, 0x04, [0, 0, 0, -1, 0, 0, 1]],
	["a scale that was not read", "activeEnergy_kWh", 202, 0x04, [-1, 0, 0, 0, 0, 0, 1]],
	["a power factor above 1", "powerFactor", 205, 0x0e, [101]],
	["a temperature of all ones", "temperature_C", 205, 0x1b, [255]],
	["one that no driver survives", "temperature_C", 205, 0x1b, [211]],
	["a flag that is none", "lampIsFailed", 206, 0x16, [2]],
	["a luminaire of 12 kW", "nominalPower_W", 1, 0x15, [0x2e, 0xe0]],
];
test.each(UNKNOWN)("%s is unknown: %s", (_why, name, bank, at, bytes) => {
	expect(reading(name, blockWith(bank, at, bytes))).toBeNaN();
});

describe("identity", () => {
	const bytes = (...serial: number[]) => [1, 2, 3, 4, 5, 6, 9, 9, ...serial];
	test.each([
		["type and serial number", bytes(0, 0, 0, 0, 0, 0, 1, 0xab), "010203040506.00000000000001ab"],
		["a serial number of ones", bytes(255, 255, 255, 255, 255, 255, 255, 255), undefined],
		["one of zeros", bytes(0, 0, 0, 0, 0, 0, 0, 0), undefined],
		["one with a byte that was not read", bytes(0, 0, 0, -1, 0, 0, 0, 1), undefined],
		["a type that was not read", [-1, ...bytes(1, 1, 1, 1, 1, 1, 1, 1).slice(1)], undefined],
	])("%s", (_what, all, identity) => {
		expect(identityOf(all)).toBe(identity);
	});
});

test("each value lies in one block, whole", () => {
	VALUE_NAMES.forEach((name, value) => {
		const block = NUMBERS.find((index) => readingOf(value, index, []) !== undefined)!;
		expect(reading(name, new Array<number>(ofBlock(block, BYTES)).fill(0))).not.toBeNaN();
	});
});

test("any bytes give a finite number or nothing", () => {
	const byte = fc.integer({ min: -3, max: 255 });
	fc.assert(
		fc.property(fc.array(byte, { minLength: MOST_BYTES, maxLength: MOST_BYTES }), (bytes) => {
			for (const name of VALUE_NAMES) {
				const value = reading(name, bytes);
				if (!Number.isNaN(value)) expect(value >= -60 && value <= 16_777_215).toBe(true);
			}
		}),
	);
});
