/**
 * Slow server: an image server that drips keeps no lamp lit for long, and none from its broker.
 *
 * Promise: An image server that sends one byte now and then cannot keep a lamp from its broker.
 */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { FakeHost } from "../../support/fakehost.js";
import { imageOf } from "../../support/images.js";
import { IMAGE, ImageRig, type Served } from "./imagerig.js";

describe("a slow server", () => {
	const LARGE = imageOf(600_000, 3);
	const DRIP = { bytes: 1, every: 29_000 };
	const WHOLE = `HTTP/1.1 200 X\r\nContent-Length: ${LARGE.length}\r\n\r\n`;
	const HEADS = Buffer.from(`HTTP/1.1 200 X\r\n${"A: b\r\n".repeat(90)}`);

	/** A lamp with an offer of LARGE, and the spans in which the broker's session was closed. */
	function offered(serve: (index: number) => Served) {
		const lamp = new ImageRig(new FakeHost(), LARGE);
		const aside: [from: number, to: number][] = [];
		lamp.day();
		const { link } = lamp.node;
		link.close = (now) => void aside.push([now, Infinity]);
		link.connectNow = (now) => {
			aside.at(-1)![1] = now;
		};
		lamp.serve = (_request, index) => serve(index);
		lamp.offer();
		return { lamp, aside };
	}
	const longest = (spans: readonly [number, number][]) =>
		Math.max(...spans.map(([from, to]) => to - from));
	const shortestBetween = (spans: readonly [number, number][]) =>
		Math.min(...spans.slice(1).map(([from], index) => from - spans[index]![1]));

	test.each<[what: string, connections: number, served: (index: number) => Served]>([
		["one byte of the image each 29 s", 32, () => ({ drip: DRIP })],
		["one byte of its head each 29 s", 8, () => ({ head: "", body: HEADS, drip: DRIP })],
		["less than half of the least pace", 32, () => ({ drip: { bytes: 100, every: 1000 } })],
		[
			"the first half of the image again and again, a little more each time",
			12, // in three hours
			(index) => ({ head: WHOLE, body: LARGE, drip: { bytes: 300 + index, every: 1000 } }),
		],
	])("%s: it is left for good, with sessions of the broker between", (_what, most, serve) => {
		const { lamp, aside } = offered(serve);
		lamp.pass(12 * 60 * MINUTE, 1000);
		expect(lamp.failures.at(-1)).toMatchObject({ reason: "timedOut", final: true });
		expect(lamp.requests).toHaveLength(most);
		expect(longest(aside)).toBeLessThan(16 * MINUTE);
		expect(shortestBetween(aside)).toBeGreaterThanOrEqual(MINUTE);
	});
	test("twice the least pace with ranges: two connections, and a session between", () => {
		const { lamp, aside } = offered(() => ({ drip: { bytes: 512, every: 1000 } }));
		lamp.pass(60 * MINUTE, 1000);
		expect([lamp.types.at(-1), lamp.requests.length]).toEqual(["updateActivated", 2]);
		expect(Buffer.from(lamp.host.image!).equals(LARGE)).toBe(true);
		expect(shortestBetween(aside)).toBeGreaterThanOrEqual(2 * MINUTE);
	});
	test("an order to stop that waits at the broker ends it within a quarter of an hour", () => {
		const { lamp, aside } = offered(() => ({ drip: DRIP }));
		lamp.pass(2 * MINUTE, 1000);
		const ordered = lamp.host.now;
		while (!Number.isFinite(aside.at(-1)![1]) && lamp.host.now < ordered + 60 * MINUTE)
			lamp.pass(10_000, 1000);
		lamp.pass(MINUTE, 1000); // of the session
		lamp.host.arrive((now) => lamp.node.updater.onOffer('{"id":"s1","stop":true}', now));
		expect(lamp.failures.at(-1)).toMatchObject({ reason: "stopped", final: true });
		expect(lamp.host.now - ordered).toBeLessThan(15 * MINUTE);
	});
	test("a street that is occupied after a lost connection leaves the broker its session", () => {
		const lamp = new ImageRig();
		lamp.day(0);
		lamp.pass(30 * MINUTE, 1000);
		let isAside = false;
		const { link } = lamp.node;
		link.close = () => {
			isAside = true;
		};
		link.connectNow = () => {
			isAside = false;
		};
		lamp.serve = () => ({ body: IMAGE.subarray(0, 3000), end: "closedByPeer" });
		lamp.offer();
		while (lamp.requests.length === 0) lamp.pass(1000, 100);
		lamp.host.deliver((inputs, now) => inputs.onMovement(now));
		lamp.pass(10 * MINUTE, 1000);
		expect([lamp.requests.length, isAside]).toEqual([1, false]);
	});
});
