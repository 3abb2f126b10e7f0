/** Node and its driver: relay, heat, age and polarity, read from the host's outputs. */
import { describe, expect, test } from "@jest/globals";
import { HOUR } from "../../../lib/spans.js";
import { INRUSH_SPREAD, MINIMUM_OFF, OPEN_AFTER } from "../../../src/lighting/relay.js";
import { powerOf } from "../../../src/meter/power.js";
import { SILENT_AFTER } from "../../../src/node/light/housing.js";
import { Node } from "../../../src/node.js";
import { DEFAULTS } from "../../../src/settings/table.js";
import type { Lux, Millis, Percent, UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp, type Lamp, type Start } from "../../support/lamp.js";
import { typeAt } from "../../support/technician.js";

const FULL = 4095;
const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;
const AFTERNOON = Date.parse("2026-11-24T14:00:00Z") as UtcMillis;
const FULL_NIGHT = { calendar: { program: "sunset-240 100; sunrise 0" } };
const HALF = { calendar: { program: "sunset 50; sunrise 0" } };

function boot(settings: Record<string, object>, hours = 0, start: Start = {}): Lamp {
	const host = new FakeHost();
	host.fitRelay();
	host.stored.set("totals", `0 0 ${hours * 3_600_000} 0 0 0 0 0 0`);
	return bootLamp({ host, settings, ...start });
}
function atNight(settings: Record<string, object>, hours = 0): Lamp {
	return boot(settings, hours, { lux: 0, utc: NIGHT, until: 200_000 });
}
const order = (lamp: { host: FakeHost }, text: string) => typeAt(lamp.host, text);
const share = (host: FakeHost) => Math.round((1000 * host.duty) / FULL) / 10;

describe("the relay of a lamp", () => {
	const OUT = { light: { floorLevel: 0 }, calendar: { program: "sunset 0; sunrise 0" } };
	const out = () => {
		const lamp = atNight(OUT);
		lamp.host.run(300_000);
		return lamp;
	};
	test("opens after the fade has ended and a minute has passed", () => {
		const { host, node } = out();
		expect([host.duty, node.view.light.fadeEndsAt]).toEqual([0, 0]);
		const ended = host.duties.at(-1)![0];
		expect(host.contacts).toEqual([[ended + OPEN_AFTER, false]]);
	});
	test("keeps no protected lamp waiting at dusk, not even where its program has the lights out", () => {
		const { host } = boot({
			light: { lightProtected: true },
			calendar: { program: "sunset-240 out; sunrise 0" },
		});
		host.deliver((inputs, now) => inputs.onIlluminance(now, 9000 as Lux));
		host.deliver((inputs, now) => inputs.onTime(now, AFTERNOON));
		host.run(300_000);
		expect([host.duty, host.contacts.at(-1)?.[1]]).toEqual([0, false]);
		host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
		const dusk = host.now + 30_000; // onDelay
		host.run(dusk);
		expect(host.contacts.at(-1)).toEqual([dusk, true]);
		host.run(dusk + 1000);
		expect(host.duty).toBe(FULL);
	});
	test("is closed for every road user, in the same turn and before the light", () => {
		const { host } = out();
		const contacts: [boolean, number][] = [];
		host.relay = { write: () => {} };
		(host.contacts as unknown[]).push = (entry: unknown) =>
			contacts.push([(entry as [Millis, boolean])[1], host.duty]);
		host.deliver((inputs, now) => inputs.onMovement(now));
		expect(contacts).toEqual([[true, 0]]);
		expect(host.duty).toBeGreaterThan(0);
		const edge = host.now;
		host.run(edge + 1000);
		expect(host.duty).toBe(FULL);
	});
	test("and for an order, however soon after it opened", () => {
		const lamp = out();
		lamp.host.run(lamp.host.contacts[0]![0] + 1);
		order(lamp, "override 30 10");
		lamp.host.run(lamp.host.now + 1000);
		expect(share(lamp.host)).toBe(30);
		expect(MINIMUM_OFF).toBeGreaterThan(1001);
	});
	test("at a common switch-on the floor comes at once, the rest in the lamp's own part", () => {
		const lamp = boot({ ...HALF, sensing: { pirFitted: false } });
		const { host } = lamp;
		host.deliver((inputs, now) => inputs.onIlluminance(now, 9000 as Lux));
		host.run(400_000);
		expect([host.duty, host.contacts.length]).toEqual([0, 1]);
		host.deliver((inputs, now) => inputs.onTime(now, NIGHT));
		host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
		host.run(host.now + 30_000); // onDelay
		const [dusk, closed] = host.contacts.at(-1)!;
		expect(closed).toBe(true);
		expect(host.duties.some(([at, duty]) => at === dusk && duty > 0)).toBe(true);
		host.run(host.now + INRUSH_SPREAD + 1000);
		expect(share(host)).toBe(50);
		const above = host.duties.find(([at, duty]) => at >= dusk && duty > 0.21 * FULL)![0];
		expect(above - dusk).toBeGreaterThan(0);
		expect(above - dusk).toBeLessThanOrEqual(INRUSH_SPREAD);
	});
	test.each([
		["the floor", 20],
		["nothing", 0],
	])(
		"whoever stands there at a common switch-on above %s waits for no part",
		(_why, floorLevel) => {
			const { host } = boot({ light: { floorLevel }, ...FULL_NIGHT });
			host.deliver((inputs, now) => inputs.onIlluminance(now, 9000 as Lux));
			host.deliver((inputs, now) => inputs.onTime(now, AFTERNOON));
			host.run(400_000);
			expect([host.duty, host.contacts.at(-1)?.[1]]).toEqual([0, false]);
			host.deliver((inputs, now) => inputs.onMovement(now));
			host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
			const dusk = host.now + 30_000; // onDelay
			host.run(dusk + 1000);
			expect([host.now, host.duty]).toEqual([dusk + 1000, FULL]);
		},
	);
	test("a host without one is a lamp without one", () => {
		const host = new FakeHost();
		const node = new Node(host);
		expect(node.light.driver.relay).toBeUndefined();
	});
});

