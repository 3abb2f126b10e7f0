/** The firmware's numbers against the table with its sources, which the firmware cannot import. */
import { describe, expect, test } from "@jest/globals";
import { bankTable, CELSIUS_OFFSET, LATCHED, LOCK_AT } from "../../lib/dali/banks.js";
import {
	ADDRESS,
	ANSWER,
	CONFIGURATION,
	LED,
	QUERY,
	SPECIAL,
	STATUS,
} from "../../lib/dali/commands.js";
import { CURVE, FADES } from "../../lib/dali/timing.js";
import {
	BANK,
	BLOCK_COUNT,
	BYTES,
	FROM,
	LATCHED_FROM,
	LATCHED_TO,
	ofBlock,
	readingOf,
	VALUES,
} from "../../src/dali/banks.js";
import * as frames from "../../src/dali/frames.js";
import { FADE_TIME, levelOf } from "../../src/dali/levelpath.js";
import { Setup } from "../../src/dali/setup.js";

const BROADCAST = ADDRESS.broadcast.number;
const command = (opcode: { readonly number: number }) => ((BROADCAST | 1) << 8) | opcode.number;
const special = (first: { readonly number: number }, data = 0) => (first.number << 8) | data;

test.each<[string, number, number]>([
	["LEVEL", frames.LEVEL, BROADCAST << 8],
	["COMMAND", frames.COMMAND, (BROADCAST | 1) << 8],
	["DTR0", frames.DTR0, special(SPECIAL.dtr0)],
	["DTR1", frames.DTR1, special(SPECIAL.dtr1)],
	["LED_NEXT", frames.LED_NEXT, special(SPECIAL.deviceType, ANSWER.ledDevice.number)],
	["QUERY_STATUS", frames.QUERY_STATUS, QUERY.status.number],
	["QUERY_PHYSICAL_MINIMUM", frames.QUERY_PHYSICAL_MINIMUM, QUERY.physicalMinimum.number],
	["READ_MEMORY", frames.READ_MEMORY, command(QUERY.readMemory)],
	["ENABLE_WRITE", frames.ENABLE_WRITE, frames.TWICE + command(CONFIGURATION.enableWrite)],
	["LATCH_ADDRESS", frames.LATCH_ADDRESS, LOCK_AT],
	["WRITE_LATCH", frames.WRITE_LATCH, special(SPECIAL.writeSilently, LATCHED)],
	["LAMP_FAILURE", frames.LAMP_FAILURE, STATUS.lampFailure.number],
	[
		"MAY_BE_UNSET",
		frames.MAY_BE_UNSET,
		STATUS.resetState.number | STATUS.powerCycle.number | STATUS.limitError.number,
	],
])("%s", (_name, ours, number) => expect(ours).toBe(number));

