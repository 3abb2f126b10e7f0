/** Place: words of the command, a street of each kind for the simulator, and the plot of a night. */
import { describe, expect, test } from "@jest/globals";
import { HOUR } from "../../../lib/spans.js";
import { readOptions } from "../../../sim/cli/words.js";
import { DEFAULTS, withValues } from "../../../src/settings/table.js";
import { nightPlot, PLACE_HELP, readPlace } from "../../../tools/night/place.js";
import { meansOf } from "../../../tools/plan/nightplot.js";
import { KINDS, withPlace } from "../../../tools/plan/places.js";
import { wordsOfKind } from "../../../tools/plan/simwords.js";

test.each([
	["", /^"": a kind is one of residential, /, /^« {2}» : il faut un type parmi residential, /],
	["--mean 10", /^"--mean": a kind is one of/, /^« --mean » : il faut un type/],
	["park", /^--mean is a number from 0.01 to 200, e.g. --mean 10$/, /^--mean est un nombre/],
	["park --mean", /^--mean: a value follows it/, /^--mean : il faut une valeur/],
	["park --mean much", /^--mean is a number/, /^--mean est un nombre de 0.01 à 200/],
	["park --mean 10 --date yesterday", /^--date yesterday: a day as 2026-11-27$/, /un jour s'écrit/],
	["park --mean 10 --lang de", /^--lang de: en or fr$/, /^--lang de : en ou fr$/],
])("refuses %j in both languages", (commandLine, en, fr) => {
	const why = readPlace(commandLine.split(" "));
	expect(why).toEqual({ en: expect.stringMatching(en), fr: expect.stringMatching(fr) });
});
test("help is in both languages", () => {
	expect(PLACE_HELP.en).toMatch(/^usage: .*--lang en\|fr/);
	expect(PLACE_HELP.fr).toMatch(/^usage : .*--lang en\|fr/);
});
test("other words are the simulator's", () => {
	expect(
		readPlace("park --mean 10 --headless --lamps 3 --lang fr --plot a.svg".split(" ")),
	).toEqual({
		kind: "park",
		mean: 10,
		plot: "a.svg",
		day: 20_784,
		others: ["--headless", "--lamps", "3"],
	});
});
test.each(KINDS)("the simulator takes the words of a street of the kind %s", (kind) => {
	expect(readOptions([...wordsOfKind(kind, 10), "--field", "6,6"])).toMatchObject({ kind: "run" });
});
test.each([
	["6", [], /^--field 6: not like 6,8/],
	["6,1", [], /^--field 6,1: not like/],
	["6,6", [], /^--field: needs --set light\.fullClass=P4 and/],
	["6,6", ["--set", "light.fullClass=P4"], /^--field: needs/],
])("--field %s %j is refused", (field, set, why) => {
	const answer = readOptions(["--field", field, ...set]);
	expect(answer.kind === "wrong" && answer.why).toMatch(why);
});

describe("the plot of a night", () => {
	const from = Date.UTC(2026, 10, 27, 14);
	const line = (hours: number, lamp: number, level: number, reason = "program") =>
		`${new Date(from + hours * HOUR).toISOString()} 0000${lamp} vacant dark ${reason} ${level}.00 9 off closed`;
	const trace = [
		"#instant lamp presence photocell reason level duty link relay",
		line(1, 1, 50),
		line(1.5, 2, 20),
		line(2, 1, 0),
		line(2.5, 1, 90, "override"),
	].join("\n");
	test("means over lamps and parts, without the operator's orders", () => {
		expect(meansOf(trace, from, from + 4 * HOUR, 4)).toEqual([0, 30, 10, 10]);
	});
	test("is drawn for each kind: hours, classes and a forecast", () => {
		for (const kind of KINDS) {
			const mean = kind === "throughRoad" ? 1 : 20;
			const settings = withPlace(withValues(DEFAULTS, { installedMean: mean }), kind);
			const svg = nightPlot(settings, 20_784, from, trace);
			expect(svg).toMatch(
				/^<svg .*viewBox[\s\S]*<path class="forecast" d="M[\d.HV ]+"[\s\S]*<\/svg>\n$/,
			);
			expect(svg).toContain(`>${settings.fullClass}</text>`);
			expect(svg).toContain(">00:00</text>");
			expect(svg).not.toMatch(/NaN|undefined/);
			expect(svg.length).toBeLessThan(6000);
		}
	});
});
