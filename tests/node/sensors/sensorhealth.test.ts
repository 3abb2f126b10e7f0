/** Sensor health: events of each doubt, what is stored and when, and what the next life restores. */
import { describe, expect, test } from "@jest/globals";
import { DAY, HOUR, MINUTE } from "../../../lib/spans.js";
import { textOfHealth } from "../../../src/node/sensors/healthrecord.js";
import type { LightDoubt } from "../../../src/sensing/lighthealth.js";
import type { PirDoubt } from "../../../src/sensing/pirhealth.js";
import { HealthRig, type Report } from "./healthrig.js";

const MIDNIGHT = Date.parse("2026-11-24T00:00:00Z");
const NOON = MIDNIGHT + 12 * HOUR;
const SILENT_AFTER = { pirSilentAfter: 24 };
const PEAKS = new Array<number>(24).fill(0);
const SOUND = { silence: 0, missed: 0, learnt: 0, pir: undefined, light: undefined, peaks: PEAKS };

/** The PIR's output stays active for `span` from `at`. */
const hold = (rig: HealthRig, at: number, span: number) => rig.move(at, span);

/** Six transmissions, each with a movement `after` it. */
function radio(rig: HealthRig, after: number): void {
	for (let index = 1; index <= 6; index += 1) {
		rig.run(index * 10_000);
		rig.health.onLink(rig.now, index);
		rig.move(rig.now + after);
	}
}

/** `count` movements in the first hour. */
function busy(rig: HealthRig, count: number): void {
	for (let index = 0; index < count; index += 1) rig.move(1000 + index * 4000);
}

/** Readings each hour, so that the light sensor is not silent. */
function readUntil(rig: HealthRig, until: number): void {
	while (rig.now < until) {
		rig.run(rig.now + HOUR);
		rig.read(500);
	}
}

describe("events of the PIR", () => {
	const table: [what: string, act: (rig: HealthRig) => void, reports: Report[]][] = [
		["23 h of silence: none", (rig) => rig.run(24 * HOUR - 1), []],
		[
			"silent with the 24th hour, until a movement",
			(rig) => rig.move(30 * HOUR),
			[
				[24 * HOUR, "start", "silent"],
				[30 * HOUR, "end", "silent"],
			],
		],
		[
			"stuck on after an hour, until it is still",
			(rig) => hold(rig, 0, 3 * HOUR),
			[
				[HOUR, "start", "stuckOn"],
				[3 * HOUR, "end", "stuckOn"],
			],
		],
		["movements after the radio, too late to be its dips: none", (rig) => radio(rig, 600), []],
		["six dips of the radio", (rig) => radio(rig, 300), [[60_300, "start", "radio"]]],
		["600 movements in the first hour: none", (rig) => busy(rig, 600), []],
		[
			"more, until an hour has fewer",
			(rig) => {
				busy(rig, 601);
				rig.run(2 * HOUR);
			},
			[
				[1000 + 600 * 4000, "start", "tooBusy"],
				[2 * HOUR, "end", "tooBusy"],
			],
		],
		[
			"from one doubt to the next: the end and the begin at one instant",
			(rig) => {
				busy(rig, 601);
				hold(rig, 50 * MINUTE, 2 * HOUR);
			},
			[
				[1000 + 600 * 4000, "start", "tooBusy"],
				[110 * MINUTE, "end", "tooBusy"],
				[110 * MINUTE, "start", "stuckOn"],
				[170 * MINUTE, "end", "stuckOn"],
			],
		],
		[
			"five who passed unseen",
			(rig) => {
				for (let index = 1; index <= 5; index += 1) {
					rig.run(index * MINUTE);
					rig.health.onPassedBy(rig.now, 4);
					rig.run(rig.now);
				}
			},
			[[5 * MINUTE, "start", "silent"]],
		],
		[
			"not fitted: neither silent nor stuck on",
			(rig) => {
				rig.configure({ pirFitted: false });
				rig.run(100 * HOUR);
			},
			[],
		],
	];
	test.each(table)("%s", (_what, act, reports) => {
		const rig = new HealthRig(SILENT_AFTER);
		act(rig);
		expect(rig.pirReports).toEqual(reports);
	});
	test("light is requested without end while the doubt stands, and no longer", () => {
		const rig = new HealthRig(SILENT_AFTER);
		expect(rig.lightUntil).toBe(0);
		rig.run(24 * HOUR);
		expect(rig.lightUntil).toBe(Infinity);
		rig.move(rig.now + 1);
		expect(rig.lightUntil).toBe(0);
	});
	test("a movement counts if the PIR was trusted before it", () => {
		const rig = new HealthRig(SILENT_AFTER);
		const { health } = rig;
		health.onEdge(true, 5);
		expect([health.hasEdge, health.judgeEdge(), health.hasEdge]).toEqual([true, 5, false]);
		expect(rig.edge(false, 6)).toBe(Number.NEGATIVE_INFINITY);
		rig.run(25 * HOUR);
		expect(rig.edge(true)).toBe(Number.NEGATIVE_INFINITY);
	});
});

