/** History: what it keeps of a fade. */
import { expect, test } from "@jest/globals";
import { History } from "../../../sim/results/history.js";
import { METER_VALUES, mainsPower } from "../../../sim/results/meter.js";
import { CAUSES } from "../../../sim/results/ring.js";
import { Lights } from "../../../sim/results/switching.js";
import { FULL_DUTY } from "../../../sim/world/world.js";

const SECOND = 1000;
const OPTIONS = { ...METER_VALUES, lamps: 2, onLevel: 35, offLevel: 70 };

test("each second of a fade has its own light and power, and the lamp that holds its own", () => {
	const history = new History(OPTIONS);
	for (const lamp of [0, 1]) history.onBoot(0, lamp);
	history.onDuty(0, 1, FULL_DUTY, FULL_DUTY, 0);
	history.onDuty(0, 0, 0, FULL_DUTY, 10 * SECOND);
	history.advance(10 * SECOND - 1);
	history.onDuty(10 * SECOND, 0, FULL_DUTY, FULL_DUTY, 10 * SECOND);
	history.advance(11 * SECOND);
	history.onEnd(11 * SECOND, 0);
	history.advance(12 * SECOND);
	const { levels, power, count } = history.slice(0, 13 * SECOND, SECOND);
	const watts = (index: number) => power.at(index * CAUSES.length + CAUSES.indexOf("default"))!;
	const wanted = [...Array.from({ length: 10 }, (_, index) => index / 10), 1, 1, Number.NaN];
	expect(count).toBe(wanted.length);
	wanted.forEach((share, index) => {
		const [level] = levels.subarray(2 * index);
		expect(level).toBe(Number.isNaN(share) ? 255 : Math.round(100 * share));
		const lampWatts = Number.isNaN(share) ? 0 : mainsPower(share, OPTIONS);
		expect(watts(index)).toBeCloseTo(lampWatts + mainsPower(1, OPTIONS), 4);
	});
});

test("a lamp is lit as it begins to rise, and goes out at the end of its fall", () => {
	const lights = new Lights(1);
	lights.onDuty(100, 0, 0, 819);
	lights.onDuty(1_100, 0, 819, 819);
	lights.onDuty(5_000, 0, 819, 0);
	lights.onDuty(9_000, 0, 0, 0);
	const crossings = [
		{ row: 1, utc: 0, lux: 30, night: true },
		{ row: 2, utc: 4_000, lux: 80, night: false },
	];
	expect([...lights.report(crossings, 0, 10_000)].map((line) => line.slice(-12))).toEqual([
		" 0.1 s later",
		" 5.0 s later",
	]);
});
