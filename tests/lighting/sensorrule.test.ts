/** Sensor rule: what presence lights to in a period, by itself and in a lamp that lives through one. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	parseSensorRule,
	printSensorRule,
	ruled,
	type SensorRule,
} from "../../src/lighting/sensorrule.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const read = (text: string): SensorRule => {
	const rule = parseSensorRule(text.split(" "));
	if (typeof rule === "string") throw new Error(rule);
	return rule;
};

describe("a period's rule for presence", () => {
	const cases: [why: string, text: string, lamp: number, then: number][] = [
		["set: to its level, be that less", "set 60", 100, 60],
		["set: or more", "set 60", 40, 60],
		["min: not beyond its level", "min 60", 100, 60],
		["min: nor beyond what the lamp is set to", "min 60", 40, 40],
		["max: at least to its level", "max 60", 40, 60],
		["max: or what the lamp is set to", "max 60", 100, 100],
		["a hold alone changes no level", "hold 20", 70, 70],
		["nor does a volume of traffic", "traffic 60", 70, 70],
	];
	test.each(cases)("%s (%s)", (_why, text, lamp, then) => {
		expect(ruled(read(text), percent(lamp))).toBe(then);
	});
	test("no rule, no change", () => {
		expect(ruled(undefined, percent(70))).toBe(70);
	});
	test(`printed and read again it does the same (seed ${SEED})`, () => {
		const word = fc.oneof(
			fc.tuple(fc.constantFrom("set", "max", "min"), fc.integer({ min: 0, max: 100 })),
			fc.constant(undefined),
		);
		const hold = fc.option(fc.integer({ min: 5, max: 1800 }));
		const volume = fc.option(fc.integer({ min: 1, max: 9999 }));
		type Effect = [string, number] | undefined;
		const property = (effect: Effect, seconds: number | null, volume: number | null) => {
			const held = seconds === null ? [] : ["hold", seconds];
			const text = [...(effect ?? []), ...held, ...(volume ? ["traffic", volume] : [])].join(" ");
			if (text === "") return;
			const rule = read(text);
			const again = read(printSensorRule(rule).trim());
			assert.deepEqual(again, rule);
			assert.equal(rule.traffic, volume ?? undefined);
			assert.equal(rule.hold, seconds === null ? undefined : seconds * 1000);
		};
		fc.assert(fc.property(word as fc.Arbitrary<Effect>, hold, volume, property), {
			seed: SEED,
			numRuns: 500,
		});
	});
});
