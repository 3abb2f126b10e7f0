/** Classes in programs: levels out of the street's design, worked out by hand from EN 13201-2. */
import { describe, expect, test } from "@jest/globals";
import { scheduleOptions } from "../../../src/node/schedule/options.js";
import { Schedule } from "../../../src/node/schedule/schedule.js";
import { type Changes, DEFAULTS, withValues } from "../../../src/settings/table.js";
import { NO_CLOCK, synchronise } from "../../../src/time/clock.js";

const EVENING = Date.parse("2026-11-24T19:00:00Z");
const NIGHT = Date.parse("2026-11-24T22:30:00Z"); // 23:30 on the wall

function at(utc: number, changes: Record<string, unknown>) {
	const schedule = new Schedule(scheduleOptions(withValues(DEFAULTS, changes as Changes)));
	const change = synchronise(NO_CLOCK, utc, 0);
	if (change.kind !== "set") throw new Error("no clock");
	schedule.look(0, change.state, "unknown");
	return schedule.request!;
}

const P4 = { fullClass: "P4", floorClass: "P6", installedMean: 7.5 };

describe("a class in a program", () => {
	test.each<[why: string, program: string, street: object, level: number]>([
		["its mean of what is installed", "sunset P5", P4, 40],
		["rounded up", "sunset P4", P4, 67],
		["follows the installed mean", "sunset P5", { ...P4, installedMean: 10 }, 30],
		["above the design, as far as the lamp goes", "sunset P1", P4, 100],
		["of luminance", "sunset M5", { fullClass: "M4", installedMean: 1, sensorEffect: "none" }, 50],
		["of another kind: full", "sunset C5", P4, 67],
		["without an installed mean: full", "sunset P5", { fullLevel: 90 }, 90],
		["a street in per cent whose mean is known", "sunset P5", { installedMean: 10 }, 30],
	])("%s", (_why, program, street, level) => {
		expect(at(EVENING, { ...street, program })).toMatchObject({ level, source: program });
	});
	test("bounds presence", () => {
		const { level, sensorRule } = at(NIGHT, {
			...P4,
			program: "sunset P4; 23:00 P6 min P5 hold 20",
		});
		expect(level).toBe(27);
		expect(sensorRule).toMatchObject({ effect: "min", level: 40, hold: 20_000 });
	});
});

describe("the default program", () => {
	const P6 = { fullClass: "P6", floorClass: "percent", floorLevel: 5, installedMean: 15 };
	test("is in shares of the full class: 2 lx of 15 are 14 %", () => {
		expect(at(EVENING, P6)).toMatchObject({ level: 14, source: "sunset 100 x P6" });
		expect(at(NIGHT, P6)).toMatchObject({ level: 9, source: "22:00 60 x P6" });
	});
	test("is in per cent where no class is set", () => {
		expect(at(NIGHT, { installedMean: 15 })).toMatchObject({ level: 60, source: "22:00 60" });
	});
	test("another program, and a named one, keep their per cents", () => {
		const program = `${DEFAULTS.program} `;
		expect(at(NIGHT, { ...P6, program })).toMatchObject({ level: 60, source: "22:00 60" });
		const named = { program2: `x: ${DEFAULTS.program}`, calendar: "Mon..Sun: x" };
		expect(at(NIGHT, { ...P6, ...named })).toMatchObject({ level: 60, source: "x: 22:00 60" });
	});
});