describe("heat", () => {
	const hot = (celsius: number) => {
		const lamp = atNight(HALF);
		lamp.host.deliver((inputs, now) => inputs.onMovement(now));
		lamp.host.run(lamp.host.now + 1000);
		lamp.host.deliver((inputs, now) => inputs.onTemperature(now, celsius));
		return lamp;
	};
	test("holds the output back in the same turn, says so in chain and level", () => {
		const { host, node } = hot(90);
		expect(share(host)).toBe(50);
		expect([node.view.light.feedback, node.view.light.actual]).toEqual([100, 50]);
		expect(node.view.light.chain.at(-1)).toEqual({ by: "thermal", level: 50 });
	});
	test("wins over the floor, and lets go again", () => {
		const light = { floorLevel: 40 };
		const { host } = atNight({ light, power: { deratingLevel: 30 }, ...HALF });
		host.deliver((inputs, now) => inputs.onTemperature(now, 100));
		expect(share(host)).toBe(30);
		host.deliver((inputs, now) => inputs.onTemperature(now, 60));
		expect(share(host)).toBe(50);
	});
	test("of a driver whose minimum is above its cap: level, power and chain are those of the minimum", () => {
		const { host, node } = atNight({ ...HALF, power: { minimumDuty: 30, deratingLevel: 20 } });
		host.deliver((inputs, now) => inputs.onTemperature(now, 100));
		expect(share(host)).toBe(30);
		expect([node.view.light.feedback, node.view.light.actual]).toEqual([50, 30]);
		expect(node.light.meterAt(host.now).activePower).toBe(powerOf(30 as Percent, DEFAULTS));
		expect(node.view.light.chain.slice(-2)).toEqual([
			{ by: "thermal", level: 20 },
			{ by: "minimumDuty", level: 30 },
		]);
	});
	test("is reported when it begins and when it ends, not in between", () => {
		const { host, node } = hot(80);
		for (const celsius of [82, 90, 84, 76, 70, 69])
			host.deliver((inputs, now) => inputs.onTemperature(now, celsius));
		const events = Array.from({ length: node.journal.newest }, (_, n) => node.journal.read(n + 1)!)
			.filter(({ type }) => type === "thermalDerating")
			.map(({ startEndFlag, attributes }) => [startEndFlag, attributes]);
		expect(events).toEqual([
			["start", '{"temperature_C":80}'],
			["end", '{"temperature_C":70}'],
		]);
	});
	test("of a sensor that died hot holds for a day, and is not reported after that", () => {
		const { host, node } = hot(90);
		const at = host.now;
		const seen = () => [node.housing.celsius, node.light.cap];
		host.run(at + SILENT_AFTER - 60_000);
		host.deliver((inputs, now) => inputs.onTemperature(now, Number.NaN)); // nor does this end it
		expect(seen()).toEqual([90, 50]);
		host.run(at + SILENT_AFTER + HOUR);
		expect(seen()).toEqual([undefined, 100]);
		const entries = Array.from(
			{ length: node.journal.newest },
			(_, n) => node.journal.read(n + 1)!,
		);
		expect(entries.filter(({ type }) => type === "thermalDerating").at(-1)).toMatchObject({
			startEndFlag: "end",
			attributes: '{"temperature_C":90}',
		});
		host.deliver((inputs, now) => inputs.onTemperature(now, 90));
		expect(seen()).toEqual([90, 50]);
	});
	test("draws less, as the meter sees it", () => {
		const { node } = hot(90);
		expect(node.view.meter.activePower).toBeLessThan(20); // of 37 W
	});
});

