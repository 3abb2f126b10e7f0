/** Sample writer: readings over a restart, and never more writes than the flash's budget allows. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { WRITES_SAVED } from "../../../src/node/storage/flashbudget.js";
import { PATIENCE } from "../../../src/node/storage/samplewriter.js";
import type { Lux, UtcMillis } from "../../../src/units.js";
import { bootLamp } from "../../support/lamp.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;
const NOON = Date.parse("2026-11-24T11:30:00Z") as UtcMillis;
const WRITES_AN_HOUR = 2;

/** A lamp with a site and a broker that cannot be reached. */
function boot(stored: ReadonlyMap<string, string> = new Map(), utc = NIGHT) {
	const first = { identity: { site: "liege", node: "pole-1" }, link: { brokerHost: "broker" } };
	return bootLamp({ stored, settings: stored.size === 0 ? first : {}, utc });
}

const waiting = ({ node }: ReturnType<typeof boot>) => {
	const { samples } = node.link.outbox;
	const all = [];
	for (let head = samples.head(); head; head = samples.head()) {
		all.push([head.life, head.at, head.utc]);
		samples.remove();
	}
	return all;
};

describe("without a broker", () => {
	test("each sample is stored a minute after it was taken, with its date", () => {
		const first = boot(undefined, NOON);
		first.host.deliver((inputs, now) => inputs.onIlluminance(now, 5_000 as Lux));
		first.host.run(1.9 * HOUR);
		const { stored } = first.host;
		const was = waiting(first);
		expect(was.length).toBeGreaterThanOrEqual(7);
		const next = boot(stored);
		expect(next.node.life).toBe(2);
		expect(waiting(next)).toEqual(was.map(([life, at]) => [life, at, NOON + at!]));
	});
	/** Rests at 40 % by night; when the reading was taken that waits to be stored. */
	const atNight = () => {
		const { host, node } = boot();
		host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
		const { samples } = node.link.outbox;
		while (!(samples.keepAt < Infinity && host.now > samples.keepAt)) host.run(host.now + 1000);
		expect(node.light.actualAt(host.now)).toBe(40);
		return { host, node, keepAt: samples.keepAt };
	};
	test("by night a reading waits for the next who comes and is lit", () => {
		const { host, node, keepAt } = atNight();
		host.run(keepAt + 5 * MINUTE);
		expect(host.stored.has("readings")).toBe(false);
		host.deliver((inputs, now) => inputs.onMovement(now));
		expect(host.stored.has("readings")).toBe(false); // the light rises
		host.run(host.now + 2000);
		expect([host.stored.has("readings"), node.light.actualAt(host.now)]).toEqual([true, 100]);
	});
	test("or for half an hour, and no light is made for it", () => {
		const { host, keepAt } = atNight();
		const { length } = host.duties;
		host.run(keepAt + PATIENCE - 1000);
		expect(host.stored.has("readings")).toBe(false);
		host.run(keepAt + PATIENCE + 2 * MINUTE); // whatever wakes it next
		expect([host.stored.has("readings"), host.duties.length]).toEqual([true, length]);
	});
	test("a reading of the last minute is stored before the lamp restarts by itself", () => {
		const first = boot();
		while (!(first.node.link.outbox.samples.keepAt < Infinity))
			first.host.run(first.host.now + 1000);
		const { host, node } = first;
		expect(host.stored.has("readings")).toBe(false);
		while (host.restarts.length === 0) node.onFault(host.now, new Error(`e${host.now++}`));
		expect(host.stored.has("readings")).toBe(true);
	});
	test("a month of it stays within the flash's budget, and no reading waits for long", () => {
		const { host, node } = boot();
		for (let hour = 1; hour <= 720; hour += 1) {
			host.run(hour * HOUR);
			const allowed = WRITES_SAVED + WRITES_AN_HOUR * hour + 1;
			assert.ok(node.flash.keyWrites <= allowed);
			assert.ok(host.now - node.link.outbox.samples.keepAt < 2.5 * HOUR);
		}
	});
});

test("delivered readings are erased from the store, once", () => {
	const { host, node } = boot();
	host.run(1.5 * HOUR);
	expect(host.stored.has("readings")).toBe(true);
	waiting({ host, node });
	const writes = node.flash.keyWrites;
	host.arrive(() => {}); // the acknowledgement
	host.run(host.now + 60_000);
	expect(host.stored.has("readings")).toBe(false);
	expect(node.flash.keyWrites).toBe(writes + 1);
});

test("a store that fails is reported and tried again with the next reading", () => {
	const { host, node } = boot();
	host.storeFails = true;
	host.run(1.2 * HOUR);
	const types = [];
	for (let seq = node.journal.oldest; seq <= node.journal.newest; seq += 1)
		types.push(node.journal.read(seq)!.attributes);
	expect(types).toContain('{"key":"readings","result":"failed"}');
});
