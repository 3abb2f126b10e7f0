/** Scenarios: the files of the named runs, and the facts that their captions state. */
import { describe, expect, test } from "@jest/globals";
import { msOfSpan } from "../../../lib/spans.js";
import { readScenario, SCENARIOS } from "../../../sim/cli/scenarios.js";
import type { Fact } from "../../../sim/options/playedscenario.js";
import { scaled } from "../../support/scale.js";
import { facts } from "./facts.js";

const played = Object.keys(SCENARIOS).filter((name) => SCENARIOS[name]!.captions.length > 0);

test("fourteen runs, of which six are played on the page", () => {
	expect(Object.keys(SCENARIOS)).toHaveLength(14);
	expect(played).toEqual(["cyclist", "deadSensor", "midnight", "minute", "noBroker", "storm"]);
});

describe.each(played)("%s", (name) => {
	const { play, captions, options: words } = SCENARIOS[name]!;
	test("has three captions, six in a whole night, in order, within the run", () => {
		const at = captions.map((caption) => caption.at);
		expect(at).toHaveLength(name === "minute" ? 6 : 3);
		expect(at).toEqual([...at].sort((a, b) => a - b));
		expect(at.at(-1)!).toBeLessThan(msOfSpan(String(words.duration))!);
	});
	test("plays in 50 to 90 s where the machine keeps its speeds, each caption for 6 s at least", () => {
		const wallAt = (virtual: number) =>
			play.reduce((sum, { at, speed }, n) => {
				const to = Math.min(virtual, play[n + 1]?.at ?? Infinity);
				return sum + Math.max(0, to - at) / speed / 1000;
			}, 0);
		const shown = captions.map(({ at }) => wallAt(at));
		const end = wallAt(captions.at(-1)!.at + 60_000);
		expect(play[0]!.at).toBe(0);
		expect(end).toBeGreaterThanOrEqual(50);
		expect(end).toBeLessThanOrEqual(90);
		for (const [n, at] of shown.entries())
			expect((shown[n + 1] ?? end) - at).toBeGreaterThanOrEqual(6);
	});
});

/** A run of it each; the others run with the soaks. */
test.each(scaled(["cyclist", "minute"], played))(
	"%s: each caption states a fact at its instant",
	async (name) => {
		for (const { at, fact, found } of await facts(name))
			expect([at, fact, found]).toEqual([at, fact, true]);
	},
);

describe("a file that is wrong is refused with the word and an example", () => {
	const good = `title: { en: A, fr: B }\nwhat: { en: a, fr: b }\noptions: { lamps: 2 }\n`;
	test.each<[string, string, RegExp]>([
		[
			"an unknown field",
			`${good}speed: 3\n`,
			/x\.yaml: the scenario: speed is no field; these are/,
		],
		["a text in one language", good.replace(", fr: B", ""), /title: a text in en and one in fr/],
		["a speed of 0", `${good}play: [{ at: 0s, speed: 0 }]\n`, /play 1: .*such as 60/],
		[
			"an instant that is none",
			`${good}play: [{ at: soon, speed: 1 }]\n`,
			/soon is no span such as/,
		],
		[
			"an unknown fact",
			`${good}captions: [{ at: 1s, en: a, fr: b, fact: { colour: red } }]\n`,
			/caption 1, fact: colour is no field/,
		],
		["an option that is an object", good.replace("2", "{}"), /options: lamps is true, a word/],
		["no object at all", "- 1\n", /has no fields; it has title/],
	])("%s", (_what, text, why) => {
		expect(() => readScenario("x", text)).toThrow(why);
	});
	test("a good one is read", () => {
		expect(readScenario("x", good)).toMatchObject({
			options: { lamps: "2" },
			play: [],
			captions: [],
		});
	});
});

test("a fact that is not so is seen", async () => {
	const wrong: Fact = { lamps: "all", least: 90 };
	const { at } = SCENARIOS.cyclist!.captions[0]!;
	const [first] = await facts("cyclist", { at, en: "", fr: "", fact: wrong });
	expect(first!.found).toBe(false);
});
