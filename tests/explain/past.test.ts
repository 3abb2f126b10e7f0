/**
 * Past: what a lamp says of an instant that is over is what could be seen of it then.
 *
 * The oracle watches a whole node in plain Node live an evening and writes down, at each instant at
 * which it woke, its level and who had won; afterwards the lamp is asked.
 */

import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../lib/spans.js";
import { DECISIONS, Decisions } from "../../src/explain/decisions.js";
import { explainPast, latestAt } from "../../src/explain/past.js";
import type { Node } from "../../src/node.js";
import { parseZone } from "../../src/time/zonetext.js";
import type { UtcMillis } from "../../src/units.js";
import { bootLamp } from "../support/lamp.js";
import { percent } from "../support/percent.js";
import { scaled } from "../support/scale.js";

const SEED = 20261124;
const START = Date.parse("2026-11-24T21:30:00Z"); // 22:30 in Brussels

/** A lamp at 22:30 that has been up for ten minutes. */
function lamp(link: object = {}, power: object = {}) {
	const settings = { sensing: { photocell: false }, link, power };
	return bootLamp({ settings, utc: START - 10 * MINUTE, isVouched: true, until: 10 * MINUTE });
}
const utcOf = (now: number) => (START - 10 * MINUTE + now) as UtcMillis;
const ask = (node: Node, fields: object) => {
	const issued = new Date(utcOf(node.now)).toISOString();
	const text = JSON.stringify({ id: "x", command: "explain", issued, ...fields });
	return node.takeOrder(text, { via: "node", retained: false, toMany: false }, node.now);
};

describe("an instant past", () => {
	test(`is explained as it was seen (seed ${SEED})`, () => {
		const what = fc.constantFrom("movement", "stillness", "order", "clear");
		const evening = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), what), { maxLength: 18 });
		let asked = 0;
		const property = (happenings: [number, string][]) => {
			const { host, node } = lamp();
			const seen: [now: number, level: number, reason: string][] = [];
			const note = () => seen.push([host.now, node.light.level, node.light.reason]);
			note();
			for (const [seconds, happening] of happenings) {
				for (let step = 0; step < seconds; step += 20) {
					host.run(host.now + 20_000);
					note();
				}
				if (happening === "movement") host.deliver((inputs, now) => inputs.onMovement(now));
				else if (happening === "stillness") host.deliver((inputs, now) => inputs.onStillness(now));
				else {
					const order = happening === "order" ? '"command":"override","level":30' : "";
					const text = order
						? `{"id":"o${host.now}",${order},"duration":120}`
						: `{"id":"c${host.now}","command":"clearOverride"}`;
					node.takeOrder(text, { via: "console", retained: false, toMany: false }, host.now);
					node.tick(host.now);
				}
				seen.pop(); // another decision at this very instant
				note();
			}
			for (const [now, level, reason] of seen) {
				const past = explainPast(node.view, utcOf(now), true, "en");
				if (!past) throw new Error("forgotten");
				assert.deepEqual([now, past.level, past.because], [now, level, reason]);
				assert.equal(past.chain.at(-1)?.level, level);
				assert.ok(past.since! <= utcOf(now));
				asked += 1;
			}
		};
		fc.assert(fc.property(evening, property), { seed: SEED, numRuns: scaled(12, 20) });
		expect(asked).toBeGreaterThan(scaled(300, 500));
	});
	test("in sentences: what the program asked until when, and who came", () => {
		const { host, node } = lamp();
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 2 * MINUTE);
		const at = (START + MINUTE) as UtcMillis;
		expect(explainPast(node.view, at, true, "en")?.explanation).toEqual([
			"At 22:31:00, in effect since 22:30:00:",
			"The program asks for 60 % (22:00 60).",
			"Scheduled until 00:00.",
			"The sensors raise it to 100 % (someone is there).",
		]);
		expect(explainPast(node.view, at, true, "en")?.until).toBe(Date.parse("2026-11-24T23:00:00Z"));
		expect(explainPast(node.view, (START - 1) as UtcMillis, true, "fr")?.explanation).toEqual([
			expect.stringMatching(/^À 22:29:59, en vigueur depuis 22:2\d:\d\d :$/),
			"Le programme demande 60 % (22:00 60).",
			"Programmé jusqu'à 00:00.",
		]);
	});
});

describe("an instant of", () => {
	const later = (hours: number, settings: object = {}) => {
		const { host, node } = bootLamp({
			settings: { sensing: { photocell: false }, ...settings },
			utc: START - 10 * MINUTE,
			isVouched: true,
			until: 10 * MINUTE,
		});
		host.run(host.now + hours * 60 * MINUTE);
		return explainPast(node.view, (utcOf(host.now) - MINUTE) as UtcMillis, true, "en")!;
	};
	test("the small hours has the program's piece and its end", () => {
		expect(later(4)).toMatchObject({
			because: "program",
			until: Date.parse("2026-11-25T04:30:00Z"), // 05:30 on the wall
		});
	});
	test("a lamp with a maximum names it", () => {
		expect(later(1, { light: { maxLevel: 50 } }).chain).toEqual([
			expect.objectContaining({ by: "program", level: 60 }),
			{ by: "maxLevel", level: 50 },
		]);
	});
	test("the day has none", () => {
		expect(later(13)).toMatchObject({ level: 0, until: undefined });
	});
	test("a street that is configured by classes names the class", () => {
		const light = { fullClass: "P4", floorClass: "P6", installedMean: 7.5 };
		expect(later(1, { light }).explanation.join(" ")).toMatch(/class/);
		expect(later(1).explanation.join(" ")).not.toMatch(/class/);
	});
});

