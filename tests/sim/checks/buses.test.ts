/** Checks of lamps whose drivers are on buses, told stories by hand. */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { Zone } from "../../../lib/zone.js";
import { createChecks } from "../../../sim/checks/all.js";
import { STREET_VALUES } from "../../../sim/checks/configured.js";
import { together, type Witness } from "../../../sim/street/witness.js";

const EPOCH = Date.UTC(2026, 10, 24, 22);
const zone = Zone.of("Europe/Brussels")!;
const STREET = { ...STREET_VALUES, zone, latitude: 50.645, longitude: 5.573, hasBus: true };

/** What a check says of a story about one lamp; `tried`: how often it had to. */
function judged(name: string, until: number, story: (tell: Required<Witness>) => void) {
	const { checks, witnesses } = createChecks(1, STREET, EPOCH);
	const tell = together(witnesses);
	tell.onDaylight(0, 0);
	tell.onBoot(0, 0, false);
	tell.onTime(5000, 0, 0);
	story(tell);
	tell.advance(until);
	const { count, tried, first } = checks.find((check) => check.name === name)!;
	return { count, tried, first };
}

describe("evenFade, with a level each 100 ms", () => {
	/** Levels of 4095 from an instant on, each reached 100 ms after the one before. */
	const levels = (tell: Required<Witness>, from: number, duties: readonly number[]) => {
		duties.slice(1).forEach((to, index) => {
			const at = from + 100 * index;
			tell.onDuty(at, 0, duties[index]!, to, at + 100);
		});
		const last = from + 100 * (duties.length - 1);
		tell.onDuty(last, 0, duties.at(-1)!, duties.at(-1)!, last);
	};
	const RISE = [2646, 2871, 3033, 3203, 3476, 3671, 3877, 4095];
	const FALL = [...RISE].reverse();
	test.each<[what: string, duties: readonly number[], broken: number]>([
		["a rise", RISE, 0],
		["a rise in the millisecond in which a level of a slow fall ends", [2719, ...RISE], 0],
		["a rise in that in which a level of a slow rise ends", [2576, ...RISE], 0],
		["a fall that is turned as a level of it ends", [...FALL, ...RISE.slice(1)], 0],
		["a rise that lags", [2646, 2794, 2871, 2951, 3033, 3383, 4095], 1],
		["a fall that goes on at twice its pace", [4095, 3773, 3476, 3203, 2719, 2304, 1953], 1],
		["a rise behind a fall, that lags", [2871, 2646, 2871, 2951, 3033, 3203, 3476, 4095], 1],
	])("%s", (_what, duties, broken) => {
		const { count, tried } = judged("evenFade", 3 * HOUR, (tell) => levels(tell, 2 * HOUR, duties));
		expect([count, tried > 0]).toEqual([broken, true]);
	});
});

describe("a driver that loses its settings while it is mute for hours", () => {
	/** It gives 4 % from then on; mute from 1 h to 5 h. */
	const story =
		(until: number) =>
		(tell: Required<Witness>): void => {
			const fault = (at: number, name: string, on: boolean) => {
				tell.advance(at - 1);
				tell.onFault(at, 0, name, on);
			};
			const light = (at: number, level: number) =>
				tell.onDuty(at, 0, Math.round(40.95 * level), Math.round(40.95 * level), at);
			light(1000, 40);
			fault(HOUR, "driverMute", true);
			light(HOUR, 30); // by its program
			fault(2 * HOUR, "driverForgets", true);
			light(2 * HOUR + MINUTE, 4);
			fault(2 * HOUR + 10 * MINUTE, "driverForgets", false);
			fault(5 * HOUR, "driverMute", false);
			tell.advance(until);
		};
	test.each([
		["until its answers can be read again", 5 * HOUR + MINUTE, 0],
		["and its settings have been, hourly", 5 * HOUR + 60 * MINUTE, 0],
		["but no longer", 5 * HOUR + 70 * MINUTE, 1],
	])("need not obey %s", (_what, until, broken) => {
		expect(judged("floor", until, story(until)).count).toBe(broken);
	});
});

