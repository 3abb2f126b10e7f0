/**
 * Timekeeper: a lamp under a sky of its own, with and without a clock: when its program switches.
 *
 * The oracle is the world's date: the instants at which the plan's levels should change are read off
 * the wall clock of the place; the sky is the sun's elevation with cloud, as lux.
 */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import type { PowerCause } from "../../../src/host.js";
import type { Node } from "../../../src/node.js";
import { withValues } from "../../../src/settings/table.js";
import { elevationAt } from "../../../src/time/sun.js";
import type { Lux, Millis, UtcMillis } from "../../../src/units.js";
import { SW_DATE } from "../../../src/version.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";
import { scaled } from "../../support/scale.js";
import { typeAt } from "../../support/technician.js";

const LIEGE = { latitude: 50.63, longitude: 5.57 };
const SETTINGS = { sensing: '{"pirFitted":false}' };
const START = Date.parse("2026-11-10T14:00:00Z");
const STEP = MINUTE;

/** A lamp in a world whose date runs on whatever answers the lamp receives. */
class World {
	utc = START;
	host!: FakeHost;
	node!: Node;
	/** [world's date, feedback] at each change while powered. */
	readonly changes: [number, number][] = [];
	private readonly store: Map<string, string>;
	private bootedAt = 0;
	cloud = 0;

	constructor(settings: Record<string, string> = {}) {
		this.store = new Map(
			Object.entries({ ...SETTINGS, ...settings }).map(([k, v]) => [`set.${k}`, v]),
		);
		this.boot();
	}

	/** Power comes after a cut: no clock ran on. */
	boot(wall?: number, cause: PowerCause = "powerOn"): void {
		this.host = new FakeHost();
		this.host.powerCause = cause;
		this.host.wall = wall as UtcMillis | undefined;
		this.bootedAt = this.utc;
		this.node = bootLamp({ host: this.host, stored: this.store }).node;
	}

	cut(): void {
		this.store.clear();
		for (const [key, value] of this.host.stored) this.store.set(key, value);
	}

	get now(): Millis {
		return this.utc - this.bootedAt;
	}

	answer(error = 0): void {
		this.host.deliver((inputs, now) => inputs.onTime(now, (this.utc + error) as UtcMillis));
	}

	/** The city vouches for the date. */
	vouch(): void {
		this.node.time.onAuthenticatedTime(this.utc as UtcMillis, 200, this.now);
	}

	/** Runs to a date; `clock`: a time server answers each hour, so wrong. */
	run(until: number, clock?: number): void {
		while (this.utc < until) {
			this.utc += STEP;
			this.host.run(this.now);
			if (this.utc % (24 * HOUR) === 12 * HOUR) this.cloud = jitter(this.utc);
			if (this.node.settings.photocell) this.see();
			if (clock !== undefined && this.utc % HOUR === 0) this.answer(clock);
			const level = this.node.view.light.feedback;
			if (level !== this.changes.at(-1)?.[1]) this.changes.push([this.utc, level]);
		}
	}

	events(type: string): [string | undefined, string][] {
		const { journal } = this.node;
		return Array.from({ length: journal.newest }, (_, i) => journal.read(i + 1))
			.filter((entry) => entry?.type === type)
			.map((entry) => [entry!.startEndFlag, entry!.attributes]);
	}

	private see(): void {
		const elevation = elevationAt(LIEGE, (this.utc + this.cloud) as UtcMillis);
		const lux = 60 * 2 ** (3 * (elevation + 2.5));
		this.host.deliver((inputs, now) => inputs.onIlluminance(now, Math.min(lux, 9000) as Lux));
	}
}

/** Cloud shifts an edge by up to 10 min; from the day's number, so that a run can be repeated. */
function jitter(day: number): number {
	return (((day / HOUR) * 7919) % 21) * MINUTE - 10 * MINUTE;
}

