/** Passages: who passes at night, who passes a lamp without light, and how long lamps are dark. */
import { expect, test } from "@jest/globals";
import { Passages } from "../../../sim/results/passages.js";
import type { UserKind } from "../../../sim/world/timetable.js";

const LAMPS = 2;
const DUSK = 600_000;
const HOUR = 3_600_000;
const FULL = 4095;

/** A street that is dark from 0 on, both lamps lit. */
function street(): Passages {
	const made = new Passages(LAMPS, 35, DUSK);
	made.onDaylight(-DUSK, 34);
	for (let lamp = 0; lamp < LAMPS; lamp++) made.onDuty(0, lamp, FULL, FULL);
	return made;
}

const user = (id: number, kind: UserKind = "pedestrian", forth = true) => ({
	id,
	kind,
	forth,
	bornAt: 0,
	speed: 1.4,
});

/** Passes both lamps, ten seconds in each cone. */
function passes(made: Passages, at: number, who = user(1)): void {
	const order = who.forth ? [0, 1] : [1, 0];
	order.forEach((lamp, index) => {
		made.onEnter(at + index * 20_000, lamp, true, who);
		made.onLeave(at + index * 20_000 + 10_000, lamp, true, who);
	});
}

/** Acts in order. */
const all =
	(...acts: readonly ((made: Passages) => void)[]) =>
	(made: Passages): void => {
		for (const act of acts) act(made);
	};

test.each<[string, (made: Passages) => void, number, number]>([
	["under light: passed, and lit", (made) => passes(made, HOUR), 1, 0],
	[
		"by day: not counted",
		all(
			(made) => made.onDaylight(HOUR, 500),
			(made) => passes(made, HOUR + 1),
		),
		0,
		0,
	],
	[
		"both lamps out: once",
		all(
			(made) => out(made, 0),
			(made) => out(made, 1),
			(made) => passes(made, HOUR),
		),
		1,
		1,
	],
	[
		"one lamp out: unlit",
		all(
			(made) => out(made, 1),
			(made) => passes(made, HOUR),
		),
		1,
		1,
	],
	[
		"against the numbers: the same",
		all(
			(made) => out(made, 0),
			(made) => passes(made, HOUR, user(1, "pedestrian", false)),
		),
		1,
		1,
	],
	[
		"light that comes while someone is in the cone: lit",
		(made) => {
			out(made, 0);
			made.onEnter(HOUR, 0, true, user(1));
			made.onDuty(HOUR + 1000, 0, 0, FULL);
			made.onLeave(HOUR + 10_000, 0, true, user(1));
			passes(made, HOUR + 20_000);
		},
		1,
		0,
	],
	["on the way when the run ends: counted", (made) => made.onEnter(HOUR, 0, true, user(1)), 1, 0],
	[
		"two of them: two",
		all(
			(made) => out(made, 0),
			(made) => passes(made, HOUR),
			(made) => passes(made, HOUR, user(2)),
		),
		2,
		2,
	],
])("%s", (_, act, passed, unlit) => {
	const made = street();
	act(made);
	made.finish(2 * HOUR);
	expect([made.passed.pedestrian, made.unlit.pedestrian]).toEqual([passed, unlit]);
});

function out(made: Passages, lamp: number): void {
	made.onDuty(HOUR / 2, lamp, 0, 0);
}

test("each kind of road user is counted by itself", () => {
	const made = street();
	passes(made, HOUR, user(1, "car"));
	passes(made, HOUR, user(2, "bicycle"));
	expect([made.passed, made.unlit]).toEqual([
		{ pedestrian: 0, bicycle: 1, car: 1 },
		{ pedestrian: 0, bicycle: 0, car: 0 },
	]);
});

test("hours of darkness, and of these without light as the mean of the lamps, also in a run that goes on", () => {
	const made = street();
	out(made, 0);
	expect(made.hoursAt(HOUR)).toEqual({ dark_h: 1, unlit_h: 0.25 });
	made.onEnd(HOUR, 1);
	made.onDaylight(2 * HOUR, 80);
	made.finish(3 * HOUR);
	expect(made.hoursAt(3 * HOUR)).toEqual({ dark_h: 2, unlit_h: 1.25 });
});
