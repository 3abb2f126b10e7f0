/** A whole lamp on a bus: its light, the driver's settings, its faults, and its readings. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readContract } from "../../lib/firmware/contractdoc.js";
import { statusLines } from "../../src/console/print.js";
import { statusObjects } from "../../src/console/printjson.js";
import type { LampEvent } from "../../src/journal/events.js";
import { writeTelemetry } from "../../src/link/reports.js";
import { Samples } from "../../src/link/samples.js";
import { Writer } from "../../src/link/writer.js";
import type { Node } from "../../src/node.js";
import { DRIVER_KEY } from "../../src/storekeys.js";
import { validators } from "../contract/judge.js";
import { eventsOf, measured, onBus } from "../support/buslamp.js";
import { FakeBus, FakeDriver } from "../support/fakedriver.js";
import { FakeHost } from "../support/fakehost.js";
import { bootLamp, type Start } from "../support/lamp.js";
import { utf8 } from "../support/linkfakes.js";
import { scaled } from "../support/scale.js";

const NIGHT = Date.UTC(2026, 10, 24, 22);
const MINUTE = 60_000;
const SERIAL = [1, 2, 3, 4, 5, 6, 1, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x34];
const IDENTITY = "010203040506.0000000000001234";

interface OnBus {
	readonly host: FakeHost;
	readonly node: Node;
	readonly bus: FakeBus;
	readonly driver: FakeDriver;
	/** Events by type, with flag and attributes. */
	events(...types: LampEvent["type"][]): unknown[];
}

function lampOn(start: Start = {}, prepare: (bus: FakeBus) => void = () => {}): OnBus {
	const host = start.host ?? new FakeHost();
	const driver = new FakeDriver();
	driver.store(0, 3, SERIAL);
	driver.store(202, 4, [0, 0, 0, 0, 0, 0x30, 0x39, 0xff, 0, 0, 0x01, 0x9a]);
	const bus = new FakeBus(host, driver);
	prepare(bus);
	const { node } = bootLamp({ ...start, host, firmware: onBus(bus) });
	return { host, node, bus, driver, events: (...types) => eventsOf(node, types) };
}

/** At night, vacant: the floor or the program's level. */
const atNight = (prepare?: (bus: FakeBus) => void, more: Start = {}): OnBus =>
	lampOn({ lux: 0, utc: NIGHT, ...more }, prepare);

describe("the light", () => {
	test("is sent first, before anything is asked", () => {
		const { bus } = lampOn();
		expect(bus.frames[0]![1] >> 8).toBe(0xfe);
	});
	test("follows the fade of the light path within a step and a half", () => {
		const { host, node, bus, driver } = atNight();
		bus.run(5 * MINUTE);
		let worst = 0;
		const compare = (until: number): void => {
			while (host.now < until) {
				bus.run(host.now + 100);
				const wanted = node.light.actualAt(host.now);
				const given = driver.lightAt(host.now);
				worst = Math.max(worst, Math.abs(Math.log(given / wanted)));
			}
		};
		compare(6 * MINUTE);
		expect(Math.exp(worst)).toBeLessThan(1.03); // at rest: a step
		worst = 0;
		host.deliver((inputs, now) => inputs.onMovement(now));
		bus.run(host.now + 2000);
		compare(host.now + 10_000);
		host.deliver((inputs, now) => inputs.onStillness(now));
		compare(host.now + 10 * MINUTE);
		expect(Math.exp(worst)).toBeLessThan(1.05); // in the fall, with what a frame takes
	});
	test("off is level 0, and no relay opens", () => {
		const { bus, driver, host } = lampOn({ lux: 10_000, utc: NIGHT - 10 * 3_600_000 });
		bus.run(10 * MINUTE);
		expect([driver.levelAt(host.now), host.contacts]).toEqual([0, []]);
	});
	test("comes back when the driver lost its supply", () => {
		const { bus, driver, host } = atNight();
		bus.run(5 * MINUTE);
		const before = driver.levelAt(host.now);
		driver.powerCycle(host.now);
		expect(driver.levelAt(host.now)).not.toBe(before);
		bus.run(host.now + 2 * MINUTE);
		expect(driver.levelAt(host.now)).toBe(before);
	});
	test("a fall arms the host with the level where it began, and disarms it at its end", () => {
		const { bus, host } = atNight();
		bus.run(5 * MINUTE);
		host.deliver((inputs, now) => inputs.onMovement(now));
		bus.run(host.now + 5000);
		const full = bus.driver.levelAt(host.now);
		expect(bus.armed).toBe(-1);
		host.deliver((inputs, now) => inputs.onStillness(now));
		let falls = 0;
		const until = host.now + 10 * MINUTE;
		while (host.now < until) {
			bus.run(host.now + 200);
			const level = bus.driver.levelAt(host.now);
			if (level >= full || bus.armed < 0) continue;
			falls += 1;
			expect(bus.armed).toBe(0xfe00 | full);
		}
		expect(falls).toBeGreaterThan(10);
		expect(bus.armed).toBe(-1);
	});
	test("waits for no reading: an edge has its frame within one frame's time", () => {
		const { bus, host } = atNight();
		for (let index = 1; index <= 30; index += 1) {
			bus.run(index * 600_007); // and the fall is over
			host.deliver((inputs, now) => inputs.onMovement(now));
			const at = host.now;
			bus.run(at + 60);
			const level = bus.frames.find(([sentAt, frame]) => sentAt >= at && frame >> 8 === 0xfe);
			expect(level?.[0]).toBeLessThanOrEqual(at + 37);
			host.deliver((inputs, now) => inputs.onStillness(now));
		}
	});
});

