/**
 * Nights: lamps whose commune has the lights out on weekdays, in real machines, judged by checks that
 * read programs and calendar apart from the firmware; and the oracle itself, against known nights.
 *
 * Promise: Lights out and programs of weekdays begin and end when the commune has said.
 */
import { describe, expect, test } from "@jest/globals";
import { type Configured, ProgramOracle } from "../../../sim/checks/configured.js";
import { programOfNight } from "../../../sim/checks/nights.js";
import { readOptions } from "../../../sim/cli/words.js";
import { makeFleet } from "../../../sim/files/firmware.js";
import { createNoNetwork } from "../../../sim/network/offline.js";
import { configuredOf } from "../../../sim/run/configured.js";
import { Run } from "../../../sim/run/run.js";
import { prepare } from "../../../sim/run/scenario.js";
import { Clock } from "../../../sim/street/clock.js";
import { scaled } from "../../support/scale.js";

/** Hours from the start to the sunrise of that day, and more. */
const [TO_FRIDAY, TO_SATURDAY] = [12, 36];
const LAMPS = scaled(2, 3);
const PROGRAM = "sunset 80; 00:00 out; 05:00 60; sunrise 0";
const NIGHTS = {
	program2: "weekend: sunset 80; 01:00 50; sunrise 0",
	calendar: "Fri,Sat,holiday,eve: weekend",
	holidays: "07-21,2026-06-24",
	minimumLightsOn: 60,
};

/** From Thursday afternoon on, in June, when the sun rises before 5:30. */
async function run(
	hours: number,
	expected: Partial<Configured>,
	set: Partial<Configured> = expected,
) {
	const line = `--headless --lamps ${LAMPS} --seed 7 --start 2026-06-18T19:00:00+02:00 --duration ${hours}h`;
	const answer = readOptions(line.split(" "));
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const { options } = answer;
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const fleet = await makeFleet({ ...options, epochUtc: scenario.epochUtc }, () => {});
	const trace: string[] = [];
	const run = new Run({
		options,
		scenario,
		fleet,
		network: createNoNetwork(),
		clock: new Clock(Infinity),
		configured: { ...configuredOf(options), ...expected },
		writeTrace: (text) => trace.push(text),
	});
	// the checks may expect other settings than the lamps have
	const calendar = { program: PROGRAM, ...set.nights, zone: "CET-1CEST,M3.5.0,M10.5.0/3" };
	const write = fleet.storeWrite.bind(fleet);
	fleet.storeWrite = (lamp, key, value) =>
		write(
			lamp,
			key,
			key === "set.calendar" ? JSON.stringify({ ...JSON.parse(value), ...calendar }) : value,
		);
	expect(await run.go()).toBeUndefined();
	const summary = run.summary();
	fleet.dispose();
	return summary;
}

describe("a street whose lights are out on weekday nights", () => {
	test("every check is kept: out and not relit on Thursday, lit on Friday night", async () => {
		const { checks, deaths } = await run(TO_SATURDAY, { program: PROGRAM, nights: NIGHTS });
		expect(deaths).toBe(0);
		for (const name of ["sensorRise", "floor", "vacantReturn", "dayOff"])
			expect([name, checks[name]]).toEqual([name, expect.objectContaining({ ok: true })]);
	});
	test.each([
		["floor", "nobody decided that", { program: "sunset 80; 05:00 60; sunrise 0" }],
		["vacantReturn", "Thursday night was to be a weekend's", { calendar: "Thu..Sat: weekend" }],
		["vacantReturn", "the relight was to be made", { minimumLightsOn: 0 }],
	])("%s sees it when %s", async (name, _why, wrong) => {
		const { program = PROGRAM, ...nights } = wrong as { program?: string };
		const expected = { program, nights: { ...NIGHTS, ...nights } };
		const { checks } = await run(scaled(TO_FRIDAY, TO_SATURDAY), expected, { nights: NIGHTS });
		expect(checks[name]).toMatchObject({ ok: false });
	});
});

describe("the checks' own reading", () => {
	const nights = { ...NIGHTS, calendar: "2026-02-17: x; Fri,Sat,holiday,eve: weekend" };
	test.each([
		["Thursday", "2026-06-18", PROGRAM],
		["Friday", "2026-06-19", "sunset 80; 01:00 50; sunrise 0"],
		["a holiday of each year", "2026-07-21", "sunset 80; 01:00 50; sunrise 0"],
		["its eve", "2026-07-20", "sunset 80; 01:00 50; sunrise 0"],
		["a holiday of one year", "2026-06-24", "sunset 80; 01:00 50; sunrise 0"],
		["that date a year later", "2027-06-24", PROGRAM],
		["a rule that goes back", "2026-02-17", PROGRAM],
	])("%s", (_why, date, program) => {
		expect(programOfNight(PROGRAM, nights, Date.parse(`${date}T12:00:00Z`))).toBe(program);
	});
	test("out is 0, whatever the floor", () => {
		const answer = readOptions(["--headless"]);
		if (answer.kind !== "run") throw new Error("no options");
		const oracle = new ProgramOracle({ ...configuredOf(answer.options), program: PROGRAM });
		const most = (utc: string) => oracle.rangeAt(Date.parse(utc)).most;
		expect(most("2026-11-24T22:00:00Z")).toBe(80);
		expect(most("2026-11-25T01:00:00Z")).toBe(0);
		expect(most("2026-11-25T04:30:00Z")).toBe(60);
		expect(most("2026-11-25T12:30:00Z")).toBe(20); // were it dark: the floor
	});
});
