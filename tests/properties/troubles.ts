/**
 * Troubles: what befalls a lamp in a night, drawn one by one; and who walks by, and what clocks say.
 */
import fc from "fast-check";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { PowerCause } from "../../src/host.js";
import type { Flaw, Happening, ImageFlaw } from "./happenings.js";

const LENGTH = 18 * HOUR;
/** Of a self-test: five steps of 8 s. */
const TEST_LENGTH = 40_000;
/** A leap that waits for a second answer is beyond 15 min (docs/time.md); here plainly on either side. */
const SMALL_LIE = 14 * MINUTE;
const GREAT_LIE = 16 * MINUTE;
const GREATEST_LIE = 12 * HOUR;

const any = <T>(...values: T[]) => fc.constantFrom(...values);
const span = (min: number, max: number) => fc.integer({ min, max });
const named = <What extends Happening["what"]>(what: What) => ({
	what: fc.constant(what),
	at: span(MINUTE, LENGTH - MINUTE),
});

const stayOf = (length: fc.Arbitrary<number>) => fc.record({ ...named("stay"), length });
export const stay = stayOf(
	fc.oneof(span(50, 5000), span(2000, 120_000), span(MINUTE, 40 * MINUTE)),
);
/** Nobody stays so long: the PIR is stuck. */
const stuck = stayOf(span(61 * MINUTE, 4 * HOUR));
const flash = fc.record({ ...named("flash"), length: span(500, 90_000), lux: span(80, 5000) });

/** No reading at all; one that says nothing; ones that cannot be; the end of its range; covered. */
const nonsense = any(
	undefined,
	Number.NaN,
	-1,
	-Infinity,
	Infinity,
	1e308,
	1e9,
	120_000,
	54_612,
	0,
	-0,
);
const sensor = fc.record({
	...named("sensor"),
	length: fc.oneof(span(1000, 10 * MINUTE), span(MINUTE, 12 * HOUR)),
	lux: nonsense,
});
const chatter = fc.record({ ...named("chatter"), count: span(1, 40), gap: span(0, 2000) });

const order = fc.record({
	...named("order"),
	order: fc.record({
		level: span(0, 100),
		belowFloor: fc.boolean(),
		inhibitSensors: fc.boolean(),
		duration: span(1, 4 * 3600).map((seconds) => 1000 * seconds),
		ramp: fc.option(span(0, 60), { nil: undefined }),
	}),
});
const deedOf = (deed: fc.Arbitrary<{ length: number; fields: Record<string, number | string> }>) =>
	fc.tuple(fc.record(named("action")), deed).map(([when, what]) => ({ ...when, ...what }));
const seconds = (command: string, most: number) =>
	span(1, most).map((s) => ({ length: 1000 * s, fields: { command, duration: s } }));
const deed = fc.oneof(
	deedOf(seconds("identify", 60)),
	deedOf(fc.constant({ length: TEST_LENGTH, fields: { command: "selfTest" } })),
	deedOf(seconds("maintenanceMode", 4 * 3600)),
	fc.record({
		...named("action"),
		length: fc.constant(0),
		fields: fc.constant({ command: "maintenanceMode", enabled: false }),
	}),
);

const restart = fc.record({
	...named("restart"),
	cause: any<PowerCause>("powerOn", "restart", "watchdog", "crash", "brownout"),
});
/** A blink of the mains; a cut; half the night. */
const cut = fc.record({
	...named("cut"),
	length: fc.oneof(span(20, 2000), span(MINUTE, HOUR), span(3 * HOUR, 6 * HOUR)),
});
const storeFails = fc.record({ ...named("storeFails"), length: span(1000, 3 * HOUR) });

/** Hot and cooling again; and what no housing has. */
const celsius = fc.oneof(
	span(35, 130),
	span(-40, 60),
	any(Number.NaN, Infinity, -Infinity, 500, 151, -61, 1e30),
);
const heat = fc.record({
	...named("heat"),
	celsius,
	length: span(MINUTE, 4 * HOUR),
	after: celsius,
});

const word = fc.record({
	...named("word"),
	flaw: fc.oneof(
		fc.constant<Flaw>("none"),
		any<Flaw>("overtaken", "replayed", "forged", "flood"),
		any<Flaw>("otherKey", "otherSite", "otherRow", "short", "long"),
	),
	place: fc.oneof(span(-2, 2), span(-7, 7)),
	age: span(0, 3000),
});

const edit = fc.record({
	...named("edit"),
	values: fc.record(
		{
			floorLevel: span(0, 60),
			fullLevel: span(60, 100),
			presenceLevel: span(60, 100),
			hold: span(5, 120),
			lightProtected: fc.boolean(),
		},
		{ requiredKeys: [] },
	),
	ends: any<"confirm" | "revert" | "leave">("confirm", "revert", "leave"),
	after: span(1000, 9 * MINUTE),
});

const update = fc.record({
	...named("update"),
	flaw: any<ImageFlaw>("none", "none", "connectionLost", "wrongBytes", "silent"),
});

/** Of each kind, with its weight. */
const TROUBLES = {
	sensor: { weight: 2, arbitrary: sensor },
	chatter: { weight: 1, arbitrary: chatter },
	stay: { weight: 1, arbitrary: stuck },
	flash: { weight: 1, arbitrary: flash },
	order: { weight: 2, arbitrary: order },
	clear: { weight: 1, arbitrary: fc.record(named("clear")) },
	emergency: { weight: 1, arbitrary: fc.record(named("emergency")) },
	action: { weight: 1, arbitrary: deed },
	restart: { weight: 1, arbitrary: restart },
	cut: { weight: 2, arbitrary: cut },
	storeFails: { weight: 1, arbitrary: storeFails },
	heat: { weight: 2, arbitrary: heat },
	word: { weight: 2, arbitrary: word },
	edit: { weight: 1, arbitrary: edit },
	update: { weight: 1, arbitrary: update },
} as const satisfies Partial<
	Record<Happening["what"], { weight: number; arbitrary: fc.Arbitrary<Happening> }>
>;
export type Kind = keyof typeof TROUBLES;

/** One of these kinds, or of all. */
export function troubleOf(
	kinds: readonly Kind[] = Object.keys(TROUBLES) as Kind[],
): fc.Arbitrary<Happening> {
	return fc.oneof(...kinds.map((kind) => TROUBLES[kind]));
}

const times = (error: fc.Arbitrary<number>, most: number) =>
	fc.array(fc.record({ ...named("time"), error }), { maxLength: most });
const right = span(0, 30_000).map((at): readonly Happening[] => [{ what: "time", at, error: 0 }]);

/** What time servers say in a night. */
export const clock = {
	none: fc.constant<readonly Happening[]>([]),
	right,
	/** Sets by a minute to six hours, forward and back, at any moment; the last word may be wrong. */
	jumping: times(fc.oneof(fc.constant(0), span(-6 * HOUR, 6 * HOUR)), 4),
	/** Right at first, and each other answer may be off by a plausible amount, or by too much. */
	lying: fc
		.tuple(
			right,
			times(
				fc.oneof(
					fc.constant(0),
					span(-SMALL_LIE, SMALL_LIE),
					span(GREAT_LIE, GREATEST_LIE),
					span(-GREATEST_LIE, -GREAT_LIE),
				),
				6,
			),
		)
		.map(([first, later]) => [...first, ...later]),
};
