/**
 * Hostile answers: whatever comes back from the bus, the light is what it was, no reading is beyond its
 * range, and the driver's memory is not worn. A million frames in the soak.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Random, random } from "../../lib/random.js";
import { lightOf } from "../../sim/world/driver/curve.js";
import { VALUES } from "../../src/dali/banks.js";
import { LARGEST_SHORT } from "../../src/dali/frames.js";
import type { Bus, BusInputs } from "../../src/host.js";
import type { BusNode } from "../../src/node/busnode.js";
import type { Millis } from "../../src/units.js";
import { measured, onBus } from "../support/buslamp.js";
import { FakeHost } from "../support/fakehost.js";
import { bootLamp } from "../support/lamp.js";
import { scaled } from "../support/scale.js";

const NIGHT = Date.UTC(2026, 10, 24, 22);
const HOUR = 3_600_000;
const FRAMES = scaled(2000, 1_000_000);
/** Of a lamp, so that a long search is of many lives. */
const FRAMES_A_LIFE = 50_000;
/** Of seven settings with two tries each: seven set-ups an hour, and six of the first hour. */
const WRITES_AN_HOUR = 98;
const WRITES_FIRST = 84;
const CONFIGURES = [42, 43, 44, 45, 46, 48, 227];
/** Of five settings of a sensor with three tries each, each ten minutes at most. */
const SENSOR_WRITES_AN_HOUR = 90;
/** Addresses of two drivers, each ten minutes at most. */
const ADDRESSES_AN_HOUR = 12;

type Answer = (chance: Random, frame: number) => number;
const byte = (chance: Random) => Math.floor(chance.between(0, 256));

/** Rows: kinds of answers. */
const HOSTILE: readonly (readonly [what: string, answer: Answer])[] = [
	["any byte", byte],
	["all ones", () => 255],
	["all noughts", () => 0],
	["none", () => -1],
	["broken frames", () => -2],
	["a dead bus", () => -3],
	["any of them", (chance) => Math.floor(chance.between(-3, 256))],
	["a fault that comes and goes", (chance, frame) => (chance.next() < 0.5 ? -2 : frame & 0xff)],
	[
		"numbers that a host never gives",
		(chance) => [Number.NaN, 1e9, -7, 256, 1.5, -0][byte(chance) % 6]!,
	],
	["the frame itself", (_chance, frame) => frame & 0xff],
];

class HostileBus implements Bus {
	frames = 0;
	armed = -1;
	writes = 0;
	sensorWrites = 0;
	addresses = 0;
	level = -1;
	private dueAt = Infinity;
	private frame = 0;

	constructor(
		private readonly host: FakeHost,
		private readonly chance: Random,
		private readonly answer: Answer,
	) {}

	send(frame: number, twice: boolean): boolean {
		if (this.dueAt < Infinity) return false;
		this.frames++;
		this.frame = frame;
		this.dueAt = this.host.now + Math.ceil(this.chance.between(16, 120));
		if (frame >> 8 === 0xfe) this.level = frame & 0xff;
		if (frame >> 8 === 0xb7) this.addresses++;
		if (twice && frame > LARGEST_SHORT) this.sensorWrites++;
		else if (twice && CONFIGURES.includes(frame & 0xff)) this.writes++;
		return true;
	}

	arm(frame: number): void {
		this.armed = frame;
	}

	run(until: number): void {
		const { host } = this;
		for (;;) {
			const alarm = Math.max(host.alarmAt, host.now);
			const next = Math.min(this.dueAt, alarm);
			if (next > until) break;
			if (alarm < this.dueAt) host.run(alarm);
			else {
				host.now = this.dueAt;
				this.dueAt = Infinity;
				const answer = this.answer(this.chance, this.frame);
				host.deliver((inputs, now) => (inputs as BusInputs).onBusAnswered(now, answer));
			}
		}
		host.run(until);
	}
}

function isInRange(reading: unknown): boolean {
	return typeof reading === "number" && reading >= -60 && reading < 2 ** 48;
}

/** Of the last level that was sent and the light path's, as a logarithm; by day both are none. */
function apart({ level }: HostileBus, { light }: BusNode, now: Millis): number {
	const [given, wanted] = [100 * lightOf(level), light.actualAt(now)];
	return given === wanted ? 0 : Math.abs(Math.log(given / wanted));
}

/** One life of so many frames; hour by hour with an edge, a fall, and a look at all readings. */
function runLife(
	answer: Answer,
	seed: number,
	frames: number,
	drivers = 1,
	lowerSensor = "none",
): void {
	const host = new FakeHost();
	const bus = new HostileBus(host, random(seed, "hostile"), answer);
	const settings = { power: { drivers }, sensing: { lowerSensor, lowerSensorLux: 1000 } };
	const { node } = bootLamp({ host, lux: 0, utc: NIGHT, settings, firmware: onBus(bus) });
	const lamp = node as BusNode;
	const begun = host.now;
	while (bus.frames < frames) {
		host.deliver((inputs, now) => inputs.onMovement(now));
		bus.run(host.now + 5000);
		expect([bus.armed, apart(bus, lamp, host.now) < 0.1]).toEqual([-1, true]);
		host.deliver((inputs, now) => inputs.onStillness(now));
		bus.run(host.now + HOUR / 6);
		expect(apart(bus, lamp, host.now)).toBeLessThan(0.03);
		const hours = 1 + (host.now - begun) / HOUR;
		expect(bus.writes).toBeLessThanOrEqual(drivers * (WRITES_FIRST + WRITES_AN_HOUR * hours));
		expect(bus.addresses).toBeLessThanOrEqual(drivers > 1 ? ADDRESSES_AN_HOUR * (1 + hours) : 0);
		expect(bus.sensorWrites).toBeLessThanOrEqual(SENSOR_WRITES_AN_HOUR * (1 + hours));
		const measures = measured(node);
		for (const name of VALUES.split(" "))
			if (name in measures && !isInRange(measures[name])) throw new Error(JSON.stringify(measures));
	}
	expect(lamp.journal.newest).toBeGreaterThanOrEqual(0);
}

describe("answers", () => {
	test.each(HOSTILE)("%s", (_what, answer) => {
		for (let left = FRAMES / HOSTILE.length, seed = 1; left > 0; left -= FRAMES_A_LIFE, seed++)
			runLife(answer, seed, Math.min(left, FRAMES_A_LIFE));
	});
	test.each(HOSTILE)("%s, of two drivers", (_what, answer) => {
		for (let left = FRAMES / HOSTILE.length, seed = 1; left > 0; left -= FRAMES_A_LIFE, seed++)
			runLife(answer, seed, Math.min(left, FRAMES_A_LIFE), 2);
	});
	test.each(HOSTILE)("%s, of a sensor in the lower socket, too", (_what, answer) => {
		for (let left = FRAMES / HOSTILE.length, seed = 1; left > 0; left -= FRAMES_A_LIFE, seed++)
			runLife(answer, seed, Math.min(left, FRAMES_A_LIFE), 1, "instead");
	});
	test("drawn in any order", () => {
		const some = fc.array(fc.integer({ min: -3, max: 255 }), { minLength: 1, maxLength: 40 });
		fc.assert(
			fc.property(some, fc.nat(), (answers, seed) => {
				let index = 0;
				runLife(() => answers[index++ % answers.length]!, seed, 150);
			}),
			{ numRuns: scaled(10, 500), examples: [[[-3, 1], 0]] },
		);
	});
});
