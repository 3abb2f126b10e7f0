/** A whole lamp on the bus of the simulated world: two halves that share no line meet here. */
import { describe, expect, test } from "@jest/globals";
import { random } from "../../lib/random.js";
import type { BusFault } from "../../sim/world/driver/bus.js";
import type { GearOptions } from "../../sim/world/driver/gear.js";
import type { LightSource } from "../../sim/world/driver/usage.js";
import { FADE_TIME } from "../../src/dali/levelpath.js";
import type { LampEvent } from "../../src/journal/events.js";
import type { Lux } from "../../src/units.js";
import { eventsOf, measured, onBus } from "../support/buslamp.js";
import { FakeHost } from "../support/fakehost.js";
import { bootLamp } from "../support/lamp.js";
import { WorldBus } from "../support/worldbus.js";

const NIGHT = Date.UTC(2026, 10, 24, 22);
const MORNING = Date.UTC(2026, 10, 25, 7);
const NOON = Date.UTC(2026, 10, 25, 11);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A frame, and one under way before it. */
const FRAME = 100;
const SEED = 36;

function onWorld(
	options: Partial<GearOptions> = {},
	settings: Readonly<Record<string, object>> = {},
	utc = NIGHT,
) {
	const host = new FakeHost();
	const world = new WorldBus(host, SEED, options);
	const { node } = bootLamp({ host, lux: 0, utc, settings, firmware: onBus(world) });
	const events = (...types: LampEvent["type"][]) =>
		eventsOf(node, types).map(([, ...rest]) => rest);
	return { host, node, world, events };
}

test("the settings of the factory become those that end lit", () => {
	const { world } = onWorld({
		variables: { powerOnLevel: 0, systemFailureLevel: 0, maxLevel: 200 },
	});
	world.run(MINUTE);
	expect(world.gear.variables).toMatchObject({
		powerOnLevel: 254,
		systemFailureLevel: 254,
		maxLevel: 254,
		minLevel: 85,
		fadeTime: 0,
		extendedBase: 0,
		extendedMultiplier: 1,
	});
});

test("a driver on the linear curve is set to the standard one, which is no event", () => {
	const { world, host, node, events } = onWorld({ variables: { curve: 1 } });
	world.run(5 * MINUTE);
	expect(world.gear.variables.curve).toBe(0);
	const wanted = node.light.actualAt(host.now) / 100;
	expect(Math.abs(Math.log(world.gear.lightAt(host.now) / wanted))).toBeLessThan(Math.log(1.02));
	expect(events("driverReset", "driverFailure")).toEqual([]);
});

test("a driver that falls back to the linear curve is reported within the hour, and set again", () => {
	const { world, host, events } = onWorld();
	world.run(2 * MINUTE);
	world.gear.setCurve(host.now, 1);
	world.run(host.now + 70 * MINUTE);
	expect(world.gear.variables.curve).toBe(0);
	expect(events("driverReset")).toEqual([[undefined, { settings: 1 }]]);
});

/** 10 % of the light: a level of 170. */
const TEN_PER_CENT = 170;

test("a driver that dims to 10 % is reported as that, once it is known, and not set up again", () => {
	const settings = {
		light: { fullClass: "percent", floorClass: "percent", floorLevel: 5 },
		calendar: { program: "00:00 5" },
	};
	const { world, host, node } = onWorld({ physicalMinimum: TEN_PER_CENT }, settings);
	world.run(5 * MINUTE);
	expect(world.gear.variables.minLevel).toBe(TEN_PER_CENT);
	expect(node.light.level).toBe(5);
	expect(node.light.actualAt(host.now)).toBeCloseTo(10.09, 2); // step 170
	expect(world.gear.levelAt(host.now)).toBe(TEN_PER_CENT);
	const before = world.frames;
	world.run(host.now + 50 * MINUTE);
	expect(world.frames - before).toBeLessThan(50 * 3 + 3 * 40); // level, status, energy each quarter
	expect(world.gear.limitError).toBe(false);
});

