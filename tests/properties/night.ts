/**
 * Night: a random night of one lamp, as fast-check draws it and can shrink it.
 *
 * It runs from 15:00 UTC for 18 hours on any day of a year, in Liege. What the lamp is set to and has,
 * who walks by, what answers its clock gets and what befalls it (troubles.ts) are all drawn.
 */
import fc from "fast-check";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import type { Happening } from "./happenings.js";
import { clock, type Kind, stay, troubleOf } from "./troubles.js";

export const HOURS = 18;
export const END = HOURS * HOUR;
const FIRST_DAY = Date.UTC(2026, 0, 1, 15);
/** 28 March and 24 October 2026: the nights in which the clocks go forward and back. */
const CHANGES = [86, 296];
/** A trouble of these comes so near to someone who is there. */
const BEFORE = 60_000;
const AFTER = 120_000;

export interface Night {
	/** UTC ms of the lamp's first instant. */
	readonly start: number;
	/** Whether the sky is seen, and how much of its light comes through. */
	readonly photocell: boolean;
	readonly sky: number;
	readonly light: Readonly<Record<string, number | boolean>>;
	/** Degrees at which the heat begins to hold the output back, and what is left 15 K above. */
	readonly heat: { readonly start: number; readonly level: number };
	/** A contact between mains and driver. */
	readonly relay: boolean;
	/** It hangs on a feeder that is switched at the cabinet. */
	readonly switched: boolean;
	/** It receives the datagrams of its row. */
	readonly row: boolean;
	/** Switch points after sunset, local minutes after 18:00, with levels; -1: lights out. */
	readonly points: readonly (readonly [minutes: number, level: number])[];
	readonly firstLevel: number;
	readonly ignorePresence: boolean;
	readonly happenings: readonly Happening[];
}

const light = fc
	.record({
		floorLevel: fc.integer({ min: 0, max: 60 }),
		fullLevel: fc.integer({ min: 60, max: 100 }),
		presenceLevel: fc.integer({ min: 60, max: 100 }),
		lingerLevel: fc.integer({ min: 0, max: 60 }),
		hold: fc.integer({ min: 5, max: 120 }),
		linger: fc.integer({ min: 0, max: 60 }),
		settleTime: fc.integer({ min: 0, max: 60 }),
		riseTime: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
		fallTime: fc.integer({ min: 1, max: 30 }),
		lightProtected: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
	})
	.map((values) => ({ ...values, systemFailureLevel: Math.max(60, values.floorLevel) }));

/** Of a trouble: which stay it comes near to, and how long after that one's beginning. */
const near = fc.option(
	fc.record({ stay: fc.nat({ max: 11 }), after: fc.integer({ min: -BEFORE, max: AFTER }) }),
	{ nil: undefined },
);
type Near = { readonly stay: number; readonly after: number } | undefined;
type Placed = readonly [near: Near, trouble: Happening];

function placed([where, trouble]: Placed, stays: readonly Happening[]): Happening {
	const who = where && stays[where.stay % Math.max(1, stays.length)];
	if (!who) return trouble;
	const at = Math.min(END - MINUTE, Math.max(MINUTE, who.at + where.after));
	return { ...trouble, at };
}

/** Without a floor, and with nothing asked before the first switch point: its contact opens by night. */
function bare({ light }: Pick<Night, "light">): Partial<Night> {
	return { light: { ...light, floorLevel: 0, lightProtected: false }, firstLevel: 0 };
}

function nightOf(
	clock: fc.Arbitrary<readonly Happening[]>,
	troubles: fc.Arbitrary<readonly Placed[]>,
	isCalm: boolean,
): fc.Arbitrary<Night> {
	const level = fc.integer({ min: isCalm ? 0 : -1, max: 100 });
	return fc
		.record({
			day: fc.oneof(
				{ weight: 9, arbitrary: fc.integer({ min: 0, max: 364 }) },
				{ weight: 1, arbitrary: fc.constantFrom(...CHANGES) },
			),
			photocell: fc.boolean(),
			sky: fc.constantFrom(0.5, 0.8, 1),
			light,
			heat: fc.record({
				start: fc.integer({ min: 40, max: 110 }),
				level: fc.integer({ min: 10, max: 100 }),
			}),
			relay: fc.constantFrom<"none" | "fitted" | "bare">("none", "fitted", "bare"),
			switched: isCalm ? fc.constant(false) : fc.boolean(),
			row: fc.boolean(),
			points: fc
				.uniqueArray(fc.tuple(fc.integer({ min: 240, max: 640 }), level), {
					selector: ([minutes]) => minutes,
					maxLength: 5,
				})
				.map((points) => points.sort(([a], [b]) => a - b)),
			firstLevel: fc.integer({ min: 0, max: 100 }),
			ignorePresence: fc.boolean(),
			stays: fc.array(stay, { maxLength: 10 }),
			clock,
			troubles,
		})
		.map(({ day, stays, clock: times, troubles: others, relay, ...rest }) => ({
			...rest,
			...(relay === "bare" ? bare(rest) : {}),
			relay: relay !== "none",
			start: FIRST_DAY + day * DAY,
			happenings: [...times, ...stays, ...others.map((other) => placed(other, stays))],
		}));
}

const MOST_TROUBLES = 8;

/** Anything may happen, or anything of these kinds. */
export function anyNight(kinds?: readonly Kind[]): fc.Arbitrary<Night> {
	return nightOf(
		fc.oneof(clock.none, clock.right, clock.jumping, clock.lying),
		kinds?.length === 0
			? fc.constant([])
			: fc.array(fc.tuple(near, troubleOf(kinds)), { maxLength: MOST_TROUBLES }),
		false,
	);
}

/** A lamp in good order: people walk by, and that is all. */
export const calmNight = nightOf(clock.right, fc.constant([]), true);
