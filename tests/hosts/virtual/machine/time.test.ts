import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { MachineError } from "../../../../hosts/virtual/fleet/fleet.js";
import { EFFECT, INPUT } from "../../../../hosts/virtual/protocol.js";
import { HOUR } from "../../../../lib/spans.js";
import type { StreetOptions } from "../../../support/xsstreet.js";
import { imageOf, logs, Street } from "../../../support/xsstreet.js";

/** Logs every call; an illuminance is the alarm it asks for, relative to now. */
const ECHO = `
	export default function () {
		native.log("boot " + native.powerCause() + " " + native.monotonic());
		return (kind, now, value, channel, more) => {
			native.log([kind, now, value, channel, more].join(" "));
			if (kind === ${INPUT.illuminance}) native.alarm(now + value);
			if (kind === ${INPUT.temperature}) native.setWallClock(value);
			if (kind === ${INPUT.stillness}) native.log([native.wallClock(), Date.now()].join(" "));
		};
	}`;

describe("inputs and alarms", () => {
	test("inputs of one instant come in order of posting and share the tick of the last", async () => {
		const street = await Street.of(imageOf(ECHO));
		street.bootAll(100);
		street.post(0, 150, INPUT.stillness);
		street.post(0, 120, INPUT.movement, 7);
		street.post(0, 120, INPUT.time, 1e12);
		street.post(0, 120, INPUT.network, 1);
		expect(logs(street.run(1000))).toEqual([
			"boot 0 0",
			"1 20 7 0 true",
			"5 20 1000000000000 0 true",
			"6 20 1 0 false",
			"2 50 0 0 false",
			" 150", // no clock was ever set
		]);
	});

	test("an alarm of the same instant is served by the inputs' tick", async () => {
		const street = await Street.of(imageOf(ECHO));
		street.bootAll();
		street.post(0, 10, INPUT.illuminance, 5);
		street.post(0, 15, INPUT.movement);
		expect(logs(street.run(100)).slice(1)).toEqual(["3 10 5 0 false", "1 15 0 0 false"]);
		expect(street.fleet.nextDue()).toBe(Infinity);
	});

	test("an alarm in the past is due at once, NaN and Infinity never", async () => {
		const street = await Street.of(imageOf(ECHO));
		street.bootAll();
		for (const [at, ahead] of [
			[10, -5],
			[20, Infinity],
			[30, Number.NaN],
			[40, 2.5],
		] as const)
			street.post(0, at, INPUT.illuminance, ahead);
		const lines = logs(street.run(100)).filter((line) => line.startsWith("0"));
		expect(lines).toEqual(["0 10 0 0 false", "0 42.5 0 0 false"]);
	});

	test("an alarm comes at its instant or after it, whatever the instant of the boot", async () => {
		const street = await Street.of(imageOf(ECHO));
		const early: string[] = [];
		for (let index = 0; index < 200; index++) {
			const boot = 7_000_000 + index * 100_000 * Math.SQRT2;
			street.bootAll(boot);
			street.run(boot);
			street.post(0, boot + 10 * Math.PI, INPUT.illuminance, Math.E);
			const [asked, came, ...rest] = logs(street.run(boot + 90)).map((line) => line.split(" "));
			const due = Number(asked![1]) + Math.E;
			if (!(Number(came![1]) >= due && Number(came![1]) < due + 1e-6) || rest.length > 0)
				early.push(`boot at ${boot}: ${due} asked, ${came}`);
			street.fleet.cut(0, boot + 100);
			street.run(boot + 100);
		}
		expect(early).toEqual([]);
	});

	test("what is due after `until` waits, and is reported by nextDue", async () => {
		const street = await Street.of(imageOf(ECHO));
		street.bootAll(5);
		expect(street.fleet.nextDue()).toBe(5);
		street.run(5);
		street.post(0, 70, INPUT.movement);
		street.post(0, 60, INPUT.illuminance, 5);
		expect(street.fleet.nextDue()).toBe(60);
		expect(street.run(59)).toEqual([]);
		expect(street.run(60)).toHaveLength(1);
		expect(street.fleet.nextDue()).toBe(65);
	});

	test.each([
		["noSuchLamp", (s: Street) => s.fleet.post(1, 10, INPUT.movement)],
		["noSuchLamp", (s: Street) => s.fleet.statistics(0.5)],
		["pastInstant", (s: Street) => s.fleet.post(0, 4, INPUT.movement)],
		["pastInstant", (s: Street) => s.fleet.run(4)],
		["badArgument", (s: Street) => s.fleet.post(0, Number.NaN, INPUT.movement)],
		["badArgument", (s: Street) => s.fleet.post(0, 9, 11, 0, 0, new Uint8Array(70_000))],
		["badArgument", (s: Street) => s.fleet.storeWrite(0, "sixteen letters!", "x")],
		["badArgument", (s: Street) => s.fleet.storeWrite(0, "k", "x".repeat(3901))],
		["badArgument", (s: Street) => s.fleet.armPowerCut(0, -1)],
	])("%s is a typed error", async (code, act) => {
		const street = await Street.of(imageOf(ECHO));
		street.run(5);
		expect(() => act(street)).toThrow(expect.objectContaining({ name: "MachineError", code }));
		expect(() => act(street)).toThrow(MachineError);
	});
});

