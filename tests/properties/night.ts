/**
 * Night: a random night of one lamp, as fast-check draws it and can shrink it.
 *
 * It runs from 15:00 UTC for 18 hours on any day of a year, in Liege. What the lamp is set to, who
 * walks by, what its clock is told, what is ordered and when it is restarted are all drawn.
 */
import fc from "fast-check";
import type { PowerCause } from "../../src/host.js";

export const HOURS = 18;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Of a self-test: five steps of 8 s. */
const TEST_LENGTH = 40_000;
const LENGTH = HOURS * HOUR;
const FIRST_DAY = Date.UTC(2026, 0, 1, 15);
const DAY = 24 * HOUR;

export interface Order {
	readonly level: number;
	readonly belowFloor: boolean;
	readonly inhibitSensors: boolean;
	/** Milliseconds. */
	readonly duration: number;
	/** Absent: as the lamp is set; else whole seconds. */
	readonly ramp: number | undefined;
}

export type Happening =
	| { readonly what: "stay"; readonly at: number; readonly length: number }
	/** Headlights or a torch on the sensor, shorter than offDelay. */
	| { readonly what: "flash"; readonly at: number; readonly length: number; readonly lux: number }
	/** A time server answers, `error` ms from the truth. */
	| { readonly what: "time"; readonly at: number; readonly error: number }
	| { readonly what: "order"; readonly at: number; readonly order: Order }
	| { readonly what: "clear"; readonly at: number }
	/** By the city, for the longest time there is. */
	| { readonly what: "emergency"; readonly at: number }
	/** Another order: its fields, and how long it may ask for a level of its own, ms. */
	| {
			readonly what: "deed";
			readonly at: number;
			readonly length: number;
			readonly fields: Readonly<Record<string, string | number | boolean>>;
	  }
	| { readonly what: "restart"; readonly at: number; readonly cause: PowerCause }
	/** The flash takes nothing for a while. */
	| { readonly what: "storeFails"; readonly at: number; readonly length: number };

export interface Night {
	/** UTC ms of the lamp's first instant. */
	readonly start: number;
	/** Whether the sky is seen, and how much of its light comes through. */
	readonly photocell: boolean;
	readonly sky: number;
	readonly light: Readonly<Record<string, number | boolean>>;
	/** Switch points after sunset, local minutes after 18:00, with levels; -1: lights out. */
	readonly points: readonly (readonly [minutes: number, level: number])[];
	readonly firstLevel: number;
	readonly ignorePresence: boolean;
	/** The driver's power passes a relay. */
	readonly relay: boolean;
	readonly happenings: readonly Happening[];
}

const instant = fc.integer({ min: MINUTE, max: LENGTH - MINUTE });
const stayOf = (length: fc.Arbitrary<number>) =>
	fc.record({ what: fc.constant("stay" as const), at: instant, length });
const stay = stayOf(
	fc.oneof(
		fc.integer({ min: 50, max: 5000 }),
		fc.integer({ min: 2000, max: 120_000 }),
		fc.integer({ min: MINUTE, max: 40 * MINUTE }),
	),
);
/** Nobody stays so long: the PIR is stuck. */
const stuck = stayOf(fc.integer({ min: 61 * MINUTE, max: 4 * HOUR }));
const flash = fc.record({
	what: fc.constant("flash" as const),
	at: instant,
	length: fc.integer({ min: 500, max: 90_000 }),
	lux: fc.integer({ min: 80, max: 5000 }),
});
const order = fc.record({
	level: fc.integer({ min: 0, max: 100 }),
	belowFloor: fc.boolean(),
	inhibitSensors: fc.boolean(),
	duration: fc.integer({ min: 1, max: 4 * 3600 }).map((seconds) => 1000 * seconds),
	ramp: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
});
const deed = fc
	.oneof(
		fc
			.integer({ min: 1, max: 60 })
			.map((s) => [1000 * s, { command: "identify", duration: s }] as const),
		fc.constant([TEST_LENGTH, { command: "selfTest" }] as const),
		fc
			.integer({ min: 1, max: 4 * 3600 })
			.map((s) => [1000 * s, { command: "maintenanceMode", duration: s }] as const),
		fc.constant([0, { command: "maintenanceMode", enabled: false }] as const),
	)
	.map(([length, fields]) => ({ length, fields }));
const disturbance = fc.oneof(
	fc
		.tuple(instant, deed)
		.map(([at, { length, fields }]) => ({ what: "deed" as const, at, length, fields })),
	fc.record({ what: fc.constant("order" as const), at: instant, order }),
	fc.record({ what: fc.constant("clear" as const), at: instant }),
	fc.record({ what: fc.constant("emergency" as const), at: instant }),
	stuck,
	fc.record({
		what: fc.constant("restart" as const),
		at: instant,
		cause: fc.constantFrom<PowerCause>("powerOn", "restart", "watchdog", "crash", "brownout"),
	}),
	fc.record({
		what: fc.constant("storeFails" as const),
		at: instant,
		length: fc.integer({ min: 1000, max: 3 * HOUR }),
	}),
	flash,
);
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
		powerOnLevel: fc.integer({ min: 0, max: 100 }),
		lightProtected: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
	})
	.map((values) => ({ ...values, systemFailureLevel: Math.max(60, values.floorLevel) }));

function nightOf(
	clock: fc.Arbitrary<readonly Happening[]>,
	disturbances: fc.Arbitrary<readonly Happening[]>,
	out: boolean,
): fc.Arbitrary<Night> {
	const level = out ? fc.integer({ min: -1, max: 100 }) : fc.integer({ min: 0, max: 100 });
	return fc
		.record({
			day: fc.integer({ min: 0, max: 364 }),
			photocell: fc.boolean(),
			sky: fc.constantFrom(0.5, 0.8, 1),
			light,
			points: fc
				.uniqueArray(fc.tuple(fc.integer({ min: 240, max: 640 }), level), {
					selector: ([minutes]) => minutes,
					maxLength: 5,
				})
				.map((points) => points.sort(([a], [b]) => a - b)),
			firstLevel: fc.integer({ min: 0, max: 100 }),
			ignorePresence: fc.boolean(),
			relay: fc.boolean(),
			stays: fc.array(stay, { maxLength: 12 }),
			clock,
			disturbances,
		})
		.map(({ day, stays, clock: times, disturbances: others, ...rest }) => ({
			...rest,
			start: FIRST_DAY + day * DAY,
			happenings: [...times, ...stays, ...others],
		}));
}

const noClock = fc.constant<readonly Happening[]>([]);
const rightClock = fc
	.integer({ min: 0, max: 30_000 })
	.map((at): readonly Happening[] => [{ what: "time", at, error: 0 }]);
/** Sets by a minute to six hours, forward and back, at any moment; the last word may be wrong. */
const jumpingClock = fc.array(
	fc.record({
		what: fc.constant("time" as const),
		at: instant,
		error: fc.oneof(fc.constant(0), fc.integer({ min: -6 * HOUR, max: 6 * HOUR })),
	}),
	{ maxLength: 4 },
);

/** Anything may happen. */
export const anyNight = nightOf(
	fc.oneof(noClock, rightClock, jumpingClock),
	fc.array(disturbance, { maxLength: 6 }),
	true,
);
/** A lamp in good order: people walk by, and that is all. */
export const calmNight = nightOf(rightClock, fc.constant([]), false);
