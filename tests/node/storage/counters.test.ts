/** Counters: what was reported never runs backwards, and a power cut costs an hour at most. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { Meter } from "../../../src/meter/meter.js";
import { Counters, STORE_INTERVAL } from "../../../src/node/storage/counters.js";
import type { UtcMillis, Watts } from "../../../src/units.js";
import { bootLamp } from "../../support/lamp.js";
import { percent } from "../../support/percent.js";

const STEP = 5;
const W = (watts: number) => watts as Watts;
const LAMP = {
	ledPower_W: W(37),
	ledPower50_W: W(0),
	ledPower25_W: W(0),
	ledPower10_W: W(0),
	standbyPower_W: W(0.5),
	oldLampPower_W: W(83),
	controllerPower_W: W(0),
};

type Act =
	| { readonly kind: "level"; readonly level: number }
	| { readonly kind: "pass"; readonly minutes: number }
	| { readonly kind: "cut" } // at once
	| { readonly kind: "end" } // in order: the counts themselves are stored
	| { readonly kind: "cutInWrite"; readonly landed: boolean } // the next write is the last act
	| { readonly kind: "full" } // the store refuses until the next boot
	| { readonly kind: "date"; readonly utc: number };

/** One lamp over many lives, with a store that can be cut in the midst of a write. */
class Lamp {
	readonly stored = new Map<string, string>();
	reported = [0, 0, 0];
	lost = 0; // the most that a single cut has taken, Wh
	private now = 0;
	private level = 0;
	private cutAt: "landed" | "torn" | undefined;
	private isFull = false;
	private totals!: Counters;
	private meter!: Meter;
	private utc: number | undefined;
	private hadFull = false;

	constructor() {
		this.boot();
	}

	boot(): void {
		this.now = 0;
		this.isFull = false;
		this.cutAt = undefined;
		this.level = 0;
		this.totals = new Counters(this as never, 0);
		this.meter = new Meter(LAMP, this.totals.resumed(), 0);
		this.lookOn();
	}

	read = (key: string) => this.stored.get(key);
	write = (key: string, text: string) => {
		if (this.cutAt) {
			if (this.cutAt === "landed") this.stored.set(key, text);
			throw new Error("power cut");
		}
		if (this.isFull) return "full" as const;
		this.stored.set(key, text);
		return "ok" as const;
	};

	act(act: Act): void {
		try {
			if (act.kind === "level") this.shine(act.level);
			else if (act.kind === "pass") this.pass(act.minutes);
			else if (act.kind === "date") this.utc = act.utc;
			else if (act.kind === "end") this.end();
			else if (act.kind === "full") this.hadFull = this.isFull = true;
			else if (act.kind === "cutInWrite") this.cutAt = act.landed ? "landed" : "torn";
			else throw new Error("power cut");
		} catch (error) {
			if ((error as Error).message !== "power cut") throw error;
			const before = this.meter.activeEnergy_kWh;
			this.boot();
			if (!this.hadFull)
				this.lost = Math.max(this.lost, 1000 * (before - this.meter.activeEnergy_kWh));
			this.hadFull = false;
		}
	}

	private end(): void {
		this.totals.keep(this.meter, 0, 37, true);
		const { used, switchOns } = this;
		this.boot();
		if (this.hadFull) return;
		assert.ok(Math.abs(this.used - used) < 5e-3);
		assert.equal(this.switchOns, switchOns);
	}

	private get used(): number {
		return 1000 * this.meter.activeEnergy_kWh;
	}

	private get switchOns(): number {
		return this.meter.switchOnCounter;
	}

	private shine(level: number): void {
		this.level = level;
		this.meter.note(this.now, percent(level), true);
		this.report();
	}

	private pass(minutes: number): void {
		for (let i = 0; i < minutes; i += STEP) {
			this.now += STEP * MINUTE;
			if (this.utc !== undefined) this.utc += STEP * MINUTE;
			this.meter.note(this.now, percent(this.level), true);
			this.lookOn();
			this.report();
		}
	}

	/** What the keeper does. */
	private lookOn(): void {
		if (this.now < this.totals.dueAt) return;
		this.totals.keep(this.meter, 0, 37);
		this.totals.closeHour(this.now, this.meter, this.utc as UtcMillis | undefined);
	}

	private report(): void {
		const { totals, meter } = this;
		const counters = [
			totals.reportedEnergy_kWh(meter.activeEnergy_kWh),
			totals.reportedHours(meter.operatingHours),
			totals.reportedSwitchOns(meter.switchOnCounter),
		];
		if (counters.some((value, i) => value < this.reported[i]!))
			throw new Error(`reported ${counters} after ${this.reported}`);
		this.reported = counters;
	}
}

