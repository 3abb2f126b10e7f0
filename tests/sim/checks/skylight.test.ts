/**
 * Skylight: when a lamp must count it as dark or as day, by the true sky, the sun and faults.
 */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { Zone } from "../../../lib/zone.js";
import { type Configured, STREET_VALUES } from "../../../sim/checks/configured.js";
import { Dates } from "../../../sim/checks/dates.js";
import { Skylight } from "../../../sim/checks/skylight.js";
import { Vouched } from "../../../sim/checks/vouched.js";

/** Midnight in Liege in winter; the sun rises eight hours later. */
const NIGHT = Date.UTC(2026, 10, 24, 23);
const NOON = Date.UTC(2026, 10, 24, 11);
const STREET: Configured = {
	...STREET_VALUES,
	zone: Zone.of("Europe/Brussels")!,
	latitude: 50.645,
	longitude: 5.573,
};

type Step = (skylight: Skylight, dates: Dates, vouched: Vouched) => void;

/** A lamp that booted at 0 under a sky of `lux`, with or without a date; then the steps. */
function lamp(epoch: number, lux: number, hasDate: boolean, ...steps: Step[]) {
	const dates = new Dates(1, false, STREET.offLevel);
	const vouched = new Vouched(1, STREET, epoch, dates);
	const skylight = new Skylight(1, STREET, epoch, dates, vouched);
	for (const check of [dates, skylight]) check.onDaylight(0, lux);
	dates.onBoot(0, 0, false);
	skylight.onBoot(0, 0);
	if (hasDate) dates.onTime(5000, 0, 0);
	for (const step of steps) step(skylight, dates, vouched);
	return skylight;
}

const fault =
	(name: string, from: number, to = Infinity): Step =>
	(skylight) => {
		skylight.onFault(from, 0, name, true);
		if (to < Infinity) skylight.onFault(to, 0, name, false);
	};
/** The city is asked, and answers. */
const told: Step = (_one, dates, vouched) => {
	vouched.onQuestion(90_000, 0);
	dates.onCity(90_000, 0);
};
/** Two answers agree on it. */
const wrong: Step = (_one, dates) => {
	for (const at of [10_000, 80_000]) dates.onTime(at, 0, 5 * HOUR);
};

describe("must be dark, by night under a black sky", () => {
	test.each([
		["a sound sensor, with a date", true, [], 10 * MINUTE, true],
		["a sound sensor, without one", false, [], 10 * MINUTE, true],
		["a sound sensor and a wrong date", true, [wrong], 10 * MINUTE, true],
		[
			"a sensor that is bright for ever, with a date: the sun",
			true,
			[fault("luxStuck", 60_000)],
			2 * HOUR,
			true,
		],
		[
			"the same without a date, before it must be found",
			false,
			[fault("luxStuck", 60_000)],
			2 * HOUR,
			false,
		],
		["the same with a wrong date", true, [wrong, fault("luxStuck", 60_000)], 2 * HOUR, false],
		[
			"a dead sensor without a date, before it must be found",
			false,
			[fault("luxDead", 60_000)],
			2 * HOUR,
			false,
		],
		[
			"a covered sensor without a date: it errs on the lit side",
			false,
			[fault("luxDark", 60_000)],
			2 * HOUR,
			true,
		],
		["a work light, with a date", true, [fault("foreignLight", 60_000)], 2 * HOUR, true],
		["a work light, without one", false, [fault("foreignLight", 60_000)], 2 * HOUR, false],
		[
			"a work light that went out 80 min ago",
			false,
			[fault("foreignLight", 60_000, HOUR)],
			HOUR + 80 * MINUTE,
			true,
		],
		["lamps that face each other", false, [fault("facingNear", 60_000)], 2 * HOUR, true],
	] as const)("%s: %#", (_what, hasDate, steps, at, must) => {
		expect(lamp(NIGHT, 0, hasDate, ...steps).mustBeDark(at, 0)).toBe(must);
	});
	test("a sensor that booted dead says nothing: dark without a date", () => {
		const skylight = lamp(NIGHT, 0, false, fault("luxDead", -1));
		expect(skylight.mustBeDark(2 * HOUR, 0)).toBe(true);
	});
});

/** A dawn as fast as a clear one at 50 degrees, which ends then with so much light. */
function dawn(skylight: Skylight, until: number, lux: number, share = 1.1): void {
	const skies: number[] = [];
	for (let sky = lux; sky > 1; sky /= share) skies.unshift(sky);
	for (const [index, sky] of skies.entries())
		skylight.onDaylight(until - (skies.length - 1 - index) * 30_000, sky);
}