describe("the settings", () => {
	test("are read, written once where they differ, and read back", () => {
		const { bus, driver, events } = atNight();
		bus.run(2 * MINUTE);
		const registers = [161, 162, 163, 164, 165, 168].map((query) => driver.registers.get(query));
		expect(registers).toEqual([254, 85, 254, 254, 0x07, 0x10]);
		expect(driver.written).toBe(6);
		expect(events("driverReset", "driverFailure")).toEqual([]); // a driver that was never set up
		bus.run(10 * MINUTE);
		expect(driver.written).toBe(6); // its memory wears
	});
	test("that were lost are an event, and are set again; the light is what it was", () => {
		const { bus, driver, host, events } = atNight();
		bus.run(5 * MINUTE);
		const before = driver.levelAt(host.now);
		for (const [query, value] of new FakeDriver().registers) driver.registers.set(query, value);
		driver.status |= 0x20;
		bus.run(host.now + MINUTE);
		driver.status &= ~0x20;
		bus.run(host.now + 3 * MINUTE);
		expect(events("driverReset")).toEqual([["driverReset", undefined, { settings: 6 }]]);
		expect(driver.registers.get(163)).toBe(254);
		expect(driver.levelAt(host.now)).toBe(before);
	});
	test("that the driver does not accept are an event until they are", () => {
		const { bus, driver, events, node, host } = atNight(({ driver: d }) => {
			d.stubborn = true;
		});
		bus.run(5 * MINUTE);
		const begin = ["driverFailure", "start", { why: "settings" }];
		expect(events("driverFailure")).toEqual([begin]);
		expect(node.view.monitor.standing).toContain("driverFailure");
		driver.stubborn = false;
		driver.powerCycle(host.now);
		bus.run(host.now + 15 * MINUTE);
		expect(events("driverFailure")).toEqual([begin, ["driverFailure", "end", { why: "settings" }]]);
	});
});

