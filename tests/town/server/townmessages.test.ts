/** Town messages: the form between server and page, and the courses in it. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EFFECT } from "../../../hosts/virtual/protocol.js";
import { FULL_DUTY } from "../../../sim/world/world.js";
import { type Course, courseOf, fullSeconds, Recorder } from "../../../town/nights/course.js";
import {
	float32,
	int16,
	int32,
	packed,
	timeIn,
	uint8,
	uint16,
	uint32,
} from "../../../town/townmessages.js";

describe("packed numbers", () => {
	const integer = (min: number, max: number) =>
		fc.array(fc.integer({ min, max }), { maxLength: 200 });
	test("are the same again", () => {
		fc.assert(
			fc.property(integer(-2147483648, 2147483647), integer(0, 255), (large, small) => {
				expect(int32(packed(Int32Array.from(large)))).toEqual(Int32Array.from(large));
				expect(uint32(packed(Uint32Array.from(large)))).toEqual(Uint32Array.from(large));
				expect(int16(packed(Int16Array.from(large)))).toEqual(Int16Array.from(large));
				expect(uint16(packed(Uint16Array.from(large)))).toEqual(Uint16Array.from(large));
				expect(uint8(packed(Uint8Array.from(small)))).toEqual(Uint8Array.from(small));
				expect(float32(packed(Float32Array.from(small)))).toEqual(Float32Array.from(small));
			}),
		);
	});

	test("are little-endian base 64, and an unknown power stays none", () => {
		expect(packed(Int32Array.of(1, -1))).toBe("AQAAAP////8=");
		expect(float32(packed(Float32Array.of(NaN, 37)))).toEqual(Float32Array.of(NaN, 37));
	});

	test("of 200,000 lights are packed in pieces", () => {
		const many = Int32Array.from({ length: 200_000 }, (_, index) => index * 7);
		expect(int32(packed(many))).toEqual(many);
	});
});

describe("the shift", () => {
	test("turns the night in a circle: each second is shown once", () => {
		const bounds = fc.record({
			shiftFrom_s: fc.integer({ min: 0, max: 300 }),
			span: fc.integer({ min: 1, max: 300 }),
			shift: fc.integer({ min: -1800, max: 1800 }),
		});
		fc.assert(
			fc.property(bounds, ({ shiftFrom_s, span, shift }) => {
				const window = { shiftFrom_s, shiftTo_s: shiftFrom_s + span };
				const shown = Array.from({ length: 700 }, (_, t) => timeIn(window, true, shift, t));
				expect([...shown].sort((a, b) => a - b)).toEqual(shown.map((_one, t) => t));
				expect(shown.slice(0, shiftFrom_s)).toEqual([...Array(shiftFrom_s).keys()]);
				expect(timeIn(window, false, shift, shiftFrom_s)).toBe(shiftFrom_s);
			}),
		);
	});
});

/** What a course says at a second, by its definition. */
function levelAt({ t, level, fade }: Course, at: number): number {
	let [value, from] = [0, 0];
	for (let index = 0; index < t.length; index++) {
		if (t[index]! > at) break;
		from = value;
		const share = fade[index] === 0 ? 1 : Math.min(1, (at - t[index]!) / (fade[index]! / 10));
		value = from + share * (level[index]! - from);
		if (index + 1 < t.length && t[index + 1]! <= at) value = level[index]!;
	}
	return value;
}

describe("a course", () => {
	test("has its integral, in every part of the night", () => {
		const changes = fc.array(
			fc.record({
				gap: fc.integer({ min: 15, max: 60 }),
				level: fc.integer({ min: 0, max: 200 }),
				fade: fc.integer({ min: 0, max: 100 }),
			}),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(changes, fc.nat(600), fc.nat(600), (all, first, other) => {
				let at = 0;
				const course: Course = {
					t: Uint32Array.from(all, ({ gap }) => (at += gap)),
					level: Uint8Array.from(all, ({ level }) => level),
					fade: Uint16Array.from(all, ({ fade }) => fade),
					cause: new Uint8Array(all.length),
				};
				const step = 0.1;
				let sum = 0;
				const [from, to] = [Math.min(first, other), Math.max(first, other)];
				for (let second = from; second < to; second += step)
					sum += levelAt(course, second + step / 2) * step;
				expect(fullSeconds(course, from, to)).toBeCloseTo(sum / 200, 0);
			}),
			{ numRuns: 60 },
		);
	});

	test("of a recorded lamp: pieces of a fade are one, an interrupted one ends where it is", () => {
		const recorder = new Recorder(1);
		const full = FULL_DUTY;
		recorder.onDuty(10_000, 0, 0, full / 2, 10_400);
		recorder.onDuty(10_400, 0, full / 2, full, 10_800);
		recorder.onDuty(10_800, 0, full, full, 10_800);
		recorder.onDuty(20_000, 0, full, 0, 30_000);
		recorder.onDuty(25_000, 0, full / 2, full, 25_500);
		const [course] = recorder.courses;
		expect([...course!.t]).toEqual([10, 20, 25]);
		expect([...course!.level]).toEqual([200, 100, 200]);
		expect([...course!.fade]).toEqual([8, 50, 5]);
	});

	test("has the cause that the lamp indicates", () => {
		const recorder = new Recorder(1);
		const indicate = (at: number, presence: number, reason: number) => {
			const bytes = new Uint8Array(new Float32Array([presence, 0, reason, 0, 0]).buffer);
			recorder.onEffect(EFFECT.indicate, at, 0, 0, bytes);
		};
		recorder.onDuty(10_000, 0, FULL_DUTY, FULL_DUTY, 10_000);
		indicate(10_100, 0, 1);
		indicate(40_000, 1, 2);
		expect([...recorder.courses[0]!.t]).toEqual([10, 40]);
		expect(new Set(recorder.courses[0]!.cause).size).toBe(2);
	});

	test("of two changes in a second has the last", () => {
		const line = (at: number, to: number) => ({ at, from: 0, to, until: at, cause: 2 });
		const course = courseOf([
			line(1_000, FULL_DUTY),
			line(1_400, FULL_DUTY / 2),
			line(2_000, FULL_DUTY / 2),
		]);
		expect([[...course.t], [...course.level]]).toEqual([[1], [100]]);
	});
});