const acts: fc.Arbitrary<Act> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant("level" as const),
			level: fc.integer({ min: 0, max: 100 }),
		}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant("pass" as const),
			minutes: fc.integer({ min: 1, max: 150 }),
		}),
	},
	fc.constant({ kind: "cut" as const }),
	fc.constant({ kind: "end" as const }),
	fc.record({ kind: fc.constant("cutInWrite" as const), landed: fc.boolean() }),
	fc.constant({ kind: "full" as const }),
	fc.record({ kind: fc.constant("date" as const), utc: fc.integer({ min: 1e12, max: 2e12 }) }),
);

/** 174.75900000000003 Wh at the end of a life: a thousand times that is rounded down to a whole number. */
const ROUNDED_DOWN: Act[] = (
	[[73, 56], [8, 46], "end", [86, 56], [34, 61, 11, 96, 116], "cut", [46, 146], "end"] as const
).flatMap((step): Act[] => {
	if (typeof step === "string") return [{ kind: step }];
	const [level, ...spans] = step;
	return [{ kind: "level", level }, ...spans.map((minutes): Act => ({ kind: "pass", minutes }))];
});
ROUNDED_DOWN.push({ kind: "pass", minutes: 1 });

test("whatever happens, what is reported never runs backwards, and a cut takes an hour at most", () => {
	fc.assert(
		fc.property(fc.array(acts, { minLength: 1, maxLength: 60 }), (all) => {
			const lamp = new Lamp();
			for (const act of all) lamp.act(act);
			assert.ok(lamp.lost <= 37 * (1 + STEP / 60));
		}),
		{ seed: 2412, numRuns: 1_000, examples: [[ROUNDED_DOWN]] },
	);
});

