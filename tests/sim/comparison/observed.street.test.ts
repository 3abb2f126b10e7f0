/**
 * Promise: A second lamp beside each lamp changes nothing: light, messages and memory of the street are
 * the same to the byte without it.
 */
import { expect, test } from "@jest/globals";
import { rehearse } from "../../../sim/files/stage.js";
import { Run } from "../../../sim/run/run.js";
import { scaled } from "../../support/scale.js";

const EVENING = ["--start", "2026-11-24T15:20:00Z", "--seed", "11", "--duration"];

/** Trace and heaps of a street, and how many instants were compared. */
async function ranWith(second: "on" | "off", words: readonly string[]) {
	let trace = "";
	const stage = await rehearse([...words, "--second", second]);
	try {
		const run = new Run({ ...stage, writeTrace: (text) => void (trace += text) });
		expect(await run.go()).toBeUndefined();
		const { first, count } = stage.fleet;
		const heaps = Array.from({ length: count }, (_, lamp) => stage.fleet.statistics(first + lamp));
		const check = run.checks.find(({ name }) => name === "second");
		return { trace, heaps, compared: check?.tried ?? 0 };
	} finally {
		await stage.network.close();
		stage.fleet.dispose();
	}
}

test.each<[what: string, words: readonly string[]]>([
	[
		"neighbours, a power cut and a flash that tears",
		[
			"--lamps",
			"4",
			"--neighbours",
			"--fault",
			"powerCut@30m+1m/1",
			"--fault",
			"flashCut@10m+30m/2",
		],
	],
	["drivers on buses", ["--lamps", "2", "--board", "zhaga"]],
])("%s", async (_what, words) => {
	const all = [...EVENING, scaled("50m", "14h"), ...words];
	const off = await ranWith("off", all);
	const on = await ranWith("on", all);
	expect(off.compared).toBe(0);
	expect(on.compared).toBeGreaterThan(100);
	expect(on.heaps).toEqual(off.heaps);
	expect(off.trace.length).toBeGreaterThan(10_000);
	expect(on.trace === off.trace).toBe(true);
});
