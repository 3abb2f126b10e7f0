/** Light health: what the sun, the days and silence say about the light sensor. */
import { describe, expect, test } from "@jest/globals";
import { HOUR } from "../../lib/spans.js";
import {
	DARK_BY_DAY,
	LightHealth,
	STUCK_AFTER,
	SURELY_DAY,
	SURELY_NIGHT,
} from "../../src/sensing/lighthealth.js";
import { type PhotocellOutput, SILENT_AFTER } from "../../src/sensing/photocell.js";

/** Asks and takes the answer on, as the node does. */
function judge(
	health: LightHealth,
	at: number,
	output: PhotocellOutput,
	elevation?: number,
): string | undefined {
	health.doubt = health.assess(at, output, elevation);
	return health.doubt;
}

describe("in conflict with the sun", () => {
	const cases: [output: PhotocellOutput, elevation: number, doubt: string | undefined][] = [
		["day", -8.1, "contradicted"],
		["day", -7.9, undefined],
		["day", SURELY_NIGHT - 0.1, "contradicted"],
		["day", SURELY_NIGHT + 0.1, undefined],
		["day", SURELY_NIGHT, undefined],
		["night", SURELY_DAY + 0.1, "contradicted"],
		["night", SURELY_DAY, undefined],
		["night", SURELY_DAY - 0.1, undefined],
		["night", -30, undefined],
		["day", 40, undefined],
		["unknown", 40, undefined],
		["unknown", -40, undefined],
	];
	test.each(cases)("it says %s with the sun at %d degrees: %s", (output, elevation, doubt) => {
		const health = new LightHealth(0);
		judge(health, HOUR, output);
		expect(judge(health, HOUR + DARK_BY_DAY, output, elevation)).toBe(doubt);
	});
	test.each([
		[DARK_BY_DAY - 1, 20, undefined],
		[DARK_BY_DAY, 20, "contradicted"],
		[9 * HOUR, SURELY_DAY + 0.1, "contradicted"], // the night was one, until the sun came
	])("a dark sky by day, after %d ms with the sun at %d degrees: %s", (dark, elevation, doubt) => {
		const health = new LightHealth(0);
		judge(health, HOUR, "night", -8);
		expect(judge(health, HOUR + dark, "night", elevation)).toBe(doubt);
	});
	test.each([
		["night", SURELY_DAY + 20, HOUR + DARK_BY_DAY],
		["night", SURELY_DAY - 5, HOUR + 20 * 60_000], // the sun takes 20 min at least
		["day", SURELY_DAY + 20, HOUR + 33 * 4 * 60_000],
	] as const)(
		"of %s with the sun at %d degrees it is looked at again at %d",
		(output, elevation, due) => {
			const health = new LightHealth(0);
			health.onReading(HOUR);
			judge(health, HOUR, output, elevation);
			expect(health.dueAt(HOUR, elevation)).toBe(due);
		},
	);
	test("it ends when it has turned and agrees, not because the sun comes round to it", () => {
		const health = new LightHealth(0);
		judge(health, HOUR, "day", 20);
		expect(judge(health, 2 * HOUR, "day", -20)).toBe("contradicted");
		expect(judge(health, 3 * HOUR, "day", 20)).toBe("contradicted");
		expect(judge(health, 4 * HOUR, "night", -2)).toBe("contradicted"); // twilight proves nothing
		expect(judge(health, 5 * HOUR, "night", -20)).toBeUndefined();
	});
});

test("a turn in the time of the conflict counts, though the conflict goes on for a while", () => {
	const health = new LightHealth(0);
	judge(health, HOUR, "day", 20);
	judge(health, 2 * HOUR, "day", -20);
	expect(judge(health, 3 * HOUR, "night", 20)).toBe("contradicted");
	expect(judge(health, 9 * HOUR, "night", -20)).toBeUndefined();
});

test("stuck: no dusk and no dawn for longer than any night, unless the sun says so, too", () => {
	const health = new LightHealth(0);
	judge(health, HOUR, "night");
	health.onReading(STUCK_AFTER);
	expect(judge(health, HOUR + STUCK_AFTER - 1, "night")).toBeUndefined();
	expect(judge(health, HOUR + STUCK_AFTER, "night")).toBe("stuck");
	expect(health.dueAt(2 * HOUR + STUCK_AFTER, undefined)).toBe(STUCK_AFTER + SILENT_AFTER);
	const polar = new LightHealth(0);
	judge(polar, HOUR, "night", -20);
	polar.onReading(STUCK_AFTER);
	expect(judge(polar, 2 * HOUR + STUCK_AFTER, "night", -8)).toBeUndefined();
});

test("silent: a day without a reading; the first reading ends it", () => {
	const health = new LightHealth(0);
	judge(health, HOUR, "night");
	expect(health.dueAt(HOUR, undefined)).toBe(SILENT_AFTER);
	expect(judge(health, SILENT_AFTER, "unknown")).toBe("silent");
	health.onReading(SILENT_AFTER + HOUR);
	expect(judge(health, SILENT_AFTER + HOUR, "unknown")).toBeUndefined();
});

test("of an output that is unknown no dusk is missed: it is looked at again when it is silent", () => {
	const health = new LightHealth(0);
	const read = STUCK_AFTER - HOUR;
	health.onReading(read);
	expect(judge(health, read, "unknown")).toBeUndefined();
	expect(health.dueAt(read, undefined)).toBe(read + SILENT_AFTER);
});

test("a restart takes a silence on", () => {
	const health = new LightHealth(0);
	health.restore("silent");
	expect(judge(health, 0, "unknown")).toBe("silent");
	health.onReading(1000);
	expect(judge(health, 1000, "unknown")).toBeUndefined();
});

describe("the outputs trusted in doubt: nothing that darkens the street", () => {
	const cases: [doubt: LightHealth["doubt"], output: PhotocellOutput, trusted: PhotocellOutput][] =
		[
			[undefined, "day", "day"],
			[undefined, "night", "night"],
			["contradicted", "day", "unknown"],
			["contradicted", "night", "night"],
			["stuck", "day", "unknown"],
			["stuck", "night", "unknown"],
			["silent", "night", "unknown"],
		];
	test.each(cases)("%s, saying %s: %s", (doubt, output, trusted) => {
		const health = new LightHealth(0);
		health.doubt = doubt;
		expect(health.trusted(output)).toBe(trusted);
	});
});

test.each<[output: PhotocellOutput, stuckCounts: boolean]>([
	["day", true],
	["unknown", false],
])("with %s it looks again when it may be stuck (%s), else when silent", (output, stuckCounts) => {
	const health = new LightHealth(0);
	judge(health, HOUR, output);
	const now = HOUR + STUCK_AFTER - 1000;
	health.onReading(now);
	const due = stuckCounts ? HOUR + STUCK_AFTER : now + SILENT_AFTER;
	expect(health.dueAt(now, undefined)).toBe(due);
});
test("it looks at the sun no later than the sun could be at odds, and seldom", () => {
	const health = new LightHealth(0);
	health.onReading(0);
	judge(health, 0, "day", 20);
	expect(health.dueAt(0, 20)).toBe(((20 - SURELY_NIGHT) / 0.25) * 60_000);
	judge(health, 0, "night", -40);
	expect(health.dueAt(0, -40)).toBe(((SURELY_DAY + 40) / 0.25) * 60_000);
	expect(health.dueAt(0, 4.9)).toBe(5 * 60_000);
});