describe("one by one", () => {
	const store = () => {
		const stored = new Map<string, string>();
		const write = (key: string, text: string) => {
			stored.set(key, text);
			return "ok" as const;
		};
		return { stored, read: (key: string) => stored.get(key), write, erase: () => "ok" as const };
	};
	test("a first life stores before it reports", () => {
		const totals = new Counters(store(), 0);
		expect(totals.dueAt).toBe(0);
		expect(totals.reportedEnergy_kWh(0.01)).toBe(0);
		totals.keep(new Meter(LAMP, totals.resumed(), 0), 0, 37);
		expect(totals.reportedEnergy_kWh(0.01)).toBe(0.01);
		expect(totals.reportedEnergy_kWh(0.05)).toBe(0.037); // as much as an hour can add
	});
	test("after a cut it reports the bound until it has caught up", () => {
		const flash = store();
		const first = new Counters(flash, 0);
		first.keep(new Meter(LAMP, first.resumed(), 0), 0, 37);
		const second = new Counters(flash, 0);
		expect(second.dueAt).toBe(STORE_INTERVAL);
		expect(second.reportedEnergy_kWh(0.02)).toBe(0.037);
		const meter = new Meter(LAMP, second.resumed(), 0);
		meter.note(0, percent(100), true);
		meter.note(2 * HOUR, percent(100), true);
		second.keep(meter, 0, 37);
		expect(second.reportedEnergy_kWh(meter.activeEnergy_kWh)).toBeCloseTo(0.074, 9);
	});
	test("after a cut it says that they are bounds, until the last one is reached; after an end in order never", () => {
		for (const isLast of [false, true]) {
			const flash = store();
			const first = new Counters(flash, 0);
			const once = { activeEnergy_Wh: 0.2, oldLampEnergy_Wh: 0, litTime: 25_000 };
			first.keep(new Meter(LAMP, { ...once, switchOnCounter: 1 }, 0), 0, 37, isLast);
			const second = new Counters(flash, 0);
			const now = new Meter(LAMP, second.resumed(), 0).counters();
			const later = { ...now, activeEnergy_Wh: 50, litTime: 2 * HOUR, switchOnCounter: 101 };
			const counts = [now, { ...now, activeEnergy_Wh: 50, litTime: 2 * HOUR }, later];
			const isCut = !isLast;
			expect(counts.map((count) => second.isReserved(count))).toEqual([isCut, isCut, false]);
			for (const behind of ["activeEnergy_Wh", "litTime", "switchOnCounter"] as const)
				expect(second.isReserved({ ...later, [behind]: now[behind] })).toBe(isCut);
		}
	});
	test("no stored bound falls while the meter lags behind what was reported", () => {
		const flash = store();
		const bounds = () => flash.stored.get("totals")!.split(" ").slice(-3).map(Number);
		const first = new Counters(flash, 0);
		const busy = { activeEnergy_Wh: 5000, oldLampEnergy_Wh: 0, litTime: 9 * HOUR };
		first.keep(new Meter(LAMP, { ...busy, switchOnCounter: 40 }, 0), 0, 37);
		const reported = bounds();
		// The node's replacement, or a record that flash did not take: the meter begins with less.
		const behind = new Counters(flash, 0);
		behind.keep(
			new Meter(LAMP, { ...busy, litTime: 0, activeEnergy_Wh: 0, switchOnCounter: 2 }, 0),
			0,
			37,
		);
		expect(bounds()).toEqual(reported);
		expect(behind.reportedSwitchOns(2)).toBe(reported[2]);
	});
	test("a count that began at a later date than today's began today", () => {
		const flash = store();
		const [wrong, today] = [Date.UTC(2031, 5, 1), Date.UTC(2026, 10, 24)] as UtcMillis[];
		const counters = new Counters(flash, 0);
		counters.dated(wrong!);
		expect(counters.since).toBe(wrong);
		counters.keep(new Meter(LAMP, counters.resumed(), 0), 0, 37);
		const next = new Counters(flash, 0);
		expect(next.since).toBe(wrong);
		next.dated(today!);
		expect(next.since).toBe(today);
		next.dated((today! + HOUR) as UtcMillis);
		expect(next.since).toBe(today);
	});
	test("hours end with those of the date, once there is one", () => {
		const totals = new Counters(store(), 0);
		const meter = new Meter(LAMP, totals.resumed(), 0);
		totals.closeHour(HOUR, meter, undefined);
		expect(totals.dueAt).toBe(2 * HOUR);
		totals.closeHour(2 * HOUR, meter, (Date.UTC(2026, 10, 24, 21) + 20 * MINUTE) as UtcMillis);
		expect(totals.dueAt).toBe(2 * HOUR + 40 * MINUTE);
	});
	test("an hour has the energy that the meter counted in it", () => {
		const totals = new Counters(store(), 0);
		const meter = new Meter(LAMP, totals.resumed(), 0);
		for (let hour = 1; hour <= 100; hour += 1) {
			meter.note(hour * HOUR, percent(100), true);
			totals.closeHour(hour * HOUR, meter, undefined);
		}
		expect(totals.hour_Wh(0)).toBe(37);
	});
	test.each([
		["at the hour", 0, HOUR],
		["17 ms late", 17, HOUR - 17],
		["20 ms before it, for the clock was set back", -20, HOUR + 20],
		["a minute before it", -MINUTE, HOUR + MINUTE],
		["longer before it: of another clock", -MINUTE - 1, MINUTE + 1],
	])(
		"an hour that is closed %s is followed by one that ends with the date's",
		(_when, by, span) => {
			const totals = new Counters(store(), 0);
			const utc = (Date.UTC(2026, 10, 24, 21) + by) as UtcMillis;
			totals.closeHour(5 * HOUR, new Meter(LAMP, totals.resumed(), 0), utc);
			expect(totals.dueAt - 5 * HOUR).toBe(span);
		},
	);
	test.each([
		["fast", -20],
		["slow", 20],
	])(
		"a clock that runs %s and is set each hour stores once an hour, and no hour of 0",
		(_how, by) => {
			const start = Date.UTC(2026, 10, 24, 21, 20);
			const { host, node } = bootLamp({ lux: 0, utc: start, until: 1000 });
			const written: string[] = [];
			const { write } = host.store;
			host.store.write = (key, text) => {
				written.push(key);
				return write(key, text);
			};
			for (let hour = 1; hour <= 12; hour += 1) {
				const utc = start + hour * by; // of two answers that agree
				host.run(hour * HOUR + 1000);
				host.deliver((inputs, now) => inputs.onTime(now, (utc + now) as UtcMillis));
				host.run(hour * HOUR + MINUTE);
				host.deliver((inputs, now) => inputs.onTime(now, (utc + now) as UtcMillis));
			}
			expect(written.filter((key) => key === "totals").length).toBeLessThanOrEqual(13);
			for (let index = 0; index < 10; index += 1)
				expect(node.view.meter.hour_Wh(index)).toBeGreaterThan(1);
		},
	);
	test.each([
		["1 2 3"],
		["a b c d e f g h i"],
		["1 2 3 4 5 6 7 8 -9"],
		["1 2 3 4 5 6 7 8 Infinity"],
	])("%s is not ours: it counts from 0", (text) => {
		const flash = store();
		flash.stored.set("totals", text);
		expect(new Counters(flash, 0).resumed()).toMatchObject({ activeEnergy_Wh: 0, litTime: 0 });
	});
});
