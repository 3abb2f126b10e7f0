/** Payloads one by one: every event, every kind of message, and what a schema must refuse. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readContract, schemasOf } from "../../lib/firmware/contractdoc.js";
import { decode } from "../../src/command/decode.js";
import { isRejection, type OrderVia } from "../../src/command/orders.js";
import { ORDERS, type OrderRule } from "../../src/command/table.js";
import { Journal } from "../../src/journal/journal.js";
import { writeEvent } from "../../src/link/eventreport.js";
import { Writer } from "../../src/link/writer.js";
import type { UtcMillis } from "../../src/units.js";
import { evenly } from "../support/evenly.js";
import { examples } from "../support/examples.js";
import { makeView, utf8 } from "../support/linkfakes.js";
import { scaled } from "../support/scale.js";
import { EVENTS, REASONS } from "../support/tables.js";
import { validators } from "./judge.js";

const document = readContract();
const validator = validators(document);
const fits = (channel: string, payload: unknown) =>
	schemasOf(document, channel).some((name) => validator(name)(payload));

/** What goes over the wire for an entry of the journal. */
function eventText(index: number, utc: UtcMillis | undefined): string {
	const journal = new Journal(17);
	journal.append(EVENTS[index]!, 1_000, utc);
	if (index % 2) journal.append(EVENTS[index]!, 1_001, utc); // counted
	const w = new Writer(utf8, 2_048);
	w.startJson();
	writeEvent(w, makeView() as never, journal.read(1)!, index % 3 ? "K-12" : "");
	return Buffer.from(w.bytes.subarray(0, w.at)).toString();
}

describe("events", () => {
	// security: 5.10-1
	test.each(EVENTS.map(({ type, attributes }, index) => [type, JSON.stringify(attributes), index]))(
		"%s %s fits, with and without a date",
		(_type, _attributes, index) => {
			for (const utc of [undefined, Date.UTC(2026, 10, 24) as UtcMillis]) {
				const event = JSON.parse(eventText(index as number, utc));
				validator("Event")(event);
				if (event.type === "eventsLost") delete event.count; // a run is written by itself
				validator("Event")(event);
				expect(validator("Event").errors).toBeNull();
			}
		},
	);
	test("reasons of a rejection are those of the firmware", () => {
		expect(document.components.schemas.rejectionReason!.enum).toEqual(REASONS);
	});
});

type Json = Record<string, unknown>;
const shown = [...examples()].map(([name, text]): [string, string, Json] => [
	name,
	name === "will" ? "status" : name.split(" ")[0]!,
	JSON.parse(text),
]);

describe("what docs/broker.md shows", () => {
	test.each(shown)("%s fits its topic", (_name, channel, payload) => {
		expect(fits(channel, payload)).toBe(true);
	});
});

/** Each way to spoil one value of an object, at any depth. */
function* spoilt(payload: Json): Iterable<[what: string, Json]> {
	yield ["a field too many", { ...payload, surprise: 1 }];
	for (const [name, value] of Object.entries(payload)) {
		for (const bad of [null, [], {}, "", "?", -1e9, 1e300, Number.NaN])
			if (!same(bad, value))
				yield [`${name} is ${JSON.stringify(bad)}`, { ...payload, [name]: bad }];
		if (Array.isArray(value) && value.length > 0)
			yield [`${name} holds a number`, { ...payload, [name]: [...value, 7] }];
		if (typeof value === "object" && value !== null && !Array.isArray(value))
			for (const [what, inner] of spoilt(value as Json))
				yield [`${name}: ${what}`, { ...payload, [name]: inner }];
	}
}
function same(bad: unknown, value: unknown): boolean {
	const kind = (of: unknown) => (Array.isArray(of) ? "array" : typeof of);
	return kind(bad) === kind(value) && kind(bad) !== "number" && kind(bad) !== "object";
}
/** Spoilt values that are still what the field may hold. */
const ALLOWED = [
	/^activeEnergy_kWh is 1e\+300$/,
	/^energySaved_kWh is /,
	/^operatingHours is 1e\+300$/,
	/^activePower_W is 1e\+300$/,
	/lightLevel is 1e\+300$/,
	/is 1e\+300$/, // counters have no end in a schema
	/^explanation is \[\]$/,
	/chain is \[\]$/,
	/commands is \[\]$/,
	/source is "\??"$/,
	/^(state: )?chain/,
	/hardware is "\?"$/,
	/field is "\??"$/,
	/^attributes: source is "\??"$/,
];

describe("schemas refuse", () => {
	test.each(shown)("%s with one value spoilt", (_name, channel, payload) => {
		let refused = 0;
		for (const [what, bad] of spoilt(payload)) {
			if (ALLOWED.some((pattern) => pattern.test(what))) continue;
			expect([what, fits(channel, bad)]).toEqual([what, false]);
			refused += 1;
		}
		expect(refused).toBeGreaterThan(15);
	});
	test.each(shown)("%s without a field that it must have", (_name, channel, payload) => {
		const names = schemasOf(document, channel).flatMap((name) => {
			const { oneOf = [], required } = document.components.schemas[name]!;
			return required ? [required] : oneOf.map(() => ["uptime_ms"]);
		});
		const must = names.find((list) => list.every((field) => field in payload))!;
		for (const field of must) {
			const { [field]: _, ...rest } = payload;
			expect([field, fits(channel, rest)]).toEqual([field, false]);
		}
	});
});

