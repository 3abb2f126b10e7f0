/** A luminaire with two drivers: their addresses, their light, their settings, and one that is missing. */
import { describe, expect, test } from "@jest/globals";
import { readContract } from "../../lib/firmware/contractdoc.js";
import type { GearOptions } from "../../sim/world/driver/gear.js";
import { Addressing } from "../../src/dali/addressing.js";
import { TWICE } from "../../src/dali/frames.js";
import type { LampEvent } from "../../src/journal/events.js";
import { DRIVER_KEY } from "../../src/storekeys.js";
import { validators } from "../contract/judge.js";
import { eventsOf, measured, onBus } from "../support/buslamp.js";
import { FakeHost } from "../support/fakehost.js";
import { bootLamp } from "../support/lamp.js";
import { WorldBus } from "../support/worldbus.js";

const NIGHT = Date.UTC(2026, 10, 24, 22);
const MINUTE = 60_000;
const SEED = 36;
const TWO = { power: { drivers: 2 } };
const RANDOMISE = 0xa700;

function twoDrivers(
	settings: Readonly<Record<string, object>> = TWO,
	options: Partial<GearOptions> = {},
) {
	const host = new FakeHost();
	const world = new WorldBus(host, SEED, options);
	const second = WorldBus.gearOf(SEED + 1, options);
	world.bus.add(second);
	second.power(0, true);
	const sent: number[] = [];
	const send = world.send.bind(world);
	world.send = (frame, twice) => {
		sent.push(frame);
		return send(frame, twice);
	};
	const boot = () => {
		const { node } = bootLamp({ host, lux: 0, utc: NIGHT, settings, firmware: onBus(world) });
		return node;
	};
	const node = boot();
	const events = (of = node, ...types: LampEvent["type"][]) =>
		eventsOf(of, types.length > 0 ? types : ["driverFailure", "lampFailure", "driverReset"]);
	return { host, world, second, node, events, sent, boot };
}
const addressesOf = ({ world, second }: ReturnType<typeof twoDrivers>) =>
	[world.gear, second].map((gear) => gear.variables.shortAddress).sort();

describe("two drivers", () => {
	test("get addresses and settings, shine alike, and are no fault", () => {
		const two = twoDrivers(TWO, { variables: { powerOnLevel: 0, curve: 1 } });
		const { host, world, second, events } = two;
		world.run(2 * MINUTE);
		expect(addressesOf(two)).toEqual([0, 1]);
		for (const gear of [world.gear, second])
			expect(gear.variables).toMatchObject({ powerOnLevel: 254, curve: 0, minLevel: 85 });
		expect(world.gear.levelAt(host.now)).toBe(second.levelAt(host.now));
		expect(world.gear.levelAt(host.now)).toBeGreaterThan(0);
		expect(events()).toEqual([]);
	});
	test("keep them: a restart draws no numbers", () => {
		const { host, world, sent, boot, events } = twoDrivers();
		world.run(2 * MINUTE);
		expect(sent).toContain(RANDOMISE);
		sent.length = 0;
		host.powerCause = "restart";
		const node = boot();
		world.run(host.now + 10 * MINUTE);
		expect(sent).not.toContain(RANDOMISE);
		expect(events(node)).toEqual([]);
	});
	test("have their energy and power as a sum", () => {
		const { host, world, second, node } = twoDrivers();
		world.run(60 * MINUTE);
		for (const gear of [world.gear, second]) gear.settle(host.now);
		const kWh = (world.gear.usage.energy + second.usage.energy) / 1000;
		const { activeEnergy_kWh: read, activePower_W: power } = measured(node) as Record<
			string,
			number
		>;
		expect(kWh - read!).toBeGreaterThanOrEqual(0);
		expect(kWh - read!).toBeLessThan(0.03); // of a quarter of an hour
		expect(power!).toBeGreaterThan(
			1.5 * world.gear.usage.input(world.gear.lightAt(host.now), true),
		);
	});
	test("tell each its identity, types, failures and readings; the contract has them", () => {
		const { host, world, second, node } = twoDrivers();
		world.run(20 * MINUTE);
		second.setSource(host.now, "open");
		world.run(host.now + 3 * MINUTE);
		const first = measured(node) as Record<string, unknown> & { second: Record<string, unknown> };
		const alone = first.second;
		const failures = [first.failureStatus, alone.failureStatus];
		expect(second.variables.shortAddress === 1 ? failures : failures.reverse()).toEqual([
			[],
			["openCircuit"],
		]);
		expect(alone).toMatchObject({ starts: 1, deviceTypes: [6, 49, 50, 51, 52] });
		expect([first.identity, alone.identity].sort()).toEqual(
			node.store.read(DRIVER_KEY)!.split(" ").sort(),
		);
		expect(alone.activeEnergy_kWh as number).toBeLessThan(first.activeEnergy_kWh as number);
		const isReadings = validators(readContract())("DriverReadings");
		expect([isReadings(first), isReadings.errors]).toEqual([true, null]);
	});
	test("one that is missing is a fault until it is back; the other one goes on", () => {
		const { host, world, second, events } = twoDrivers();
		world.run(3 * MINUTE);
		world.bus.remove();
		world.run(host.now + 4 * MINUTE);
		const begin = ["driverFailure", "start", { why: "silent" }];
		expect(events()).toEqual([begin]);
		expect(world.gear.lightAt(host.now)).toBeGreaterThan(0);
		world.bus.add(second);
		world.run(host.now + 12 * MINUTE);
		expect(events()).toEqual([begin, ["driverFailure", "end", { why: "silent" }]]);
	});
	test("another one in its place gets its address", () => {
		const two = twoDrivers();
		const { host, world, events } = two;
		world.run(3 * MINUTE);
		world.bus.remove();
		const other = WorldBus.gearOf(SEED + 2);
		world.bus.add(other);
		other.power(host.now, true);
		world.run(host.now + 15 * MINUTE);
		expect(addressesOf({ ...two, second: other })).toEqual([0, 1]);
		expect(events().filter(([, flag]) => flag === "start").length).toBeLessThanOrEqual(1);
		expect(other.variables.powerOnLevel).toBe(254);
	});
	test("are known by their identities, in any order; another one is an event", () => {
		const { host, world, second, boot } = twoDrivers();
		world.run(3 * MINUTE);
		const [one, two] = [world.gear.variables, second.variables];
		[one.shortAddress, two.shortAddress] = [two.shortAddress, one.shortAddress];
		host.powerCause = "restart";
		const swapped = boot();
		world.run(host.now + 5 * MINUTE);
		expect(eventsOf(swapped, ["driverReplaced"])).toEqual([]);
		world.bus.remove();
		const other = WorldBus.gearOf(SEED + 2);
		world.bus.add(other);
		other.power(host.now, true);
		world.run(host.now + 20 * MINUTE);
		expect(eventsOf(swapped, ["driverReplaced"]).length).toBe(1);
	});
	test("a light source of either that fails is an event, which ends with the last one", () => {
		const { host, world, second, events } = twoDrivers();
		world.run(3 * MINUTE);
		second.setSource(host.now, "open");
		world.run(host.now + 3 * MINUTE);
		world.gear.setSource(host.now, "shorted");
		world.run(host.now + 3 * MINUTE);
		second.setSource(host.now, "sound");
		world.run(host.now + 3 * MINUTE);
		expect(events()).toEqual([["lampFailure", "start", { inference: false }]]);
		world.gear.setSource(host.now, "sound");
		world.run(host.now + 3 * MINUTE);
		expect(events().at(-1)).toEqual(["lampFailure", "end", { inference: false }]);
	});
	test("without the setting are the fault `several`", () => {
		const { world, events, sent } = twoDrivers({});
		world.run(5 * MINUTE);
		expect(events()).toEqual([["driverFailure", "start", { why: "several" }]]);
		expect(sent).not.toContain(RANDOMISE);
	});
});

