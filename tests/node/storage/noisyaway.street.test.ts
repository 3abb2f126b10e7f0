/**
 * The noisiest lamp there may be, its broker coming and going: what the flash pays for it in a year.
 *
 * Promise: A lamp whose events never stop does not wear out its flash before its years are over.
 */
import { describe, expect, test } from "@jest/globals";
import { DAY, HOUR, MINUTE } from "../../../lib/spans.js";
import type { LampEvent } from "../../../src/journal/events.js";
import { EVENT_TYPES } from "../../../src/journal/events.js";
import { CAP } from "../../../src/journal/noise.js";
import { KEY_WRITES_A_YEAR, SECTOR_ERASES_A_YEAR } from "../../../src/node/storage/flashbudget.js";
import type { UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { FakeFlash } from "../../support/flash.js";
import { bootLamp } from "../../support/lamp.js";
import { scaled } from "../../support/scale.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;
const YEAR = 365.25 * DAY;
const DAYS = scaled(3, 4);

interface Delivered {
	readonly type: string;
	readonly life: number;
	readonly at: number;
}

/** All types each two minutes, no two the same; everything is delivered each `every`, if ever. */
function noisy(every: number) {
	const flash = new FakeFlash(16);
	const host = Object.assign(new FakeHost(), { flashLog: flash });
	const settings = { identity: { site: "liege", node: "p" }, link: { brokerHost: "broker" } };
	const { node } = bootLamp({ host, settings, utc: NIGHT });
	const delivered: Delivered[] = [];
	let first = { erases: 0, writes: 0 };
	for (let at = 2 * MINUTE; at <= DAYS * DAY; at += 2 * MINUTE) {
		host.run(at);
		for (const type of EVENT_TYPES)
			if (type !== "eventsCapped" && type !== "eventsLost")
				node.emit({ type, attributes: { id: `${at}` } } as unknown as LampEvent, at);
		node.tick(at);
		if (at === DAY) first = { erases: flash.erases, writes: node.flash.keyWrites };
		if (at % every !== 0) continue;
		for (let entry = node.journal.next(); entry; entry = node.journal.next()) {
			delivered.push({ type: entry.type, life: entry.life, at: entry.uptime });
			node.journal.delivered();
			if (!node.journal.waits) break;
		}
	}
	const scale = YEAR / ((DAYS - 1) * DAY);
	return {
		delivered,
		erases: (flash.erases - first.erases) * scale,
		writes: (node.flash.keyWrites - first.writes) * scale,
		wear: flash.wear,
	};
}

describe("every kind of event as often as it likes", () => {
	test.each([
		["for six hours, then delivered, again and again", 6 * HOUR],
		["for a day, then delivered, again and again", DAY],
		["and the broker there all the time", 2 * MINUTE],
	])("%s: within the budget of a year", (_how, every) => {
		const { delivered, erases, writes } = noisy(every);
		expect(erases).toBeGreaterThan(100);
		expect(erases).toBeLessThan(SECTOR_ERASES_A_YEAR);
		expect(writes).toBeLessThan(KEY_WRITES_A_YEAR);
		for (const type of EVENT_TYPES) {
			if (type === "eventsCapped" || type === "eventsLost") continue;
			const hours = new Map<number, number>();
			for (const { at } of delivered.filter((event) => event.type === type))
				hours.set(Math.floor(at / HOUR), (hours.get(Math.floor(at / HOUR)) ?? 0) + 1);
			expect(Math.max(...hours.values())).toBeLessThanOrEqual(2 * CAP); // an hour of ours may lie across two
		}
	});
	test("and a broker that never comes: the log fills once, and is worn no more", () => {
		const { wear } = noisy(Infinity);
		expect(Math.max(...wear.slice(0, -2))).toBeLessThanOrEqual(1);
	});
});