describe("must be day, at noon under a bright sky", () => {
	const bright = 20_000;
	test.each([
		["a sound sensor, with a date", true, [], HOUR, true],
		["a sound sensor, without one", false, [], HOUR, true],
		["before the delay is over", false, [], MINUTE, false],
		["a wrong date", true, [wrong], HOUR, false],
		[
			"a sensor that is bright for ever, with a date that the city vouches for",
			true,
			[fault("luxStuck", 60_000), told],
			HOUR,
			true,
		],
		["the same with one that nobody vouches for", true, [fault("luxStuck", 60_000)], HOUR, false],
		["the same without a date", false, [fault("luxStuck", 60_000)], HOUR, false],
		["a wrong date, and then the city's", true, [wrong, told], HOUR, true],
		["a covered sensor", true, [fault("luxDark", 60_000)], HOUR, false],
		[
			"a sensor that was covered until an hour ago",
			true,
			[fault("luxDark", 60_000, HOUR)],
			2 * HOUR,
			false,
		],
		["a work light", true, [fault("foreignLight", 60_000)], HOUR, false],
	] as const)("%s: %#", (_what, hasDate, steps, at, must) => {
		expect(lamp(NOON, bright, hasDate, ...steps).mustBeDay(at, 0)).toBe(must);
	});
	test.each([
		["a lamp that saw the dusk: from offLevel on", false, true],
		["one that booted in the night: not below 1,270 lx", true, false],
	])("%s", (_what, isBooted, must) => {
		const skylight = lamp(NOON, bright, false);
		skylight.advance(HOUR);
		for (const hour of [2, 10]) skylight.onDaylight(hour * HOUR, 0);
		if (isBooted) skylight.onBoot(10 * HOUR, 0);
		dawn(skylight, 20 * HOUR, 300);
		expect(skylight.mustBeDay(21 * HOUR, 0)).toBe(must);
		skylight.onDaylight(21 * HOUR, 3000);
		expect(skylight.mustBeDay(21.5 * HOUR, 0)).toBe(true);
	});
	test.each([
		["as fast as a clear dawn", 1.1, true],
		["faster for minutes, as where clouds part", 1.12, false],
	])("a dawn %s", (_what, share, must) => {
		const skylight = lamp(NOON, bright, false);
		skylight.advance(HOUR);
		for (const hour of [2, 10]) skylight.onDaylight(hour * HOUR, 0);
		dawn(skylight, 20 * HOUR, 190, share);
		expect(skylight.mustBeDay(21 * HOUR, 0)).toBe(must);
	});
	test.each([
		["with a date", true, false],
		["without one", false, true],
	])(
		"a clear sky under a sun below -3 degrees, beyond a low offLevel, %s",
		(_what, hasDate, must) => {
			const skylight = lamp(NIGHT - 12 * HOUR, bright, hasDate);
			skylight.advance(HOUR);
			skylight.onDaylight(12 * HOUR, 100);
			expect(skylight.mustBeDay(12.5 * HOUR, 0)).toBe(must);
		},
	);
	test("lamps that face each other: 200 lx later, and 15 min", () => {
		const skylight = lamp(NOON, bright, false);
		skylight.advance(HOUR);
		for (const hour of [2, 10]) skylight.onDaylight(hour * HOUR, 0);
		skylight.onFault(10 * HOUR, 0, "facingNear", true);
		dawn(skylight, 20 * HOUR, 250);
		expect(skylight.mustBeDay(21 * HOUR, 0)).toBe(false);
		skylight.onDaylight(21 * HOUR, 400);
		expect([10, 25].map((minute) => skylight.mustBeDay(21 * HOUR + minute * MINUTE, 0))).toEqual([
			false,
			true,
		]);
	});
	test.each([
		["a fog that lifts at dusk", [170, 130, 90, 130, 180, 300]],
		["a cloud that the least sensitive sensor alone takes for night", [170, 90, 36, 90, 180, 300]],
	])("%s: not below 1,270 lx, for a lamp may have lit", (_what, skies) => {
		const skylight = lamp(NOON, bright, false);
		skylight.advance(HOUR);
		let at = 2 * HOUR;
		for (const lux of skies) skylight.onDaylight((at += 30_000), lux);
		expect(skylight.mustBeDay(at + HOUR, 0)).toBe(false);
		skylight.onDaylight(at + HOUR, 3000);
		expect(skylight.mustBeDay(at + 1.5 * HOUR, 0)).toBe(true);
	});
	test.each([
		["a cloud that lifts after dawn", [60, 50, 16, 16, 100, 235, 385]],
		["a dawn that brightens faster than any", [40, 80, 160, 300]],
	])("%s: not below 1,270 lx", (_what, skies) => {
		const skylight = lamp(NOON, bright, false);
		skylight.advance(HOUR);
		for (const hour of [2, 10]) skylight.onDaylight(hour * HOUR, 0);
		dawn(skylight, 20 * HOUR, 40);
		for (const [index, lux] of skies.entries())
			skylight.onDaylight(20 * HOUR + index * 30_000, lux);
		expect(skylight.mustBeDay(20.5 * HOUR, 0)).toBe(false);
	});
	test("an evening that falls, however slowly, is day until offLevel", () => {
		const skylight = lamp(NOON, bright, false);
		skylight.advance(HOUR);
		let at = 2 * HOUR;
		for (let lux = 400; lux > 85; lux *= 0.98) skylight.onDaylight((at += 30_000), lux);
		expect(skylight.mustBeDay(at + 1000, 0)).toBe(true);
	});
	test.each([
		["a minute before a cloud: it may not count it as day", 59 * MINUTE, false],
		["half an hour before: it counts it as day until the next dusk", 30 * MINUTE, true],
	])("a boot under a bright sky, %s", (_what, at, must) => {
		const skylight = lamp(NOON, bright, false);
		skylight.advance(HOUR / 2);
		skylight.onBoot(at, 0);
		skylight.advance(HOUR);
		skylight.onDaylight(HOUR, 300);
		expect(skylight.mustBeDay(1.5 * HOUR, 0)).toBe(must);
	});
	test("a thick cloud has passed: not below 1,270 lx, for no night was before", () => {
		const skylight = lamp(NOON, bright, false);
		skylight.advance(HOUR);
		skylight.onDaylight(2 * HOUR, 0);
		skylight.onDaylight(2.5 * HOUR, 300);
		expect(skylight.mustBeDay(3 * HOUR, 0)).toBe(false);
		skylight.onDaylight(3 * HOUR, 3000);
		expect(skylight.mustBeDay(3.5 * HOUR, 0)).toBe(true);
	});
});

