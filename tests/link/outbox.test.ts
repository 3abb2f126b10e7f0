/** Outbox and samples: nothing is lost that need not be, nothing is sent twice unmarked, in order. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { LampEvent } from "../../src/journal/events.js";
import { JOURNAL_ENTRIES } from "../../src/journal/journal.js";
import { CAP } from "../../src/journal/noise.js";
import { REPLIES } from "../../src/link/limits.js";
import { DRAIN_GAP } from "../../src/link/outbox.js";
import { SAMPLES } from "../../src/link/samples.js";
import type { UtcMillis } from "../../src/units.js";
import type { Answer } from "../support/linkfakes.js";
import { World, wellBehaved } from "../support/linkfakes.js";
import { scaled } from "../support/scale.js";

const QUARTER = 900_000;

function happen(world: World, index: number): void {
	// No more of one type than an hour may have.
	const type = (["clockJump", "clockSet", "fault", "linkLost", "storeFailure"] as const)[
		Math.floor(index / CAP)
	]!;
	const event = { type, attributes: { nth: index } } as unknown as LampEvent;
	world.journal.append(event, world.now, world.view.time.utc);
}

describe("events", () => {
	test("what happened before the first connection is reported after state, in order, at a bounded pace", () => {
		const world = new World();
		for (let index = 1; index <= 20; index += 1) happen(world, index);
		world.online().run(10_000);
		expect(
			world
				.published()
				.map(({ topic }) => topic.split("/").at(-1))
				.slice(0, 4),
		).toEqual(["status", "birth", "state", "event"]);
		const events = world.published("event");
		expect(events.map(({ json }) => json.seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
		for (let index = 1; index < events.length; index += 1)
			expect(events[index]!.at - events[index - 1]!.at).toBeGreaterThanOrEqual(DRAIN_GAP);
		expect(events.every(({ dup, retain, qos }) => !dup && !retain && qos === 1)).toBe(true);
	});
	test("a run that had to give way is one eventsLost with the run's last number", () => {
		const world = new World();
		for (let index = 1; index <= JOURNAL_ENTRIES + 10; index += 1) happen(world, index);
		world.online().run(60_000);
		const events = world.published("event").map(({ json }) => json);
		expect(events[0]).toMatchObject({
			seq: 10,
			type: "eventsLost",
			attributes: { from: 1, to: 10 },
		});
		expect(events.slice(1).map(({ seq }) => seq)).toEqual(
			Array.from({ length: JOURNAL_ENTRIES }, (_, index) => 11 + index),
		);
	});
	test("one without its PUBACK is sent again on the next connection, with DUP and its identifier", () => {
		const world = new World().online().run(70_000);
		world.answer = (packet, peer) => {
			if (packet.cmd === "publish" && packet.topic.endsWith("event")) peer.end();
			else wellBehaved(packet, peer);
		};
		happen(world, 1);
		happen(world, 2);
		world.turn();
		world.run(1000);
		world.answer = wellBehaved;
		world.run(60_000);
		const events = world
			.published("event")
			.map(({ json, dup, messageId }) => [json.seq, dup, messageId]);
		const id = events[0]![2];
		expect(events).toEqual([
			[1, false, id],
			[1, true, id],
			[2, false, expect.any(Number)],
		]);
	});
	test("one that gave way while it was in doubt is not repeated; the run that reports so is new", () => {
		const world = new World({ reconnectSpread: 0 }).online().run(70_000);
		world.answer = (packet, peer) => {
			if (packet.cmd === "publish" && packet.topic.endsWith("event")) peer.end();
			else wellBehaved(packet, peer);
		};
		happen(world, 1);
		world.turn();
		world.run(100);
		for (let index = 2; index <= JOURNAL_ENTRIES + 1; index += 1) happen(world, index);
		world.answer = wellBehaved;
		world.run(60_000);
		expect(
			world
				.published("event")
				.map(({ json, dup }) => [json.type, json.seq, dup])
				.slice(0, 3),
		).toEqual([
			["clockJump", 1, false],
			["eventsLost", 1, false],
			["clockJump", 2, false],
		]);
	});
	test("repeats folded before delivery are counted; after it they have a number of their own", () => {
		const world = new World();
		for (let index = 0; index < 5; index += 1) happen(world, 7);
		world.online().run(1000);
		happen(world, 7);
		world.turn();
		world.run(1000);
		expect(world.published("event").map(({ json }) => [json.seq, json.count])).toEqual([
			[1, 5],
			[2, undefined],
		]);
	});
	test("the date comes with the clock, within the same life", () => {
		const world = new World();
		world.view.time.utc = undefined;
		happen(world, 1);
		world.online();
		expect(world.published("event")[0]!.json.time).toBeUndefined();
		expect(world.published("event")[0]!.json.uptime_ms).toBe(0);
		const late = new World();
		const utc = late.view.time.utc as UtcMillis;
		late.view.time.utc = undefined;
		happen(late, 1);
		late.run(3000);
		late.view.time.utc = utc;
		late.online();
		expect(late.published("event")[0]!.json.time).toBe(new Date(utc).toISOString());
	});
});

test("what arrives is news for the tasks, but for state, birth and status", () => {
	const world = new World().online();
	expect(world.stirred).toBe(world.published("event").length);
	const before = world.stirred;
	world.turn(() => world.link.report(world.now)).run(5_000);
	expect(world.published("state").length).toBeGreaterThan(1);
	expect(world.published("telemetry")).toHaveLength(1);
	expect(world.stirred).toBe(before + 1);
});

describe("telemetry and traffic", () => {
	test("come each quarter of an hour from the node's own minute on", () => {
		const world = new World().online().run(4 * QUARTER);
		const times = world.published("telemetry").map(({ at }) => at);
		expect(times).toHaveLength(4);
		for (let index = 1; index < 4; index += 1)
			expect(Math.abs(times[index]! - times[index - 1]! - QUARTER)).toBeLessThan(1000);
		expect(world.published("traffic")).toEqual([]);
	});
	// security: 5.8-1, 5.8-2, 6-4
	test("fewer than k road users wait for more; none is lost and none is reported twice", () => {
		const world = new World();
		world.online();
		const perQuarter = [2, 0, 1, 5, 2, 2, 0, 9];
		for (const users of perQuarter) {
			world.view.traffic.accumulatedRoadUserNumber += users;
			world.run(QUARTER);
		}
		const reports = world.published("traffic").map(({ json }) => json);
		expect(reports.map(({ roadUserNumber }) => roadUserNumber)).toEqual([3, 5, 4, 9]);
		expect(reports.map((json) => json.accumulatedRoadUserNumber)).toEqual([3, 8, 12, 21]);
		expect(reports.map(({ interval_s }) => interval_s).slice(1)).toEqual([900, 1800, 1800]);
	});
	test("an outage keeps readings with their own times and merges the oldest", () => {
		const world = new World().online();
		world.reach = "unreachable";
		world.peer!.end();
		world.run(100);
		for (let index = 0; index < SAMPLES + 8; index += 1) {
			world.view.meter.activeEnergy_kWh += 1;
			world.view.traffic.accumulatedRoadUserNumber += 10;
			world.run(QUARTER);
		}
		world.reach = "open";
		world.turn(() => world.link.connectNow(world.now));
		world.run(20_000);
		const telemetry = world.published("telemetry").map(({ json }) => json);
		expect(telemetry).toHaveLength(SAMPLES);
		const spans = telemetry.map(({ interval_s }) => interval_s as number);
		expect(spans[0]).toBeGreaterThan(8 * 900);
		expect(spans.slice(1)).toEqual(new Array(SAMPLES - 1).fill(900));
		const energies = telemetry.map((json) => json.activeEnergy_kWh as number);
		expect(energies.at(-1)! - energies[0]!).toBeCloseTo(SAMPLES - 1, 3);
		const users = world.published("traffic").map(({ json }) => json.roadUserNumber as number);
		expect(users.reduce((sum, count) => sum + count)).toBe(10 * (SAMPLES + 8));
		const uptimes = telemetry.map((json) => json.uptime_ms as number);
		expect([...uptimes].sort((a, b) => a - b)).toEqual(uptimes);
		expect(telemetry[1]!.time).not.toBe(telemetry[2]!.time);
	});
	test("a merge does not touch the reading that is on its way", () => {
		const world = new World({ reconnectSpread: 0 }).online().run(70_000);
		world.answer = (packet, peer) => {
			if (packet.cmd === "publish" && packet.topic.endsWith("telemetry")) {
				world.reach = "unreachable";
				peer.end();
			} else wellBehaved(packet, peer);
		};
		for (let index = 0; index < SAMPLES + 4; index += 1) {
			world.view.meter.activeEnergy_kWh += 1;
			world.run(QUARTER);
		}
		world.answer = wellBehaved;
		world.reach = "open";
		world.run(4 * QUARTER);
		const [first, repeat] = world.published("telemetry");
		expect(repeat!.dup).toBe(true);
		expect(repeat!.messageId).toBe(first!.messageId);
		expect(repeat!.json).toEqual(first!.json);
	});
	test("report brings state and telemetry at once", () => {
		const world = new World().online().run(2000);
		const before = world.published("state").length;
		world.turn(() => world.link.report(world.now));
		world.run(1000);
		expect(world.published("state")).toHaveLength(before + 1);
		expect(world.published("telemetry")).toHaveLength(1);
	});
});

/** Delivery under a broker that drops, closes and stays silent at random. */
test("whatever the broker does, each event arrives, in order, and a repeat says so (seed 7)", () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom("ok", "ok", "ok", "close", "silent", "closeAfter"), {
				maxLength: 40,
			}),
			fc.integer({ min: 1, max: 30 }),
			(behaviour, count) => {
				const world = new World({ reconnectSpread: 1000 });
				const arrived: number[] = [];
				let step = 0;
				const answer: Answer = (packet, peer) => {
					const how = behaviour[step++] ?? "ok";
					if (packet.cmd === "publish" && packet.topic.endsWith("event")) {
						const { seq } = JSON.parse(packet.payload.toString());
						if (arrived.at(-1) === seq) expect(packet.dup).toBe(true);
						else arrived.push(seq);
					}
					if (how === "ok" || how === "closeAfter") wellBehaved(packet, peer);
					if (how === "close" || how === "closeAfter") peer.end();
				};
				world.answer = answer;
				for (let index = 1; index <= count; index += 1) happen(world, index);
				world.networkUp().run(24 * 3_600_000);
				expect(arrived).toEqual(Array.from({ length: count }, (_, index) => index + 1));
				expect(world.streams.misuse).toEqual([]);
				expect(world.mostUnanswered).toBeLessThanOrEqual(1);
			},
		),
		{ seed: 7, numRuns: scaled(40, 80) },
	);
});

