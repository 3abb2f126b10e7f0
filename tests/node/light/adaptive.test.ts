/** Adaptive: a whole lamp whose program names a volume, judged by its duty and its explanation. */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { bootLamp, type Lamp } from "../../support/lamp.js";

const SECOND = 1000;
const FULL = 4095;
const EVENING = Date.parse("2026-11-24T22:00:00Z");
const QUARTER = 15 * MINUTE;
const CLASSES = { fullClass: "P4", floorClass: "P6", installedMean: 10, sensorEffect: "none" };
/** P4, P5 and P6 of an installed mean of 10 lx. */
const [P4, P5, P6] = [50, 30, 20];

function lampOf(program: string, light: object = {}, sensing: object = {}): Lamp {
	const settings = { light: { ...CLASSES, ...light }, sensing, calendar: { program } };
	const lamp = bootLamp({ settings, lux: 0, utc: EVENING, isVouched: true });
	lamp.host.run(MINUTE);
	return lamp;
}
const adaptive = (light?: object, sensing?: object) =>
	lampOf("sunset P4; 22:00 P6 traffic 60; sunrise 0", light, sensing);
const level = ({ host }: Lamp) => Math.round((100 * host.duty) / FULL);

/** Lets `span` pass with one road user after the other, each in the sensor's range for `stay`. */
function pass({ host }: Lamp, span: number, users: number, stay = 4 * SECOND): void {
	const from = host.now;
	for (let index = 0; index < users; index += 1) {
		host.run(from + (index + 0.5) * (span / users));
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + stay);
		host.deliver((inputs, now) => inputs.onStillness(now));
	}
	host.run(from + span);
}

describe("a lamp of P4 whose program has P6 and the volume 60", () => {
	test("has the full class at first, then one class less each three quarters of an hour", () => {
		const lamp = adaptive();
		const seen = Array.from({ length: 8 }, () => {
			pass(lamp, QUARTER, 1);
			return level(lamp);
		});
		expect(seen).toEqual([P4, P4, P5, P5, P5, P6, P6, P6]);
	});
	test.each([
		["15 an hour: P6, but no less", 4, P6],
		["32 an hour: P5", 8, P5],
		["64 an hour: P4", 16, P4],
	])("%s", (_why, users, expected) => {
		const lamp = adaptive();
		for (let index = 0; index < 8; index += 1) pass(lamp, QUARTER, users);
		expect(level(lamp)).toBe(expected);
	});
	test("rises within the quarter in which more came, and states why", () => {
		const lamp = adaptive();
		for (let index = 0; index < 7; index += 1) pass(lamp, QUARTER, 0);
		expect(level(lamp)).toBe(P6);
		pass(lamp, 5 * MINUTE, 8);
		expect(level(lamp)).toBe(P5);
		expect(lamp.node.view.light.chain.at(-1)).toEqual({
			by: "program",
			level: P5,
			source: "22:00 P6 traffic 60 > P5",
		});
		pass(lamp, 5 * MINUTE, 7);
		expect(level(lamp)).toBe(P4);
	});
	test("has the full class for a stream of road users, in which edges are few", () => {
		const lamp = adaptive();
		for (let index = 0; index < 7; index += 1) pass(lamp, QUARTER, 0);
		pass(lamp, QUARTER, 1, 5 * MINUTE);
		expect(level(lamp)).toBe(P4);
	});
	test("has the full class when a quarter ends in the midst of movement", () => {
		const lamp = adaptive();
		for (let index = 0; index < 7; index += 1) pass(lamp, QUARTER, 0);
		lamp.host.deliver((inputs, now) => inputs.onMovement(now));
		lamp.host.run(lamp.host.now + 16 * MINUTE);
		expect(level(lamp)).toBe(P4);
	});
});

