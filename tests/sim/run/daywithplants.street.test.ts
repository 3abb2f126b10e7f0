/**
 * Day with plants: a day of a street with orders and faults fails under each defect whose input occurs in
 * it, and holds without one.
 *
 * Promise: The checks find a defect in orders and faults, so a street that passes them has none of
 * these.
 */
import { describe, expect, test } from "@jest/globals";
import { LIGHT_PLANTS } from "../../../sim/checks/lightplants.js";
import { ORDER_PLANTS } from "../../../sim/checks/orderplants.js";
import { rehearse } from "../../../sim/files/stage.js";
import { Run } from "../../../sim/run/run.js";
import { scaled } from "../../support/scale.js";

const order = (at: string, command: string, fields: object = {}) =>
	`order@${at}:${JSON.stringify({ command, ...fields })}`;
const emergency = (at: string, id: string) =>
	`raw@${at}:emergency ${JSON.stringify({ id, command: "emergency", expiration: "+20m" })}`;
const INPUTS = [
	order("360m", "override", { level: 30, expiration: "+40m" }),
	order("420m", "override", { level: 25, inhibitSensors: true, expiration: "+60m" }),
	order("510m", "override", { level: 20, expiration: "+60m" }),
	order("520m", "override", { level: 60, expiration: "+60m" }),
	order("530m", "clearOverride"),
	order("570m", "identify", { expiration: "+5m" }),
	order("600m", "selfTest"),
	order("660m", "maintenanceMode", { expiration: "+30m" }),
	order("720m", "override", { level: 15, expiration: "+90m" }),
	emergency("750m", "by-night"),
	order("840m", "override", {
		level: 0,
		belowFloor: true,
		inhibitSensors: true,
		expiration: "+60m",
	}),
	order("1320m", "luminaireReplaced", { commandConfirmation: true }),
	emergency("1380m", "by-day"),
];
const FAULTS = [
	"datagramReplayed@5h+6h",
	"pirStuckOn@390m+3h/4",
	"powerCut@870m+1m/2",
	"hot@15h+1h/3",
];
const DAY = [
	..."--lamps 5 --neighbours --own-light 0 --seed 7".split(" "),
	..."--start 2026-11-24T12:00:00+01:00 --duration 24h".split(" "),
	...INPUTS.flatMap((input) => ["--input", input]),
	...FAULTS.flatMap((fault) => ["--fault", fault]),
];
/** Their input does not occur in that day. */
const WITHOUT_INPUT = {
	staleByClock: "a time server that somebody forges",
	anySun: "a lamp without a photocell",
	dateAlone: "a clock that is set back under an order",
	dimWork: "maintenance that begins above the floor",
	againActing: "an id that comes again",
	groupClear: "a clear to many",
	slowedRise: "a rise that is turned to another target",
	cloBeyond: "LEDs beyond their curve",
	keptSoon: "an image",
	noMinimum: "a driver with a minimum",
};

/** The checks that fail. */
async function failed(...more: string[]): Promise<string[]> {
	const stage = await rehearse([...DAY, ...more]);
	const run = new Run(stage);
	expect(await run.go()).toBeUndefined();
	await stage.network.close();
	stage.fleet.dispose();
	return run.checks.filter(({ ok }) => !ok).map(({ name }) => name);
}

describe("a day with orders and faults", () => {
	test("holds", async () => {
		expect(await failed()).toEqual([]);
	});
	const planted = Object.keys({ ...ORDER_PLANTS, ...LIGHT_PLANTS });
	const rows = planted.filter((name) => !Object.hasOwn(WITHOUT_INPUT, name));
	test.each(scaled(["lostAtBoot"], rows))("fails with %s", async (name) => {
		expect(await failed("--plant", name)).not.toEqual([]);
	});
});
