/**
 * Places: a night of each kind of place in XS machines, by the checks of the simulator, whose
 * oracle has classes, programs and calendar of its own.
 *
 * Promise: Each kind of place of the settings keeps all promises of light for a night.
 */
import { describe, expect, test } from "@jest/globals";
import { readOptions } from "../../../sim/cli/words.js";
import { makeFleet } from "../../../sim/files/firmware.js";
import { createNoNetwork } from "../../../sim/network/offline.js";
import { Run } from "../../../sim/run/run.js";
import { prepare } from "../../../sim/run/scenario.js";
import { Clock } from "../../../sim/street/clock.js";
import { KINDS, type Kind } from "../../../tools/plan/places.js";
import { wordsOfKind } from "../../../tools/plan/simwords.js";
import { scaled } from "../../support/scale.js";

const MEANS: Readonly<Record<Kind, number>> = {
	residential: 10,
	shopping: 20,
	school: 10,
	crossing: 20,
	park: 10,
	square: 15,
	throughRoad: 1,
	darkCorridor: 6,
};
/** A night of market and weekend, and a night of the season without light. */
const dateOf = (kind: Kind) => (kind === "darkCorridor" ? "2026-09-11" : "2026-11-27");

async function nightOf(kind: Kind) {
	const size = ["--lamps", scaled("2", "8"), "--duration", scaled("6h", "17h"), "--seed", "7"];
	const start = ["--start", `${dateOf(kind)}T16:00:00`, "--field", "6,6", "--headless"];
	const answer = readOptions([...size, ...start, ...wordsOfKind(kind, MEANS[kind])]);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const { options } = answer;
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const fleet = await makeFleet({ ...options, epochUtc: scenario.epochUtc }, () => {});
	try {
		const parts = { options, scenario, fleet, network: createNoNetwork() };
		const run = new Run({ ...parts, clock: new Clock(Infinity) });
		expect(await run.go()).toBeUndefined();
		return run.summary();
	} finally {
		fleet.dispose();
	}
}

const PART: readonly Kind[] = ["darkCorridor", "throughRoad"];

describe.each(scaled<readonly Kind[]>(PART, KINDS))("%s", (kind) => {
	test("keeps every promise in a night of traffic, and its field has light", async () => {
		const { checks, deaths, field } = await nightOf(kind);
		expect(deaths).toBe(0);
		for (const [name, { ok, first }] of Object.entries(checks))
			expect([name, ok, first]).toEqual([name, true, first]);
		const { night, hours } = field!;
		expect(night.minutes).toBeGreaterThan(60);
		expect(hours[0]!.clock).toBe(kind === "darkCorridor" ? 20 : 16);
		if (kind === "throughRoad") expect([night.full, night.floor]).toEqual([null, null]);
		else expect(hours[1]!.full).toBeGreaterThan(kind === "darkCorridor" ? -1 : 0.9);
	});
});
