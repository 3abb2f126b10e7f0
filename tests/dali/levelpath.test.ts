/** The way of a fade in levels of the driver, against the formula of the curve. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DUTY_BITS, FADE_TIME, LevelPath, levelOf } from "../../src/dali/levelpath.js";

const FULL = 2 ** DUTY_BITS - 1;
/** IEC 62386-102: per cent of light for a level. */
const light = (level: number): number => (level < 1 ? 0 : 10 ** ((level - 1) / (253 / 3) - 1));
const dutyFor = (percent: number): number => (FULL * percent) / 100;

describe("the level of a duty", () => {
	test.each([
		[0, 0],
		[-1, 0],
		[Number.NaN, 0],
		[1, 1],
		[dutyFor(0.1), 1],
		[dutyFor(1), 85],
		[dutyFor(10), 170],
		[dutyFor(50), 229],
		[FULL, 254],
	])("%d is %d", (duty, level) => {
		expect(levelOf(duty)).toBe(level);
	});
	test("gives that light, within a step that both are nearest to", () => {
		fc.assert(
			fc.property(fc.integer({ min: 66, max: FULL }), (duty) => {
				const percent = (100 * duty) / FULL;
				const given = light(levelOf(duty));
				expect(given).toBeGreaterThan(percent * 0.988);
				expect(given).toBeLessThan(percent * 1.018);
			}),
		);
	});
});

/** An uptime of 49 days, beyond 32 bits. */
const START = 4_294_967_397;

/** Levels as they are sent, with the instants. */
function sent(path: LevelPath, until: number): [at: number, level: number][] {
	const levels: [number, number][] = [];
	for (let at = 0; at <= until; at = path.nextAt(at, levels.at(-1)![1]))
		levels.push([at, path.levelAt(at)]);
	return levels;
}

describe("a path", () => {
	const fall = Uint32Array.of(10_000, dutyFor(46), 20_000, dutyFor(20));

	test("of 20 s has a frame a step, the last one in time for its end", () => {
		const path = new LevelPath();
		path.hold(FULL);
		path.lay(fall, 2, 0);
		const levels = sent(path, 30_000);
		expect(levels.length).toBeLessThanOrEqual(254 - levelOf(dutyFor(20)) + 2);
		expect(levels.at(-1)).toEqual([20_000 - 2 * FADE_TIME, levelOf(dutyFor(20))]);
		const gaps = levels.slice(1).map(([instant], index) => instant - levels[index]![0]);
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(FADE_TIME);
	});
	test.each([
		[800, 7],
		[149, 1],
		[20, 1],
		[251, 2],
	])("of %d ms has %d spans", (ramp, spans) => {
		const path = new LevelPath();
		path.hold(dutyFor(20));
		path.lay(Uint32Array.of(ramp, FULL), 1, 0);
		const levels = sent(path, 30_000);
		expect(levels.map(([at]) => at)).toEqual(
			Array.from({ length: spans }, (_, n) => n * FADE_TIME),
		);
		expect(levels.at(-1)![1]).toBe(254);
	});
	test.each<[string, from: number, points: readonly number[], frames: number]>([
		["of an hour", FULL, [3_600_000, dutyFor(50)], 27],
		["within a level", dutyFor(50), [3_600_000, dutyFor(50.4)], 2],
		["of one level", dutyFor(50), [3_600_000, dutyFor(51)], 3],
		["that a jump brings back", dutyFor(50), [0, dutyFor(80), 3_600_000, dutyFor(50)], 19],
		["that the least light cuts", FULL, [100_000, dutyFor(30), 464_600, dutyFor(30)], 46],
	])(
		"%s has a frame a step, and the level of its light throughout",
		(_what, from, points, frames) => {
			const path = new LevelPath();
			path.hold(from);
			path.lay(Uint32Array.from(points), points.length / 2, 0);
			const levels = sent(path, 4_000_000);
			expect(levels.length).toBeLessThanOrEqual(frames);
			const end = points.at(-2)!;
			for (let at = 0, place = 0; at <= end; at += FADE_TIME) {
				while ((levels[place + 1]?.[0] ?? Infinity) <= at) place += 1;
				if (levels[place]![1] !== path.levelAt(at)) throw new Error(`at ${at}: ${levels[place]}`);
			}
		},
	);
	test("that a jump ends has the level at once, and nothing is due", () => {
		const path = new LevelPath();
		path.hold(dutyFor(20));
		const level = levelOf(dutyFor(20));
		expect([path.levelAt(0), path.nextAt(0, level)]).toEqual([level, Infinity]);
	});
	test("goes on from where the one before it stood", () => {
		const path = new LevelPath();
		path.hold(FULL);
		path.lay(fall, 2, 0);
		const middle = path.dutyAt(10_000);
		path.lay(Uint32Array.of(1000, FULL), 1, 10_000);
		expect([path.dutyAt(10_000), path.dutyAt(11_000)]).toEqual([middle, FULL]);
	});
	test("falls until its last fall", () => {
		const path = new LevelPath();
		path.hold(FULL);
		path.lay(fall, 2, 0);
		expect([0, 19_899, 19_900].map((at) => path.fallsAfter(at))).toEqual([true, true, false]);
		path.lay(Uint32Array.of(1000, FULL), 1, 30_000);
		expect(path.fallsAfter(30_000)).toBe(false);
	});
	test.each([
		[1, FULL, 0],
		[2, FULL, 0],
		[26, FULL, 0],
		[1, 0, FULL],
		[26, 0, FULL],
	])("of %d corners from %d to %d is at its end in time, at every length", (corners, from, to) => {
		const path = new LevelPath();
		const points = new Uint32Array(2 * corners);
		let wrong = 0;
		let first: number[] | undefined;
		for (let ramp = 20; ramp <= 60_000; ramp += 1) {
			for (let index = 1; index <= corners; index += 1) {
				points[2 * index - 2] = (ramp * index) / corners;
				points[2 * index - 1] = from + ((to - from) * index) / corners;
			}
			path.hold(from);
			path.lay(points, corners, START);
			const end = START + FADE_TIME * Math.max(Math.floor((ramp - 50) / FADE_TIME), 1);
			const [level, duty] = [path.levelAt(end - FADE_TIME), path.dutyAt(end)];
			if (level === levelOf(to) && duty === to) continue;
			wrong += 1;
			first ??= [ramp, level, duty];
		}
		expect([wrong, first]).toEqual([0, undefined]);
	});
	test("any path: each level is that of its instant, and the last that of its end", () => {
		const point = fc.tuple(fc.integer({ min: 20, max: 5000 }), fc.integer({ min: 0, max: FULL }));
		fc.assert(
			fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), (points) => {
				let at = 0;
				const numbers = points.flatMap(([span, duty]) => [(at += span), duty]);
				const path = new LevelPath();
				path.lay(Uint32Array.from(numbers), points.length, 0);
				const levels = sent(path, at + 1000);
				const last = points.at(-1)![1];
				expect(levels.at(-1)![1]).toBe(levelOf(last));
				expect(path.dutyAt(at + FADE_TIME)).toBe(last);
				expect(levels.every(([, level]) => level >= 0 && level <= 254)).toBe(true);
			}),
			{
				examples: [
					[
						[
							[2837, 1],
							[71, 0],
						],
					],
				],
			}, // 2,908 ms: a product of parts missed the end
		);
	});
});