test("the light of the driver is that of the light path, within a step and what a frame takes", () => {
	const { world, host, node } = onWorld();
	world.run(5 * MINUTE);
	let worst = 0;
	const compare = (until: number): void => {
		while (host.now < until) {
			world.run(host.now + 100);
			const wanted = node.light.actualAt(host.now) / 100;
			worst = Math.max(worst, Math.abs(Math.log(world.gear.lightAt(host.now) / wanted)));
		}
	};
	host.deliver((inputs, now) => inputs.onMovement(now));
	world.run(host.now + 2000);
	compare(host.now + 5000);
	host.deliver((inputs, now) => inputs.onStillness(now));
	compare(host.now + 10 * MINUTE);
	expect(Math.exp(worst)).toBeLessThan(1.06);
});

test.each([0, 0.1, 3.9, 4, 10, 23, 27, 28])(
	"by day the driver is off when a fall of %d s ends, and stays off",
	(fallTime) => {
		const { world, host, node } = onWorld({}, { light: { fallTime } }, MORNING);
		world.run(5 * MINUTE);
		host.deliver((inputs, now) => inputs.onIlluminance(now, 5000 as Lux));
		while (node.light.level > 0) world.run(host.now + 100);
		world.run(host.now + fallTime * 1000 + FRAME + FADE_TIME);
		const levels = new Set<number>();
		for (const end = host.now + 2 * MINUTE; host.now < end; world.run(host.now + 100))
			levels.add(world.gear.levelAt(host.now));
		expect([...levels]).toEqual([0]);
	},
);

test.each([
	["in the life that put it out", false],
	["in a life that began by day", true],
])(
	"a driver that shone fully after a short of its bus is off within a minute, %s",
	(_what, isNew) => {
		const host = new FakeHost();
		const world = new WorldBus(host, SEED);
		const boot = () => bootLamp({ host, lux: 5000, utc: NOON + host.now, firmware: onBus(world) });
		boot();
		world.run(9.5 * MINUTE);
		if (isNew) {
			host.powerCause = "restart";
			boot();
			world.run(host.now + 9.5 * MINUTE);
		}
		expect(world.gear.levelAt(host.now)).toBe(0);
		world.bus.setFault(host.now, "shorted", true);
		world.run(host.now + 1000);
		world.bus.setFault(host.now, "shorted", false);
		expect(world.gear.levelAt(host.now)).toBe(254);
		world.run(host.now + MINUTE + 2000);
		expect(world.gear.levelAt(host.now)).toBe(0);
	},
);

test("readings are the driver's own counters", () => {
	const { world, host, node } = onWorld();
	world.run(6 * HOUR);
	world.gear.settle(host.now);
	const { usage } = world.gear;
	const reading = (name: string) => measured(node)[name] as number;
	const late = 0.04; // kWh in an hour, the oldest reading
	expect(usage.energy / 1000 - reading("activeEnergy_kWh")).toBeGreaterThanOrEqual(0);
	expect(usage.energy / 1000 - reading("activeEnergy_kWh")).toBeLessThan(late);
	expect(usage.powered / HOUR - reading("operatingHours")).toBeLessThan(1.1);
	expect([reading("starts"), reading("supply_V"), reading("nominalLight_lm")]).toEqual([
		1, 230, 5200,
	]);
	expect(reading("lampTemperature_C")).toBeUndefined(); // this driver has none
	expect([reading("ratedLife_h"), reading("ratedStarts")]).toEqual([100_000, 20_000]);
	expect(reading("identity")).toMatch(/^[0-9a-f]{12}\.[0-9a-f]{16}$/);
});

test.each<[LightSource, string]>([
	["open", "openCircuit"],
	["shorted", "shortCircuit"],
])("a D4i driver tells its types, and what has failed of an LED that is %s", (source, name) => {
	const { world, host, node } = onWorld();
	world.run(MINUTE);
	expect(measured(node)).toMatchObject({ deviceTypes: [6, 49, 50, 51, 52], failureStatus: [] });
	world.gear.setSource(host.now, source);
	world.run(host.now + 3 * MINUTE);
	expect(measured(node).failureStatus).toEqual([name]);
	world.gear.setSource(host.now, "sound");
	world.run(host.now + 3 * MINUTE);
	expect(measured(node).failureStatus).toEqual([]);
});

