import { afterAll, describe, expect, test } from "@jest/globals";
import { MachineError } from "../../../../hosts/virtual/fleet/fleet.js";
import { DEATH, EFFECT, INPUT } from "../../../../hosts/virtual/protocol.js";
import { scaled } from "../../../support/scale.js";
import { CREATION, deaths, imageOf, logs, Street } from "../../../support/xsstreet.js";

/** Dies as the number in `value` says, 1 second after boot; a neighbour without that input lives. */
const PROGRAM = `
	const ways = [
		() => { const list = []; for (;;) list.push({}); },
		function again(n) { return again(n + 1) + 1; },
		() => { const o = {}; for (let i = 0; ; i++) o["key" + i] = 0; },
		() => { for (;;); },
		() => { throw new RangeError("too far"); },
		() => { Promise.reject(new Error("nobody listens")); },
		() => { const nest = [0]; const f = () => nest.map(f); f(); },
		() => { eval("1"); },
		() => { native.storeWrite("key", "value"); },
		() => { native.restart("asked to"); },
		() => { native.alarm(native.monotonic()); },
	];
	export default function () {
		native.log("boot " + native.storeRead("key"));
		return (kind, now, value) => {
			if (kind === ${INPUT.illuminance}) ways[value](0);
			else if (kind === ${INPUT.tick}) native.alarm(now);
			else native.log("lives " + now);
		};
	}`;

const cases: [death: string, way: number, text: RegExp][] = [
	["notEnoughMemory", 0, /no slot left|no chunk left/],
	["stackOverflow", 1, /stack overflow/],
	["tooManyKeys", 2, /no key left/],
	["watchdog", 3, /computron budget/],
	["uncaughtException", 4, /^RangeError: too far$/],
	["unhandledRejection", 5, /^Error: nobody listens$/],
	["nativeStackOverflow", 6, /native stack overflow/],
	["deadStrip", 7, /not in this image/],
	["powerCut", 8, /power failed/],
	["watchdog", 10, /one instant/],
];

describe("a machine can end", () => {
	let street: Street;
	// Recursion through a native needs many slots before the native stack is full.
	const creation = { ...CREATION, slots: 8192, stackSlots: 8192 };
	const small = Street.of(imageOf(PROGRAM), { lamps: 3 });
	const large = Street.of(imageOf(PROGRAM, { creation, computronBudget: 20_000_000 }), {
		lamps: 3,
	});

	test.each(cases)(
		"%s (way %d): its neighbours live on, it boots again",
		async (death, way, text) => {
			street = await (death === "nativeStackOverflow" ? large : small);
			const { fleet } = street;
			const at = clock(street);
			for (const lamp of [0, 1, 2]) fleet.boot(lamp, at, "powerOn");
			street.run(at);
			if (death === "powerCut") fleet.armPowerCut(1, 7);
			fleet.post(1, at + 5, INPUT.illuminance, way);
			for (const lamp of [0, 1, 2]) fleet.post(lamp, at + 6, INPUT.movement);
			const seen = street.run(at + 10);
			expect(deaths(seen)).toEqual([[death, expect.stringMatching(text)]]);
			expect(seen.find((e) => e.kind === EFFECT.death)).toMatchObject({ lamp: 1, at: at + 5 });
			expect([0, 1, 2].map((lamp) => logs(seen, lamp))).toEqual([["lives 6"], [], ["lives 6"]]);
			expect(fleet.statistics(1)).toBeUndefined();
			fleet.boot(1, at + 20, "crash");
			fleet.post(1, at + 21, INPUT.movement);
			expect(logs(street.run(at + 30), 1)).toEqual(["boot undefined", "lives 1"]);
			advance(street, at + 30);
		},
	);

	test("every death of the list is tried, but the one that the engine keeps for its own faults", () => {
		const tried = new Set(cases.map(([death]) => death));
		expect(DEATH.filter((death) => !tried.has(death))).toEqual(["other"]);
	});

	test("restart ends it with the reason, and its flash stays", async () => {
		street = await small;
		const at = clock(street);
		street.fleet.boot(0, at, "powerOn");
		street.fleet.post(0, at + 1, INPUT.illuminance, 9);
		const seen = street.run(at + 1).filter((e) => e.kind !== EFFECT.log);
		expect(seen.map((e) => [e.kind, e.bytes.toString()])).toEqual([[EFFECT.restart, "asked to"]]);
		expect(street.fleet.statistics(0)).toBeUndefined();
		advance(street, at + 1);
	});

	test("a machine that is too small for its own birth dies of it", async () => {
		const tiny = await Street.of(imageOf(PROGRAM, { creation: { ...CREATION, slots: 24 } }));
		tiny.bootAll();
		expect(deaths(tiny.run(0))).toEqual([["notEnoughMemory", expect.any(String)]]);
	});

	test.each([
		["a syntax error", "export default () => {", /test\/main:1: /],
		["an exception at load", "throw new TypeError('no'); ", /TypeError: no/],
		["a default export that is no function", "export default 1;", /no function/],
		["a module that is not there", 'import "./none.js"; export default () => {};', /none/],
		["a door that needs a lamp, at load", "native.duty(1); export default () => {};", /no lamp/],
		[
			"a generator made at load",
			"const g = (function* () {})(); export default () => g;",
			/generator/,
		],
		[
			"memory shared outside the heap, at load",
			"const b = new SharedArrayBuffer(8); export default () => b;",
			/SharedArrayBuffer/,
		],
	])("an image with %s is refused in words", async (_what, source, text) => {
		await expect(Street.of(imageOf(source))).rejects.toThrow(text);
		await expect(Street.of(imageOf(source))).rejects.toBeInstanceOf(MachineError);
	});

	const births = scaled(200, 500);
	test(`${births} births and deaths of every kind leave no byte behind`, async () => {
		const { fleet } = await small;
		street = await small;
		let at = clock(street);
		const round = (): void => {
			for (const [death, way] of cases) {
				if (death === "nativeStackOverflow") continue;
				fleet.boot(0, at, "powerOn");
				if (death === "powerCut") fleet.armPowerCut(0, 3);
				fleet.post(0, at + 1, INPUT.illuminance, way);
				street.run(at + 1);
				at += 2;
			}
		};
		for (let i = 0; i < 5; i++) round();
		const before = fleet.memoryBytes();
		for (let i = 0; i < births / 9; i++) round();
		expect(fleet.memoryBytes()).toBe(before);
		advance(street, at);
	});
});

/** The tests of one street follow each other in its time. */
const clocks = new Map<Street, number>();
const clock = (street: Street): number => clocks.get(street) ?? 0;
const advance = (street: Street, at: number): void => void clocks.set(street, at + 1);
afterAll(() => clocks.clear());
