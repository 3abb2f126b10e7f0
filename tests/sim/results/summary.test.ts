/** Summary: the line of a check says in words whether its promise was kept. */
import { expect, test } from "@jest/globals";
import { sayCheck } from "../../../sim/results/summary.js";

test.each([
	["kept always", true, 0, "ok     bubble       90 of 100 judged"],
	[
		"kept, with misses",
		true,
		8,
		"ok     bubble       90 of 100 judged, 8 missed, which the check tolerates",
	],
	["broken once", false, 1, "FAILED bubble       90 of 100 judged, 1 offence"],
	["broken", false, 8, "FAILED bubble       90 of 100 judged, 8 offences"],
])("%s", (_, ok, count, line) => {
	const result = { ok, judged: 90, left: { offline: 10 }, count };
	expect([...sayCheck("bubble", result, "")]).toEqual([line]);
});