describe("in doubt the full class", () => {
	test("while the PIR is unreliable, and three quarters of an hour beyond", () => {
		const lamp = adaptive();
		for (let index = 0; index < 7; index += 1) pass(lamp, QUARTER, 0);
		lamp.host.deliver((inputs, now) => inputs.onMovement(now));
		lamp.host.run(lamp.host.now + 2 * HOUR);
		expect(lamp.node.sensorHealth.pir.doubt).toBe("stuckOn");
		expect(level(lamp)).toBe(P4);
		lamp.host.deliver((inputs, now) => inputs.onStillness(now));
		pass(lamp, 44 * MINUTE, 0);
		expect([lamp.node.sensorHealth.pir.doubt, level(lamp)]).toEqual([undefined, P4]);
		pass(lamp, 17 * MINUTE, 0);
		expect(level(lamp)).toBe(P5);
	});
	test.each<[why: string, light: object, sensing: object, expected: number]>([
		["no PIR", {}, { pirFitted: false }, P4],
		["M classes", { fullClass: "M4", floorClass: "M6", installedMean: 1 }, {}, 75],
		[
			"no class, but a level",
			{ fullClass: "percent", floorClass: "percent", fullLevel: 80 },
			{},
			80,
		],
	])("%s", (_why, light, sensing, expected) => {
		const lamp = lampOf("sunset 10 traffic 60; sunrise 0", light, sensing);
		pass(lamp, 4 * HOUR, 0);
		expect(level(lamp)).toBe(expected);
	});
	test("after a cut", () => {
		const lamp = adaptive();
		for (let index = 0; index < 7; index += 1) pass(lamp, QUARTER, 0);
		const after = bootLamp({ stored: lamp.host.stored, utc: EVENING + 2 * HOUR, lux: 0 });
		after.host.run(10 * MINUTE);
		expect([level(lamp), level(after)]).toEqual([P6, P4]);
	});
});

test("a point without a volume, and lights out, are as before", () => {
	const lamp = lampOf("sunset P4 traffic 60; 23:30 P5; 02:00 out traffic 60; sunrise 0", {
		floorLevel: 0,
	});
	expect(level(lamp)).toBe(P4);
	lamp.host.run(HOUR);
	expect(level(lamp)).toBe(P5);
	lamp.host.run(4 * HOUR);
	expect(level(lamp)).toBe(0);
});

describe("a volume given by an order", () => {
	const ROAD = { fullClass: "M4", floorClass: "M6", installedMean: 1 };
	/** M4, M5 and M6 of an installed mean of 1 cd/m2. */
	const [M4, M5, M6] = [75, 50, 30];
	let orders = 0;
	const give = ({ host, node }: Lamp, volume: number, hours: number) => {
		const utc = EVENING + host.now;
		orders += 1;
		const order = { id: `v${orders}`, command: "trafficVolume", volume };
		const times = { issued: new Date(utc), expiration: new Date(utc + hours * HOUR) };
		const envelope = { via: "node", retained: false, toMany: false } as const;
		host.deliver((_inputs, now) => {
			const reply = node.takeOrder(JSON.stringify({ ...order, ...times }), envelope, now);
			expect(reply.status).toBe("accepted");
		});
	};
	const road = () => lampOf("sunset M4; 22:00 M6 traffic 400; sunrise 0", ROAD);

	test("an M class steps by it alone, and is full again at its end", () => {
		const lamp = road();
		give(lamp, 90, 3);
		const seen = Array.from({ length: 12 }, () => {
			pass(lamp, QUARTER, 20); // its own count is no volume of the road
			return level(lamp);
		});
		expect(seen.slice(0, 11)).toEqual([M4, M4, M5, M5, M5, ...Array(6).fill(M6)]);
		pass(lamp, MINUTE, 0);
		expect(level(lamp)).toBe(M4);
		pass(lamp, 2 * HOUR, 0);
		expect(level(lamp)).toBe(M4);
	});
	test("a larger one raises at once", () => {
		const lamp = road();
		give(lamp, 90, 6);
		pass(lamp, 2 * HOUR, 0);
		expect(level(lamp)).toBe(M6);
		give(lamp, 200, 6);
		pass(lamp, MINUTE, 0);
		expect(level(lamp)).toBe(M5);
	});
	test("on P classes the one that asks for more counts, the lamp's own or the given one", () => {
		const quiet = adaptive();
		give(quiet, 40, 6);
		pass(quiet, 2 * HOUR, 0);
		expect(level(quiet)).toBe(P5);
		const busy = adaptive();
		give(busy, 2, 6);
		for (let index = 0; index < 8; index += 1) pass(busy, QUARTER, 16);
		expect(level(busy)).toBe(P4);
	});
	test("no volume darkens a lamp whose own sensor is in doubt", () => {
		const lamp = lampOf("sunset P4; 22:00 P6 traffic 60; sunrise 0", {}, { pirFitted: false });
		give(lamp, 2, 6);
		pass(lamp, 3 * HOUR, 0);
		expect(level(lamp)).toBe(P4);
	});
});
