/**
 * Explore: streets of the day, drawn anew each day; and the parts of the search by themselves.
 *
 * `npm test` runs two streets from the day's seed, which the test's name tells; the soak runs more.
 */
import { describe, expect, test } from "@jest/globals";
import { Coverage } from "../../../sim/explore/coverage.js";
import { draw, PAIRS } from "../../../sim/explore/draw.js";
import { INPUT_KINDS, kindOf } from "../../../sim/explore/inputs.js";
import { live, refused } from "../../../sim/explore/night.js";
import { Plot } from "../../../sim/explore/plot.js";
import { optionsOf, quoted, shrink } from "../../../sim/explore/shrink.js";
import { FAULTS } from "../../../sim/faults/faults.js";
import { scaled } from "../../support/scale.js";

const DAY = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY);
const COUNT = scaled(2, 100);
/** Each day has seeds of its own. */
const FIRST = TODAY * 1000;

describe(`streets of the day, ${COUNT} from seed ${FIRST}`, () => {
	test.each(Array.from({ length: COUNT }, (_, nth) => FIRST + nth))("seed %d", async (seed) => {
		const { words } = draw(seed);
		const { broken } = await live(words);
		expect([broken, `npm run explore -- --from ${seed} --seeds 1`]).toEqual([
			[],
			expect.anything(),
		]);
	});
});

describe("a street is drawn", () => {
	const drawn = Array.from({ length: 1000 }, (_, seed) => draw(seed));
	test("from its seed alone, as options that the simulator takes", () => {
		expect(draw(7)).toEqual(draw(7));
		expect(draw(7)).not.toEqual(draw(8));
		for (const { words } of drawn.slice(0, 300))
			expect([words, refused(words)]).toEqual([words, undefined]);
	});
	test("with each fault, pair, input and setting often enough in a thousand", () => {
		const coverage = new Coverage();
		for (const street of drawn) coverage.note(street, { tried: {} });
		expect(coverage.missing()).toEqual([]);
		expect(coverage.pairs.size).toBe(PAIRS.length);
		expect(PAIRS.length).toBe((Object.keys(FAULTS).length * (Object.keys(FAULTS).length + 1)) / 2);
	});
	test("a generator that leaves one of them out is found out", () => {
		const coverage = new Coverage();
		for (const street of drawn)
			if (!street.faults.includes("flashWorn")) coverage.note(street, { tried: { floor: 1 } });
		expect(coverage.missing()).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/^fault flashWorn: 0 of/),
				expect.stringMatching(/^pair \w+ and flashWorn|^pair flashWorn and/),
			]),
		);
	});
	test("every input has a kind that is counted", () => {
		const kinds = new Set<string>();
		for (const { words } of drawn)
			for (const [name, value] of optionsOf(words))
				if (name === "--input") kinds.add(kindOf(value!)!);
		expect([...kinds].sort()).toEqual(INPUT_KINDS.map(({ name }) => name).sort());
	});
});

describe("a street is shrunk", () => {
	const words = ["--lamps", "2", "--duration", "12h"];
	for (let n = 0; n < 9; n++) words.push("--fault", `luxDead@${n + 1}h`);
	/** It breaks at 5 h where the third and the seventh fault meet. */
	const breaks = async (less: readonly string[]) =>
		less.includes("luxDead@3h") && less.includes("luxDead@7h") ? 5 * 3_600_000 : undefined;
	test("to the faults that it needs, and to the time that it takes", async () => {
		expect(await shrink(words, 9 * 3_600_000, breaks)).toEqual([
			...["--lamps", "2", "--duration", "302m"],
			...["--fault", "luxDead@3h", "--fault", "luxDead@7h"],
		]);
	});
	test("and told as a shell takes it", () => {
		expect(quoted(["--input", `type@1h:it's {"a":1}`, "--lamps", "2"])).toBe(
			`--input 'type@1h:it'\\''s {"a":1}' --lamps 2`,
		);
	});
});

test("a night is plotted: its light, its darkness, its faults and what broke", async () => {
	const plot = new Plot();
	const words = [
		"--lamps",
		"2",
		"--seed",
		"3",
		"--duration",
		"3h",
		"--start",
		"2026-11-24T15:00:00Z",
	];
	const outcome = await live([...words, "--fault", "pirDead@1h+30m/2"], [plot]);
	expect(outcome.broken).toEqual([]);
	const broken = [{ name: "floor", at: 3_600_000, lamp: 1, what: "0 % & <dark>" }];
	const svg = plot.svg({ ...outcome, broken, line: "npm run explore" });
	expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
	for (const part of ["<title>dark", "pirDead 2", "lamp 2", "floor: 0 % &amp; &lt;dark>", "16:00"])
		expect(svg).toContain(part);
	expect(svg.match(/<path d="[^"]*V/g)).toHaveLength(2);
});
