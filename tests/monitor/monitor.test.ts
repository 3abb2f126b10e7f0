/** Monitor's rooms: answers of the light, cycling, the supply's lives, the heap's trend. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../lib/spans.js";
import { Cycling } from "../../src/monitor/cycling.js";
import { HeapTrend } from "../../src/monitor/heaptrend.js";
import {
	isDark,
	type LampResponse,
	PERSISTENCE,
	RESPONSES_TO_END,
	ResponseDetector,
	responseTo,
} from "../../src/monitor/response.js";
import type { Lux } from "../../src/units.js";
import { randomOf } from "../support/linkfakes.js";
import { percent } from "../support/percent.js";
import { scaled } from "../support/scale.js";

const lux = (value: number) => value as Lux;

describe("what a step shows, full giving 8 lx", () => {
	const cases: [
		why: string,
		from: number,
		before: number,
		to: number,
		after: number,
		answer: LampResponse | undefined,
	][] = [
		["up by as much as it should", 20, 1.6, 100, 8, "follows"],
		["down by as much as it should", 100, 8, 20, 1.6, "follows"],
		["up by half, the least that follows", 20, 1, 100, 4.2, "follows"],
		["up by a little less than half", 20, 1, 100, 4.15, undefined],
		["up by a fifth, the most that is ignored", 0, 0, 100, 1.6, "dark"],
		["up by a little more than a fifth", 0, 0, 100, 1.65, undefined],
		["up by two thirds: dirt", 20, 1, 100, 5.2, "follows"],
		["up by a third: undecided", 20, 1.6, 100, 3.8, undefined],
		["no light at all, going up", 20, 0, 100, 0.2, "dark"],
		["no light at all, going down", 100, 0.2, 20, 0.2, "dark"],
		["keeps full, going down", 100, 8, 20, 8, "fixed"],
		["keeps full, going up", 20, 8, 100, 8, "fixed"],
		["keeps the floor, going up: dim, not dark", 20, 2.4, 100, 2.4, "fixed"],
		["keeps full, going out", 100, 8, 0, 8, "burning"],
		["goes out", 100, 8, 0, 0, "follows"],
		["headlights while it goes up: they hide the lamp", 20, 1.6, 100, 60, undefined],
		["headlights leave while it goes up", 20, 60, 100, 8, undefined],
		["a little light of others leaves while it goes up", 20, 25, 100, 8, "fixed"],
		["a reading of which the step is a quarter, unchanged", 20, 25.6, 100, 25.6, "fixed"],
		["twilight, in which a dead band is a tenth: the step is hidden", 20, 26, 100, 26, undefined],
		["likewise going down", 100, 130, 20, 130, undefined],
		["the smallest step to ask", 20, 1.6, 45, 3.6, "follows"],
		["too small a step to ask", 30, 2.4, 50, 2.4, undefined],
		["no step", 50, 4, 50, 0, undefined],
	];
	test.each(cases)("%s", (_why, from, before, to, after, answer) => {
		expect(responseTo(percent(from), lux(before), percent(to), lux(after), lux(8))).toBe(answer);
	});
	test.each([
		["dead at full", 100, 0.5, true],
		["a quarter of it, at full", 100, 2, false],
		["a little less than a quarter of it", 100, 1.985, true],
		["just enough is expected at half to say so", 50, 0, true],
		["too little is expected at the floor to say so", 20, 0, false],
	])("steady, %s", (_why, level, reading, dark) => {
		expect(isDark(percent(level), lux(reading), lux(8))).toBe(dark);
	});
});

describe("many answers", () => {
	const changesOf = (list: readonly LampResponse[], every = MINUTE) => {
		const answers = new ResponseDetector();
		return list.map((answer, i) =>
			answers.note(answer, i * every) ? (answers.standing ?? "end") : "",
		);
	};
	const times = (count: number, answer: LampResponse): LampResponse[] =>
		new Array(count).fill(answer);
	test("as many as are needed, in a row", () => {
		expect(changesOf(times(5, "dark")).at(-1)).toBe("dark");
		expect(changesOf(times(4, "dark")).at(-1)).toBe("");
		const broken: LampResponse[] = [...times(4, "dark"), "follows", ...times(4, "dark")];
		expect(changesOf(broken).filter(Boolean)).toEqual([]);
		expect(changesOf([...times(4, "dark"), ...times(4, "fixed")]).filter(Boolean)).toEqual([]);
	});
	test("as many within less than the persistence wait for it", () => {
		const quick = changesOf(times(20, "fixed"), 5000);
		expect(quick.indexOf("fixed")).toBe(PERSISTENCE / 5000);
		expect(quick.filter(Boolean)).toHaveLength(1); // reported once
	});
	test("it ends when the light has followed again for a while", () => {
		const all = changesOf([...times(6, "burning"), ...times(RESPONSES_TO_END, "follows")]);
		expect(all.filter(Boolean)).toEqual(["burning", "end"]);
		expect(all.at(-1)).toBe("end");
	});
	test("a dead lamp under a dawn is no stuck driver, and does not recover by it", () => {
		const dawn: LampResponse[] = [
			...times(6, "dark"),
			...times(9, "fixed"),
			...times(9, "burning"),
		];
		expect(changesOf(dawn).filter(Boolean)).toEqual(["dark"]);
		const doubtful: LampResponse[] = [
			...times(6, "dark"),
			"follows",
			"follows",
			"fixed",
			"follows",
		];
		expect(changesOf(doubtful).filter(Boolean)).toEqual(["dark"]);
	});
	test("good results on both sides of a doubtful one do not add up", () => {
		const back = (more: number) => {
			const around = [...times(2, "follows"), "fixed", ...times(more, "follows")] as const;
			return changesOf([...times(6, "dark"), ...around]).filter(Boolean);
		};
		expect(back(2)).toEqual(["dark"]);
		expect(back(3)).toEqual(["dark", "end"]);
	});
	test("the persistence begins with the first of equal results, long after the boot, too", () => {
		const answers = new ResponseDetector();
		const day = 24 * 60 * MINUTE;
		const seen = Array.from({ length: 20 }, (_, i) => answers.note("fixed", day + i * 5000));
		expect(seen.indexOf(true)).toBe(PERSISTENCE / 5000);
	});
	test("a steady lamp without light is dark at once, and reported once", () => {
		const answers = new ResponseDetector();
		expect([answers.noteDark(), answers.standing]).toEqual([true, "dark"]);
		expect(answers.noteDark()).toBe(false);
	});
	test("one fault gives way to another", () => {
		expect(changesOf([...times(6, "fixed"), ...times(6, "dark")]).filter(Boolean)).toEqual([
			"fixed",
			"dark",
		]);
	});
});

describe("cycling", () => {
	test("dusk, dawn and a thunderstorm are none; more turns in an hour are", () => {
		const cycling = new Cycling();
		// the fifth in an hour, as docs/broker.md says
		for (let turn = 1; turn <= 4; turn += 1) expect(cycling.turn(turn * MINUTE)).toBe(false);
		expect(cycling.turn(30 * MINUTE)).toBe(true);
		expect(cycling.turn(31 * MINUTE)).toBe(false); // reported once
		expect(cycling.pass(100 * MINUTE)).toBe(false);
		expect(cycling.pass(120 * MINUTE)).toBe(true);
		expect(cycling.isFound).toBe(false);
	});
	test("the turn with which an hour is over is the first of the next one", () => {
		const cycling = new Cycling();
		for (const minute of [10, 20, 30, 40, 60, 70])
			expect([minute, cycling.turn(minute * MINUTE)]).toEqual([minute, false]);
	});
	test("the same turns over a night are none", () => {
		const cycling = new Cycling();
		for (let turn = 0; turn < 100; turn += 1) expect(cycling.turn(turn * 20 * MINUTE)).toBe(false);
	});
});

describe("heap trend", () => {
	const LOW_BYTES = 2048; // 2 KB, as docs/broker.md says; a leak is 896 bytes a week
	/** What is reported after each day, with so much free at the day's best moment and garbage between. */
	const days = (best: readonly number[]) => {
		const heap = new HeapTrend();
		return best.map((free) => {
			for (let hour = 0; hour < 24; hour += 1) heap.look(hour === 7 ? free : free - 900 - hour);
			return heap.trouble;
		});
	};
	test("what falls week after week is a leak, in the third of them", () => {
		const falling = Array.from({ length: 30 }, (_, day) => 9000 - day * 128);
		expect(days(falling).indexOf("leak")).toBe(20);
	});
	test("one that ends is over after a week", () => {
		const ending = Array.from({ length: 40 }, (_, day) => 9000 - Math.min(day, 22) * 128);
		expect(days(ending)[27]).toBe("leak");
		expect(days(ending)[34]).toBeUndefined();
	});
	test("what falls by less, once, or comes back, is none", () => {
		const slower = Array.from({ length: 50 }, (_, day) => 9000 - day * 127);
		expect(days(slower).every((trouble) => trouble === undefined)).toBe(true);
		const filling = Array.from({ length: 60 }, (_, day) => 9000 - Math.min(day, 8) * 400);
		expect(days(filling).every((trouble) => trouble === undefined)).toBe(true);
		const back = Array.from({ length: 60 }, (_, day) => 9000 - (day % 5) * 500);
		expect(days(back).every((trouble) => trouble === undefined)).toBe(true);
	});
	test("before the first whole day it says nothing, then what the day's best was", () => {
		const heap = new HeapTrend();
		for (let hour = 1; hour < 24; hour += 1) {
			expect(heap.look(LOW_BYTES - 1)).toBe(false);
			expect([heap.trouble, heap.best]).toEqual([undefined, undefined]);
		}
		expect(heap.look(LOW_BYTES - 7)).toBe(true);
		expect([heap.trouble, heap.best]).toEqual(["low", LOW_BYTES - 1]);
	});
	test("a day without a free byte is one of 0, each day anew", () => {
		const heap = new HeapTrend();
		for (const free of [0, 500, 0])
			for (let hour = 0; hour < 24; hour += 1) if (heap.look(free)) expect(heap.best).toBe(free);
	});
	test("little is little, and over when there is more", () => {
		expect(days([9000, LOW_BYTES - 1, LOW_BYTES])).toEqual([undefined, "low", undefined]);
	});

	/** Lamp-years of looks at a heap that is full of garbage at any moment alike; days until a leak is reported. */
	const run = (lamps: number, daysEach: number, leakADay: number): number[] => {
		const random = randomOf(20261124);
		const found: number[] = [];
		for (let lamp = 0; lamp < lamps; lamp += 1) {
			const heap = new HeapTrend();
			let held = 0; // by texts that come and go
			for (let hour = 0; hour < 24 * daysEach; hour += 1) {
				if (hour % 24 === 0) held = random() * 288;
				const free = 12_000 - held - (leakADay * hour) / 24 - random() * 8_000;
				if (!heap.look(free) || heap.trouble !== "leak") continue;
				found.push(hour / 24);
				break;
			}
		}
		return found;
	};
	const years = scaled(70, 200);
	test(`healthy lamp-years (${years}): never a word`, () => {
		expect(run(years, 365, 0)).toEqual([]);
	});
	test("a leak of a quarter of a kilobyte a day is reported in each of fifty lamps, within five weeks", () => {
		const found = run(50, 40, 256);
		expect(found).toHaveLength(50);
		expect(Math.max(...found)).toBeLessThan(35);
	});
});
