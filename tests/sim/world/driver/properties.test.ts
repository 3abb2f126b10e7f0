/** Properties of the simulated driver: limits under any frames, and energy against a sum in steps. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { random } from "../../../../lib/random.js";
import { SILENCE } from "../../../../sim/world/driver/bus.js";
import { lightOf, lightSum } from "../../../../sim/world/driver/curve.js";
import { scaled } from "../../../support/scale.js";
import { PHYSICAL_MINIMUM, Rig } from "./rig.js";

const RUNS = { numRuns: scaled(30, 1500) };
const level = fc.integer({ min: 0, max: 254 });

const HOLDS = {
	limits: true,
	settings: true,
	target: true,
	light: true,
	counters: true,
	usage: true,
};

type Step = (rig: Rig) => void;
const steps: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: fc.tuple(fc.integer({ min: 0, max: 0xffff }), fc.boolean()).map(sends) },
	{
		weight: 4,
		arbitrary: fc.tuple(fc.integer({ min: 0xff00, max: 0xffff }), fc.boolean()).map(sends),
	},
	{ weight: 2, arbitrary: level.map((to) => sends([0xfe00 | to, false])) },
	{
		weight: 2,
		arbitrary: fc.integer({ min: 0, max: 255 }).map((to) => sends([0xa300 | to, false])),
	},
	{
		weight: 2,
		arbitrary: fc
			.tuple(fc.constantFrom(0, 1, 2, 202, 205, 206, 255), fc.integer({ min: 0, max: 255 }))
			.map(
				([bank, at]) =>
					(rig: Rig) =>
						void rig.write(bank, at, at),
			),
	},
	fc.integer({ min: 0, max: 100_000 }).map((span) => (rig: Rig) => rig.wait(span)),
	fc.boolean().map((isOn) => (rig: Rig) => rig.bus.power(rig.now, isOn)),
	fc.tuple(fc.constantFrom("shorted", "mute", "deaf", "slow", "noisy"), fc.boolean()).map(
		([fault, isOn]) =>
			(rig: Rig) =>
				rig.bus.setFault(rig.now, fault, isOn),
	),
	fc
		.constantFrom("sound", "weak", "open", "shorted")
		.map((source) => (rig: Rig) => rig.gear.setSource(rig.now, source)),
	fc.boolean().map((is) => (rig: Rig) => rig.gear.setForeign(is ? random(1, "f") : undefined)),
);

function sends([frame, twice]: readonly [number, boolean]): Step {
	return (rig) => {
		const before = rig.now;
		const answer = rig.send(frame, twice);
		expect(Number.isInteger(answer) && answer >= -3 && answer <= 255).toBe(true);
		expect(rig.now - before).toBeLessThan(120);
		if ((frame & 0x100) === 0 && frame >> 8 === 0xfe) expect(answer).toBeLessThan(0);
	};
}

test("any frames: the level is off or within the limits, and no counter falls", () => {
	fc.assert(
		fc.property(fc.array(steps, { maxLength: 40 }), (story) => {
			const rig = new Rig();
			const { gear, bus } = rig;
			let before = [0, 0, 0, 0, 0];
			for (const step of story) {
				bus.fail(rig.now);
				step(rig);
				const { minLevel, maxLevel, powerOnLevel, fadeTime } = gear.variables;
				const { target } = gear;
				const light = gear.lightAt(rig.now);
				gear.settle(rig.now);
				const { energy, apparent, lit, powered, ignitions } = gear.usage;
				const after = [energy, apparent, lit, powered, ignitions];
				expect({
					limits: minLevel >= PHYSICAL_MINIMUM && maxLevel >= minLevel && maxLevel <= 254,
					settings: powerOnLevel <= 255 && fadeTime <= 15,
					target: target === 0 || (target >= minLevel && target <= maxLevel),
					light: light >= 0 && light <= 1,
					counters: after.every((count, index) => count >= before[index]!),
					usage: lit <= powered + 1e-6 && apparent >= energy,
				}).toEqual(HOLDS);
				before = after;
			}
		}),
		RUNS,
	);
});

test("questions do not change the light", () => {
	const questions = fc.array(fc.integer({ min: 0x90, max: 0xc5 }), { maxLength: 20 });
	fc.assert(
		fc.property(
			level,
			level,
			fc.integer({ min: 0, max: 15 }),
			questions,
			(from, to, fade, asked) => {
				const rig = new Rig();
				rig.send(0xfe00 | from);
				rig.send(0xa300 | fade);
				rig.send(0xff2e, true);
				const sent = rig.bus.send(rig.now, 0xfe00 | to, false);
				rig.now = rig.bus.receive(sent.at).at;
				const ends = rig.gear.fadeEnd(rig.now);
				for (const opcode of asked) rig.send(0xff00 | opcode);
				if (ends < Infinity && rig.now < ends) expect(rig.gear.fadeEnd(rig.now)).toBe(ends);
				rig.wait(100_000);
				const reached = to === 0 ? 0 : Math.max(to, PHYSICAL_MINIMUM);
				expect(rig.gear.levelAt(rig.now)).toBe(reached);
			},
		),
		RUNS,
	);
});

test("the integral of a fade is the sum of its steps", () => {
	const part = fc.double({ min: 1, max: 254, noNaN: true });
	fc.assert(
		fc.property(part, part, fc.integer({ min: 1, max: 90_500 }), (from, to, span) => {
			const pieces = 2000;
			let sum = 0;
			for (let index = 0; index < pieces; index++)
				sum += lightOf(from + ((to - from) * (index + 0.5)) / pieces) * (span / pieces);
			expect(Math.abs(lightSum(from, to, span) / sum - 1)).toBeLessThan(1e-5);
		}),
	);
});

test("the energy of a night of fades is that of the light in steps", () => {
	const orders = fc.array(fc.tuple(level, fc.integer({ min: 100, max: 60_000 })), {
		maxLength: 12,
	});
	fc.assert(
		fc.property(orders, fc.integer({ min: 0, max: 12 }), (night, fade) => {
			const rig = new Rig();
			const { gear } = rig;
			rig.send(0xa300 | fade);
			rig.send(0xff2e, true);
			gear.settle(rig.now);
			const start = gear.usage.energy;
			let watts = 0; // W ms
			const step = 20;
			for (const [to, span] of night) {
				gear.settle(rig.now);
				const { at } = rig.bus.send(rig.now, 0xfe00 | to, false);
				for (; rig.now < at; rig.now += at - rig.now)
					watts += power(rig, (rig.now + at) / 2) * (at - rig.now);
				expect(rig.bus.receive(at).answer).toBe(SILENCE);
				const end = rig.now + span;
				for (; rig.now + step <= end; rig.now += step)
					watts += power(rig, rig.now + step / 2) * step;
			}
			gear.settle(rig.now);
			const sum = watts / 3_600_000;
			expect(Math.abs(gear.usage.energy - start - sum)).toBeLessThan(1e-4 + sum * 2e-3);
		}),
		RUNS,
	);
});

function power({ gear }: Rig, at: number): number {
	return gear.usage.input(gear.lightAt(at), gear.isLitAt(at));
}
