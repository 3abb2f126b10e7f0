/** The sensor in the lower socket: its set-up, movement and light, loss and replacement, and two that disagree. */
import { describe, expect, test } from "@jest/globals";
import { LUX_MOST } from "../../lib/dali/devices.js";
import { sensorOf } from "../../sim/world/driver/luminaires.js";
import { LARGEST_SHORT, SEVERAL, TWICE } from "../../src/dali/frames.js";
import { SENSOR_KEY } from "../../src/storekeys.js";
import type { Lux } from "../../src/units.js";
import { eventsOf, measured, onBus } from "../support/buslamp.js";
import { FakeHost } from "../support/fakehost.js";
import { bootLamp } from "../support/lamp.js";
import { WorldBus } from "../support/worldbus.js";

const NIGHT = Date.UTC(2026, 10, 24, 22);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const SEED = 54;
/** Light after a movement: the polling period and 100 ms. */
const WITHIN = 600;
const EVENTS = ["presenceSensorFailure", "lightSensorFailure", "sensorReplaced"] as const;

function withSensor(lowerSensor: "none" | "instead" | "beside", bits?: number, lowerSensorLux = 0) {
	const host = new FakeHost();
	const world = new WorldBus(host, SEED);
	const sensor = sensorOf(SEED, "sensor", bits);
	world.bus.device = sensor;
	const sent: number[] = [];
	const send = world.send.bind(world);
	world.send = (frame, twice) => {
		sent.push(frame + (twice ? TWICE : 0));
		return send(frame, twice);
	};
	const settings = { sensing: { lowerSensor, lowerSensorLux } };
	const boot = () => bootLamp({ host, lux: 0, utc: NIGHT, settings, firmware: onBus(world) }).node;
	const node = boot();
	const level = () => world.gear.levelAt(host.now);
	const events = (of = node) => eventsOf(of, [...EVENTS]);
	return { host, world, sensor, node, sent, boot, level, events };
}

describe("a sensor in place of the lamp's own", () => {
	test("gets the settings that polling needs, once", () => {
		const { world, sensor, sent, host } = withSensor("instead");
		world.run(MINUTE);
		expect(sensor.variables).toMatchObject({ holdTimer: 0, filters: [0, 1, 0] });
		sent.length = 0;
		world.run(host.now + 2 * HOUR);
		expect(sent.filter((frame) => frame > TWICE + LARGEST_SHORT)).toEqual([]);
	});
	test("lights within the polling period and 100 ms, whenever somebody comes", () => {
		const { world, sensor, host, level } = withSensor("instead");
		world.run(5 * MINUTE);
		let worst = 0;
		for (let nth = 0; nth < 50; nth++) {
			const before = level();
			const at = host.now + nth * 17.3;
			world.run(at);
			sensor.sense(at, true);
			while (level() <= before && host.now < at + 2 * SECOND) world.run(host.now + 1);
			worst = Math.max(worst, host.now - at);
			sensor.sense(host.now + SECOND, false);
			world.run(host.now + 4 * MINUTE);
		}
		expect(worst).toBeGreaterThan(300);
		expect(worst).toBeLessThan(WITHIN);
	});
});

