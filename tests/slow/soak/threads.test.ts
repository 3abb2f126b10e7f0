import { expect, test } from "@jest/globals";
import { recordStreet } from "../../sim/run/recording.js";

test("1,000 lamps for two hours of an evening: the same light and messages on 0, 1, 2, 4 threads", async () => {
	const words = ["--seed", "7", "--lamps", "1000", "--duration", "2h"];
	const evening = [...words, "--start", "2026-11-24T17:00:00+01:00", "--threads"];
	const alone = await recordStreet([...evening, "0"]);
	expect(alone.lightCount).toBeGreaterThan(1_000_000);
	for (const threads of ["1", "2", "4"])
		expect(await recordStreet([...evening, threads])).toEqual(alone);
});
