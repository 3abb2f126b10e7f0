/** The world: cones, sky, sun, zones and chance, against other ways to know. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { getPosition } from "suncalc";
import { posixOf } from "../../../lib/posixzone.js";
import { chance, random } from "../../../lib/random.js";
import { Zone } from "../../../lib/zone.js";
import { Agenda } from "../../../sim/util/agenda.js";
import { leavesDeadBand } from "../../../sim/world/lightsensor.js";
import {
	MANNERS,
	MARGIN,
	placesOf,
	type RoadUser,
	RoadUsers,
	SPACING,
} from "../../../sim/world/roadusers.js";
import { clearSky, createSky } from "../../../sim/world/sky.js";
import { crossing, elevationAt, HORIZON } from "../../../sim/world/sun.js";
import { createTimetable, type UserKind } from "../../../sim/world/timetable.js";

const SEED = 20_261_124;
const LIEGE = [50.645, 5.573] as const;
const brussels = Zone.of("Europe/Brussels")!;

/** Runs those arrivals along the street and lists the edges of every cone. */
function walk(
	lamps: number,
	arrivals: [at: number, kind: UserKind, forth: boolean][],
	places?: readonly number[],
) {
	const agenda = new Agenda();
	const edges: { at: number; lamp: number; enters: boolean; user: RoadUser }[] = [];
	let taken = false;
	const timetable = {
		take() {
			if (taken) return undefined;
			taken = true;
			return {
				from: 0,
				until: 1e9,
				arrivals: arrivals.map(([at, kind, forth]) => ({ at, kind, forth })),
			};
		},
	};
	const note = (enters: boolean) => (at: number, lamp: number, user: RoadUser) =>
		edges.push({ at, lamp, enters, user });
	const listener = { onEnter: note(true), onLeave: note(false) };
	const users = new RoadUsers(agenda, timetable, 0, lamps, SEED, listener, () => {}, places);
	return { agenda, edges, users };
}

test("a road user put down anywhere enters what lies ahead, and a cone that it stands in (property)", () => {
	const kinds = fc.constantFrom<UserKind>("pedestrian", "bicycle", "car");
	const places = fc.double({ min: -19, max: 5 * SPACING + 19, noNaN: true });
	fc.assert(
		fc.property(kinds, fc.boolean(), places, (kind, forth, place) => {
			const { agenda, edges, users } = walk(6, []);
			const at = 60_000;
			users.put(at, kind, place, forth);
			users.visit(at, (_user, x) => expect(x).toBeCloseTo(place, 6));
			agenda.run(Infinity);
			const { radius, aside } = MANNERS[kind];
			const reach = Math.sqrt(radius ** 2 - aside ** 2);
			const ahead = [0, 1, 2, 3, 4, 5].filter((lamp) =>
				forth ? lamp * SPACING + reach > place : lamp * SPACING - reach < place,
			);
			const entered = edges.filter(({ enters }) => enters);
			expect(entered.map(({ lamp }) => lamp).sort()).toEqual(ahead);
			expect(edges.filter(({ enters }) => !enters)).toHaveLength(ahead.length);
			const inside = entered.filter(({ lamp }) => Math.abs(lamp * SPACING - place) < reach - 0.01);
			for (const edge of inside) expect(edge.at).toBe(at);
			for (const edge of edges) expect(edge.at).toBeGreaterThanOrEqual(at);
		}),
		{ numRuns: 50 },
	);
});

test("edges fall where a walk in small steps crosses the cone, also of a street's own poles (property)", () => {
	const kinds = fc.constantFrom<UserKind>("pedestrian", "bicycle", "car");
	const gaps = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 5 });
	const uneven = gaps.map((all) => {
		const row = [0];
		for (const gap of all) row.push(row.at(-1)! + gap);
		return row;
	});
	const poles = fc.oneof(
		fc.integer({ min: 1, max: 6 }).map((lamps) => placesOf(lamps)),
		uneven,
	);
	fc.assert(
		fc.property(poles, kinds, fc.boolean(), (places, kind, forth) => {
			const lamps = places.length;
			const { agenda, edges } = walk(lamps, [[1000, kind, forth]], places);
			agenda.run(Infinity);
			expect(edges).toHaveLength(2 * lamps);
			const { speed, bornAt } = edges[0]!.user;
			const { radius, aside } = MANNERS[kind];
			const length = places.at(-1)!;
			const inside = (at: number, lamp: number) => {
				const way = ((at - bornAt) / 1000) * speed - MARGIN;
				const x = forth ? way : length - way;
				return Math.hypot(x - places[lamp]!, aside) <= radius;
			};
			for (const { at, lamp, enters } of edges) {
				expect([inside(at - 2, lamp), inside(at + 2, lamp)]).toEqual([!enters, enters]);
			}
		}),
		{ seed: SEED, numRuns: 60 },
	);
});

