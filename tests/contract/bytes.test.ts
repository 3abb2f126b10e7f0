/** Bytes of one node and day: each kind has a bound of its own, and the sum that of the contract. */
import { beforeAll, expect, test } from "@jest/globals";
import { type Counts, day, plain, STREETS, withTls } from "../../bench/wirebytes.js";
import { scaled } from "../support/scale.js";

/** Of the twelve that the bench counts; the street's desk gives them the same ten orders a day. */
const LAMPS = 3;
/** A quiet node with default settings, with TLS and TCP (broker contract). */
const CONTRACT = 200_000;
/**
 * A quiet winter day, MQTT bytes with their PUBACKs: a tenth more than was measured
 * (docs/integrators.md; fewer lamps share the desk's orders, and their events), so that a field more in what is reported a hundred times a day is noticed.
 */
const QUIET: Readonly<Record<string, number>> = {
	connection: 790,
	status: 210,
	birth: 1_140,
	settings: 3_600,
	state: 56_500,
	event: 1_620,
	telemetry: 60_000,
	traffic: 7_500,
	orders: 1_070,
	ping: 920,
};
/** Passers-by once a minute: what a busy street may cost, in plain MQTT. */
const BUSY = 413_000;

let quiet: Counts;
beforeAll(async () => {
	quiet = await day(STREETS.quiet, LAMPS);
});

test.each(Object.entries(QUIET))("a quiet day: %s within %i", (kind, bound) => {
	const bytes = quiet.get(kind)?.bytes ?? 0;
	expect(bytes).toBeGreaterThan(0);
	expect(bytes).toBeLessThanOrEqual(bound);
});
test("a quiet day has no kind without a bound", () => {
	expect([...quiet.keys()].filter((kind) => !(kind in QUIET))).toEqual([]);
});
test("a quiet day stays within the contract, with TLS and TCP", () => {
	expect(withTls(quiet).bytes).toBeLessThan(CONTRACT);
});
test("a busy day costs three times as much, not ten", async () => {
	expect(plain(await day(STREETS.busy, scaled(1, LAMPS))).bytes).toBeLessThan(BUSY);
});