describe("the search", () => {
	/** Drivers with these numbers; what they answer to each frame. */
	function search(numbers: readonly number[], most = 2) {
		const addressing = new Addressing();
		const taken = new Map<number, number>();
		const withdrawn = new Set<number>();
		const frames: string[] = [];
		let searched = 0;
		addressing.begin(most, 0);
		for (let now = 0; addressing.dueAt < Infinity && now < 1000; now += 1) {
			const frame = addressing.next();
			frames.push(`${(frame & 0xffff).toString(16)}${frame >= TWICE ? " twice" : ""}`);
			const [command, data] = [(frame >> 8) & 0xff, frame & 0xff];
			if (command === 0xb1) searched = (searched & 0xffff) | (data << 16);
			if (command === 0xb3) searched = (searched & 0xff00ff) | (data << 8);
			if (command === 0xb5) searched = (searched & 0xffff00) | data;
			const asked = numbers.filter((number, index) => number <= searched && !withdrawn.has(index));
			if (command === 0xb7 && numbers.includes(searched)) taken.set(searched, data >> 1);
			if (command === 0xab) withdrawn.add(numbers.indexOf(searched));
			const answers = command === 0xa9 ? asked.length : 0;
			addressing.take(answers === 0 ? -1 : answers === 1 ? 255 : -2, now);
		}
		return { frames, taken, given: addressing.given };
	}
	test.each([
		[[5, 9]],
		[[0, 0xffffff]],
		[[0x123456, 0x123457]],
		[[0xfffffe, 0xffffff]],
		[[0x800000, 0x7fffff]],
	])("of %j gives the least 0 and the other 1", (numbers) => {
		const { taken, given } = search(numbers);
		const [first, second] = [...numbers].sort((a, b) => a - b);
		expect([given, taken.get(first!), taken.get(second!)]).toEqual([2, 0, 1]);
	});
	test("of one or none gives as many", () => {
		expect([search([77]).given, search([]).given]).toEqual([1, 0]);
	});
	test("begins and ends as python-dali encodes it", () => {
		const { frames } = search([5, 9]);
		// Initialise(broadcast=True), Randomise(), SearchaddrH/M/L(0xff), Compare()
		expect(frames.slice(0, 6)).toEqual([
			"a500 twice",
			"a700 twice",
			"b1ff",
			"b3ff",
			"b5ff",
			"a900",
		]);
		expect(frames).toContain("b701"); // ProgramShortAddress(0)
		expect(frames).toContain("b703"); // ProgramShortAddress(1)
		expect(frames).toContain("ab00"); // Withdraw()
		expect(frames.at(-1)).toBe("a100"); // Terminate()
	});
	test("a bus without power ends it", () => {
		const addressing = new Addressing();
		addressing.begin(2, 0);
		addressing.next();
		addressing.take(-3, 1);
		expect([addressing.dueAt, addressing.given, addressing.holds]).toEqual([Infinity, 0, false]);
	});
});
