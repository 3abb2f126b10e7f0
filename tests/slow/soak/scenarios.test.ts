/** Scenarios: each named run holds every check, as anyone can see it who types its name. */
import { expect, test } from "@jest/globals";
import { PLANTS } from "../../../sim/checks/plants.js";
import { SCENARIOS } from "../../../sim/cli/scenarios.js";
import { simulate } from "../../sim/run/program.js";

test.each(Object.keys(SCENARIOS))("%s: every check holds", async (name) => {
	for (const seed of ["7", "8"]) {
		const { code, output } = await simulate("--headless", "--scenario", name, "--seed", seed);
		expect([seed, code, output]).toEqual([seed, 0, expect.stringContaining("deaths 0")]);
	}
});

test("a midnight that is an hour late is seen, where the program goes by it", async () => {
	const { scenario, trips } = PLANTS.lateMidnight!;
	const args = ["--headless", "--scenario", scenario!, "--seed", "7", "--plant", "lateMidnight"];
	const { code, output } = await simulate(...args);
	expect([code, output]).toEqual([1, expect.stringContaining(`FAILED ${trips}`)]);
});