test("a reply on its way is not the one that gives way", () => {
	const world = new World().online().run(70_000);
	world.answer = (packet, peer) => {
		if (packet.cmd === "publish" && packet.topic.endsWith("reply")) peer.end();
		else wellBehaved(packet, peer);
	};
	world.turn(() => world.link.reply(world.now, { id: "first", status: "done" }));
	world.run(100);
	for (let index = 0; index < REPLIES + 3; index += 1)
		world.link.reply(world.now, { id: `r${index}`, status: "done" });
	world.answer = wellBehaved;
	world.run(60_000);
	const replies = world.published("reply").map(({ json, dup }) => [json.id, dup]);
	expect(replies.slice(0, 2)).toEqual([
		["first", false],
		["first", true],
	]);
	expect(replies.slice(2).map(([id]) => id)).toEqual(
		Array.from({ length: REPLIES - 1 }, (_, index) => `r${index + 4}`),
	);
});

test("a reply on its way stays the one that is acknowledged when an older one gives way", () => {
	const world = new World({ replySpread: 600_000 }).online().run(70_000);
	const say = (id: string, toMany = false) =>
		world.turn(() => world.link.reply(world.now, { id, status: "done", toMany }));
	say("later", true); // waits for the lamp's part of the spread
	say("first");
	for (let index = 0; index < REPLIES - 1; index += 1) say(`r${index}`); // before its PUBACK
	world.run(600_000);
	expect(world.published("reply").map(({ json, dup }) => [json.id, dup])).toEqual([
		["first", false],
		...Array.from({ length: REPLIES - 1 }, (_, index) => [`r${index}`, false]),
	]);
});

test("a message that can never be sent is dropped, and the next one is sent", () => {
	const world = new World().online().run(70_000);
	world.turn(() => {
		world.link.reply(world.now, { id: "i".repeat(2048), status: "done" });
		world.link.reply(world.now, { id: "after", status: "done" });
	});
	world.run(10_000);
	expect(world.published("reply").map(({ json }) => json.id)).toEqual(["after"]);
	expect(world.link.owesAnswer).toBe(false);
});