describe("orders", () => {
	const utc = Date.UTC(2026, 10, 24, 21) as UtcMillis;
	const doors: readonly [OrderVia, string][] = [
		["node", "command"],
		["group", "groupCommand"],
		["all", "allCommand"],
		["emergency", "emergency"],
	];
	const instant = fc
		.tuple(fc.integer({ min: -100, max: 800_000 }), fc.constantFrom("Z", "+00:00", "-05:30"))
		.map(([s, zone]) => new Date(utc + s * 1000).toISOString().replace("Z", zone));
	const odd = fc.constantFrom<unknown>(
		null,
		"",
		"2026-02-30T00:00:00Z",
		"2026-11-24T21:00:00",
		"2026-11-24t21:00:00z",
		"2026-11-24T21:00:60Z",
		"2026-11-24T21:00:00.1234567890Z",
		"2026-11-24T21:00:00+24:00",
		"now",
		true,
		false,
		-1,
		0,
		1,
		100.1,
		3601,
		604_801,
	);
	const or = <T>(good: fc.Arbitrary<T>) =>
		fc.oneof({ weight: 12, arbitrary: good as fc.Arbitrary<unknown> }, odd);
	const wired = Object.keys(ORDERS).filter((name) => name !== "factoryReset"); // at the pole alone
	const emergencies = Array<string>(4).fill("emergency"); // the one order of its topic
	const names = [...wired, "dance", "override", "override", ...emergencies];
	const issued = fc.constantFrom(new Date(utc).toISOString(), "2026-11-24T22:00:10.5+01:00");
	const orders = fc
		.tuple(
			fc.record(
				{
					id: or(fc.constantFrom("a", "a.b:c-d_9", "x".repeat(36), "x".repeat(37), "a b")),
					command: fc.constantFrom(...names),
					issued: or(issued),
				},
				{ requiredKeys: ["command"] },
			),
			fc.boolean(),
			fc.record(
				{
					level: or(evenly(0, 100)),
					expiration: or(instant),
					rampToLevelTime: or(fc.integer({ min: 0, max: 3600 })),
					inhibitSensors: or(fc.boolean()),
					belowFloor: or(fc.boolean()),
					validFor: or(fc.integer({ min: 1, max: 604_800 })),
					date: or(
						fc.constantFrom("2000-01-01", "2026-11-24", "2069-12-31", "2070-01-01", "2026-02-30"),
					),
					at: or(fc.constantFrom("2026-11-24T20:59:00Z", "2026-11-24T22:00:00+01:00")),
					page: or(fc.integer({ min: 0, max: 10 })),
					duration: or(fc.integer({ min: 1, max: 61 })),
					commandConfirmation: or(fc.constant(true)),
					enabled: or(fc.boolean()),
					site: or(fc.constantFrom("liege", "S".repeat(32), "S".repeat(33), "a/b", "all")),
					node: or(fc.constantFrom("pole-1", "unassigned", "")),
					group: or(fc.constantFrom("quay", "group", "")),
					extent: or(fc.constantFrom("fullClass", "maximum", "full")),
					spread_s: or(fc.constantFrom(0, 0.5, 600, 3600, 3601)),
					ledPower_W: or(fc.constantFrom(1, 29.5, 1000, 1000.1, "30")),
					life: or(fc.constantFrom(1, 17, 1.5, 1_000_000_000, 1_000_000_001)),
					activeEnergy_kWh: or(evenly(0, 1_000_000)),
					energySaved_kWh: or(evenly(-1_000_001, 1_000_000)),
					operatingHours: or(fc.integer({ min: 0, max: 500_001 })),
					switchOnCounter: or(fc.integer({ min: 0, max: 1_000_000_001 })),
					accumulatedRoadUserNumber: or(fc.nat()),
					accumulatedSince: or(instant),
					surprise: fc.constant(1),
				},
				{ requiredKeys: [] },
			),
		)
		.map(([head, isPlain, more]): Json => {
			if (!isPlain) return { ...head, ...more };
			const allowed: Json = {}; // of all fields those that belong there
			const rule = ORDERS[head.command as keyof typeof ORDERS] as OrderRule | undefined;
			const { validFor, spread_s } = more;
			for (const field of rule?.fields ?? [])
				if (field !== "duration" || head.command === "identify")
					allowed[field] = (more as Json)[field];
			return JSON.parse(JSON.stringify({ ...head, ...allowed, validFor, spread_s }));
		});
	/** What depends on the clock, which a schema does not have. */
	const OF_TIME = ["stale", "notYet", "expired"];

	test.each(doors)("through %s: schema and decode agree (seed 11)", (via, channel) => {
		const tally = { accepted: 0, refused: 0, late: 0 };
		fc.assert(
			fc.property(orders, (order) => {
				const answer = decode(JSON.stringify(order), { utc, retained: false, via });
				const valid = fits(channel, order);
				if (!isRejection(answer)) {
					tally.accepted += 1;
					expect([order, valid]).toEqual([order, true]);
				} else if (valid) {
					tally.late += 1;
					const isOfTime =
						OF_TIME.includes(answer.reason) ||
						(answer.reason === "outOfRange" &&
							["expiration", "accumulatedSince"].includes(answer.field ?? ""));
					expect([order, answer, isOfTime]).toEqual([order, answer, true]);
				} else tally.refused += 1;
			}),
			{ seed: 11, numRuns: scaled(2_000, 6_000) },
		);
		expect(tally.accepted).toBeGreaterThan(scaled(4, 20));
		expect(tally.refused).toBeGreaterThan(scaled(100, 400));
		expect(tally.late).toBeGreaterThan(scaled(0, 5));
	});
});
