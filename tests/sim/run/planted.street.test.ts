/**
 * Planted: each defect seeded in the firmware fails the check that is meant for it, in a street of
 * XS machines that runs until that check fails.
 *
 * Promise: A check that says ok would have failed if the firmware had the defect that it is meant
 * for.
 */
import { describe, expect, test } from "@jest/globals";
import { PLANTS } from "../../../sim/checks/plants.js";
import { rehearse } from "../../../sim/files/stage.js";
import { exitCodeOf, Run } from "../../../sim/run/run.js";
import { scaled } from "../../support/scale.js";
import { simulate } from "./program.js";

const EVENING = ["--start", "2026-11-24T15:00:00+01:00", "--lamps", "3"];
/** More than a sound street ever has of a check that allows a share of offences. */
const OFFENCES = 3;
/** The defects show before 19:00; the program asks for less than the floor from 2:00 on only. */
const lasts = (name: string) => (name === "noFloor" ? "12h" : "4h");
const streetOf = (name: string, scenario: string | undefined) => [
	...(scenario ? ["--scenario", scenario] : [...EVENING, "--duration", lasts(name)]),
	"--seed",
	"7",
	"--plant",
	name,
];

/** The words for a person, and the exit code, of a run until `trips` fails, or to its end. */
async function runUntil(trips: string, args: readonly string[]) {
	const { options, scenario, fleet, network, clock, compare } = await rehearse(args);
	const stop = () => {
		if (check.count >= OFFENCES && !check.ok) run.street.stop();
	};
	const run = new Run({
		options,
		scenario,
		fleet,
		network,
		clock,
		compare,
		listeners: [stop],
	});
	const check = run.checks.find(({ name }) => name === trips)!;
	expect(await run.go()).toBeUndefined();
	const summary = run.summary();
	await network.close();
	fleet.dispose();
	return { code: exitCodeOf(summary), output: [...run.report(summary)].join("\n") };
}

describe("planted faults", () => {
	/** A learnt midnight takes nights: that one is in tests/slow/soak. */
	const plants = Object.entries(PLANTS).filter(
		([, { scenario }]) => scenario !== "halfNightFeeder",
	);
	const rows = plants.map(([name, { trips, scenario }]) => [name, trips, scenario] as const);
	/** The one that shows soonest; the gate plants them all. */
	const part = rows.filter(([name]) => name === "blind");
	test.each(scaled(part, rows))(
		"%s trips %s, and the run ends with 1",
		async (name, trips, scenario) => {
			const { code, output } = await runUntil(trips, streetOf(name, scenario));
			expect(code).toBe(1);
			expect(output).toMatch(new RegExp(`FAILED ${trips}[^]*first at [^]*--seed 7`));
		},
	);
	test("the command line ends with 1, too, and names the check, the instant and the seed", async () => {
		const dark = "--start 2026-11-24T17:00:00+01:00 --lamps 3 --duration 40m --seed 7";
		const args = ["--headless", "--speed", "max", ...dark.split(" "), "--plant", "blind"];
		const { code, output } = await simulate(...args);
		expect(code).toBe(1);
		expect(output).toMatch(/FAILED sensorRise[\s\S]*first at [\s\S]*--seed 7/);
	});
});