describe("events of the light sensor", () => {
	const table: [what: string, act: (rig: HealthRig) => void, reports: Report[]][] = [
		[
			"silent after a day, until a reading",
			(rig) => {
				rig.run(25 * HOUR);
				expect(rig.read(-1)).toBe(false);
				expect(rig.read(Number.NaN)).toBe(false);
				expect(rig.read(500)).toBe(true);
				expect(rig.read(500)).toBe(false);
			},
			[
				[24 * HOUR, "start", "silent"],
				[25 * HOUR, "end", "silent"],
			],
		],
		[
			"stuck after 30 h of day, until it turns",
			(rig) => {
				rig.turn("day");
				readUntil(rig, 40 * HOUR);
				rig.turn("night");
			},
			[
				[30 * HOUR, "start", "stuck"],
				[40 * HOUR, "end", "stuck"],
			],
		],
		[
			"a day at midnight, as soon as the clock is set",
			(rig) => {
				rig.turn("day");
				rig.run(MINUTE);
				rig.date(MIDNIGHT);
			},
			[[MINUTE, "start", "contradicted"]],
		],
		[
			"a night at noon, longer than a thunderstorm",
			(rig) => {
				rig.date(NOON);
				rig.run(MINUTE);
				rig.turn("night");
				rig.run(2 * HOUR + 2 * MINUTE);
				rig.turn("day");
			},
			[
				[2 * HOUR + MINUTE, "start", "contradicted"],
				[2 * HOUR + 2 * MINUTE, "end", "contradicted"],
			],
		],
		[
			"a thunderstorm at noon",
			(rig) => {
				rig.date(NOON);
				rig.turn("night");
				rig.run(2 * HOUR - 1);
				rig.turn("day");
				rig.run(4 * HOUR);
			},
			[],
		],
		[
			"not fitted: no silence",
			(rig) => {
				rig.configure({ photocell: false });
				rig.run(100 * HOUR);
			},
			[],
		],
	];
	test.each(table)("%s", (_what, act, reports) => {
		const rig = new HealthRig({ pirFitted: false });
		act(rig);
		expect(rig.lightReports).toEqual(reports);
		expect(rig.decisions).toBe(reports.length); // the light is decided anew with each change
		expect(rig.pirReports).toEqual([]);
	});
	test.each<[LightDoubt | undefined, day: string, night: string]>([
		[undefined, "day", "night"],
		["contradicted", "unknown", "night"],
		["stuck", "unknown", "unknown"],
		["silent", "unknown", "unknown"],
	])("in doubt %s: what of the output counts", (light, day, night) => {
		const { health } = new HealthRig({}, textOfHealth({ ...SOUND, light }));
		expect([health.trusted("day", 0), health.trusted("night", 0)]).toEqual([day, night]);
		const dark = { kind: "turning", from: "unknown", to: "night", silentAt: 9 } as const;
		expect(health.verdictOf({ ...dark, at: 5, dullAt: 5 })).toBe(night);
		expect(health.verdictOf({ kind: "day", silentAt: 9 })).toBe(day);
	});
});

