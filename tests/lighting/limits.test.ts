import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { LightCommand, Override, Requests } from "../../src/lighting/arbiter.js";
import { arbitrate } from "../../src/lighting/arbiter.js";
import type { ChainLink } from "../../src/lighting/chain.js";
import { chainOf } from "../../src/lighting/chain.js";
import { type Bounds, type Limit, limit } from "../../src/lighting/limits.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const STREET: Bounds = {
	floorLevel: percent(20),
	fullLevel: percent(90),
	maxLevel: percent(95),
	protected: false,
};
const CROSSING: Bounds = { ...STREET, protected: true };

describe("limits", () => {
	type Case = [
		why: string,
		[level: number, belowFloor: boolean, dark: boolean, bounds: Bounds],
		then: number,
		spoke: Limit[],
	];
	const cases: Case[] = [
		["the floor holds while it is dark", [0, false, true, STREET], 20, ["floor"]],
		["by day there is no floor", [0, false, false, STREET], 0, []],
		["at the floor nothing is said", [20, false, true, STREET], 20, []],
		["an order may go below the floor", [5, true, true, STREET], 5, []],
		["maxLevel holds", [100, false, true, STREET], 95, ["maxLevel"]],
		["maxLevel holds by day", [100, false, false, STREET], 95, ["maxLevel"]],
		["a level within the bounds stands", [60, false, true, STREET], 60, []],
		["a crossing keeps full class", [60, false, true, CROSSING], 90, ["protected"]],
		[
			"a crossing below the floor: both speak",
			[0, false, true, CROSSING],
			90,
			["floor", "protected"],
		],
		["no order darkens a crossing", [0, true, true, CROSSING], 90, ["protected"]],
		["a crossing may be dark by day", [0, false, false, CROSSING], 0, []],
		["a crossing brighter than its class stays so", [93, false, true, CROSSING], 93, []],
	];
	test.each(cases)("%s", (_why, [level, belowFloor, dark, bounds], then, spoke) => {
		const limits: [Limit, number][] = [];
		const bounded = limit(percent(level), belowFloor, dark, bounds, (by, at) =>
			limits.push([by, at]),
		);
		expect(bounded).toBe(then);
		expect(limits.map(([by]) => by)).toEqual(spoke);
		if (limits.length > 0) expect(limits.at(-1)![1]).toBe(then);
		expect(limit(percent(level), belowFloor, dark, bounds)).toBe(then); // no listener needed
	});
});

describe("chain", () => {
	const night: LightCommand = { reason: "program", level: percent(10), source: "00:00 10" };
	const someone: LightCommand = { reason: "sensor", level: percent(100), source: "presence" };
	const desk: Override = {
		reason: "override",
		level: percent(5),
		source: "a1",
		belowFloor: true,
		inhibitSensors: true,
	};
	const out: LightCommand = {
		reason: "program",
		level: percent(0),
		source: "01:00 out",
		belowFloor: true,
		inhibitSensors: true,
	};
	const cases: [why: string, requests: Requests, dark: boolean, chain: ChainLink[]][] = [
		["day, nobody asks", {}, false, [{ by: "daylight", level: percent(0) }]],
		[
			"night without a program",
			{ default: { reason: "default", level: percent(90) } },
			true,
			[{ by: "default", level: percent(90) }],
		],
		[
			"the program below the floor",
			{ program: night },
			true,
			[
				{ by: "program", level: percent(10), source: "00:00 10" },
				{ by: "floor", level: percent(20) },
			],
		],
		[
			"someone came; the luminaire may not give all",
			{ program: night, sensor: someone },
			true,
			[
				{ by: "program", level: percent(10), source: "00:00 10" },
				{ by: "sensor", level: percent(100), source: "presence" },
				{ by: "maxLevel", level: percent(95) },
			],
		],
		[
			"lights out on a vacant street",
			{ program: out },
			true,
			[{ by: "lightsOut", level: percent(0), source: "01:00 out" }],
		],
		[
			"lights out, which ignores the person on the street",
			{ program: out, sensor: someone },
			true,
			[
				{ by: "lightsOut", level: percent(0), source: "01:00 out" },
				{ by: "presenceIgnored", level: percent(0) },
			],
		],
		[
			"an order below the floor",
			{ program: night, sensor: someone, override: desk },
			true,
			[
				{ by: "program", level: percent(10), source: "00:00 10" },
				{ by: "override", level: percent(5), source: "a1" },
			],
		],
	];
	test.each(cases)("%s", (_why, requests, dark, chain) => {
		expect(chainOf(requests, dark, STREET)).toEqual(chain);
	});

	test(`ends at the level that is decided, whatever is asked (seed ${SEED})`, () => {
		const level = fc.integer({ min: 0, max: 100 }).map(percent);
		const command = fc.record({ reason: fc.constant("program" as const), level });
		const maybe = fc.option(command, { nil: undefined });
		const override = fc.option(
			fc.record({
				reason: fc.constant("override" as const),
				level,
				inhibitSensors: fc.boolean(),
				belowFloor: fc.boolean(),
			}),
			{ nil: undefined },
		);
		const requests = fc.record({ default: maybe, program: maybe, sensor: maybe, override });
		const property = (asked: Requests, dark: boolean, crossing: boolean) => {
			const bounds = crossing ? CROSSING : STREET;
			const won = arbitrate(asked, dark);
			const decided = limit(won.level, won.belowFloor === true, dark, bounds);
			expect(chainOf(asked, dark, bounds).at(-1)!.level).toBe(decided);
			const kept = crossing ? bounds.fullLevel : won.belowFloor ? 0 : bounds.floorLevel;
			expect(decided).toBeGreaterThanOrEqual(dark ? kept : 0);
			expect(decided).toBeLessThanOrEqual(bounds.maxLevel);
		};
		fc.assert(fc.property(requests, fc.boolean(), fc.boolean(), property), { seed: SEED });
	});
});
