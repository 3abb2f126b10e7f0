/** Golden frames: each as two bytes, as public tables and traces write them (docs/dali.md). */
import { expect, test } from "@jest/globals";
import * as frames from "../../src/dali/frames.js";
import { Setup } from "../../src/dali/setup.js";

const { COMMAND, DTR0, DTR1, LEVEL, TWICE } = frames;

const FRAMES: [what: string, frame: number, bytes: string][] = [
	["off", LEVEL | 0, "fe00"],
	["the least level", LEVEL | 1, "fe01"],
	["full", LEVEL | 254, "fefe"],
	["the status", COMMAND | frames.QUERY_STATUS, "ff90"],
	["the least level of the driver", COMMAND | frames.QUERY_PHYSICAL_MINIMUM, "ff9a"],
	["data for a setting", DTR0 | 254, "a3fe"],
	["a memory bank", DTR1 | 202, "c3ca"],
	["a byte of it", frames.READ_MEMORY, "ffc5"],
	["the latch of its values", frames.WRITE_LATCH, "c9aa"],
	["writes to it", frames.ENABLE_WRITE - TWICE, "ff81"],
];
test.each(FRAMES)("%s", (_what, frame, bytes) => {
	expect(frame.toString(16).padStart(4, "0")).toBe(bytes);
});

/** A driver that answers each query with 1: all its settings differ. */
test("the set-up: query, data, command twice, query", () => {
	const setup = new Setup();
	const sent: string[] = [];
	for (let now = 0; setup.done === 0; now += 1) {
		const frame = setup.next();
		const isQuery = frame >> 8 === COMMAND >> 8 && (frame & 0xff) >= 144;
		sent.push(`${(frame & 0xffff).toString(16)}${frame >= TWICE ? " twice" : ""}`);
		setup.take(isQuery ? 1 : -1, now);
	}
	const each = (query: string, data: string, set: string) => [
		query,
		...[1, 2].flatMap(() => [data, `${set} twice`, query]),
	];
	expect(sent).toEqual([
		// the dimming curve of LED drivers: SelectDimmingCurve, QueryDimmingCurve of python-dali
		...["c106", "ffee"],
		...[1, 2].flatMap(() => ["a300", "c106", "ffe3 twice", "c106", "ffee"]),
		...each("ffa1", "a3fe", "ff2a"), // highest level
		...each("ffa3", "a3fe", "ff2d"), // when power comes
		...each("ffa4", "a3fe", "ff2c"), // when the bus fails
		"ffa5", // no fade time
		...each("ffa8", "a310", "ff30"), // extended fade time
		"ff9a",
		"ffa2", // the least level is the driver's own
	]);
	expect([setup.differed, setup.refused]).toEqual([5, 5]);
});

test("a driver that answers no question for its curve has its other settings set", () => {
	const setup = new Setup();
	for (let now = 0; setup.done === 0; now += 1) {
		const frame = setup.next();
		setup.take(frame === (COMMAND | 0xee) ? -1 : 1, now);
	}
	expect([setup.differed, setup.refused]).toEqual([4, 4]);
});

test.each([
	["two answers that agree", [85, 85], 85],
	["a minimum that the driver's least level contradicts", [254, 85], 0],
])("the least light is known by %s", (_, [physical, level], least) => {
	const setup = new Setup();
	for (let now = 0; setup.done === 0; now += 1) {
		const frame = setup.next();
		const isLevel = frame === (COMMAND | 0xa2);
		setup.take(frame === (COMMAND | 0x9a) ? physical! : isLevel ? level! : 1, now);
	}
	expect(setup.least).toBe(least);
});

test.each([
	[0, true],
	[255, true],
	[256, false],
	[-1, false],
	[-3, false],
	[1.5, false],
	[Number.NaN, false],
	[Infinity, false],
])("an answer of %d is a byte: %s", (answer, isByte) => {
	expect(frames.isByte(answer)).toBe(isByte);
});

/** python-dali: QueryNumberOfInstances(DeviceBroadcast()), QueryInstanceType(.., InstanceNumber(7)) ... */
test.each<[number, number]>([
	[frames.DEVICE | frames.QUERY_INSTANCES, 0xfffe35],
	[frames.DEVICE | frames.READ_DEVICE_MEMORY, 0xfffe3c],
	[frames.DEVICE_DTR0 | 1, 0xc13001],
	[frames.DEVICE_DTR1 | 2, 0xc13102],
	[frames.INSTANCE | 0x700 | frames.QUERY_TYPE, 0xff0780],
	[frames.INSTANCE | 0x700 | frames.QUERY_RESOLUTION, 0xff0781],
	[frames.INSTANCE | 0x700 | frames.QUERY_INPUT, 0xff078c],
	[frames.INSTANCE | 0x1f00 | frames.QUERY_INPUT_NEXT, 0xff1f8d],
])("frame %i of 24 bits is that of python-dali", (ours, theirs) => expect(ours).toBe(theirs));
