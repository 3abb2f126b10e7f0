/** Meter: figures of a run that goes on are those that it would have if it ended then. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { METER_VALUES, Meter, mainsPower } from "../../../sim/results/meter.js";
import { FULL_DUTY } from "../../../sim/world/world.js";
import { evenly } from "../../support/evenly.js";
import { scaled } from "../../support/scale.js";

const LAMPS = 3;
const OPTIONS = { ...METER_VALUES, onLevel: 35, offLevel: 70 };
const FADE = 900_000;
type Step = readonly [kind: string, after: number, lamp: number, value: number];

const step: fc.Arbitrary<Step> = fc.tuple(
	fc.constantFrom("boot", "end", "duty", "fade", "daylight"),
	fc.integer({ min: 0, max: 3_600_000 }),
	fc.nat(LAMPS - 1),
	evenly(0, 1),
);

const dutyOf = (share: number) => Math.round(share * FULL_DUTY);

function meterOf(steps: readonly Step[]): readonly [meter: Meter, at: number] {
	const meter = new Meter(LAMPS, OPTIONS);
	let at = 0;
	for (const [kind, after, lamp, value] of steps) {
		at += after;
		if (kind === "boot") meter.onBoot(at, lamp);
		else if (kind === "end") meter.onEnd(at, lamp);
		else if (kind === "duty" || kind === "fade") {
			const [duty, to] = [value, kind === "fade" ? 1 - value : value].map(dutyOf);
			meter.onDuty(at, lamp, duty!, to!, kind === "fade" ? at + FADE : at);
		} else meter.onDaylight(at, 120 * value);
	}
	return [meter, at];
}

const figures = (meter: Meter) => [
	meter.energy_kWh,
	meter.energyOldLamp_kWh,
	meter.nightMeanLevel ?? -1,
];

test("at any instant they equal those of the end, and reading them changes nothing (property)", () => {
	const asked = fc.tuple(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 7_200_000 }));
	fc.assert(
		fc.property(asked, ([steps, more]) => {
			const [meter, last] = meterOf(steps);
			const at = last + more;
			const before = figures(meter);
			const now = [meter.energyAt(at), meter.oldEnergyAt(at), meter.nightMeanLevelAt(at) ?? -1];
			expect(figures(meter)).toEqual(before);
			const [other] = meterOf(steps);
			other.finish(at);
			for (const [n, value] of figures(other).entries()) expect(now[n]).toBeCloseTo(value, 9);
		}),
		{ seed: 7, numRuns: scaled(200, 500) },
	);
});

test("along a fade energy and light are those of its line, summed up finely (property)", () => {
	const watts = evenly(0, 40);
	const line = fc.record({ from: fc.nat(FULL_DUTY), to: fc.nat(FULL_DUTY), standbyPower_W: watts });
	fc.assert(
		fc.property(line, ({ from, to, standbyPower_W }) => {
			const options = { ...OPTIONS, standbyPower_W };
			const meter = new Meter(1, options);
			meter.onBoot(0, 0);
			meter.onDaylight(0, 0);
			meter.onDuty(0, 0, from, to, FADE);
			meter.finish(2 * FADE);
			const slices = 20_000;
			let sum = 0;
			for (let index = 0; index < slices; index += 1) {
				const duty = from + ((to - from) * (index + 0.5)) / slices;
				sum += mainsPower(duty / FULL_DUTY, options) / slices;
			}
			const hours = FADE / 3_600_000;
			const energy = hours * (sum + mainsPower(to / FULL_DUTY, options));
			expect(meter.energy_kWh * 1000).toBeCloseTo(energy, 4);
			const mean = (from / 2 + 1.5 * to) / 2 / FULL_DUTY;
			expect(meter.nightMeanLevel).toBeCloseTo(100 * mean, 9);
		}),
		{ seed: 7, numRuns: scaled(100, 1_000) },
	);
});

test("in the second night the mean is of both nights, up to now", () => {
	const hour = 3_600_000;
	const meter = new Meter(1, OPTIONS);
	meter.onBoot(0, 0);
	meter.onDuty(0, 0, FULL_DUTY, FULL_DUTY, 0);
	meter.onDaylight(0, 0);
	meter.onDaylight(hour, 1_000);
	meter.onDuty(hour, 0, 0, 0, hour);
	meter.onDaylight(2 * hour, 0);
	expect(meter.nightMeanLevelAt(3 * hour)).toBeCloseTo(50, 9);
});