describe("the driver", () => {
	const FAULTS: [why: string, answer: number][] = [
		["silent", -1],
		["several", -2],
		["bus", -3],
	];
	test.each(FAULTS)("%s: an event begins, and ends; the light is what it was", (why, answer) => {
		const { bus, driver, host, events, node } = atNight();
		bus.run(5 * MINUTE);
		const before = driver.levelAt(host.now);
		bus.disturb = () => answer;
		bus.run(host.now + 3 * MINUTE);
		expect(events("driverFailure")).toEqual([["driverFailure", "start", { why }]]);
		expect(node.view.monitor.standing).toContain("driverFailure");
		expect(driver.levelAt(host.now)).toBe(before);
		bus.disturb = (given) => given;
		bus.run(host.now + 2 * MINUTE);
		expect(events("driverFailure").slice(1)).toEqual([["driverFailure", "end", { why }]]);
		expect(driver.levelAt(host.now)).toBe(before);
	});
	test("with one or two disturbed answers is no event", () => {
		const { bus, events } = atNight();
		let index = 0;
		bus.disturb = (given, frame) => (frame === 0xff90 && (index += 1) % 3 !== 0 ? -2 : given);
		bus.run(10 * MINUTE);
		expect(events("driverFailure")).toEqual([]);
	});
	test("reports a failure of its light source, which begins and ends", () => {
		const { bus, driver, host, events, node } = atNight();
		bus.run(2 * MINUTE);
		driver.status |= 0x02;
		bus.run(host.now + 2 * MINUTE);
		expect(node.view.monitor.standing).toContain("lampFailure");
		driver.status &= ~0x02;
		bus.run(host.now + 2 * MINUTE);
		expect(events("lampFailure")).toEqual([
			["lampFailure", "start", { inference: false }],
			["lampFailure", "end", { inference: false }],
		]);
	});
	test("is known by type and serial number; another one is an event", () => {
		const { bus, host } = atNight();
		bus.run(5 * MINUTE);
		expect(host.stored.get(DRIVER_KEY)).toBe(IDENTITY);
		const writes = host.storeWrites;
		bus.run(10 * MINUTE);
		expect(host.storeWrites).toBe(writes);
		const after = new FakeHost();
		for (const [key, value] of host.stored) after.stored.set(key, value);
		const next = atNight(({ driver }) => driver.store(0, 3, [...SERIAL.slice(0, 15), 0x35]), {
			host: after,
		});
		next.bus.run(5 * MINUTE);
		expect(next.events("driverReplaced", "driverReset")).toEqual([
			["driverReplaced", undefined, { driver: `${IDENTITY.slice(0, -1)}5`, before: IDENTITY }],
		]);
	});
	test("is the same after one reading of another bank's bytes", () => {
		const host = new FakeHost();
		host.stored.set(DRIVER_KEY, IDENTITY);
		let left = SERIAL.length;
		const readOther = (bus: FakeBus): void => {
			bus.disturb = (given, frame) => (frame === 0xffc5 && left > 0 ? 0x40 + (left -= 1) : given);
		};
		const { bus, events } = atNight(readOther, { host });
		bus.run(5 * MINUTE);
		expect([left, events("driverReplaced"), host.stored.get(DRIVER_KEY)]).toEqual([
			0,
			[],
			IDENTITY,
		]);
	});
	test("has its energy and power as it gives them, and nothing where it gives none", () => {
		const { bus, node } = atNight();
		bus.run(5 * MINUTE);
		expect(measured(node)).toMatchObject({ activeEnergy_kWh: 12.345, activePower_W: 41 });
		expect(measured(node).temperature_C).toBeUndefined();
	});
	test("has its readings in telemetry and in `status`, measured beside the model", () => {
		const { bus, node, driver } = atNight();
		driver.store(205, 4, [
			0,
			0,
			0x0e,
			0x10,
			0,
			0,
			5,
			0x08,
			0xfc,
			50,
			97,
			0,
			...new Array(11).fill(0),
			100,
		]);
		bus.run(5 * MINUTE);
		const { view } = node;
		const samples = new Samples();
		const meters = { sentBytes: 0, receivedBytes: 0, roundTrip: undefined };
		samples.take(node.now, view, meters, 1, 3, false);
		const w = new Writer(utf8, 2048);
		w.startJson();
		w.opening = '{"node":"n","serial":"s",';
		writeTelemetry(w, view, samples.head()!);
		const telemetry = JSON.parse(Buffer.from(w.bytes.subarray(0, w.at)).toString());
		const isTelemetry = validators(readContract())("Telemetry");
		isTelemetry(telemetry);
		expect(isTelemetry.errors).toBeNull();
		const measured = {
			activeEnergy_kWh: 12.345,
			activePower_W: 41,
			supply_V: 230,
			powerFactor: 0.97,
		};
		expect(telemetry.driver).toMatchObject({ isMeasured: true, identity: IDENTITY, ...measured });
		expect(telemetry.energyIsModelled).toBe(true);
		expect(telemetry.driver.lampHours).toBeUndefined();
		const lines = (of: (index: number) => string | undefined): string =>
			Array.from({ length: 14 }, (_, index) => of(index) ?? "").join("\n");
		for (const language of ["en", "fr"] as const)
			expect(lines(statusLines(view, language))).toMatch(
				/^driver {3}isMeasured:true,identity:[0-9a-f.]+,activeEnergy_kWh:12.345,activePower_W:41,/m,
			);
		expect(JSON.parse(statusObjects(view)(9)!)).toMatchObject({ part: "driver", ...measured });
		expect(bootLamp().node.view.meter.driver).toBeUndefined();
	});
	test("is shown in `status` before what is modelled: hours and starts, and the power of the level", () => {
		const { bus, node, driver, host } = atNight();
		const line = (language: "en" | "fr") =>
			Array.from({ length: 12 }, (_, index) => statusLines(node.view, language)(index)).find(
				(text) => text?.startsWith(language === "en" ? "meter" : "compteur"),
			);
		expect(line("en")).toMatch(/ W \(modelled\), .*, 0.0 h lit, switch-ons 1$/);
		driver.store(206, 7, [0, 0, 101, 0, 0, 0, 0, 0, 0, 0x3f, 0x48, ...new Array(15).fill(0)]);
		bus.run(5 * MINUTE);
		expect(line("en")).toMatch(/^meter {4}41.0 W \(measured\), .*, 4.5 h lit, switch-ons 101$/);
		expect(line("fr")).toMatch(
			/^compteur 41,0 W \(mesurés\), .*, 4,5 h d'allumage, allumages : 101$/,
		);
		host.deliver((inputs, now) => inputs.onMovement(now));
		bus.run(host.now + 5000);
		expect(line("en")).toMatch(/ W \(modelled\), .*, switch-ons 101$/); // of another level
	});
	test("is asked at most 60 frames a minute, of which few are needed", () => {
		const { bus, host } = atNight();
		bus.run(2 * MINUTE);
		const from = host.now;
		bus.run(from + 60 * MINUTE);
		const each = new Array<number>(60).fill(0);
		for (const [at, frame] of bus.frames)
			if (at >= from && frame >> 8 !== 0xfe) each[Math.floor((at - from) / MINUTE)]! += 1;
		expect(Math.max(...each.slice(0, 60))).toBeLessThanOrEqual(62); // two of them the status
		expect(bus.since(from).length).toBeLessThan(60 * 8);
	});
});

const lastLevel = (bus: FakeBus) =>
	bus.frames.filter(([, frame]) => frame >> 8 === 0xfe).at(-1)![1];

describe("hostile answers", () => {
	const anAnswer = fc.oneof(
		fc.integer({ min: -4, max: 300 }),
		fc.constantFrom(0, 255, 254, -1, -2, -3, Number.NaN, Infinity, 1e300, 3.5),
	);
	test("change no light and make no number: a part of a million", () => {
		fc.assert(
			fc.property(fc.array(anAnswer, { minLength: 50, maxLength: 200 }), (answers) => {
				const { bus, node, host } = atNight();
				bus.run(MINUTE);
				const before = lastLevel(bus);
				let index = 0;
				bus.disturb = () => answers[index++ % answers.length]!;
				while (index < answers.length && host.now < 3_600_000) bus.run(host.now + MINUTE);
				expect(lastLevel(bus)).toBe(before);
				expect(node.faults.count).toBe(0);
				for (const [, frame] of bus.frames) expect(frame >= 0 && frame <= 0xffff).toBe(true);
			}),
			{ numRuns: scaled(8, 8000) },
		);
	});
});