describe("dates", () => {
	const of = (...steps: ((dates: Dates) => void)[]) => {
		const dates = new Dates(1, false, 70);
		dates.onDaylight(0, 20_000);
		dates.onBoot(0, 0, false);
		for (const step of steps) step(dates);
		return dates;
	};
	const answer =
		(at: number, error = 0) =>
		(dates: Dates) =>
			dates.onTime(at, 0, error);
	test.each([
		["none without an answer", [], HOUR, false],
		["the right one from the first answer on", [answer(5000)], HOUR, true],
		["kept over a restart", [answer(5000), (d: Dates) => d.onBoot(HOUR, 0, true)], 2 * HOUR, true],
		[
			"lost with the power",
			[answer(5000), (d: Dates) => d.onBoot(HOUR, 0, false)],
			2 * HOUR,
			false,
		],
		["the right one while a far answer waits", [answer(5000), answer(HOUR, HOUR)], 2 * HOUR, true],
		[
			"not certain any more after two that agree",
			[answer(5000), answer(HOUR, HOUR), answer(2 * HOUR, HOUR)],
			3 * HOUR,
			false,
		],
		["nor after the first of a life", [answer(5000, HOUR)], HOUR, false],
		["nor after one right answer", [answer(5000, -HOUR), answer(HOUR)], 2 * HOUR, false],
		[
			"right again after two a minute apart",
			[answer(5000, -HOUR), answer(HOUR), answer(HOUR + MINUTE)],
			2 * HOUR,
			true,
		],
		[
			"also after a later date, which leaves no bound",
			[answer(5000, 5 * HOUR), answer(HOUR), answer(HOUR + MINUTE)],
			2 * HOUR,
			true,
		],
	] as const)("%s", (_what, steps, at, isRight) => {
		expect(of(...steps).isRight(at, 0)).toBe(isRight);
	});
	test("a clock that was far off may do without its date until the next noon or midnight", () => {
		const dates = of(answer(5000, -9 * HOUR), answer(HOUR), answer(2 * HOUR));
		expect([10 * HOUR, 17 * HOUR].map((at) => dates.errorOf(at, 0))).toEqual([Infinity, 0]);
	});
	test("without one, a program within 15 min after four undisturbed days, and none before", () => {
		const dates = of();
		expect([3 * 24 * HOUR, 5 * 24 * HOUR].map((at) => dates.errorOf(at, 0))).toEqual([
			Infinity,
			15 * MINUTE,
		]);
		dates.disturb(2 * HOUR, 0);
		expect(dates.errorOf(5 * 24 * HOUR, 0)).toBe(Infinity);
	});
	test("a boot in the deep night has no program until the day", () => {
		const dates = of();
		dates.onDaylight(4.5 * 24 * HOUR, 0);
		dates.onBoot(4.6 * 24 * HOUR, 0, false);
		expect(dates.errorOf(4.7 * 24 * HOUR, 0)).toBe(Infinity);
		dates.onDaylight(4.9 * 24 * HOUR, 20_000);
		expect(dates.errorOf(5 * 24 * HOUR, 0)).toBe(15 * MINUTE);
	});
});