test("edges come in order of instant, and everyone leaves in the end", () => {
	const arrivals: [number, UserKind, boolean][] = [
		[0, "pedestrian", true],
		[5_000, "car", true],
		[5_000, "bicycle", false],
		[9_000, "car", false],
	];
	const { agenda, edges, users } = walk(5, arrivals);
	agenda.run(20_000);
	const seen: string[] = [];
	users.visit(20_000, ({ kind }) => seen.push(kind));
	expect(seen.sort()).toEqual(["bicycle", "car", "car", "pedestrian"]);
	agenda.run(Infinity);
	expect(edges.map(({ at }) => at)).toEqual(edges.map(({ at }) => at).sort((a, b) => a - b));
	for (let lamp = 0; lamp < 5; lamp++)
		expect(edges.filter((edge) => edge.lamp === lamp && edge.enters)).toHaveLength(4);
	users.visit(1e9, ({ kind }) => seen.push(`late ${kind}`));
	expect(seen.filter((entry) => entry.startsWith("late"))).toEqual([]);
});

test("the agenda is a stable sort (property)", () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (instants) => {
			const agenda = new Agenda();
			const ran: [number, number][] = [];
			const actor = { due: (at: number, subject: number) => void ran.push([at, subject]) };
			for (const [i, at] of instants.entries()) agenda.add(at, actor, i);
			agenda.run(10);
			expect(agenda.next).toBeGreaterThan(10);
			agenda.run(Infinity);
			expect(ran).toEqual(instants.map((at, i) => [at, i]).sort((a, b) => a[0]! - b[0]!));
		}),
		{ seed: SEED },
	);
});

describe("sky", () => {
	const measured: [elevation: number, lux: number][] = [
		[-0.833, 278],
		[-2, 69],
		[-4, 8],
		[-12, 0],
		[-18, 0],
		[62, 100_000],
	];
	test.each(measured)("a clear sky with the sun at %d degrees gives %d lx", (elevation, lux) => {
		expect(clearSky(elevation)).toBeCloseTo(lux, 6);
	});
	test("never falls while the sun rises, and changes by the sun's pace (property)", () => {
		const elevations = fc.double({ min: -90, max: 89.9, noNaN: true });
		fc.assert(
			fc.property(elevations, (elevation) => {
				const [low, high] = [clearSky(elevation), clearSky(elevation + 0.1)];
				expect(high).toBeGreaterThanOrEqual(low);
				if (low > 0) expect(high / low).toBeLessThan(1.2);
			}),
			{ seed: SEED, numRuns: 500 },
		);
	});
	test("clouds take at most what an overcast sky does, move slowly and differ by seed", () => {
		const noon = Date.UTC(2026, 10, 24, 11, 35);
		const shares = [1, 2, 3].map((seed) => {
			const sky = createSky(seed, ...LIEGE);
			let last = sky.luxAt(noon) / clearSky(elevationAt(noon, ...LIEGE));
			for (let at = noon; at < noon + 3 * 3600_000; at += 30_000) {
				const share = sky.luxAt(at) / clearSky(elevationAt(at, ...LIEGE));
				expect(share).toBeGreaterThan(0.21);
				expect(share).toBeLessThan(1.01);
				expect(Math.abs(share / last - 1)).toBeLessThan(0.05);
				last = share;
			}
			return last;
		});
		expect(new Set(shares.map((share) => share.toFixed(3))).size).toBe(3);
	});
	test("a sensor looks every 30 s by day and sleeps through a deep night", () => {
		const sky = createSky(1, ...LIEGE);
		const noon = Date.UTC(2026, 10, 24, 12);
		expect(sky.nextAfter(noon)).toBe(noon + 30_000);
		const midnight = Date.UTC(2026, 10, 24, 23);
		const wakes = sky.nextAfter(midnight);
		expect(elevationAt(wakes, ...LIEGE)).toBeGreaterThan(-12);
		expect(elevationAt(wakes - 30_000, ...LIEGE)).toBeLessThanOrEqual(-12);
		expect(sky.luxAt(midnight)).toBe(0);
	});
	const readings: [lux: number, reported: number, isNews: boolean][] = [
		[10, NaN, true],
		[10.5, 10, false],
		[10.6, 10, true],
		[9.4, 10, true],
		[1090, 1000, false],
		[1101, 1000, true],
		[0, 0.5, false],
	];
	test.each(readings)("%d lx after %d reported: reported %p", (lux, reported, isNews) => {
		expect(leavesDeadBand(lux, reported)).toBe(isNews);
	});
});