describe("age", () => {
	const power = { depreciation: "0 100; 100000 80", cleaningFactor: 90, cleaningPeriod: 10_000 };
	test.each([
		["new and clean", 0, 36],
		["dirty, the LEDs a tenth of their way", 10_000, 40.8],
		["at the end", 100_000, 50],
	])("%s: the driver gives what the maintained level needs", (_why, hours, given) => {
		const { host, node } = atNight({ power, ...HALF }, hours);
		expect(share(host)).toBeCloseTo(given, 1);
		expect([node.view.light.feedback, node.view.light.actual]).toEqual([50, 50]);
	});
	test("the duty that is shown stays that of the pin until the light changes", () => {
		const steep = { depreciation: "0 100; 1000 40" };
		const { host, node } = atNight({ power: steep, sensing: { pirSilentAfter: 1000 }, ...HALF });
		const first = host.duty;
		for (let hour = 1; hour < 7; hour += 1) {
			host.run(hour * HOUR);
			expect([node.view.light.duty, host.duty]).toEqual([first, first]);
		}
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 1000);
		expect([node.view.light.duty, host.duty > 2 * first]).toEqual([host.duty, true]);
		host.deliver((inputs, now) => inputs.onStillness(now));
		host.run(host.now + 30_000); // hold
		for (let step = 0; step < 100; step += 1) {
			const off = node.view.light.duty - host.carrier.dutyAt(host.now);
			expect(Math.abs(off)).toBeLessThanOrEqual(1);
			host.run(host.now + 99);
			host.deliver(() => {}); // a turn, as typed bytes make one
		}
	});
	test("a luminaire too strong gives its share", () => {
		const { host } = atNight({ power: { virtualLightOutput: 60 }, ...HALF });
		expect(share(host)).toBe(30);
	});
	test("another setting shows at once", () => {
		const lamp = atNight(HALF);
		order(lamp, "set virtualLightOutput 60\rapply");
		lamp.host.run(lamp.host.now + 1);
		expect(share(lamp.host)).toBe(30);
	});
});

describe("the dimmer", () => {
	const OUT = { light: { floorLevel: 0 }, calendar: { program: "sunset 0" } };
	test("never below what the driver can hold, and off all the same", () => {
		const { host } = atNight({ ...OUT, power: { minimumDuty: 10 } });
		const lit = host.duties.map(([, duty]) => duty).filter((duty) => duty > 0);
		expect(Math.min(...lit)).toBe(410);
		expect(host.duty).toBe(0);
	});
	test("and that is the level, the power and the explanation", () => {
		const light = { floorLevel: 0, presenceLevel: 0 };
		const calendar = { program: "sunset 10; sunrise 0" };
		const { host, node } = atNight({ light, calendar, power: { minimumDuty: 30 } });
		host.run(host.now + 600_000);
		expect(share(host)).toBe(30);
		expect(node.light.actualAt(host.now)).toBe(30);
		expect(node.light.meterAt(host.now).activePower).toBe(powerOf(30 as Percent, DEFAULTS));
		expect(node.view.light.chain.at(-1)).toEqual({ by: "minimumDuty", level: 30 });
	});
	test("no value is written twice", () => {
		const { host } = atNight({ ...HALF, power: { minimumDuty: 30 } });
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 1000);
		const repeats = host.duties.filter(([, duty], n) => n > 0 && duty === host.duties[n - 1]![1]);
		expect(repeats).toEqual([]);
	});
});