/** Minutes by which changes to `level` between two dates miss `time` of the day, UTC. */
function missed(world: World, level: number, time: number, from: number): number[] {
	return world.changes
		.filter(([utc, to]) => to === level && utc >= from)
		.map(([utc]) => ((utc % (24 * HOUR)) - time) / MINUTE);
}

const TEN_PM = 21 * HOUR; // 22:00 on the wall in winter
const MIDNIGHT = 23 * HOUR;
const DAYS = 24 * HOUR;

describe("a week without a clock", () => {
	test("with a power cut in the middle the program falls within 15 minutes", () => {
		const world = new World();
		world.run(START + 5 * DAYS, 0);
		expect(world.node.view.time.clockSource).toBe("synchronised");
		expect(missed(world, 60, TEN_PM, START)).toEqual([0, 0, 0, 0, 0]);
		world.cut();
		world.utc += 20 * MINUTE;
		world.boot(); // the clock is lost, by day
		const lost = world.utc;
		world.run(lost + 30 * MINUTE); // the day that the photocell finds is no dawn
		expect(world.node.view.time.clockSource).toBe("photocell");
		world.run(lost + 3.45 * DAYS);
		expect(world.node.view.time).toMatchObject({
			clockSource: "midnight",
			utc: undefined,
			uncertainty: 15 * MINUTE,
		});
		world.cut();
		world.utc += 5 * MINUTE;
		world.boot(); // and once more, in the middle of the night
		const again = world.utc;
		world.run(again + 4 * HOUR);
		expect(world.node.view.time.clockSource).toBe("photocell");
		expect(world.node.view.light.feedback).toBe(100); // without time: lit
		world.run(lost + 7 * DAYS);
		for (const [level, time, count] of [
			[60, TEN_PM, 7],
			[40, MIDNIGHT, 6],
		] as const) {
			const errors = missed(world, level, time, lost);
			expect(errors.length).toBeGreaterThanOrEqual(count);
			expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(15);
		}
		world.answer();
		expect(world.node.view.time.clockSource).toBe("synchronised");
	});
	test("a lamp that never had a date stays lit by its photocell", () => {
		const world = new World();
		world.run(START + 5.4 * DAYS);
		expect(world.node.view.time.clockSource).toBe("photocell");
		expect(world.node.view.sensing.dark).toBe(true);
		expect(world.node.view.light.feedback).toBe(100);
	});
	test("an hour without an answer is no other rung, a day is", () => {
		const world = new World();
		world.answer();
		world.run(START + 23 * HOUR);
		expect(world.node.view.time.clockSource).toBe("synchronised");
		world.run(START + 25 * HOUR);
		expect(world.node.view.time.clockSource).toBe("holdover");
		world.cut();
		world.boot(world.utc, "restart"); // its clock ran on
		expect(world.node.view.time.clockSource).toBe("kept");
	});
});