test("a measured power is left out once the level is another one", () => {
	const { world, host, node } = onWorld();
	world.run(5 * MINUTE);
	expect(measured(node).activePower_W).toBeGreaterThan(0);
	host.deliver((inputs, now) => inputs.onMovement(now));
	world.run(host.now + 5000);
	expect(measured(node).activePower_W).toBeUndefined();
});

describe("faults", () => {
	test.each<[BusFault, string]>([
		["mute", "silent"],
		["deaf", "silent"],
		["shorted", "bus"],
	])("%s begins and ends an event: %s", (fault, why) => {
		const { world, host, events } = onWorld();
		world.run(5 * MINUTE);
		world.bus.setFault(host.now, fault, true);
		world.run(host.now + 3 * MINUTE);
		expect(events("driverFailure")).toEqual([["start", { why }]]);
		expect(world.gear.lightAt(host.now)).toBeGreaterThan(0);
		world.bus.setFault(host.now, fault, false);
		world.run(host.now + 3 * MINUTE);
		expect(events("driverFailure")).toEqual([
			["start", { why }],
			["end", { why }],
		]);
	});
	test("a second driver", () => {
		const { world, host, events } = onWorld();
		world.run(5 * MINUTE);
		const other = WorldBus.gearOf(SEED + 1);
		world.bus.add(other);
		other.power(host.now, true);
		world.run(host.now + 3 * MINUTE);
		expect(events("driverFailure")).toEqual([["start", { why: "several" }]]);
		expect(other.lightAt(host.now)).toBeCloseTo(world.gear.lightAt(host.now), 9);
	});
	test("a slow driver keeps its light", () => {
		const { world, host, node } = onWorld();
		world.bus.setFault(0, "slow", true);
		world.run(10 * MINUTE);
		const wanted = node.light.actualAt(host.now) / 100;
		expect(Math.abs(Math.log(world.gear.lightAt(host.now) / wanted))).toBeLessThan(0.03);
	});
	test("noise on the bus keeps the light, too", () => {
		const { world, host, node } = onWorld();
		world.bus.setFault(0, "noisy", true);
		world.run(HOUR);
		world.bus.setFault(host.now, "noisy", false);
		world.run(host.now + 2 * MINUTE);
		const wanted = node.light.actualAt(host.now) / 100;
		expect(Math.abs(Math.log(world.gear.lightAt(host.now) / wanted))).toBeLessThan(0.03);
	});
	test("a factory reset is an event, and the settings come back", () => {
		const { world, host, events } = onWorld();
		world.run(5 * MINUTE);
		world.gear.reset(host.now);
		world.run(host.now + 10 * MINUTE);
		expect(world.gear.variables.extendedMultiplier).toBe(1);
		expect(events("driverReset")).toHaveLength(1);
	});
	test("a dead light source is the driver's own report", () => {
		const { world, host, events } = onWorld();
		world.run(5 * MINUTE);
		world.gear.setSource(host.now, "open");
		world.run(host.now + 5 * MINUTE);
		world.gear.setSource(host.now, "sound");
		world.run(host.now + 5 * MINUTE);
		expect(events("lampFailure")).toEqual([
			["start", { inference: false }],
			["end", { inference: false }],
		]);
	});
	test("memory of another maker is never a reading out of its range", () => {
		const { world, node, host } = onWorld();
		world.gear.setForeign(random(SEED, "foreign"));
		world.run(4 * HOUR);
		const numbers = Object.values(measured(node)).filter((value) => typeof value === "number");
		for (const value of numbers) expect(Math.abs(value)).toBeLessThanOrEqual(1.7e7);
		expect(numbers.length).toBeGreaterThan(1);
		expect(world.gear.lightAt(host.now)).toBeGreaterThan(0);
	});
});
