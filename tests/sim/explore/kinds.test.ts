/** Kinds of streets: each comes at its stated rate, and a street that has it alone holds. */
import { describe, expect, test } from "@jest/globals";
import { random } from "../../../lib/random.js";
import { HOUR } from "../../../lib/spans.js";
import { draw } from "../../../sim/explore/draw.js";
import { drawKind, drawKinds, STREET_KINDS } from "../../../sim/explore/kinds.js";
import { live, refused } from "../../../sim/explore/night.js";
import { optionsOf } from "../../../sim/explore/shrink.js";
import { scaled } from "../../support/scale.js";

const PLAN = { lamps: 4, isRow: true, length: 6 * HOUR };
const COUNT = 3000;
const rows = STREET_KINDS.map((kind) => ({ name: kind.name, kind }));

describe("a kind of street", () => {
	test.each(rows)("$name comes at its rate", ({ kind }) => {
		const had = (plan: typeof PLAN) =>
			Array.from({ length: COUNT }, (_, seed) => drawKind(kind, seed, plan)).filter(
				({ length }) => length > 0,
			).length;
		const spread = 4 * Math.sqrt(COUNT * kind.share * (1 - kind.share));
		expect(Math.abs(had(PLAN) - COUNT * kind.share)).toBeLessThan(spread);
		if (kind.ofRows) expect(had({ ...PLAN, isRow: false })).toBe(0);
	});
	test("is one of a drawn street, as the simulator takes it", () => {
		const words = Array.from({ length: 150 }, (_, seed) => draw(seed).words);
		for (const { name, kind } of rows) {
			const [[option, text]] = kind.draw(random(1, name), PLAN) as [[string, string]];
			const head = text.split(/[@=]/)[0]!;
			const has = (one: readonly string[]) =>
				optionsOf(one).some(([name, value]) => name === option && value!.startsWith(head));
			expect([name, words.some(has)]).toEqual([name, true]);
		}
		for (const one of words) expect(refused(one)).toBeUndefined();
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
		expect((await live([...street, ...added])).broken).toEqual([]);
	});
});
