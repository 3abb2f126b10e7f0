/** Driver: the path of the duty that carries a fade, on a PWM of 12 to 20 bits. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Carrier } from "../../../hosts/moddable/carrier.js";
import { Fade } from "../../../src/lighting/fade.js";
import { Driver } from "../../../src/node/light/driver.js";
import type { Duty, Percent } from "../../../src/units.js";
import { evenly } from "../../support/evenly.js";
import { percent } from "../../support/percent.js";

const SEED = 20261124;
const PLAIN = {
	virtualLightOutput: 100 as Percent,
	cleaningFactor: 100 as Percent,
	cleaningPeriod: 0,
	cleanedAt: 0,
	depreciation: "",
	hoursBefore: 0,
	minimumDuty: 0,
	deratingStart: 80,
	deratingLevel: 100 as Percent,
};

/** A driver without a relay; what it ordered of the dimmer, and the light as that carries it. */
class Rig {
	now = 0;
	readonly carrier = new Carrier();
	readonly orders: string[] = [];
	readonly fade = new Fade(0 as Percent);
	readonly driver: Driver;

	constructor(options: Partial<typeof PLAIN> = {}, resolution = 12) {
		const { carrier, orders } = this;
		const dimmer = {
			resolution,
			write: (duty: Duty) => {
				orders.push(`write ${duty}`);
				carrier.write(duty, this.now);
			},
			fade: (path: Uint32Array, count: number) => {
				orders.push(`fade ${[...path.subarray(0, 2 * count)]}`);
				carrier.fade(path, count, this.now);
			},
			stop: () => carrier.stop(this.now),
		};
		const doors = { serial: "L1", relay: "notAvailable", dimmer } as const;
		this.driver = new Driver(doors, { ...PLAIN, ...options }, 0, 0);
	}

	to(level: number, ramp: number): this {
		if (this.fade.retarget(percent(level), ramp, this.now))
			this.driver.carry(this.fade, this.now, true);
		return this;
	}

	/** The duty at an instant. */
	at(now: number): number {
		const { carrier } = this;
		while (carrier.nextAt <= now) carrier.advance();
		this.now = now;
		return carrier.dutyAt(now);
	}
}

describe("a level", () => {
	test.each([
		[0, 12, 0],
		[0.001, 12, 1], // only off is 0
		[20, 12, 819],
		[50, 12, 2048],
		[100, 12, 4095],
		[100, 14, 16383],
		[20, 16, 13107],
		[100, 20, 1048575],
	])("%f %% on %i bits is %i, at once and at the end of a fade", (level, resolution, duty) => {
		expect(new Rig({}, resolution).to(level, 0).at(0)).toBe(duty);
		expect(new Rig({}, resolution).to(level, 900).at(900)).toBe(duty);
		expect(new Rig({}, resolution).to(100, 0).to(level, 900).at(900)).toBe(duty);
	});
	test(`more light is never less duty, never beyond the PWM, whatever was before (seed ${SEED})`, () => {
		const level = evenly(0, 100);
		const property = (a: number, b: number, resolution: number, ramp: number) => {
			const ended = (from: number, to: number) =>
				new Rig({}, resolution).to(from, 0).to(to, ramp).at(ramp);
			const low = ended(Math.max(a, b), Math.min(a, b));
			const high = ended(Math.min(a, b), Math.max(a, b));
			expect(low).toBeLessThanOrEqual(high);
			expect(high).toBeLessThanOrEqual(2 ** resolution - 1);
			expect(low === 0).toBe(Math.min(a, b) === 0);
		};
		const bits = fc.integer({ min: 12, max: 20 });
		const ramp = fc.integer({ min: 0, max: 2000 });
		fc.assert(fc.property(level, level, bits, ramp, property), { seed: SEED });
	});
});