describe("a clock in conflict with the sun", () => {
	test("one that jumps by an hour is reported when it insists, and does not switch the program", () => {
		const world = new World();
		world.run(START + 4 * DAYS, 0);
		world.answer(HOUR);
		expect(world.events("clockConflict")).toEqual([]);
		world.run(START + 4 * DAYS + HOUR, HOUR);
		expect(world.events("clockConflict")).toEqual([
			["start", expect.stringMatching(/^{"with":"midnight","by_min":(5\d|6\d)}$/)],
		]);
		expect(world.node.view.time.clockSource).toBe("midnight");
		const from = world.utc;
		world.run(START + 6 * DAYS, HOUR);
		expect(missed(world, 60, TEN_PM, from).map(Math.abs)).toEqual([
			expect.closeTo(0, -1.5),
			expect.closeTo(0, -1.5),
		]);
		world.answer();
		world.run(world.utc + HOUR, 0);
		expect(world.events("clockConflict").map(([flag]) => flag)).toEqual(["start", "end"]);
		expect(world.node.view.time.clockSource).toBe("synchronised");
	});
	test("without nights to compare, the photocell reveals it within half a day", () => {
		const world = new World();
		world.run(START + HOUR, 9 * HOUR); // its noon comes at 3 in the night
		world.run(START + 14 * HOUR, 9 * HOUR);
		expect(world.events("clockConflict")).toEqual([["start", '{"with":"photocell"}']]);
		expect(world.node.view.time.clockSource).toBe("photocell");
		expect(world.node.view.light.feedback).toBe(100);
	});
	test("a place that is set wrong and then right is gone by at once", () => {
		const world = new World();
		world.run(START + 4 * DAYS + 4 * HOUR, 0);
		const sources = [LIEGE.longitude + 60, LIEGE.longitude].map((longitude) => {
			world.node.configure(withValues(world.node.settings, { longitude }), world.now);
			world.node.tick(world.now);
			return world.node.view.time.clockSource;
		});
		expect(sources).toEqual(["midnight", "synchronised"]);
		expect(world.events("clockConflict").map(([flag]) => flag)).toEqual(["start", "end"]);
	});
	test("a good clock under ten cloudy nights is never accused", () => {
		const world = new World();
		world.run(START + 10 * DAYS, 0);
		expect(world.events("clockConflict")).toEqual([]);
	});
	test("a date before one that the city vouched for is refused, also after a cut", () => {
		const world = new World();
		world.run(START + 3 * HOUR, 0);
		world.vouch();
		world.run(START + 4 * HOUR, 0);
		world.cut();
		world.boot();
		world.answer(-4 * HOUR);
		expect(world.events("clockJump")).toEqual([[undefined, '{"by_ms":0,"taken":false}']]);
		world.answer();
		expect(world.node.view.time.clockSource).toBe("synchronised");
	});
	test("the time is stored twice a day at most", () => {
		const world = new World();
		world.run(START + 3 * DAYS, 0);
		let writes = 0;
		const { write } = world.host.store;
		world.host.store.write = (key, value) => {
			if (key === "time") writes += 1;
			return write(key, value);
		};
		world.run(START + 8 * DAYS, 0);
		expect(writes).toBeGreaterThan(0);
		expect(writes).toBeLessThanOrEqual(10);
	});
});

describe("a clock chip", () => {
	const DATE = START + 30 * DAYS;
	test.each<[string, string, number, string, number | undefined]>([
		[
			"gives the date after a power cut, by its greatest age",
			`${DATE - 10 * DAYS} 0 0 0`,
			0,
			"clockChip",
			86_900,
		],
		["of unknown age gives it, an hour uncertain", "", 0, "clockChip", 3_153_600],
		[
			"with an empty cell starts in 2000: no clock",
			"",
			Date.UTC(2000, 0, 1) - DATE,
			"none",
			undefined,
		],
		["before a date that is past is none", `${DATE} 0 0 0`, -1, "none", undefined],
	])("%s", (_sentence, stored, error, source, uncertainty) => {
		const world = new World();
		world.host.stored.set("time", stored);
		world.cut();
		world.utc = DATE;
		world.boot(DATE + error);
		expect(world.node.view.time).toMatchObject({ clockSource: source, uncertainty });
	});
});

describe("a clock whose error passes 15 min by time alone", () => {
	test("gives way to the learnt midnight within a day, though the photocell shows no edge", () => {
		const world = new World();
		const left = 6 * HOUR; // from the boot until the error passes
		const age = (15 * MINUTE - 500) * 10_000 - left;
		const night = 14 * HOUR;
		world.utc = SW_DATE + 110 * DAYS + 14 * HOUR;
		world.host.stored.set("time", `${world.utc - age} 0 0 0 ${night} ${night} ${night}`);
		world.cut();
		world.boot(world.utc);
		const boot = world.utc;
		world.run(boot + left - HOUR); // the dusk, from which a midnight follows
		const source = () => world.node.view.time.clockSource;
		expect([world.node.view.sensing.photocell, source()]).toEqual(["night", "clockChip"]);
		for (let hour = 0; hour < 24 && source() !== "midnight"; hour += 1) {
			world.utc += HOUR;
			world.host.run(world.now);
		}
		expect(source()).toBe("midnight");
		expect(world.utc).toBeGreaterThanOrEqual(boot + left);
	});
});