test("the sun stands where another ephemeris puts it, to a few hundredths of a degree (property)", () => {
	const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) });
	const latitude = fc.integer({ min: -70, max: 70 });
	const longitude = fc.integer({ min: -180, max: 180 });
	fc.assert(
		fc.property(instants, latitude, longitude, (utc, north, east) => {
			// suncalc lifts what it gives by the refraction of a standard atmosphere, near the horizon
			// half a degree; above 20 degrees it is below 0.05.
			const { altitude } = getPosition(new Date(utc), north, east);
			fc.pre(altitude > 20);
			expect(Math.abs(elevationAt(utc, north, east) - altitude)).toBeLessThan(0.06);
		}),
		{ seed: SEED, numRuns: 500 },
	);
});

test("the sun sets over Liege when the almanac says (24 November 2026, 16:40 to the minute)", () => {
	const noon = Date.UTC(2026, 10, 24, 11);
	const sunset = crossing(noon, noon + 12 * 3600_000, HORIZON, ...LIEGE)!;
	expect(Math.abs(sunset - Date.UTC(2026, 10, 24, 15, 40))).toBeLessThan(120_000);
	expect(crossing(noon, noon + 3600_000, HORIZON, ...LIEGE)).toBeUndefined();
});

describe("zones", () => {
	const rules: [zone: string, rule: string | undefined][] = [
		["Europe/Brussels", "<+01>-1<+02>,M3.5.0,M10.5.0/3"],
		["America/New_York", "<-05>5<-04>,M3.2.0,M11.1.0"],
		["Australia/Sydney", "<+10>-10<+11>,M10.1.0,M4.1.0/3"],
		["Asia/Kolkata", "<+0530>-5:30"],
		["UTC", "<+00>0"],
	];
	test.each(rules)("%s follows %s", (name, rule) => {
		expect(posixOf(Zone.of(name)!, Date.UTC(2026, 5, 1))).toBe(rule);
	});
	test("to the wall clock and back, but for the hour that comes twice (property)", () => {
		const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
		fc.assert(
			fc.property(instants, (utc) => {
				expect(brussels.utcOf(brussels.localOf(utc), utc - 1)).toBe(utc);
			}),
			{ seed: SEED, numRuns: 500 },
		);
	});
	test("in the gap of spring the clock goes on as far", () => {
		const gap = Date.UTC(2026, 2, 29, 2, 30);
		expect(brussels.utcOf(gap)).toBe(Date.UTC(2026, 2, 29, 1, 30));
	});
});

describe("chance", () => {
	test("a stream belongs to its seed and its name", () => {
		const take = (seed: number, name: string) => {
			const stream = random(seed, name);
			return Array.from({ length: 5 }, () => stream.next());
		};
		expect(take(7, "cars")).toEqual(take(7, "cars"));
		expect(take(7, "cars")).not.toEqual(take(8, "cars"));
		expect(take(7, "cars")).not.toEqual(take(7, "clouds"));
		expect(take(7, "cars")).not.toEqual(take(7 + 2 ** 32, "cars"));
	});
	test("is even, and one in a hundred is one in a hundred", () => {
		const stream = random(SEED, "even");
		const bins = new Array(16).fill(0);
		for (let i = 0; i < 16_000; i++) bins[Math.floor(stream.next() * 16)]++;
		for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
		let missed = 0;
		for (let i = 0; i < 20_000; i++) if (chance(SEED, i) < 0.01) missed++;
		expect(Math.abs(missed - 200)).toBeLessThan(60);
	});
	test.each([
		["cars between 17 and 18 h, 42 an hour", undefined, "car", 42, 5],
		["of ten times the walkers, 110 on foot", 2_049, "pedestrian", 110, 8],
		["without walkers, none", 0, "pedestrian", 0, 1],
	] as const)("people come at their rate: %s", (_what, walkers, counted, rate, slack) => {
		const timetable = createTimetable(SEED, brussels, undefined, walkers);
		let users = 0;
		let at = Date.UTC(2026, 10, 2);
		for (let hour = 0; hour < 24 * 20; hour++) {
			const batch = timetable.take(at)!;
			at = batch.until;
			if (new Date(brussels.localOf(batch.from)).getUTCHours() === 17)
				users += batch.arrivals.filter(({ kind }) => kind === counted).length;
		}
		expect(Math.abs(users / 20 - rate)).toBeLessThan(slack);
	});
});