describe("a fade", () => {
	test.each<[what: string, options: Partial<typeof PLAIN>, from: number, to: number, says: string]>(
		[
			["on the curve", {}, 50, 100, "fade 333,2580,667,3250,1000,4095"],
			["from off: a jump to the least light first", {}, 0, 0.12, "fade 0,4,1000,5"],
			["to off: a jump at the end", {}, 0.12, 0, "fade 1000,4,1000,0"],
			["from the driver's minimum on", { minimumDuty: 10 }, 0, 20, "fade 0,410"],
			["of which nothing can be seen: none", { minimumDuty: 30 }, 20, 25, "write 1229"],
			["that ends as it began", {}, 50, 50.001, "write 2048"],
		],
	)("%s", (_what, options, from, to, says) => {
		const rig = new Rig(options).to(from, 0).to(to, 1000);
		expect(rig.orders.at(-1)!.slice(0, says.length)).toBe(says);
	});
	test("of which nothing can be seen is over at once: its duty is not written again", () => {
		const rig = new Rig({ deratingStart: 60, deratingLevel: 30 as Percent }).to(100, 0);
		rig.driver.heat(90);
		rig.driver.carry(rig.fade, 0, false);
		rig.to(60, 10_000).at(4_000);
		expect(rig.to(100, 0).orders).toEqual(["write 4095", "write 1229"]);
	});
	test.each([
		["held", 100, 100],
		["on its way up", 20, 100],
		["on its way down", 100, 20],
	])("of a hot driver whose cap is below its minimum keeps the minimum, %s", (_what, from, to) => {
		const minimumDuty = 30;
		const rig = new Rig({ minimumDuty, deratingStart: 60, deratingLevel: 20 as Percent });
		rig.to(from, 0);
		rig.driver.heat(90);
		rig.driver.carry(rig.fade, 0, false);
		rig.to(to, 1000);
		expect([0, 500, 1000].map((now) => rig.at(now))).toEqual([1229, 1229, 1229]);
		for (const level of [from, to]) {
			expect(rig.driver.outputOf(percent(level))).toBe(minimumDuty);
			expect(rig.driver.actualOf(percent(level))).toBe(minimumDuty);
		}
	});
	test("is led anew at once by another cap, and goes on from there", () => {
		const rig = new Rig({ deratingStart: 60, deratingLevel: 30 as Percent })
			.to(20, 0)
			.to(100, 1000);
		const before = rig.at(600);
		expect(rig.driver.heat(90)).toBe(true);
		rig.driver.carry(rig.fade, 600, false);
		expect([before > 1229, rig.at(600), rig.at(1000)]).toEqual([true, 1229, 1229]);
	});
	test.each<
		[what: string, options: Partial<typeof PLAIN>, way: number[], at: number, says: string]
	>([
		[
			"a rise that has left the minimum",
			{ minimumDuty: 5 },
			[0, 20, 1000],
			750,
			"fade 0,218,50,283,100,369,150,481,200,627,250,819",
		],
		[
			"a fall below the cap",
			{ deratingLevel: 50 as Percent },
			[100, 20, 10_000],
			4800,
			"fade 0,1899,200,1832,1867,1401,3533,1071,5200,819",
		],
	])("is led anew from where it is: %s", (_what, options, [from, to, ramp], at, says) => {
		const rig = new Rig({ deratingStart: 60, ...options }).to(from!, 0);
		rig.driver.heat(90);
		rig.driver.carry(rig.fade, 0, false);
		rig.to(to!, ramp!).at(at);
		rig.driver.carry(rig.fade, at, false);
		expect(rig.orders.at(-1)).toBe(says);
	});
	test(`that settings and cap change on its way never jumps, unless they ask for it (seed ${SEED})`, () => {
		const level = evenly(0.1, 100);
		const property = (
			[from, to]: [number, number],
			[old, other]: [Bounded, Bounded],
			ramp: number,
			[share, further]: [number, number],
		) => {
			const rig = new Rig(old);
			rig.driver.heat(90);
			rig.to(from, 0).to(to, ramp);
			const light = (instant: number, bounded: Bounded) => {
				const output = (rig.fade.levelAt(instant) * bounded.virtualLightOutput) / 100;
				return (
					(Math.max(Math.min(output, bounded.deratingLevel), bounded.minimumDuty) * 4095) / 100
				);
			};
			const travel = (at: number, bounded: Bounded) =>
				Math.abs(light(at + 1, bounded) - light(Math.max(0, at - 1), bounded));
			const at = Math.floor((ramp - 1) * share);
			const before = rig.at(at);
			rig.driver.configure({ ...PLAIN, ...old, ...other }, 0);
			rig.driver.carry(rig.fade, at, false);
			const after = rig.at(at);
			const asked = Math.abs(light(at, other) - light(at, old));
			const said = () => `${rig.orders.slice(-2)} from ${before} to ${after} at ${at}`;
			assert.ok(Math.abs(after - light(at, other)) <= 0.5 + 1e-6, said());
			assert.ok(Math.abs(after - before) <= asked + 1.5 + travel(at, old), said());
			const later = Math.floor(at + (ramp - at) * further);
			const off = Math.abs(rig.at(later) - light(later, other));
			assert.ok(off <= 1 + travel(later, other), `${said()}, ${rig.at(later)} at ${later}`);
		};
		const bounded = fc.record({
			minimumDuty: fc.integer({ min: 0, max: 20 }),
			virtualLightOutput: fc.integer({ min: 50, max: 100 }).map((part) => part as Percent),
			deratingLevel: fc.integer({ min: 20, max: 100 }).map((part) => part as Percent),
			deratingStart: fc.constant(60),
		});
		type Bounded = ReturnType<typeof bounded.generate>["value"];
		const pair = fc.oneof(
			fc.tuple(bounded, bounded),
			bounded.map((same): [Bounded, Bounded] => [same, same]),
		);
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		const shares = fc.tuple(share, fc.oneof(share, fc.constant(0.01)));
		const ramp = fc.integer({ min: 20, max: 60_000 });
		fc.assert(fc.property(fc.tuple(level, level), pair, ramp, shares, property), {
			seed: SEED,
			numRuns: 5000,
		});
	});
	test("that is cut off in its middle by its own end is written", () => {
		const rig = new Rig().to(20, 0).to(100, 1000);
		rig.at(500);
		rig.to(100, 0);
		expect([rig.orders.at(-1), rig.at(500)]).toEqual(["write 4095", 4095]);
	});
	test(`is the curve within 1 % and a count, between minimum and cap (seed ${SEED})`, () => {
		const level = evenly(0.1, 100);
		const property = (
			[from, to]: [number, number],
			{ minimumDuty, virtualLightOutput, deratingLevel }: Partial<typeof PLAIN>,
			ramp: number,
			share: number,
		) => {
			const options = { minimumDuty, virtualLightOutput, deratingLevel, deratingStart: 60 };
			const rig = new Rig(options as typeof PLAIN);
			rig.driver.heat(90);
			rig.to(from, 0).to(to, ramp);
			const at = Math.round(ramp * share);
			const light = (instant: number) => {
				const curve = from * (to / from) ** (instant / ramp); // IEC 62386-102: equal ratios
				const output = (curve * virtualLightOutput!) / 100;
				return (Math.max(Math.min(output, deratingLevel!), minimumDuty!) * 4095) / 100;
			};
			const travel = Math.abs(light(Math.max(0, at - 1)) - light(Math.min(ramp, at + 1)));
			const off = Math.abs(rig.at(at) - light(at));
			assert.ok(off <= 0.01 * light(at) + 1 + travel, `${rig.orders} is ${rig.at(at)} at ${at}`);
		};
		const options = fc.record({
			minimumDuty: fc.integer({ min: 0, max: 20 }),
			virtualLightOutput: fc.integer({ min: 50, max: 100 }).map((share) => share as Percent),
			deratingLevel: fc.integer({ min: 20, max: 100 }).map((share) => share as Percent),
		});
		const ramp = fc.integer({ min: 20, max: 60_000 });
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(fc.property(fc.tuple(level, level), options, ramp, share, property), {
			seed: SEED,
			numRuns: 3000,
		});
	});
});