describe("answers that must agree", () => {
	test("one that leaps by a day changes nothing; the next true one is taken", () => {
		const world = new World();
		world.run(START + 3 * HOUR, 0);
		world.answer(DAYS);
		world.run(START + 5 * HOUR, 0);
		expect(world.node.view.time.utc).toBe(world.utc);
		expect(world.events("clockJump")).toEqual([[undefined, `{"by_ms":${DAYS},"taken":false}`]]);
	});
	test("a leap that is confirmed an hour later is taken", () => {
		const world = new World();
		world.run(START + 3 * HOUR, 0);
		world.run(START + 5 * HOUR, 2 * HOUR);
		expect(world.node.view.time.utc).toBe(world.utc + 2 * HOUR);
	});
	test("a false bound falls after a day of answers that agree, for the next life, too", () => {
		const world = new World();
		const rogue = Date.UTC(2060, 0, 1);
		world.utc = START + 30 * DAYS; // later than the firmware
		world.host.stored.set("time", `${rogue} ${rogue} 0 0`);
		world.cut();
		world.boot();
		const from = world.utc;
		world.run(from + 24 * HOUR, 0);
		expect(world.node.view.time.utc).toBeUndefined();
		world.run(from + 26 * HOUR, 0);
		expect(world.node.view.time).toMatchObject({ clockSource: "synchronised", utc: world.utc });
		world.cut();
		world.boot();
		world.answer();
		expect(world.node.view.time.utc).toBe(world.utc);
		expect(world.node.time.notBefore(world.now)).toBeLessThanOrEqual(world.utc);
	});
	test("a technician's word brings it down at once, within the doubt of a watch", () => {
		const world = new World();
		const rogue = Date.UTC(2060, 0, 1);
		world.utc = START + 30 * DAYS;
		world.host.stored.set("time", `${rogue} ${rogue} 0 0`);
		world.cut();
		world.boot();
		const watch = world.utc + MINUTE;
		typeAt(world.host, `time ${new Date(watch).toISOString()}`);
		expect(world.node.view.time).toMatchObject({ clockSource: "kept", uncertainty: 120_000 });
		expect(world.node.view.time.utc).toBe(watch);
		world.answer(); // a minute before what the watch said
		expect(world.node.view.time).toMatchObject({ clockSource: "synchronised", utc: world.utc });
	});
	test("no answers bring it down to a date before the firmware was made", () => {
		const world = new World();
		const rogue = Date.UTC(2060, 0, 1);
		world.host.stored.set("time", `${rogue} ${rogue} 0 0`);
		world.cut();
		world.boot();
		expect(world.utc).toBeLessThan(SW_DATE);
		world.run(START + 40 * HOUR, 0);
		expect(world.node.view.time.utc).toBeUndefined();
	});
});

