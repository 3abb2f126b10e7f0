import { describe, expect, test } from "@jest/globals";
import { scaled } from "../../support/scale.js";
import { recordStreet } from "./recording.js";

/** An evening after dark, when road users pass and the lamps report. */
const EVENING = ["--seed", "7", "--start", "2026-11-24T17:30:00+01:00"];

type Row = readonly [what: string, words: string, least: number];
const CUTS = "--fault powerCut@4m+3m --fault powerCut@6m+1m/2";
const STREETS: readonly Row[] = [
	["a street", "--lamps 13 --duration 12m", 100],
	["neighbours that announce movement", "--lamps 9 --duration 8m --neighbours", 40],
	["power cuts", `--lamps 5 --duration 12m ${CUTS}`, 30],
];
const SHORTER: readonly Row[] = [
	["a street", "--lamps 7 --duration 6m", 40],
	["neighbours that announce movement", "--lamps 5 --duration 4m --neighbours", 15],
	["power cuts", `--lamps 3 --duration 9m ${CUTS}`, 20],
];

describe("the light and the order of the messages are the same for any number of threads", () => {
	test.each(scaled(SHORTER, STREETS))("%s", async (_what, words, least) => {
		const record = (threads: number) =>
			recordStreet([...EVENING, ...words.split(" "), "--threads", String(threads)]);
		const alone = await record(0);
		expect(alone.lightCount).toBeGreaterThan(least);
		expect(alone.messageCount).toBeGreaterThan(scaled(25, 50));
		for (const threads of scaled([2], [1, 2, 4])) expect(await record(threads)).toEqual(alone);
	});

	test("of which there are more than lamps", async () => {
		const words = [...EVENING, "--lamps", "2", "--duration", "1m"];
		const alone = await recordStreet(words);
		expect(alone.lightCount).toBeGreaterThan(4);
		expect(await recordStreet([...words, "--threads", scaled("3", "7")])).toEqual(alone);
	});
});
