/**
 * Flash night: what a lamp writes to the key-value store in a night, how many erases NVS makes of it,
 * and how likely an edge meets one. SHOW=1 prints the figures of docs/wear.md.
 *
 * The model of NVS is ESP-IDF's page: 126 entries of 32 bytes, a text takes one and its bytes' own,
 * and a page is erased for each that was filled. What lives in an erased page is copied first: a
 * quarter more at most, with certificates of the longest kind.
 *
 * Promise: What a lamp stores in a night hardly ever makes somebody wait for an erase.
 */
import { expect, test } from "@jest/globals";
import { DAY, HOUR, MINUTE } from "../../../lib/spans.js";
import type { Lux, UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { FakeFlash } from "../../support/flash.js";
import { bootLamp } from "../../support/lamp.js";

const NIGHTS = 5;
const NOON = Date.parse("2026-11-24T12:00:00Z");
const ENTRIES_A_PAGE = 126;
const ENTRY_BYTES = 32;
/** Data sheets: typical, and at most. */
const ERASE = [45, 400] as const;

const isNight = (at: number) => {
	const hour = ((NOON + at) / HOUR) % 24;
	return hour < 6.75 || hour > 16.2;
};

/** People pass by chance, each `every` in the mean; the first night is left out. */
function figures(hasBroker: boolean, every: number) {
	const host = Object.assign(new FakeHost(), { flashLog: new FakeFlash(16) });
	const settings = {
		identity: { site: "liege", node: "pole-1" },
		link: { brokerHost: "broker" },
		calendar: { program: "sunset 100; 22:00 40; 00:00 30; 05:30 60; sunrise 0" },
	};
	const { node } = bootLamp({ host, settings });
	const count = { writes: 0, entries: 0, low: 0, edges: 0, lowTime: 0 };
	const isLow = () => isNight(host.now) && host.now > DAY && node.light.actualAt(host.now) < 100;
	const { write } = host.store;
	host.store.write = (key, value) => {
		const entries = 1 + Math.ceil((Buffer.byteLength(value) + 1) / ENTRY_BYTES);
		if (isNight(host.now) && host.now > DAY) {
			count.writes += 1;
			count.entries += entries;
		}
		if (isLow()) count.low += entries;
		return write(key, value);
	};
	let seed = 7;
	const chance = () => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return seed / 2 ** 32;
	};
	const { samples } = node.link.outbox;
	let next = every;
	for (let now = 0; now <= (NIGHTS + 1) * DAY; now += MINUTE) {
		host.run(now);
		const lux = isNight(now) ? 0.3 * chance() : 5000;
		host.deliver((inputs, at) => inputs.onIlluminance(at, lux as Lux));
		if (now % HOUR === 0) host.deliver((inputs, at) => inputs.onTime(at, (NOON + at) as UtcMillis));
		for (; hasBroker && samples.head(); samples.remove());
		for (; hasBroker && node.journal.waits && node.journal.next(); node.journal.delivered());
		if (isLow()) count.lowTime += MINUTE;
		if (now < next) continue;
		if (isLow()) count.edges += 1;
		host.deliver((inputs, at) => inputs.onMovement(at));
		host.run(now + 8000);
		host.deliver((inputs, at) => inputs.onStillness(at));
		next = now - every * Math.log(1 - chance());
	}
	const lowErases = count.low / ENTRIES_A_PAGE / NIGHTS;
	const met = (length: number) => (lowErases * count.edges * length) / count.lowTime;
	return {
		writes: count.writes / NIGHTS,
		erases: count.entries / ENTRIES_A_PAGE / NIGHTS,
		lowErases,
		edges: count.edges / NIGHTS,
		met: ERASE.map(met),
	};
}

test.each([
	["the broker there", 5, true, 0.6, 0.4],
	["the broker there", 20, true, 0.6, 0.4],
	["the broker away", 5, false, 8, 0.4], // 3.9 when each reading was stored a minute after it was taken
	["the broker away", 20, false, 8, 1.2],
	["the broker away", 120, false, 8, 3.5],
])(
	"%s, someone each %i min: few pages are erased below class, and hardly an edge meets one",
	(...row) => {
		const [why, minutes, hasBroker, erases, lowErases] = row;
		const found = figures(hasBroker, minutes * MINUTE);
		if (process.env.SHOW)
			process.stdout.write(`${why}, ${minutes} min: ${JSON.stringify(found)}\n`);
		expect(found.erases).toBeLessThan(erases);
		expect(found.lowErases).toBeLessThan(lowErases);
		expect(found.met[1]).toBeLessThan(1 / 2000);
	},
);
