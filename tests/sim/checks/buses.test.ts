/** Checks of lamps whose drivers are on buses, told stories by hand. */
import { describe, expect, test } from "@jest/globals";
import { HOUR } from "../../../lib/spans.js";
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
	const { count, tried, first } = checks.find((one) => one.name === name)!;
	return { count, tried, first };
}

describe("evenFade, with a level each 100 ms", () => {
	/** Levels of 4095 from an instant on, each reached 100 ms after the one before. */
	const levels = (tell: Required<Witness>, from: number, duties: readonly number[]) => {
		duties.slice(1).forEach((to, nth) => {
			const at = from + 100 * nth;
			tell.onDuty(at, 0, duties[nth]!, to, at + 100);
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