describe("a sensor beside the lamp's own", () => {
	test("movement of either is movement, and of the sensor alone the chain says so", () => {
		const { host, world, sensor, node, level } = withSensor("beside");
		world.run(5 * MINUTE);
		const dim = level();
		sensor.sense(host.now, true);
		world.run(host.now + 2 * SECOND);
		expect(level()).toBeGreaterThan(dim);
		expect(node.light.command.source).toBe("lowerSensor");
		node.onMovement(host.now);
		node.tick(host.now);
		expect(node.light.command.source).toBe("presence");
		sensor.sense(host.now, false);
		world.run(host.now + 5 * MINUTE);
		expect(level()).toBeGreaterThan(dim); // the PIR's goes on
		node.onStillness(host.now);
		node.tick(host.now);
		world.run(host.now + 5 * MINUTE);
		expect(level()).toBe(dim);
	});
	test.each<[string, "sensor" | "pin"]>([
		["the PIR misses what the sensor sees", "sensor"],
		["the sensor misses what the PIR sees", "pin"],
	])("%s: full light, an event, and its end once it sees", (_what, seer) => {
		const { host, world, sensor, node, events } = withSensor("beside");
		const walk = (who: "sensor" | "pin") => {
			if (who === "sensor") sensor.sense(host.now, true);
			else node.onMovement(host.now);
			node.tick(host.now);
			world.run(host.now + 5 * SECOND);
			if (who === "sensor") sensor.sense(host.now, false);
			else node.onStillness(host.now);
			node.tick(host.now);
			world.run(host.now + 2 * MINUTE);
		};
		world.run(MINUTE);
		for (let nth = 0; nth < 20; nth++) walk(seer);
		expect(events()).toEqual([]);
		for (let nth = 0; nth < 2; nth++) walk(seer);
		const why = "disagreement";
		expect(events()).toEqual([["presenceSensorFailure", "start", { why }]]);
		expect(node.light.command.source).toBe("doubt");
		walk(seer === "pin" ? "sensor" : "pin");
		expect(events()).toHaveLength(2);
	});
	test("the lower of two illuminances counts", () => {
		const { host, world, sensor, node } = withSensor("beside", 16, LUX_MOST);
		sensor.see(300);
		node.onIlluminance(host.now, 5 as Lux);
		world.run(MINUTE);
		expect(node.lightMeter?.reading).toBe(5);
		node.onIlluminance(host.now, 900 as Lux);
		expect(node.lightMeter?.reading).toBeCloseTo(300, 0);
		world.bus.device = undefined;
		world.run(host.now + MINUTE);
		expect(node.lightMeter?.reading).toBe(900);
	});
});

describe("its light", () => {
	test.each([8, 10, 13, 16])("of %i bits is lux", (bits) => {
		const { host, world, sensor, node } = withSensor("instead", bits, LUX_MOST);
		for (const lux of [0, 37, 700, LUX_MOST, 12]) {
			sensor.see(lux);
			world.run(host.now + 11 * SECOND);
			const { lowerSensor } = measured(node) as { lowerSensor: { illuminance_lx: number } };
			expect(Math.abs(lowerSensor.illuminance_lx - lux)).toBeLessThanOrEqual(
				0.6 + LUX_MOST / 2 ** bits,
			);
		}
	});
});

describe("a sensor that is taken out", () => {
	test("is an event after ten seconds, full light, and over when it answers again", () => {
		const { host, world, sensor, node, boot, events, level } = withSensor("instead");
		world.run(5 * MINUTE);
		world.bus.device = undefined;
		world.run(host.now + 9 * SECOND);
		expect(events()).toEqual([]);
		world.run(host.now + 5 * SECOND);
		const start = ["presenceSensorFailure", "start", { why: "lost" }];
		expect(events()).toEqual([start, ["lightSensorFailure", "start", { why: "lost" }]]);
		expect(level()).toBe(254);
		expect(measured(node)).toMatchObject({ lowerSensor: { isLost: true } });
		host.powerCause = "restart";
		const next = boot();
		world.run(host.now + MINUTE);
		expect(events(next)).toEqual([]); // it is known
		world.bus.device = sensor;
		world.run(host.now + 3 * SECOND);
		expect(events(next)).toEqual([
			["presenceSensorFailure", "end", { why: "lost" }],
			["lightSensorFailure", "end", { why: "lost" }],
		]);
	});
	test.each<[string, answer: (frame: number) => number | undefined]>([
		["has no instance for occupancy", (frame) => (frame === 0xff0080 ? 1 : undefined)],
		["is two, whose answers collide", () => SEVERAL],
		[
			"answers each question for movement with garbage",
			(frame) => (frame === 0xff008c ? 0x7e : undefined),
		],
	])("is lost, too, if it %s", (_what, answer) => {
		const { world, sensor, events, level } = withSensor("instead");
		const receive = sensor.receive.bind(sensor);
		sensor.receive = (now, frame) => {
			const given = receive(now, frame);
			return given === undefined ? given : (answer(frame) ?? given);
		};
		world.run(MINUTE);
		expect(events()[0]).toEqual(["presenceSensorFailure", "start", { why: "lost" }]);
		expect(level()).toBe(254);
	});
	test("and replaced is an event with both identities, once it was read twice", () => {
		const { host, world, node, events } = withSensor("instead");
		world.run(MINUTE);
		const before = node.store.read(SENSOR_KEY);
		expect(before).toMatch(/^[0-9a-f]{12}\.[0-9a-f]{16}$/);
		world.bus.device = undefined;
		world.run(host.now + MINUTE);
		const other = sensorOf(SEED + 1, "sensor");
		world.bus.device = other;
		world.run(host.now + MINUTE);
		const sensor = node.store.read(SENSOR_KEY);
		expect(events().at(-1)).toEqual(["sensorReplaced", undefined, { sensor, before }]);
		expect(sensor).not.toBe(before);
		expect(other.variables).toMatchObject({ holdTimer: 0, filters: [0, 1, 0] });
	});
	test.each<[string, mode: "instead" | "beside", swaps: readonly number[], outFor: number]>([
		["as a whole set-up has ended", "instead", [37 * MINUTE], SECOND],
		["while the first one is set up", "instead", [3 * SECOND], SECOND],
		["within ten minutes of its first writes", "instead", [MINUTE], SECOND],
		["for longer, but not until it is lost", "instead", [37 * MINUTE], 8 * SECOND],
		["until it is lost", "instead", [MINUTE], MINUTE],
		[
			"twice, the second time while the other one is set up",
			"instead",
			[MINUTE, 4 * SECOND],
			SECOND,
		],
		["twice within ten minutes", "instead", [MINUTE, MINUTE], SECOND],
		["beside the lamp's own", "beside", [37 * MINUTE], SECOND],
	])("gets its settings within 20 s: %s", (_what, mode, swaps, outFor) => {
		const { host, world } = withSensor(mode);
		for (const [nth, after] of swaps.entries()) {
			world.run(host.now + after);
			world.bus.device = undefined;
			world.run(host.now + outFor);
			world.bus.device = sensorOf(SEED + 1 + nth, "sensor");
		}
		world.run(host.now + 20 * SECOND);
		expect(world.bus.device!.variables).toMatchObject({ holdTimer: 0, filters: [0, 1, 0] });
	});
	test("is asked for movement by the known instance while it is set up anew", () => {
		const { world, sent } = withSensor("instead");
		world.run(2 * HOUR);
		expect(sent.filter((frame) => frame < 0)).toEqual([]);
	});
});