describe("clocks", () => {
	test.each([2 ** 31, 2 ** 32, 2 ** 33 + 0.5])(
		"run past %d ms to the millisecond",
		async (edge) => {
			const street = await Street.of(imageOf(ECHO));
			street.bootAll(3);
			street.run(3);
			for (const at of [edge - 1, edge, edge + 1]) street.post(0, at + 3, INPUT.illuminance, 0.25);
			const expected = [edge - 1, edge, edge + 1].flatMap((at) => [
				`3 ${at} 0.25 0 false`,
				`0 ${at + 0.25} 0 0 false`,
			]);
			expect(logs(street.run(edge + 10))).toEqual(expected);
		},
	);

	test("the wall clock survives a restart, not the loss of power", async () => {
		const street = await Street.of(imageOf(ECHO), { epochUtc: 1_700_000_000_000 });
		street.bootAll();
		street.post(0, 1000, INPUT.temperature, 1_800_000_000_000);
		street.post(0, 2000, INPUT.stillness);
		street.fleet.boot(0, 3000, "restart");
		street.post(0, 4000, INPUT.stillness);
		street.fleet.cut(0, 5000);
		street.fleet.boot(0, 6000, "powerOn");
		street.post(0, 7000, INPUT.stillness);
		const seen = logs(street.run(10_000)).filter((line) => / ?1[78]\d{11}$/.test(line));
		expect(seen).toEqual([
			"1800000001000 1800000001000",
			"1800000003000 1800000003000",
			" 1700000007000",
		]);
	});
});

/** Half an hour of chance: alarms, effects of several kinds, the store, garbage. */
const BUSY = `
	export default function () {
		const bytes = new Uint8Array(16);
		let life = Number(native.storeRead("life") ?? "0") + 1;
		native.storeWrite("life", String(life));
		native.alarm(Math.random() * 1000);
		let turns = 0;
		return (kind, now, value) => {
			turns++;
			native.random(bytes);
			const junk = Array.from({ length: bytes[0] % 32 }, (_, i) => ({ i, s: "x" + i + now }));
			native.indicate(bytes[1], junk.length, value, Math.sin(now), 0);
			if (bytes[2] < 16) native.log(JSON.stringify(junk.slice(0, 3)) + Math.cos(now / 1000));
			if (bytes[3] < 2) native.storeWrite("turns", String(turns));
			if (bytes[4] < 1) native.restart("chance");
			if (bytes[5] < 1) null.x;
			native.duty(bytes[6]);
			native.alarm(now + 100 + bytes[7] * 100 + Math.random());
		};
	}`;

describe("determinism", () => {
	const LAMPS = 50;
	/** The digest of all that 50 lamps do in an hour; who ends is booted again a second later. */
	async function digestOf(options: StreetOptions): Promise<{ digest: string; effects: number }> {
		const street = await Street.of(imageOf(BUSY), { lamps: LAMPS, first: 7, ...options });
		const hash = createHash("sha256");
		let effects = 0;
		street.bootAll();
		for (let until = 0; until <= HOUR; until += 60_000) {
			for (const e of street.run(until)) {
				hash.update(`${e.at} ${e.lamp} ${e.kind} ${e.value} ${e.channel} `).update(e.bytes);
				effects++;
				if (e.kind === EFFECT.restart || e.kind === EFFECT.death)
					street.fleet.boot(e.lamp, until + 1000, "crash");
			}
			street.post(7 + ((until / 60_000) % LAMPS), until + 500, INPUT.movement, until);
		}
		const last = street.statistics(7 + LAMPS - 1);
		hash.update(JSON.stringify(last));
		street.fleet.dispose();
		return { digest: hash.digest("hex"), effects };
	}

	test("50 lamps for an hour are the same to the byte", async () => {
		const once = await digestOf({ seed: 1 });
		expect(once.effects).toBeGreaterThan(20_000);
		expect(await digestOf({ seed: 1 })).toEqual(once);
		expect((await digestOf({ seed: 2 })).digest).not.toBe(once.digest);
	});

	test("more inputs than a stage holds, and more effects than are usual, arrive in order", async () => {
		const street = await Street.of(imageOf(ECHO), { lamps: 4 });
		street.bootAll();
		expect(street.run(0)).toHaveLength(4);
		street.fleet.storeWrite(3, "k", "värde\0x");
		expect(street.fleet.storeRead(3, "k")).toBe("värde\0x");
		expect(street.fleet.storeRead(0, "k")).toBeUndefined();
		expect(street.fleet.nextDue()).toBe(Infinity);
		street.post(3, 10, INPUT.movement, 1, "unused");
		expect(street.run(9)).toEqual([]);
		expect(logs(street.run(10), 3)).toEqual(["1 10 1 0 false"]);
		for (let i = 0; i < 3000; i++) street.post(0, 20, INPUT.movement, i); // more than one stage
		expect(street.run(20)).toHaveLength(3000);
		for (let i = 0; i < 20_000; i++) street.post(1, 30, INPUT.movement, i);
		const seen = street.run(30);
		expect(seen).toHaveLength(20_000);
		expect(seen.at(-1)!.bytes.toString()).toBe("1 30 19999 0 false");
		expect(seen.at(9000)!.bytes.toString()).toBe("1 30 9000 0 true");
		expect(street.fleet.memoryBytes()).toBeGreaterThan(2_000_000);
		street.fleet.dispose();
	});
});
