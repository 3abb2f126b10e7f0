/** The profile `narrow`: rare reports, in batches, and patience with a slow link. */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { LampEvent } from "../../src/journal/events.js";
import { NARROW_PATIENCE, PATIENCE } from "../../src/link/client.js";
import type { LinkOptions } from "../../src/link/contract.js";
import { narrowed } from "../../src/node/link/narrow.js";
import type { Settings } from "../../src/settings/table.js";
import type { Percent } from "../../src/units.js";
import { OPTIONS, World } from "../support/linkfakes.js";

const TELEMETRY = 8 * HOUR;
const spans = narrowed({ ...OPTIONS } as unknown as Settings);
const NARROW: Partial<LinkOptions> = {
	reporting: "narrow",
	keepAlive: spans.keepAlive,
	stateMaxInterval: spans.stateMaxInterval,
	statePresenceInterval: spans.statePresenceInterval,
	telemetryInterval: spans.telemetryInterval,
};

/** Online for long enough that what was due at the begin is sent. */
function online(options: Partial<LinkOptions> = NARROW): World {
	const world = new World(options);
	world.journal.append({ type: "login", attributes: { via: "console" } }, 0, undefined); // of the boot
	world.online().run(2 * MINUTE);
	if (world.link.outbox.samples.count > 0) throw new Error("a sample waits");
	return world;
}

const kinds = (world: World, from: number) =>
	world
		.published()
		.slice(from)
		.map(({ topic }) => topic.split("/").at(-1));

type Step = [reason: "program" | "sensor" | "override", level: number, ordered?: number];
function light(world: World, ...[reason, level, ordered]: Step): void {
	const { light } = world.view;
	light.reason = reason;
	light.feedback = light.actual = level as Percent;
	light.target = (reason === "override" ? level : ordered) as Percent | undefined;
	world.turn(() => {});
	world.run(MINUTE);
}

describe("state", () => {
	const cases: [why: string, steps: Step[], reported: number[]][] = [
		["presence is not reported", [["sensor", 100]], []],
		[
			"nor is its end",
			[
				["sensor", 100],
				["program", 40],
			],
			[],
		],
		[
			"a step of the program is, once the place is vacant",
			[
				["sensor", 100],
				["program", 20],
			],
			[20],
		],
		[
			"an order and its end are",
			[
				["override", 70],
				["program", 40],
			],
			[70, 40],
		],
		[
			"presence under an order is not, nor its end",
			[
				["override", 70],
				["sensor", 100, 70],
				["override", 70],
				["sensor", 100, 70],
				["program", 40],
			],
			[70, 40],
		],
		[
			"an order that comes during presence, and again at the end of that, is",
			[
				["sensor", 100],
				["sensor", 100, 70],
				["override", 70],
				["sensor", 100, 70],
				["override", 70],
			],
			[100, 70],
		],
		[
			"light of presence that an order's end left in a report is corrected",
			[
				["override", 70],
				["sensor", 100],
				["program", 40],
			],
			[70, 100, 40],
		],
	];
	test.each(cases)("%s", (_why, steps, reported) => {
		const world = online();
		const before = world.published("state").length;
		for (const step of steps) light(world, ...step);
		const levels = world.published("state").slice(before);
		expect(levels.map(({ json }) => json.feedbackLightCommand)).toEqual(reported);
	});
	test("comes once a day though nothing changed", () => {
		const world = online();
		const before = world.published("state").length;
		world.run(23 * HOUR);
		expect(world.published("state").length - before).toBe(0);
		world.run(2 * HOUR);
		expect(world.published("state").length - before).toBe(1);
	});
});

describe("events", () => {
	const info: LampEvent = { type: "clockSet", attributes: { source: "ntp" } };
	const emit = (world: World, event: LampEvent) =>
		world.turn(() => void world.journal.append(event, world.now, undefined));

	test("info waits for the next telemetry, and goes before it", () => {
		const world = online();
		const before = world.published().length;
		emit(world, info).run(MINUTE);
		expect(kinds(world, before)).toEqual([]);
		world.run(TELEMETRY);
		expect(kinds(world, before).slice(0, 2)).toEqual(["event", "telemetry"]);
	});
	const urgent: [event: LampEvent][] = [
		[{ type: "lampFailure", startEndFlag: "start", attributes: { inference: true } }],
		[{ type: "heapLow", startEndFlag: "start", attributes: { why: "low", free_bytes: 1 } }],
		[{ type: "selfTest", attributes: { id: "t1" } }],
	];
	test.each(urgent)("$type goes at once, with those that wait before it, and a state", (event) => {
		const world = online();
		const before = world.published().length;
		emit(world, info).run(MINUTE);
		emit(world, event).run(MINUTE);
		expect(kinds(world, before)).toEqual(["event", "event", "state"]);
		expect(world.published("event").map(({ json }) => json.seq)).toEqual([1, 2, 3]);
		emit(world, info).run(MINUTE);
		expect(kinds(world, before)).toHaveLength(3);
	});
	test("in the normal profile each goes at once", () => {
		const world = online({});
		const before = world.published().length;
		emit(world, info).run(MINUTE);
		expect(kinds(world, before)).toEqual(["event"]);
	});
});

test("the birth has the intervals in force, and none in the normal profile", () => {
	const birthOf = (options: Partial<LinkOptions>) => online(options).published("birth")[0]!.json;
	expect(birthOf(NARROW).reporting).toEqual({
		profile: "narrow",
		keepAlive_s: 1_740,
		stateMaxInterval_s: 86_400,
		telemetryInterval_s: 28_800,
	});
	expect(birthOf({})).not.toHaveProperty("reporting");
});

test.each([
	["normal", {}, PATIENCE],
	["narrow", NARROW, NARROW_PATIENCE],
] as const)("%s: an answer may take so long", (_profile, options, patience) => {
	const world = online(options);
	world.answer = () => {};
	const begun = world.now;
	light(world, "override", 70);
	world.run(NARROW_PATIENCE + MINUTE);
	const lost = world.news.find(({ kind }) => kind === "lost")!;
	expect(lost).toMatchObject({ end: "acknowledgeTimeout" });
	expect(lost.at - begun).toBe(patience);
});