test("fades have the levels of a lamp without a sensor, at most a frame and its answer later", () => {
	const levels = (hasSensor: boolean) => {
		const { host, world, node, sent } = withSensor(hasSensor ? "instead" : "none");
		world.run(5 * MINUTE);
		const times: [at: number, frame: number][] = [];
		const send = world.send.bind(world);
		world.send = (frame, twice) => {
			const isSent = send(frame, twice);
			if (isSent && frame >> 8 === 0xfe) times.push([host.now, frame]);
			return isSent;
		};
		const from = host.now;
		for (let nth = 0; nth < 40; nth++) {
			node.light.ask("doubt", nth % 2 === 0 ? Infinity : 0);
			node.requestDecision();
			node.tick(host.now);
			world.run(host.now + 20 * SECOND + 37);
		}
		expect(sent.includes(0xff008c)).toBe(hasSensor);
		return times.map(([at, frame]) => [at - from, frame]);
	};
	const [alone, polled] = [levels(false), levels(true)];
	expect(polled.length).toBeGreaterThan(500);
	expect(polled.map(([, frame]) => frame)).toEqual(alone.map(([, frame]) => frame));
	const late = polled.map(([at], nth) => at! - alone[nth]![0]!);
	expect(Math.max(...late)).toBeLessThanOrEqual(56);
});

/** Frames of python-dali for a device with instances of types 3, 1 and 4. */
test("the set-up of a sensor is, frame by frame, that of part 103", () => {
	const { world, sent } = withSensor("instead");
	world.run(6 * SECOND);
	const set = [...new Set(sent.filter((frame) => frame % TWICE > LARGEST_SHORT))];
	const text = set.map((frame) => (frame % TWICE).toString(16) + (frame >= TWICE ? " twice" : ""));
	const polls = ["ff008c", "ff028c", "ff028d"];
	expect(text.filter((frame) => !polls.includes(frame))).toEqual([
		...["fffe35", "ff0080", "ff0180", "ff0280", "ff0281"], // instances, types, resolution
		...["ff0090", "c13000", "ff0068 twice", "ff0086"], // QueryEventFilterL, DTR0, SetEventFilter ...
		...["ff002d", "ff0021 twice"], // QueryHoldTimer, SetHoldTimer
		...["ff0290", "ff0268 twice", "ff0286"],
		...["c13100", "c13003", "fffe3c"], // the identity in bank 0
	]);
});