describe("alarms, of faults of a bus and its driver", () => {
	const event = (tell: Required<Witness>, at: number, type: string, more: object) => {
		const fields = { life: 1, type, attributes: {}, ...more };
		tell.advance(at);
		tell.onReport(at, 0, "event", Buffer.from(JSON.stringify(fields)));
	};
	const failure = (why: string, startEndFlag: string) => ({ startEndFlag, attributes: { why } });
	const AT = 3 * HOUR;
	const fault = (tell: Required<Witness>, at: number, name: string, on: boolean) => {
		tell.advance(at);
		tell.onFault(at, 0, name, on);
	};
	type Story = (tell: Required<Witness>) => void;
	const mute =
		(...events: readonly [at: number, why: string, flag: string][]): Story =>
		(tell) => {
			fault(tell, AT, "driverMute", true);
			for (const [at, why, flag] of events.slice(0, 1))
				event(tell, AT + at, "driverFailure", failure(why, flag));
			fault(tell, AT + HOUR, "driverMute", false);
			for (const [at, why, flag] of events.slice(1))
				event(tell, AT + at, "driverFailure", failure(why, flag));
		};

	/** A slow driver, so that the last begin or end of an hour is told by `eventsCapped` alone. */
	const slow =
		(last: "start" | "end", ...events: readonly [at: number, flag: string][]): Story =>
		(tell) => {
			fault(tell, AT, "driverSlow", true);
			event(tell, AT + MINUTE, "driverFailure", failure("silent", "start"));
			fault(tell, AT + 20 * MINUTE, "driverSlow", false);
			const attributes = { of: "driverFailure", dropped: 3, last };
			event(tell, AT + 55 * MINUTE, "eventsCapped", { startEndFlag: "end", attributes });
			for (const [at, flag] of events)
				event(tell, AT + at, "driverFailure", failure("silent", flag));
		};

	test.each<[what: string, story: Story, broken: string | undefined]>([
		["a failure whose end is among the capped events", slow("end"), undefined],
		[
			"one whose begin is among them, and which has no end",
			slow("start"),
			"driverFailure has no end",
		],
		["one that ends after them", slow("start", [58 * MINUTE, "end"]), undefined],
		[
			"one that begins again after them",
			slow("end", [56 * MINUTE, "start"]),
			"driverFailure silent has no end",
		],
		[
			"a silent driver, with begin and end",
			mute([MINUTE, "silent", "start"], [HOUR + MINUTE, "silent", "end"]),
			undefined,
		],
		["without a begin", mute(), "no event of driverMute"],
		["too late", mute([5 * MINUTE, "silent", "start"]), "no event of driverMute"],
		["by another name", mute([MINUTE, "bus", "start"]), "driverFailure bus has no end"],
		["without an end", mute([MINUTE, "silent", "start"]), "driverFailure silent has no end"],
		[
			"a fault of a minute may be none",
			(tell) => {
				fault(tell, AT, "busShorted", true);
				fault(tell, AT + MINUTE, "busShorted", false);
			},
			undefined,
		],
		[
			"a disturbed bus may be none, or several",
			(tell) => {
				fault(tell, AT, "busNoisy", true);
				event(tell, AT + HOUR, "driverFailure", failure("several", "start"));
			},
			undefined,
		],
		[
			"a driver that was reset, with its event",
			(tell) => {
				fault(tell, AT, "driverReset", true);
				event(tell, AT + 10 * MINUTE, "driverReset", {});
			},
			undefined,
		],
		["without", (tell) => fault(tell, AT, "driverReset", true), "no event driverReset"],
		[
			"one whose life ends before it is due",
			(tell) => {
				fault(tell, AT, "driverReset", true);
				tell.advance(AT + 5 * MINUTE);
				tell.onEnd(AT + 5 * MINUTE, 0);
				tell.onBoot(AT + 5 * MINUTE + 300, 0, true);
			},
			undefined,
		],
		[
			"one whose bus is shorted before it is due",
			(tell) => {
				fault(tell, AT, "driverReset", true);
				fault(tell, AT + MINUTE, "busShorted", true);
				event(tell, AT + 2 * MINUTE, "driverFailure", failure("bus", "start"));
			},
			undefined,
		],
		[
			"a dead LED that the driver reports",
			(tell) => {
				fault(tell, AT, "lampDead", true);
				const attributes = { inference: false };
				event(tell, AT + MINUTE, "lampFailure", { startEndFlag: "start", attributes });
			},
			undefined,
		],
		["that it does not", (tell) => fault(tell, AT, "lampDead", true), "no event of lampDead"],
	])("%s", (_what, story, broken) => {
		const { first } = judged("alarms", AT + 3 * HOUR, story);
		expect(first?.what).toBe(broken);
	});
});