/** A driver whose lowest level is none of its other answers. */
const LEAST = 85;
test("the set-up sends the commands of the table", () => {
	const setup = new Setup();
	const sent = new Set<number>();
	for (let now = 0; setup.done === 0; now += 1) {
		const frame = setup.next();
		sent.add(frame);
		const isQuery = frame < frames.TWICE && frame >> 8 !== SPECIAL.dtr0.number;
		const least = frame === command(QUERY.physicalMinimum) ? LEAST : 0x20;
		setup.take(isQuery ? least : -1, now);
	}
	const { setMax, setMin, setFailure, setPowerOn, setFadeTime, setExtendedFade } = CONFIGURATION;
	const { maxLevel, minLevel, failureLevel, powerOnLevel, fade, extendedFade, physicalMinimum } =
		QUERY;
	const once = [
		maxLevel,
		minLevel,
		failureLevel,
		powerOnLevel,
		fade,
		extendedFade,
		physicalMinimum,
		LED.curve,
	];
	const wanted = [
		frames.LED_NEXT,
		frames.TWICE + command(LED.selectCurve),
		...once.map(command),
		...[setMax, setMin, setFailure, setPowerOn, setFadeTime, setExtendedFade].map(
			(fact) => frames.TWICE + command(fact),
		),
		...[CURVE.most.number, 1, 0, EXTENDED].map((data) => special(SPECIAL.dtr0, data)),
	];
	expect([...sent].sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
});

/** Multiplier 1, base 1. */
const EXTENDED = 0x10;
test("its fade is the shortest extended one of the table, and full is the highest level", () => {
	const { multiplier, base } = FADES;
	expect([EXTENDED & multiplier.number, EXTENDED & base.number]).toEqual([0x10, 0]);
	expect(multiplier.meaning).toContain("1 to 4: 100 ms");
	expect(FADE_TIME).toBe(100);
	expect([levelOf(0), levelOf(0xffff)]).toEqual([0, CURVE.most.number]);
});

/** Each value of the firmware: name in the table, and raw values of one unit of the firmware's. */
const NAMES: Readonly<Record<string, readonly [name: string, perUnit: number]>> = {
	nominalPower_W: ["nominalPower", 1],
	nominalLight_lm: ["nominalLight", 1],
	colourTemperature_K: ["colourTemperature", 1],
	activeEnergy_kWh: ["energy", 1000],
	activePower_W: ["power", 1],
	operatingHours: ["operatingTime", 3600],
	starts: ["starts", 1],
	supply_V: ["supply", 10],
	powerFactor: ["powerFactor", 100],
	isFailed: ["failed", 1],
	temperature_C: ["temperature", 1],
	lampStarts: ["starts", 1],
	lampHours: ["onTime", 3600],
	lampIsFailed: ["failed", 1],
	lampTemperature_C: ["temperature", 1],
	ratedLife_h: ["ratedLife", 1 / 1000],
	ratedStarts: ["ratedStarts", 1 / 100],
};

describe("memory banks", () => {
	const blocks = Array.from({ length: BLOCK_COUNT }, (_, index) => index);
	test.each(blocks)(
		"block %d lies inside its bank, and is latched if that has a latch",
		(block) => {
			const { last, lockByte } = bankTable(ofBlock(block, BANK));
			expect(ofBlock(block, FROM) + ofBlock(block, BYTES) - 1).toBeLessThanOrEqual(last);
			const bank = ofBlock(block, BANK);
			const isLatched = bank >= LATCHED_FROM && bank <= LATCHED_TO;
			expect(isLatched).toBe(lockByte === "latch" || lockByte === "both");
		},
	);
	test.each(VALUES.split(" ").map((name, index) => [name, index] as const))(
		"%s",
		(name, valueIndex) => {
			const block = blocks.find((candidate) => readingOf(valueIndex, candidate, []) !== undefined)!;
			const [theirs, perUnit] = NAMES[name]!;
			const field = bankTable(ofBlock(block, BANK)).fields.find(
				(bankField) => bankField.name === theirs,
			)!;
			// every byte of the block is 0 but the value's last one, so that a neighbour is noticed
			const bytes = new Array<number>(ofBlock(block, BYTES)).fill(0);
			const last = field.at + field.bytes - 1 - ofBlock(block, FROM);
			bytes[last] = 61;
			const raw = field.unit === "C" ? 61 - CELSIUS_OFFSET : 61;
			const isFlag = readingOf(valueIndex, block, bytes) !== raw / perUnit;
			if (isFlag) bytes[last] = 1;
			expect(readingOf(valueIndex, block, bytes)).toBe(isFlag ? 1 : raw / perUnit);
			bytes[last] = 0;
			expect(readingOf(valueIndex, block, bytes)).toBe(field.unit === "C" ? -CELSIUS_OFFSET : 0);
			for (let at = field.at; at < field.at + field.bytes; at += 1)
				bytes[at - ofBlock(block, FROM)] = 0xff;
			expect(readingOf(valueIndex, block, bytes)).toBe(Number.NaN);
		},
	);
});
