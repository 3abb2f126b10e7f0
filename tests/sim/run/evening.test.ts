/** Evening: the time at which a page opens that was given no start. */
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readOptions } from "../../../sim/cli/words.js";
import type { Options } from "../../../sim/options/options.js";
import { eveningOf } from "../../../sim/run/evening.js";
import { prepare } from "../../../sim/run/scenario.js";
import { createTimetable } from "../../../sim/world/timetable.js";

function optionsOf(commandLine: string): Options {
	const answer = readOptions(commandLine.split(" ").filter((word) => word !== ""));
	if (answer.kind !== "run") throw new Error(commandLine);
	return answer.options;
}
/** Without recorded input, so that it can be prepared. */
const FROM = prepare(optionsOf(""));
if (typeof FROM === "string") throw new Error(FROM);
const { epochUtc } = FROM;

test("somebody on foot or on a bicycle is in the street, after 22:05 and before 22:36", () => {
	fc.assert(
		fc.property(fc.nat(), (seed) => {
			const options = { ...optionsOf(""), seed };
			const at = epochUtc + eveningOf(options, { epochUtc })!;
			expect(new Date(at).toISOString()).toMatch(/^2026-11-24T21:(0[5-9]|[12]|3[0-5])/);
			if (at === Date.parse("2026-11-24T21:35:00Z")) return; // nobody came
			const timetable = createTimetable(seed, options.zone);
			const { arrivals } = timetable.take(Date.parse("2026-11-24T21:00:00Z"))!;
			const here = arrivals.filter(
				(arrival) => arrival.kind !== "car" && arrival.at === at - 20_000,
			);
			expect(here.length).toBeGreaterThanOrEqual(1);
		}),
	);
});

describe("a time of its own is kept", () => {
	test.each([
		"--start 2026-11-24T18:00:00+01:00",
		"--duration 10m",
		"--scenario cyclist",
		"--procession car@50/90s",
		"--person bicycle@6m",
		"--quiet",
		"--fault pirDead@1h/3",
		"--input type@2h/1:status",
		"--broker mqtt://127.0.0.1:1883",
	])("%s", (commandLine) => {
		expect(eveningOf(optionsOf(commandLine), { epochUtc })).toBeUndefined();
	});
});

test("a street that begins after it stays there", () => {
	const late = { epochUtc: Date.parse("2026-11-24T22:30:00Z") };
	expect(eveningOf(optionsOf(""), late)).toBeUndefined();
});
