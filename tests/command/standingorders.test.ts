/** Standing orders: what is in force, until when, and over a restart. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR } from "../../lib/spans.js";
import type { EmergencyOrder, OverrideOrder, StandingOrder } from "../../src/command/orders.js";
import type { StandingOrders } from "../../src/command/standingorders.js";
import {
	accept,
	changes,
	dueAt,
	expire,
	NOTHING_ORDERED,
	target,
} from "../../src/command/standingorders.js";
import { restore, STORE_INTERVAL, serialise } from "../../src/command/standingrecord.js";
import type { UtcMillis } from "../../src/units.js";
import { percent } from "../support/percent.js";

const SEED = 20_261_127;
const UTC = Date.UTC(2026, 10, 24, 20) as UtcMillis; // at monotonic 0
const utcAt = (now: number): UtcMillis => (UTC + now) as UtcMillis;
const FULL = percent(90);
const LEVELS = { fullLevel: FULL, level: percent(35) };

const desk: OverrideOrder = {
	kind: "override",
	id: "desk",
	level: percent(40),
	rampToLevelTime: 2000,
	inhibitSensors: false,
	belowFloor: false,
	until: utcAt(6 * HOUR),
	duration: 6 * HOUR,
};
const fireworks: OverrideOrder = {
	...desk,
	id: "fireworks",
	level: percent(0),
	rampToLevelTime: undefined,
	inhibitSensors: true,
	belowFloor: true,
	until: utcAt(HOUR),
	duration: HOUR,
};
const alarm: EmergencyOrder = {
	kind: "emergency",
	id: "alarm",
	until: utcAt(2 * HOUR),
	duration: 2 * HOUR,
};
const work: StandingOrder = {
	kind: "maintenanceMode",
	id: "work",
	until: utcAt(3 * HOUR),
	duration: 3 * HOUR,
};
const workDone: StandingOrder = { kind: "endMaintenance", id: "done" };
const clear: StandingOrder = { kind: "clearOverride", id: "end" };
const given = (...orders: StandingOrder[]): StandingOrders =>
	orders.reduce((standing, order) => accept(standing, order, 0, LEVELS), NOTHING_ORDERED);

test("an order in force is stored 24 times a day", () => expect(STORE_INTERVAL).toBe(HOUR));

describe("in force", () => {
	test("an override is the arbiter's request, with the order's id as its voice", () => {
		expect(given(desk).override).toMatchObject({
			reason: "override",
			level: 40,
			rampToLevelTime: 2000,
			source: "desk",
			inhibitSensors: false,
			belowFloor: false,
		});
	});
	test("an emergency asks for the full class and has no fade of its own", () => {
		const { emergency } = given(alarm);
		expect(emergency).toMatchObject({ reason: "emergency", level: FULL, source: "alarm" });
		expect(emergency?.rampToLevelTime).toBeUndefined();
	});
	const targets: [why: string, orders: StandingOrder[], level: number | undefined][] = [
		["nothing ordered", [], undefined],
		["an override", [desk], 40],
		["off is a target, too", [fireworks], 0],
		["the newer override", [desk, fireworks], 0],
		["an emergency above it", [desk, alarm], 90],
		["an emergency stands when the override is cleared", [alarm, desk, clear], 90],
		["cleared", [desk, clear], undefined],
		["work on the lamp asks for nothing of its own", [work], undefined],
	];
	test.each(targets)("%s", (_why, orders, level) => {
		expect(target(given(...orders))).toBe(level);
	});
	test("clearing nothing is no change", () => {
		expect(given(clear)).toBe(NOTHING_ORDERED);
		expect(given(workDone)).toBe(NOTHING_ORDERED);
	});
	test("work on the lamp holds what shone when it began, and presence may raise it", () => {
		expect(given(work).maintenance).toMatchObject({
			reason: "override",
			level: 35,
			source: "work",
			inhibitSensors: false,
			endsAt: 3 * HOUR,
		});
		expect(given(work, desk, workDone)).toEqual({ ...given(desk), maintenance: undefined });
	});
});

describe("ends", () => {
	const ends: [why: string, order: StandingOrder, clock: number | undefined, end: number][] = [
		["by the span without a clock", desk, undefined, 6 * HOUR],
		["by both when they agree", desk, 0, 6 * HOUR],
		["by the date when it came late in its own time", { ...desk, until: utcAt(HOUR) }, 0, HOUR],
		["by the span when the clock was set back", desk, -10 * HOUR, 6 * HOUR],
		["at once when the clock turns out to be past the date", desk, 7 * HOUR, 0],
		["by the span without a date", { ...desk, until: undefined }, 0, 6 * HOUR],
		["an emergency likewise", alarm, HOUR, HOUR],
		["work on the lamp likewise", work, HOUR, 2 * HOUR],
	];
	test.each(ends)("%s", (_why, order, clock, end) => {
		const standing = given(order);
		const utc = (now: number) => (clock === undefined ? undefined : utcAt(now + clock));
		expect(dueAt(standing, 0, utc(0))).toBe(end);
		if (end > 0) expect(expire(standing, end - 1, utc(end - 1))).toBe(standing);
		expect(expire(standing, end, utc(end))).toEqual(NOTHING_ORDERED);
	});
	test("each by itself: the alarm is over, the operator's level goes on", () => {
		const standing = given(desk, alarm);
		expect(dueAt(standing, 0, UTC)).toBe(2 * HOUR);
		const later = expire(standing, 2 * HOUR, utcAt(2 * HOUR));
		expect(later).toEqual({ override: standing.override, emergency: undefined });
		expect(dueAt(later, 2 * HOUR, utcAt(2 * HOUR))).toBe(6 * HOUR);
	});
	test("nothing ordered is never due", () => {
		expect(dueAt(NOTHING_ORDERED, 5, UTC)).toBe(Infinity);
		expect(expire(NOTHING_ORDERED, 5, UTC)).toBe(NOTHING_ORDERED);
	});
});

describe("what the journal receives", () => {
	type Change = [type: string, flag: string | undefined, id: string, why?: string];
	const steps: [why: string, before: StandingOrders, after: StandingOrders, changed: Change[]][] = [
		["an override begins", given(), given(desk), [["override", "start", "desk"]]],
		[
			"below the floor begins",
			given(),
			given(fireworks),
			[
				["override", "start", "fireworks"],
				["belowFloor", "start", "fireworks"],
			],
		],
		[
			"one takes the other's place",
			given(fireworks),
			given(desk),
			[
				["override", "end", "fireworks", "replaced"],
				["belowFloor", "end", "fireworks", "replaced"],
				["override", "start", "desk"],
			],
		],
		[
			"both are over",
			given(fireworks, alarm),
			given(),
			[
				["override", "end", "fireworks", "expired"],
				["belowFloor", "end", "fireworks", "expired"],
				["emergency", "end", "alarm", "expired"],
			],
		],
		["an emergency begins", given(), given(alarm), [["emergency", "start", "alarm"]]],
		["work begins", given(), given(work), [["maintenanceMode", "start", "work"]]],
		["work is over", given(work), given(), [["maintenanceMode", "end", "work", "expired"]]],
		[
			"it takes longer",
			given(work),
			given({ ...work, id: "more" }),
			[
				["maintenanceMode", "end", "work", "replaced"],
				["maintenanceMode", "start", "more"],
			],
		],
	];
	for (const [why, before, after, changed] of steps)
		test(why, () => {
			const events = changes(before, after, "expired");
			expect(
				events.map((event) => {
					const { id, why: end } = event.attributes as { id: string; why?: string };
					const row = [event.type, event.startEndFlag, id];
					return end === undefined ? row : [...row, end];
				}),
			).toEqual(changed);
		});
	test("a new emergency in place of the old one", () => {
		const events = changes(given(alarm), given({ ...alarm, id: "second" }), "cleared");
		expect(events.map(({ startEndFlag }) => startEndFlag)).toEqual(["end", "start"]);
		expect(events[0]?.attributes).toMatchObject({ why: "replaced" });
	});
	test("nothing, if nothing changed", () => {
		const standing = given(desk, alarm);
		expect(changes(standing, standing, "expired")).toEqual([]);
	});
});

describe("over a restart", () => {
	test("nothing ordered is an empty text", () => {
		expect(serialise(NOTHING_ORDERED, 0, UTC)).toBe("");
		expect(restore("", 0, UTC, FULL)).toBe(NOTHING_ORDERED);
	});
	test("both survive, with what remains of them", () => {
		const text = serialise(given(fireworks, alarm), HOUR / 2, utcAt(HOUR / 2));
		const standing = restore(text, 1000, utcAt(HOUR / 2), FULL);
		expect(standing.override).toEqual({
			...given(fireworks).override,
			endsAt: 1000 + HOUR / 2,
			byClock: true,
		});
		expect(standing.emergency).toEqual({ ...given(alarm).emergency, endsAt: 1000 + 1.5 * HOUR });
	});
	test("an emergency at maximum survives as such; a record of before is the full class", () => {
		const text = serialise(given({ ...alarm, extent: "maximum" }), 0, UTC);
		expect(text).toMatch(
			/^\{"emergency":\{"id":"alarm","until":\d+,"remaining_ms":7200000,"level":100\}\}$/,
		);
		expect(restore(text, 0, UTC, FULL).emergency).toMatchObject({ level: 100, extent: "maximum" });
		const before = serialise(given(alarm), 0, UTC);
		expect(before).not.toContain("level");
		expect(restore(before, 0, UTC, FULL).emergency).toMatchObject({
			level: FULL,
			extent: undefined,
		});
	});
	test("work on the lamp survives, with the level it holds", () => {
		const standing = restore(serialise(given(work), HOUR, utcAt(HOUR)), 0, utcAt(HOUR), FULL);
		expect(standing.maintenance).toEqual({
			...given(work).maintenance,
			endsAt: 2 * HOUR,
			byClock: true,
		});
		expect(restore(serialise(given(work), 0, UTC), 0, utcAt(3 * HOUR), FULL)).toEqual(
			NOTHING_ORDERED,
		);
	});
	test("a fade of its own survives, too", () => {
		expect(restore(serialise(given(desk), 0, UTC), 0, UTC, FULL).override?.rampToLevelTime).toBe(
			2000,
		);
	});
	test("time without power counts by the date", () => {
		const text = serialise(given(fireworks, alarm), 0, UTC);
		const standing = restore(text, 0, utcAt(1.5 * HOUR), FULL);
		expect(standing.override).toBeUndefined();
		expect(dueAt(standing, 0, utcAt(1.5 * HOUR))).toBe(HOUR / 2);
	});
	test("a date that is set back after the boot prolongs nothing", () => {
		const standing = restore(serialise(given(desk), 0, UTC), 0, utcAt(2 * HOUR), FULL);
		expect(dueAt(standing, HOUR, utcAt(0))).toBe(4 * HOUR);
	});
	test("without a clock it goes on for what remained, and the date ends it when it comes", () => {
		const standing = restore(serialise(given(desk), HOUR, utcAt(HOUR)), 0, undefined, FULL);
		expect(dueAt(standing, 0, undefined)).toBe(5 * HOUR);
		expect(expire(standing, 1, utcAt(6 * HOUR))).toEqual(NOTHING_ORDERED);
	});
	test("what never had a date survives by its span", () => {
		const text = serialise(given({ ...desk, until: undefined }), HOUR, undefined);
		expect(restore(text, 0, UTC, FULL).override).toMatchObject({
			until: undefined,
			endsAt: 5 * HOUR,
		});
	});
	const hostile: [why: string, text: string][] = [
		["half a text", '{"override":{"id":"a"'],
		["another's names", '{"level":1,"x":2}'],
		["a number where an order should be", '{"override":7,"emergency":[]}'],
		["no end", '{"override":{"id":"a","level":50},"emergency":{"id":"b"}}'],
		["an end beyond the limit", '{"override":{"id":"a","level":50,"remaining_ms":604800001}}'],
		[
			"below the floor for a week",
			'{"override":{"id":"a","level":0,"belowFloor":true,"remaining_ms":604800000}}',
		],
		["an emergency for a week", '{"emergency":{"id":"a","remaining_ms":604800000}}'],
		["work for a week", '{"maintenance":{"id":"a","level":50,"remaining_ms":604800000}}'],
		["work at no level", '{"maintenance":{"id":"a","remaining_ms":5}}'],
		["a level beyond its range", '{"override":{"id":"a","level":101,"remaining_ms":5}}'],
		["no id", '{"override":{"level":50,"remaining_ms":5},"emergency":{"remaining_ms":5}}'],
		["an end that was", '{"override":{"id":"a","level":50,"remaining_ms":-5}}'],
	];
	test.each(hostile)("a text that cannot be ours gives nothing: %s", (_why, text) => {
		expect(restore(text, 0, UTC, FULL)).toEqual(NOTHING_ORDERED);
	});
	test(`however often it restarts, no order outlives its date or its span of light (seed ${SEED})`, () => {
		const lives = fc.array(
			fc.record({ on: fc.nat(3 * HOUR), off: fc.nat(3 * HOUR), clock: fc.boolean() }),
			{
				maxLength: 12,
			},
		);
		fc.assert(
			fc.property(lives, (list) => {
				let text = serialise(given(fireworks), 0, UTC);
				let world = 0; // since the order came
				let lit = 0; // of that, with power
				for (const { on, off, clock } of list) {
					const utc = clock ? utcAt(world) : undefined;
					const standing = restore(text, 0, utc, FULL);
					if (standing.override && clock) assert.ok(world < HOUR);
					if (standing.override) assert.ok(lit < HOUR);
					const after = expire(standing, on, clock ? utcAt(world + on) : undefined);
					text = serialise(after, on, clock ? utcAt(world + on) : undefined);
					lit += on;
					world += on + off;
				}
			}),
			{ seed: SEED, numRuns: 1000 },
		);
	});
});

describe("a date that nobody vouches for", () => {
	const FORGED = utcAt(100 * HOUR);
	const dim = { ...desk, until: utcAt(3 * HOUR), duration: 3 * HOUR };
	const all = given(dim, alarm, work);

	test("ends no order of this life; a date that is certainly past ends each", () => {
		expect(expire(all, HOUR, FORGED, UTC)).toBe(all);
		expect(dueAt(all, HOUR, FORGED, UTC)).toBe(2 * HOUR);
		expect(expire(all, HOUR, FORGED, utcAt(2 * HOUR))).toEqual({ ...all, emergency: undefined });
		expect(expire(all, HOUR, UTC, FORGED)).toEqual(NOTHING_ORDERED);
	});
	test("ends what may darken after a restart, and no emergency", () => {
		const text = serialise(all, 0, UTC, UTC);
		expect(restore(text, 0, FORGED, FULL, UTC)).toMatchObject({
			override: undefined,
			emergency: { endsAt: 2 * HOUR },
			maintenance: undefined,
		});
		const later = restore(text, 0, undefined, FULL, UTC);
		expect(later).toMatchObject({ override: { source: "desk" }, maintenance: { source: "work" } });
		const { override, emergency, maintenance } = expire(later, 0, FORGED, UTC);
		expect([override, emergency?.source, maintenance]).toEqual([undefined, "alarm", undefined]);
		expect(restore(text, 0, FORGED, FULL, FORGED)).toEqual(NOTHING_ORDERED);
	});
	test("is not stored as what remains of an order", () => {
		expect(serialise(given(alarm), HOUR, FORGED, UTC)).toContain('"remaining_ms":3600000');
		expect(serialise(given(alarm), HOUR, UTC, FORGED)).toContain('"remaining_ms":0');
	});
});