describe("what is due at once", () => {
	const table: [what: string, act: (rig: HealthRig) => void, isDue: boolean][] = [
		["a movement", (rig) => rig.edge(true), false],
		["stillness", (rig) => rig.edge(false), false],
		["a passer-by", ({ health, now }) => health.onPassedBy(now, 4), true],
		["another time", ({ health, now }) => health.onTime(now), true],
		["another output", ({ health, now }) => health.trusted("night", now), true],
		["the same output", ({ health, now }) => health.trusted("unknown", now), false],
		["a transmission without doubt", ({ health, now }) => health.onLink(now, 1), false],
	];
	test.each(table)("%s", (_what, act, isDue) => {
		const rig = new HealthRig();
		rig.run(MINUTE);
		act(rig);
		expect(rig.health.dueAt <= rig.now).toBe(isDue);
	});
	test("the photocell's output once, when it turns", () => {
		const rig = new HealthRig();
		rig.turn("night");
		rig.health.trusted("night", rig.now);
		expect(rig.health.dueAt).toBeGreaterThan(rig.now);
	});
	test("a transmission while the radio is suspected, and none where no byte was sent", () => {
		const rig = new HealthRig();
		radio(rig, 300);
		rig.run(2 * MINUTE);
		expect([rig.health.onLink(rig.now, 6), rig.health.dueAt > rig.now]).toEqual([false, true]);
		expect([rig.health.onLink(rig.now, 7), rig.health.dueAt]).toEqual([true, rig.now]);
	});
	test("and nothing more often than it can change", () => {
		const rig = new HealthRig({ ...SILENT_AFTER, photocell: false });
		const due: number[] = [];
		while (rig.now < 23 * HOUR) {
			due.push(rig.health.dueAt);
			rig.run(rig.health.dueAt);
		}
		expect(due).toEqual([6 * HOUR, 12 * HOUR, 18 * HOUR, 24 * HOUR]);
	});
});

describe("what is stored", () => {
	test("begin and end of a doubt at once", () => {
		const rig = new HealthRig(SILENT_AFTER);
		hold(rig, 0, 2 * HOUR);
		expect(rig.writes).toEqual([HOUR, 2 * HOUR]);
		expect(rig.record.pir).toBeUndefined();
		rig.turn("day");
		rig.date(MIDNIGHT);
		expect([rig.writes.length, rig.record.light]).toEqual([3, "contradicted"]);
	});
	test("without credit later, once, with the newest state", () => {
		const rig = new HealthRig(SILENT_AFTER);
		rig.creditAt = 5 * HOUR;
		hold(rig, 0, 2 * HOUR);
		rig.run(2 * HOUR + MINUTE);
		rig.edge(true);
		rig.run(5 * HOUR - 1);
		expect([rig.writes, rig.pirReports.length]).toEqual([[], 3]);
		rig.run(5 * HOUR);
		expect([rig.writes, rig.record.pir]).toEqual([[5 * HOUR], "stuckOn"]);
	});
	test("silence each six hours, and its end", () => {
		const rig = new HealthRig({ ...SILENT_AFTER, photocell: false });
		rig.run(23 * HOUR);
		expect([rig.writes, rig.record.silence]).toEqual([[6 * HOUR, 12 * HOUR, 18 * HOUR], 18 * HOUR]);
		rig.move(rig.now);
		expect([rig.writes.length, rig.record.silence]).toEqual([4, 0]);
		rig.run(rig.now + 6 * HOUR - 1);
		expect(rig.writes).toHaveLength(4);
		rig.run(rig.now + 1);
		expect([rig.writes.length, rig.record.silence]).toEqual([5, 6 * HOUR]);
	});
	test("what the store refused ten minutes later, and each refusal is reported", () => {
		const rig = new HealthRig({ ...SILENT_AFTER, photocell: false });
		rig.storeResult = "full";
		rig.run(6 * HOUR + 15 * MINUTE);
		rig.storeResult = "ok";
		rig.run(11 * HOUR);
		const tries = [0, 10, 20].map((minutes) => 6 * HOUR + minutes * MINUTE);
		expect([rig.writes, rig.refusals]).toEqual([tries, tries.slice(0, 2)]);
		expect(rig.record.silence).toBe(6 * HOUR);
	});
	test("learnt peaks once a day, at midnight UTC", () => {
		const rig = new HealthRig({ photocell: false });
		rig.date(MIDNIGHT - 2 * HOUR);
		for (let hour = 0; hour < 50; hour += 1)
			for (let index = 0; index < 2 + 2 * (hour % 24); index += 1)
				rig.move(hour * HOUR + index * MINUTE);
		expect(rig.writes).toEqual([2 * HOUR, 26 * HOUR]);
		expect(rig.record.learnt).toBe(26);
		// the hour of boot is 22 h UTC; of n movements n / 2 is kept
		const learnt = PEAKS.map((_, hour) => 1 + ((hour + 2) % 24));
		expect(Array.from(rig.record.peaks as ArrayLike<number>)).toEqual(learnt);
	});
});

