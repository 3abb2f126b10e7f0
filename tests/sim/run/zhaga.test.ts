/** A street of lamps whose drivers are on buses: real XS machines, and drivers that share no line. */
import { expect, test } from "@jest/globals";
import { Run } from "../../../sim/run/run.js";
import { rehearse } from "../../../sim/run/stage.js";
import { scaled } from "../../support/scale.js";

const LAMPS = 2;
const EVENING = ["--start", "2026-11-24T21:30:00", "--seed", "7", "--lamps", String(LAMPS)];
/** They hold by the light of the drivers. */
const PROMISES = [
	"floor",
	"sensorRise",
	"dutyLimits",
	"vacantReturn",
	"explained",
	"obeyed",
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
