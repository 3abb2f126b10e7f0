/** The C that carries a pole's light: on its path, in its turns, and up if JavaScript dies in a fall. */
import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Carrier } from "../../../hosts/moddable/carrier.js";
import { FadeProgram, type Moment, type Point, Script } from "../support/fadeprogram.js";

const program = new FadeProgram();
afterAll(() => program.remove());

const FULL = 4095;
const LOW = 819;
const FALL: readonly Point[] = [
	[10_000, 2000],
	[20_000, LOW],
];
const POINTS = 32;

/** Duty that the path of carrier.ts has at each moment behind its start. */
function ideal(moments: readonly Moment[], from: number, path: readonly Point[]): number[] {
	const carrier = new Carrier();
	carrier.write(from, 0);
	carrier.fade(Uint32Array.from(path.flat()), path.length, moments[0]!.at);
	return moments.map(({ at }) => {
		while (carrier.nextAt <= at) carrier.advance();
		return carrier.dutyAt(at);
	});
}

const furthest = (course: readonly number[], other: readonly number[]): number =>
	course.reduce((most, each, index) => Math.max(most, Math.abs(each - other[index]!)), 0);
const duties = (moments: readonly Moment[]): number[] => moments.map(({ duty }) => duty);
const last = (moments: readonly Moment[]): Moment => moments.at(-1)!;

/** Paths of up to `most` ms, with jumps and rests. */
const paths = (most: number, greatest = 8191): fc.Arbitrary<Point[]> => {
	const wait = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: Math.floor(most / POINTS) }));
	const point = fc.tuple(wait, fc.integer({ min: 0, max: greatest }));
	return fc.array(point, { minLength: 1, maxLength: POINTS }).map((points) => {
		let at = 0;
		return points.map(([gap, duty]): Point => [(at += gap), duty]);
	});
};
const counters = fc.oneof(
	fc.nat(2 ** 32 - 1),
	fc.integer({ min: 2 ** 32 - 9e6, max: 2 ** 32 - 1 }),
);

describe("a path", () => {
	test("is kept within one count at each interrupt, however late, also where the counter wraps", () => {
		const late = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 50 });
		fc.assert(
			fc.property(fc.nat(8191), paths(12_000), counters, late, (from, path, begin, delays) => {
				const script = new Script(from, begin).start(path);
				script.run(path.at(-1)![0] + 20, "beats", (index) => delays[index % delays.length]!);
				const [, ...moments] = program.run(script);
				expect(furthest(duties(moments), ideal(moments, from, path))).toBeLessThanOrEqual(1);
				expect(last(moments)).toMatchObject({ duty: path.at(-1)![1], phase: "rests" });
			}),
			{ numRuns: 150 },
		);
	});

	test("of an hour, too", () => {
		const path: Point[] = [
			[1_800_000, 5],
			[3_600_000, 8191],
		];
		const script = new Script(8191, 2 ** 32 - 1e9)
			.start(path)
			.run(3_600_010, "beats", () => 295_000);
		const [, ...moments] = program.run(script);
		expect(furthest(duties(moments), ideal(moments, 8191, path))).toBeLessThanOrEqual(1);
		expect(last(moments)).toMatchObject({ duty: 8191, phase: "rests" });
	});

	test("is turned round, stopped and ended without a jump", () => {
		const next = fc.oneof(paths(3_000), fc.constant("stop" as const));
		const times = fc.array(fc.tuple(fc.nat(2_500), next), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(fc.nat(8191), paths(3_000), times, counters, (from, first, turns, begin) => {
				const script = new Script(from, begin).start(first);
				for (const [after, turn] of turns) {
					script.run(after, "beats");
					if (turn === "stop") script.stop();
					else script.start(turn.filter(([at]) => at > 0));
				}
				const moments = program.run(script);
				const lines = script.text.split("\n");
				for (const [index, { duty, at }] of moments.entries()) {
					if (index < 2 || !/^st(art|op)/.test(lines[index]!)) continue;
					expect([duty, at]).toEqual([moments[index - 1]!.duty, moments[index - 1]!.at]);
				}
			}),
			{ numRuns: 100 },
		);
	});

	const counts: [what: string, points: number, until: number][] = [
		["has a place for as many points as a fade has corners", POINTS, POINTS],
		["of more points ends where its last one is", POINTS + 8, POINTS + 8],
	];
	test.each(counts)("%s", (_what, points, until) => {
		const path = Array.from(
			{ length: points },
			(_, index): Point => [(index + 1) * 100, 100 + index],
		);
		const script = new Script(100).start(path).run(until * 100 + 10, "beats");
		expect(last(program.run(script))).toMatchObject({ duty: 99 + points, phase: "rests" });
	});

	test("without points holds the light", () => {
		expect(last(program.run(new Script(7).start([]).run(10, "is silent")))).toMatchObject({
			duty: 7,
			phase: "rests",
		});
	});
});

