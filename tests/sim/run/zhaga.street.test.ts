/**
 * A street of lamps whose drivers are on buses: real XS machines, and drivers that share no line.
 *
 * Promise: A lamp on a DALI bus keeps the promises of light that a lamp with a PWM keeps.
 */
import { expect, test } from "@jest/globals";
import { rehearse } from "../../../sim/files/stage.js";
import { Run } from "../../../sim/run/run.js";
import { compareLight, LightCourse } from "../../support/lightcourse.js";
import { scaled } from "../../support/scale.js";

const LAMPS = 2;
const EVENING = ["--start", "2026-11-24T21:30:00", "--seed", "7", "--lamps", String(LAMPS)];
/** They hold by the light of the drivers. */
const PROMISES = [
	"floor",
	"sensorRise",
	"dutyLimits",
	"vacantReturn",
	"second",
	"evenFade",
	"reported",
];

test("an evening: the promises hold, and each driver has the settings that end lit", async () => {
	const duration = scaled("30m", "12h");
	const stage = await rehearse([...EVENING, "--board", "zhaga", "--duration", duration]);
	try {
		const run = new Run(stage);
		expect(await run.go()).toBeUndefined();
		const { checks, deaths } = run.summary();
		expect(deaths).toBe(0);
		for (const name of PROMISES) {
			const { ok, first } = checks[name]!;
			expect([name, ok, first]).toEqual([name, true, first]);
		}
		expect(checks.floor!.judged).toBeGreaterThan(0);
		for (let lamp = 0; lamp < LAMPS; lamp++) {
			const gear = run.luminaires!.gearOf(lamp);
			expect(gear.variables).toMatchObject({
				powerOnLevel: 254,
				systemFailureLevel: 254,
				fadeTime: 0,
				extendedMultiplier: 1,
			});
			expect(gear.powerCycleSeen).toBe(false);
			expect(gear.usage.starts).toBe(1);
		}
	} finally {
		await stage.network.close();
		stage.fleet.dispose();
	}
});

/** Nights of one lamp, from before dusk until after dawn. */
const NIGHT = ["--start", "2026-11-24T14:30:00Z", "--lamps", "1", "--own-light", "0"];
const HOURS = 18;
const HOUR = 3_600_000;
/** A fade is shortened to whole spans, and its frames may wait, ms. */
const SHIFTED = 300;
const PWM = ["--set", "power.minimumDuty=1"];
const BUS = ["--board", "zhaga"];

async function lightOf(seed: number, hours: number, more: readonly string[]) {
	const course = new LightCourse();
	const args = [...NIGHT, "--seed", `${seed}`, "--duration", `${hours}h`, ...more];
	const stage = await rehearse(args);
	try {
		expect(await new Run({ ...stage, witnesses: [course] }).go()).toBeUndefined();
		return course.duties(hours * HOUR);
	} finally {
		await stage.network.close();
		stage.fleet.dispose();
	}
}

const NIGHTS = Array.from({ length: scaled(1, 10) }, (_, index) => index + 1);
test.each(NIGHTS)("night %d: the light is that of a PWM, within a step", async (seed) => {
	const pwm = await lightOf(seed, HOURS, PWM);
	const bus = await lightOf(seed, HOURS, BUS);
	const { most, beyond, late, samples } = compareLight(bus, pwm, SHIFTED);
	if (process.env.SHOW) process.stderr.write(`${seed} ${most} ${beyond} ${late} ${samples}\n`);
	expect(beyond).toBe(0);
	expect(most).toBeLessThanOrEqual(1);
	expect(late / samples).toBeLessThan(0.01);
});

test("an evening whose levels are two too low is found", async () => {
	const hours = 3;
	const pwm = await lightOf(1, hours, PWM);
	const bus = await lightOf(1, hours, [...BUS, "--plant", "dimBus"]);
	const { beyond, samples } = compareLight(bus, pwm, SHIFTED);
	expect(beyond / samples).toBeGreaterThan(0.1);
});
