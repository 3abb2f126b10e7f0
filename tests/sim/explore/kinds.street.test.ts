/**
 * Kinds of streets: each comes at its stated rate, and a street that has it alone holds.
 *
 * Promise: The search reaches every kind of street, and each kind holds.
 */
import { describe, expect, test } from "@jest/globals";
import { random } from "../../../lib/random.js";
import { HOUR } from "../../../lib/spans.js";
import { draw, NAMES } from "../../../sim/explore/draw.js";
import { drawKind, drawKinds, STREET_KINDS } from "../../../sim/explore/kinds.js";
import { refused, runStreet } from "../../../sim/explore/night.js";
import { MORE_OFTEN, RATES } from "../../../sim/explore/rates.js";
import { optionsOf } from "../../../sim/explore/shrink.js";
import { scaled } from "../../support/scale.js";

const PLAN = { lamps: 4, isRow: true, length: 6 * HOUR };
const COUNT = 3000;
const rows = STREET_KINDS.map((kind) => ({ name: kind.name, kind }));

describe("of the streets", () => {
	const drawn = Array.from({ length: COUNT }, (_, seed) => draw(seed));
	test.each(RATES.map((rate) => ({ ...rate, part: rate.share.toFixed(3) })))(
		"$part: $name",
		({ share, has }) => {
			const spread = 4 * Math.sqrt(COUNT * share * (1 - share));
			expect(Math.abs(drawn.filter(has).length - COUNT * share)).toBeLessThan(spread);
		},
	);
	test("each fault of the world has a rate", () => {
		const rated = RATES.flatMap(({ name }) => /^fault (.*)/.exec(name)?.[1] ?? []);
		expect([...rated, ...MORE_OFTEN].sort()).toEqual([...NAMES].sort());
	});
});

describe("a kind of street", () => {
	test("is of a row alone, or of none, where it says so", () => {
		const had = (kind: (typeof rows)[0]["kind"], isRow: boolean) =>
			drawKind({ ...kind, share: 1 }, 1, { ...PLAN, isRow }).length > 0;
		for (const { kind } of rows)
			expect([had(kind, true), had(kind, false)]).toEqual([!kind.ofSingles, !kind.ofRows]);
	});
	test("is one of a drawn street, as the simulator takes it", () => {
		const commandLines = Array.from({ length: 150 }, (_, seed) => draw(seed).args);
		for (const { name, kind } of rows) {
			const [[option, text]] = kind.draw(random(1, name), PLAN) as [[string, string]];
			const head = text.split(/[@=]/)[0]!;
			const has = (commandLine: readonly string[]) =>
				optionsOf(commandLine).some(([name, value]) => name === option && value!.startsWith(head));
			expect([name, commandLines.some(has)]).toEqual([name, true]);
		}
		for (const word of commandLines) expect(refused(word)).toBeUndefined();
	});
	test("sets nothing twice", () => {
		for (let seed = 0; seed < 600; seed++) {
			const names = drawKinds(seed, PLAN).flatMap(([option, text]) =>
				option === "--set" ? [text.split("=")[0]] : [],
			);
			expect(new Set(names).size).toBe(names.length);
		}
	});
	const PART = ["order to all"];
	test.each(
		scaled(
			rows.filter(({ name }) => PART.includes(name)),
			rows,
		),
	)("$name alone breaks nothing", async ({ name, kind }) => {
		const isRow = kind.ofRows === true;
		const plan = { lamps: isRow ? 4 : 1, isRow, length: 2 * HOUR };
		const street = ["--lamps", `${plan.lamps}`, "--seed", "5", "--duration", "2h"];
		street.push("--start", "2026-11-24T16:00:00Z", ...(isRow ? ["--neighbours"] : []));
		const added = kind.draw(random(5, name), plan).flat();
		expect((await runStreet([...street, ...added])).broken).toEqual([]);
	});
});