describe("what a life before stored", () => {
	const texts: [why: string, text: string][] = [
		["nothing", ""],
		["words", "a b c d e"],
		["too few numbers", "1 2 3"],
		["a negative night", "0 0 0 0 -5"],
		["dates that no clock can have", "1e300 1e300 1e300 7 1e300 5"],
		["too many nights", `0 0 0 0${" 50000000".repeat(40)}`],
	];
	const supplies = ["always", "switched"];
	test.each(texts.flatMap(([why, text]) => supplies.map((supply) => [why, supply, text] as const)))(
		"%s (%s): lit, and a clock is taken",
		(_why, supply, text) => {
			const world = new World({ power: `{"supply":"${supply}"}` });
			world.host.stored.set("time", text);
			world.cut();
			world.boot();
			expect(world.node.view.light.feedback).toBe(100);
			expect(world.node.view.time.clockSource).toBe("none");
			world.answer();
			expect(world.node.view.time.clockSource).toBe("synchronised");
			world.run(world.utc + 5 * HOUR, 0);
			const stored = world.host.stored.get("time")!.split(" ").map(Number);
			expect(stored.every((n) => Number.isFinite(n) && n >= 0)).toBe(true);
			expect(stored.length).toBeLessThanOrEqual(8);
		},
	);
	test("a clock that ran on, but shows a date before one that is past, is no clock", () => {
		const world = new World();
		world.run(START + 3 * HOUR, 0);
		world.vouch();
		world.run(START + 4 * HOUR, 0);
		world.cut();
		world.boot(START - DAYS);
		expect(world.node.view.time.clockSource).toBe("none");
		expect(world.events("clockJump")).toHaveLength(1);
	});
	test("other supply, from the next setting on, is learnt with", () => {
		const world = new World();
		world.answer();
		typeAt(world.host, "set supply switched\rapply\rconfirm");
		world.run(world.utc + 4 * HOUR, 0);
		const fed = Number(world.host.stored.get("time")?.split(" ")[2]);
		expect(fed).toBeGreaterThan(3 * HOUR - 1);
	});
});

