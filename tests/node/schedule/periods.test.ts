/**
 * Periods: TALQ's kinds of active period and of sensor effect, as a commune writes them in a program,
 * lived by a whole lamp.
 */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import type { Lux } from "../../../src/units.js";
import type { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";

/** A lamp that has the time; Brussels is an hour ahead of UTC. */
function lampAt(utc: string, program: string, more: object = {}, light: object = {}) {
	const settings = { calendar: { program }, sensing: { photocell: false, ...more }, light };
	const epoch = Date.parse(utc) - 5 * MINUTE;
	return bootLamp({ settings, utc: epoch, isVouched: true, until: 5 * MINUTE });
}
const minutes = (host: FakeHost, count: number) => host.run(host.now + count * MINUTE);
const seconds = (host: FakeHost, count: number) => host.run(host.now + count * 1000);
function pass(host: FakeHost): void {
	host.deliver((inputs, now) => inputs.onMovement(now));
	seconds(host, 2);
	host.deliver((inputs, now) => inputs.onStillness(now));
}

describe("what presence does in a period", () => {
	const NIGHT = "sunset 60; 00:00 30 min 60 hold 20; 05:00 60; sunrise 0";
	test("from 0 to 5 h it lights to 60 % at most, for 20 s, then lingers no brighter and leaves", () => {
		const { host, node } = lampAt("2026-11-24T23:10:00Z", NIGHT, {}, { linger: 10 });
		expect(node.light.level).toBe(30);
		pass(host);
		expect(node.light.level).toBe(60);
		seconds(host, 19);
		expect(node.light.level).toBe(60);
		seconds(host, 2);
		expect(node.light.level).toBe(60); // lingerLevel is 60 by itself
		seconds(host, 10);
		expect(node.light.level).toBe(30);
	});
	test("before and after it the lamp's own presenceLevel and hold stand", () => {
		const { host, node } = lampAt("2026-11-24T22:30:00Z", NIGHT);
		pass(host);
		expect(node.light.level).toBe(100);
		seconds(host, 29);
		expect(node.light.level).toBe(100);
		minutes(host, 40); // 00:10
		pass(host);
		expect(node.light.level).toBe(60);
		minutes(host, 5 * 60); // 05:10
		pass(host);
		expect(node.light.level).toBe(100);
	});
	test("someone who is there when the period begins is lit as it says from then on", () => {
		const { host, node } = lampAt("2026-11-24T22:59:00Z", NIGHT);
		host.deliver((inputs, now) => inputs.onMovement(now));
		expect(node.light.level).toBe(100);
		minutes(host, 2);
		expect(node.light.level).toBe(60);
	});
	test("no rule undercuts the program, the floor, or a protected lamp", () => {
		const low = "sunset 60 set 10";
		const { host, node } = lampAt("2026-11-24T22:00:00Z", low);
		pass(host);
		expect(node.light.level).toBe(60);
		const dark = lampAt("2026-11-24T22:00:00Z", "sunset 0 set 5");
		pass(dark.host);
		expect(dark.node.light.level).toBe(20);
		const school = lampAt("2026-11-24T22:00:00Z", low, {}, { lightProtected: true });
		pass(school.host);
		expect(school.node.light.level).toBe(100);
	});
	test("lights that are out come back as far as it says", () => {
		const { host, node } = lampAt("2026-11-24T23:10:00Z", "sunset 60; 00:00 out set 40 hold 10");
		expect(node.light.level).toBe(0);
		pass(host);
		expect(node.light.level).toBe(40);
		minutes(host, 2);
		expect(node.light.level).toBe(0);
	});
});

describe("active periods of TALQ", () => {
	/** What shines at these UTC times of 24 November with a photocell that sees this many lux. */
	const cases: [
		kind: string,
		program: string,
		at: string,
		lux: number | undefined,
		then: number,
	][] = [
		["absolute: before it", "18:00 60; 06:00 0", "16:30", undefined, 20],
		["absolute: in it", "18:00 60; 06:00 0", "17:30", undefined, 60],
		["astro: before it", "sunset+60 60; sunrise 0", "16:00", undefined, 20],
		["astro: in it", "sunset+60 60; sunrise 0", "17:00", undefined, 60],
		["sensor: the photocell sees the day", "12:00 60", "13:00", 20_000, 0],
		["sensor: a dark noon", "12:00 60", "13:00", 5, 60],
		["sensor within a window: dark before it", "16:00 60; 08:00 0", "13:00", 5, 20],
		["sensor within a window: dark in it", "16:00 60; 08:00 0", "15:10", 5, 60],
		["sensor within a window: still light in it", "16:00 60; 08:00 0", "15:10", 500, 0],
		["astro within a window: sunset first", "sunset 60; 18:00 40", "16:30", undefined, 60],
		["astro within a window: then the clock", "sunset 60; 18:00 40", "17:30", undefined, 40],
	];
	test.each(cases)("%s", (_kind, program, at, lux, then) => {
		const { host, node } = lampAt(`2026-11-24T${at}:00Z`, program, {
			photocell: lux !== undefined,
		});
		if (lux !== undefined) host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
		minutes(host, 4);
		expect(node.light.level).toBe(then);
	});
});