describe("a beat is wanted", () => {
	const rows: [what: string, from: number, path: Point[], wanted: boolean][] = [
		["in a fall", FULL, [...FALL], true],
		[
			"before a fall behind a rise",
			LOW,
			[
				[1000, FULL],
				[5000, LOW],
			],
			true,
		], // prettier
		[
			"before a jump down",
			FULL,
			[
				[5000, FULL],
				[5000, LOW],
			],
			true,
		],
		["in no rise", LOW, [[1000, FULL]], false],
		[
			"in no rise behind a jump down",
			FULL,
			[
				[0, LOW],
				[1000, FULL],
			],
			false,
		],
		["in no jump alone", FULL, [[0, LOW]], false],
	];
	test.each(rows)("%s", (_what, from, path, wanted) => {
		const [, start] = program.run(new Script(from).start(path));
		expect(start!.wantsBeats).toBe(wanted);
	});

	test("until the last piece that falls is over", () => {
		const path: Point[] = [
			[2000, LOW],
			[9000, LOW],
		];
		const moments = program.run(new Script(FULL).start(path).run(9010, "beats"));
		expect(moments.filter(({ wantsBeats }) => wantsBeats).at(-1)!.at).toBeLessThan(2000);
	});
});

describe("if JavaScript dies", () => {
	test("in a fall, the light rises within a second to where the fall began, and stays", () => {
		const script = new Script(FULL)
			.start(FALL)
			.run(5_000, "beats")
			.run(3_600_000, "is silent", () => 495_000);
		const moments = program.run(script);
		const missing = moments.filter(({ at }) => at > 5_000 + 1_500 + 500);
		expect(missing.find(({ duty }) => duty === FULL)!.at).toBeLessThanOrEqual(
			5_000 + 1_500 + 2_000,
		);
		expect(last(moments)).toMatchObject({ duty: FULL, phase: "waits", wantsBeats: false });
	});

	test("the rise begins when a beat is 1.5 s old, takes one second and has no step", () => {
		const moments = program.run(
			new Script(FULL).start(FALL).run(5_000, "beats").run(3_000, "is silent"),
		);
		const least = moments.reduce((moment, other) => (other.duty < moment.duty ? other : moment));
		expect(least.at).toBeGreaterThanOrEqual(6_500);
		expect(least.at).toBeLessThanOrEqual(6_510);
		const full = moments.find(({ at, duty }) => at > least.at && duty === FULL)!;
		expect(full.at - least.at).toBeLessThanOrEqual(1_015);
		const way = (FULL - least.duty) / 200;
		moments.reduce((moment, other) => {
			expect(Math.abs(other.duty - moment.duty)).toBeLessThanOrEqual(Math.ceil(way) + 1);
			return other;
		});
	});

	const endings: [what: string, from: number, path: Point[], silentFrom: number, duty: number][] = [
		["in a rise, the light reaches its end", LOW, [[60_000, FULL]], 0, FULL],
		[
			"in a rise before a fall, it rises to its end",
			LOW,
			[
				[10_000, FULL],
				[20_000, LOW],
			],
			0,
			FULL,
		],
		[
			"in a rest before a fall, it stays",
			FULL,
			[
				[10_000, FULL],
				[20_000, LOW],
			],
			0,
			FULL,
		],
		[
			"before a jump down, it stays",
			FULL,
			[
				[10_000, FULL],
				[10_000, LOW],
			],
			0,
			FULL,
		],
		[
			"behind the last fall, it stays",
			FULL,
			[
				[4_000, LOW],
				[60_000, LOW],
			],
			4_000,
			LOW,
		],
		["after a fall, it stays", FULL, [[4_000, LOW]], 5_000, LOW],
		[
			"in a fall behind a jump down, it rises to the jump's end",
			FULL,
			[
				[0, 3000],
				[10_000, LOW],
			],
			2_000,
			3000,
		],
		[
			"in a fall behind a rise, it rises to its top",
			LOW,
			[
				[1_000, 3000],
				[10_000, LOW],
			],
			5_000,
			3000,
		],
	];
	test.each(endings)("%s", (_what, from, path, silentFrom, duty) => {
		const script = new Script(from).start(path).run(silentFrom, "beats").run(70_000, "is silent");
		expect(last(program.run(script)).duty).toBe(duty);
	});

	test("in a fall that was turned, the light rises to the highest since it last rested", () => {
		const script = new Script(FULL)
			.start(FALL)
			.run(8_000, "beats")
			.start([[5_000, LOW]]);
		expect(last(program.run(script.run(4_000, "is silent"))).duty).toBe(FULL);
		const rested = new Script(FULL).start([[5_000, 2000]]).run(5_010, "beats");
		rested.start([[5_000, LOW]]).run(4_000, "is silent");
		expect(last(program.run(rested)).duty).toBe(2000);
	});

	test("in any fall at any time, it is not lower 2.5 s later than where the fall began", () => {
		const falls = paths(12_000).map((path) => {
			const downwards = path.map(([, duty]) => duty).sort((duty, other) => other - duty);
			return path.map(([at], index): Point => [at + 5, downwards[index]!]);
		});
		fc.assert(
			fc.property(falls, fc.nat(12_000), counters, (path, dies, begin) => {
				const script = new Script(8191, begin).start(path).run(dies, "beats");
				const moments = program.run(script.run(15_000, "is silent"));
				const beatAt = Math.floor(dies / 500) * 500;
				const duty = path.at(-1)![1];
				const end = path.find((point) => point[1] === duty)![0]; // where the last fall ends
				const silent = beatAt + 1_500;
				if (Math.abs(end - silent) <= 10)
					expect([duty, 8191]).toContain(last(moments).duty); // both within a tick or two
				else expect(last(moments).duty).toBe(end < silent ? duty : 8191);
			}),
			{ numRuns: 150 },
		);
	});

	test("and lives again, the fall begins anew and takes as long as at first", () => {
		const died = new Script(FULL).start(FALL).run(5_000, "beats").run(30_000, "is silent");
		const moments = program.run(died.beat().run(20_010, "beats"));
		const again = moments.filter(({ at }) => at >= 35_000).slice(1);
		expect(furthest(duties(again), ideal(again, FULL, FALL))).toBeLessThanOrEqual(1);
		expect(last(moments)).toMatchObject({ duty: LOW, phase: "rests" });
	});

	test("and lives again during the rise, the fall begins where the light is", () => {
		const died = new Script(FULL).start(FALL).run(9_000, "beats").run(2_000, "is silent");
		const moments = program.run(died.beat().run(20_010, "beats"));
		const again = moments.filter(({ at }) => at >= 11_000).slice(1);
		expect(again[0]!.duty).toBeLessThan(FULL);
		expect(furthest(duties(again), ideal(again, again[0]!.duty, FALL))).toBeLessThanOrEqual(1);
	});

	test("and lives again, a rise before the fall is not repeated", () => {
		const path: Point[] = [
			[2_000, FULL],
			[6_000, LOW],
		];
		const died = new Script(LOW).start(path).run(2_500, "beats").run(5_000, "is silent");
		const moments = program.run(died.beat().run(4_010, "beats"));
		const again = moments.filter(({ at }) => at >= 7_500).slice(1);
		expect(furthest(duties(again), ideal(again, FULL, [[4_000, LOW]]))).toBeLessThanOrEqual(1);
	});

	test("and lives again, a fall that began with a jump has none from higher up", () => {
		const script = new Script(FULL).start(FALL).run(5_000, "beats");
		script.start([
			[0, 2500],
			[10_000, LOW],
		]);
		const moments = program.run(script.run(5_000, "is silent").beat().run(10_010, "beats"));
		const again = moments.filter(({ at }) => at >= 10_000).slice(1);
		expect(furthest(duties(again), ideal(again, FULL, [[10_000, LOW]]))).toBeLessThanOrEqual(1);
	});

	const orders: [what: string, give: (script: Script) => Script, duty: number][] = [
		["a duty", (script) => script.hold(77), 77],
		["a path", (script) => script.start([[100, 50]]), 50],
		["a stop", (script) => script.stop(), FULL],
	];
	test.each(orders)("and lives again, %s is obeyed", (_what, give, duty) => {
		const script = new Script(FULL).start(FALL).run(5_000, "beats").run(4_000, "is silent");
		expect(last(program.run(give(script).run(20_000, "beats"))).duty).toBe(duty);
	});

	test("for 1.4 s at a time, as in erases of flash, the fall goes on", () => {
		const script = new Script(FULL).start(FALL);
		for (let index = 0; index < 15; index += 1) script.run(1_400, "is silent").beat();
		const [, ...moments] = program.run(script);
		expect(furthest(duties(moments), ideal(moments, FULL, FALL))).toBeLessThanOrEqual(1);
	});
});

test("the LEDC counts to 2^resolution, and a pin may be inverted", () => {
	const rows: [duty: number, bits: number, inverted: number, value: number][] = [
		[0, 12, 0, 0],
		[1, 12, 0, 1],
		[4094, 12, 0, 4094],
		[4095, 12, 0, 4096],
		[0, 12, 1, 4096],
		[1, 12, 1, 4094],
		[4095, 12, 1, 0],
		[8191, 13, 0, 8192],
		[8191, 13, 1, 0],
	];
	const asked = rows
		.map(([duty, bits, inverted]) => `value ${duty} ${bits} ${inverted}\n`)
		.join("");
	expect(program.answers(asked).map(Number)).toEqual(rows.map(([, , , value]) => value));
});