describe("what a restart restores", () => {
	const ends: [pir: PirDoubt | undefined, light: LightDoubt | undefined][] = [
		["stuckOn", undefined],
		["silent", undefined],
		["radio", undefined],
		["tooBusy", undefined],
		[undefined, "silent"],
		[undefined, "stuck"],
		[undefined, "contradicted"],
		["silent", "stuck"],
	];
	test.each(ends)(
		"a PIR in doubt %s, a light sensor in doubt %s: no second event",
		(pir, light) => {
			const silence = pir === "silent" ? 24 * HOUR : 0;
			const record = textOfHealth({ ...SOUND, silence, pir, light });
			const rig = new HealthRig(SILENT_AFTER, record);
			expect([rig.health.pir.doubt, rig.health.light.doubt]).toEqual([pir, light]);
			expect([rig.pirReports, rig.lightReports, rig.writes]).toEqual([[], [], []]);
			expect(rig.lightUntil).toBe(pir ? Infinity : 0);
			rig.configure({ pirFitted: false, photocell: false });
			expect([rig.pirReports, rig.lightReports]).toEqual([
				pir ? [[0, "end", pir]] : [],
				light ? [[0, "end", light]] : [],
			]);
			expect([rig.record.pir, rig.record.light, rig.lightUntil]).toEqual([undefined, undefined, 0]);
		},
	);
	test("and none by settings that leave the sensors fitted", () => {
		const record = textOfHealth({ ...SOUND, pir: "radio", light: "contradicted" });
		const rig = new HealthRig(SILENT_AFTER, record);
		rig.configure({ hold: 60_000 });
		expect([rig.pirReports, rig.lightReports, rig.writes, rig.lightUntil]).toEqual([
			[],
			[],
			[],
			Infinity,
		]);
	});
	test("18 h of silence: in doubt six hours after the boot", () => {
		const rig = new HealthRig(SILENT_AFTER, textOfHealth({ ...SOUND, silence: 18 * HOUR }));
		rig.run(6 * HOUR);
		expect(rig.pirReports).toEqual([[6 * HOUR, "start", "silent"]]);
	});
	test("missed movements: one more is the fifth", () => {
		const rig = new HealthRig(SILENT_AFTER, textOfHealth({ ...SOUND, missed: 16 }));
		expect(rig.health.pir.doubt).toBeUndefined();
		rig.run(MINUTE);
		rig.health.onPassedBy(rig.now, 4);
		rig.run(rig.now);
		expect([rig.health.pir.doubt, rig.record.missed]).toEqual(["silent", 20]);
	});
	test("peaks, and more hours or misses than there can be as the most", () => {
		const peaks = PEAKS.map((_, hour) => hour + 3);
		const text = textOfHealth({ ...SOUND, missed: 9000, learnt: 9000, peaks });
		const { pir } = new HealthRig(SILENT_AFTER, text).health;
		expect([pir.missed, pir.learnt, Array.from(pir.peaks)]).toEqual([20, 168, peaks]);
	});
});

describe("maintenance", () => {
	test("the report waits for its end, within a minute; light and store do not", () => {
		const rig = new HealthRig(SILENT_AFTER);
		rig.owner.orders.isMaintained = true;
		rig.edge(true, 0);
		rig.run(90 * MINUTE);
		expect([rig.pirReports, rig.lightUntil, rig.record.pir]).toEqual([[], Infinity, "stuckOn"]);
		expect(rig.writes).toEqual([HOUR]);
		rig.owner.orders.isMaintained = false;
		rig.run(91 * MINUTE);
		expect(rig.pirReports).toEqual([[expect.any(Number), "start", "stuckOn"]]);
		rig.run(10 * DAY);
		expect(rig.pirReports).toHaveLength(1);
	});
	test("a doubt that ends with it is no event", () => {
		const rig = new HealthRig(SILENT_AFTER);
		rig.owner.orders.isMaintained = true;
		hold(rig, 0, 2 * HOUR);
		rig.owner.orders.isMaintained = false;
		rig.run(3 * HOUR);
		expect(rig.pirReports).toEqual([]);
	});
});