describe("what the driver made of it", () => {
	test("the cap of the heat is that of then, and no decision of its own", () => {
		const { host, node } = lamp();
		host.deliver((inputs, now) => inputs.onMovement(now));
		for (const celsius of [84, 90, 60]) {
			host.run(host.now + 2 * MINUTE);
			host.deliver((inputs, now) => inputs.onTemperature(now, celsius));
		}
		const at = (minutes: number) => {
			const past = explainPast(node.view, (START + minutes * MINUTE) as UtcMillis, true, "en")!;
			const { by, level } = past.chain.at(-1)!;
			return [by, level, past.since! - START];
		};
		host.run(host.now + MINUTE);
		expect([1, 3, 5, 7].map(at)).toEqual([
			["sensor", 100, 0],
			["thermal", 70, 0],
			["thermal", 50, 0],
			["sensor", 100, 0],
		]);
		expect(node.view.light.decisions.find(host.now, true)?.since).toBe(10 * MINUTE);
	});
	test("age and dirt are explained as they are now", () => {
		const { node } = lamp({}, { depreciation: "0 100; 100000 80" });
		expect(explainPast(node.view, START as UtcMillis, true, "en")?.chain).toEqual([
			{ by: "program", level: 60, source: "22:00 60" },
			{ by: "clo", level: expect.closeTo(48, 2) },
		]);
	});
});

describe("when someone passed is private", () => {
	const pass = (link: object) => {
		const { host, node } = lamp(link);
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + MINUTE);
		host.deliver((inputs, now) => inputs.onStillness(now));
		host.run(host.now + 10 * MINUTE);
		return node;
	};
	test("from afar it is not reported unless presenceReporting is on", () => {
		const node = pass({});
		const at = new Date(START + 30_000).toISOString();
		const { past } = ask(node, { at });
		expect(past).toEqual({ at: Date.parse(at), presence: false });
		const explained = explainPast(node.view, past!.at, past!.presence, "en")!;
		expect([explained.level, explained.because, explained.since]).toEqual([
			60,
			"program",
			undefined,
		]);
		// nor can it be found by asking at each second: every answer is the same
		for (let second = 0; second < 600; second += 1) {
			const each = explainPast(node.view, (START + second * 1000) as UtcMillis, false, "en")!;
			assert.deepEqual(
				{ ...each, explanation: each.explanation.slice(1) },
				{ ...explained, explanation: explained.explanation.slice(1) },
			);
		}
	});
	test("where it is on, it is", () => {
		const node = pass({ presenceReporting: true });
		const { past } = ask(node, { at: new Date(START + 30_000).toISOString() });
		const explained = explainPast(node.view, past!.at, past!.presence, "en")!;
		expect([explained.level, explained.because, explained.since]).toEqual([100, "sensor", START]);
	});
	test("what is no longer kept is refused", () => {
		const node = pass({});
		const at = new Date(START - 60 * MINUTE).toISOString();
		expect(ask(node, { at })).toMatchObject({
			status: "rejected",
			reason: "notAvailable",
			field: "at",
		});
	});
});

test(`${DECISIONS} decisions are kept, the oldest gives way`, () => {
	const decisions = new Decisions();
	const command = { reason: "program", level: percent(33.3), source: "22:00 33" } as const;
	for (let index = 0; index <= DECISIONS; index += 1)
		decisions.note(command, percent(index), index > 33, percent(100), index * 1000);
	expect(decisions.find(999, true)).toBeUndefined();
	expect(decisions.find(1000, true)).toMatchObject({ since: 1000, requested: 33.3, level: 1 });
	expect(decisions.find(1e9, true)).toMatchObject({ level: DECISIONS, isProtected: true });
	const years = 10 * 365 * 24 * 60 * MINUTE;
	decisions.noteFailure(percent(100), percent(100), years);
	expect(decisions.find(years, false)).toMatchObject({ since: years, by: "systemFailure" });
});

describe("a time as a technician types it", () => {
	const zone = parseZone("CET-1CEST,M3.5.0,M10.5.0/3");
	if ("reason" in zone) throw new Error("no zone");
	test.each([
		["22:30", "2026-11-24T21:30:00Z"],
		["22:30:01", "2026-11-23T21:30:01Z"],
		["00:15", "2026-11-23T23:15:00Z"],
	])("%s is the latest before now", (text, then) => {
		expect(latestAt(text, zone, START as UtcMillis)).toBe(Date.parse(then));
	});
	test.each([
		["02:15, while it is shown again: the first", "2026-10-25T01:10:00Z", "2026-10-25T00:15:00Z"],
		["02:15, after both", "2026-10-25T02:10:00Z", "2026-10-25T01:15:00Z"],
		["02:15, on the evening after", "2026-10-25T20:00:00Z", "2026-10-25T01:15:00Z"],
		["02:15, early in the night after that", "2026-10-26T00:30:00Z", "2026-10-25T01:15:00Z"],
	])("in the night that has its third hour twice, %s", (_why, now, then) => {
		const found = latestAt("02:15", zone, Date.parse(now) as UtcMillis);
		expect(new Date(found!).toISOString()).toBe(then.replace("Z", ".000Z"));
	});
	test.each(["24:00", "22:60", "22", "22:30:60", "now"])("%s is none", (text) => {
		expect(latestAt(text, zone, START as UtcMillis)).toBeUndefined();
	});
});