describe("a switched feeder", () => {
	const SWITCHED = {
		power: '{"supply":"switched"}',
		sensing: '{"pirFitted":false,"photocell":false}',
	};

	/** Fed from dusk to dawn for some nights, cut in between. Returns writes of the time a night. */
	function nights(world: World, count: number, clock?: number): number[] {
		const writes: number[] = [];
		for (let n = 0; n < count; n += 1) {
			do world.utc += MINUTE;
			while (world.utc % DAYS < 12 * HOUR || elevationAt(LIEGE, world.utc as UtcMillis) > -3);
			const late = jitter(Math.floor(world.utc / HOUR) * HOUR);
			world.utc += late;
			world.cloud = -late; // the cabinet's cloud is the lamp's
			world.boot();
			let count = 0;
			const { write } = world.host.store;
			world.host.store.write = (key, value) => {
				if (key === "time") count += 1;
				return write(key, value);
			};
			if (clock !== undefined) world.answer(clock);
			do world.run(world.utc + MINUTE, clock);
			while (world.utc % DAYS > 12 * HOUR || elevationAt(LIEGE, world.utc as UtcMillis) < -3);
			world.cut();
			writes.push(count);
		}
		return writes;
	}

	describe("cut in the small hours, without a clock for a week", () => {
		/** Fed from dusk to midnight on the wall, and from 5:00 to dawn if it is `relit`. */
		function halfNights(
			world: World,
			count: number,
			relit: boolean,
			clock?: number,
			cutAt = MIDNIGHT,
		): void {
			const feed = (until: () => boolean) => {
				world.boot();
				if (clock !== undefined) world.answer(clock);
				do world.run(world.utc + MINUTE, clock);
				while (!until());
				world.cut();
			};
			const isNight = () => elevationAt(LIEGE, world.utc as UtcMillis) < -2.7;
			for (let n = 0; n < count; n += 1) {
				do world.utc += MINUTE;
				while (world.utc % DAYS < 12 * HOUR || !isNight());
				feed(() => world.utc % DAYS === cutAt);
				world.utc += 5 * HOUR;
				if (relit) feed(() => !isNight());
			}
		}
		test.each([
			["off until dusk, no light sensor", false, false],
			["off until dusk", false, true],
			["fed again from 5:00 on", true, true],
		])("%s: by the sun's night the program falls within 15 minutes", (_what, relit, photocell) => {
			const sensing = JSON.stringify({ pirFitted: false, photocell });
			const world = new World({ ...SWITCHED, sensing });
			world.cut();
			halfNights(world, 5, relit, 0);
			const lost = world.utc;
			halfNights(world, 7, relit);
			const errors = missed(world, 60, TEN_PM, lost);
			expect(errors).toHaveLength(7);
			expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(15);
			const morning = world.changes.filter(([utc]) => utc >= lost && utc % DAYS < 12 * HOUR);
			for (const [, level] of morning) expect(level).toBe(100); // no midnight to go by: lit
			expect(morning.length).toBeGreaterThanOrEqual(relit ? 1 : 0);
			expect(world.node.view.time.clockSource).toBe(relit ? "photocell" : "midnight");
		});
		const feeders: readonly [wall: string, cutAt: number][] = [
			["23:00", MIDNIGHT - 2 * HOUR],
			["1:00", MIDNIGHT],
			["0:00", MIDNIGHT - HOUR],
		];
		test.each(scaled(feeders.slice(0, 2), feeders))(
			"cut at %s, from May to November: 22:00 within 15 minutes by a date that keeps up",
			(_at, cutAt) => {
				const world = new World(SWITCHED);
				world.utc = Date.parse("2026-05-01T12:00:00Z");
				world.cut();
				halfNights(world, 4, false, 0, cutAt);
				const lost = world.utc;
				halfNights(world, 172, false, undefined, cutAt); // to the end of summer time
				const errors = missed(world, 60, TEN_PM - HOUR, lost);
				expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(15);
				expect(errors.length).toBeGreaterThanOrEqual(130); // the dusks before 22:00;
			},
		);
	});
	test("by its on-times the program falls within 15 minutes for a week without a clock", () => {
		const world = new World(SWITCHED);
		world.cut();
		nights(world, 5, 0);
		const lost = world.utc;
		const writes = nights(world, 7);
		const errors = missed(world, 60, TEN_PM, lost);
		expect(errors).toHaveLength(7);
		expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(15);
		expect(world.node.view.time.clockSource).toBe("midnight");
		expect(Math.max(...writes)).toBeLessThanOrEqual(15);
	});
	test("after an interruption by night the next evening is one, as the light sensor reports", () => {
		const world = new World({ ...SWITCHED, sensing: '{"pirFitted":false}' });
		world.cut();
		nights(world, 5, 0);
		do world.utc += MINUTE;
		while (world.utc % DAYS !== 16 * HOUR);
		world.boot();
		world.run(world.utc + 7 * HOUR);
		for (const hours of [1, 2, 3]) {
			world.cut();
			world.utc += 20 * MINUTE;
			world.boot();
			world.run(world.utc + hours * HOUR);
			expect(world.node.view.light.feedback).toBe(100);
		}
		world.cut();
		const from = world.utc;
		nights(world, 2);
		expect(missed(world, 60, TEN_PM, from).map((by) => Math.abs(by) <= 15)).toEqual([true, true]);
	});
	test("an interruption by night is no dusk: lit for the rest of it, and the next is one", () => {
		const world = new World(SWITCHED);
		world.cut();
		nights(world, 5, 0);
		do world.utc += MINUTE;
		while (world.utc % DAYS !== 16 * HOUR);
		world.boot();
		world.run(world.utc + 5.2 * HOUR);
		world.cut();
		world.utc += 10 * MINUTE;
		world.boot();
		world.run(world.utc + HOUR);
		expect(world.node.view.light.feedback).toBe(100);
		expect(world.node.view.time.clockSource).toBe("none");
		world.run(world.utc + 8.5 * HOUR);
		world.cut();
		const from = world.utc;
		nights(world, 2);
		expect(missed(world, 60, TEN_PM, from).map(Math.abs).at(-1)).toBeLessThanOrEqual(15);
	});
});

test("the night is computed anew where the program has another clock, and after no plain answer", () => {
	const world = new World();
	const { schedule } = world.node;
	const forget = schedule.forget.bind(schedule);
	let nights = 0;
	schedule.forget = () => {
		nights += 1;
		forget();
	};
	world.answer();
	expect(nights).toBe(1);
	world.run(START + 5 * HOUR, 0);
	expect(nights).toBe(1);
});
