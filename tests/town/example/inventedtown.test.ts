/** The two towns of the repository: the invented one, and the example. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { madeFile } from "../../../town/example/inventedtown.js";
import { townOfCompact } from "../../../town/reading/compactfile.js";
import { accountText } from "../../../town/reading/importtexts.js";
import { placeOfLight, readTown } from "../../../town/reading/readtown.js";

describe("the made commune", () => {
	const read = (seed: number) => readTown("made", new TextEncoder().encode(madeFile(seed)));

	test.each([1, 2, 3])(
		"of seed %s has 2,400 lights without a fault, in Lambert 72, cabinets and old lamps",
		(seed) => {
			const { town, read: sentences, mapping } = read(seed);
			expect(sentences.filter(({ about }) => about === "error")).toEqual([]);
			expect(town!.x.length).toBe(2_400);
			expect(mapping.system).toBe("lambert72");
			expect(town!.districts).toHaveLength(5);
			expect(town!.cabinets.length).toBeGreaterThan(40);
			const old = town!.isOld.reduce((sum, flag) => sum + flag, 0);
			expect(old / 2_400).toBeGreaterThan(0.5);
			expect(old / 2_400).toBeLessThan(0.85);
			expect(town!.streets.filter(({ isRoad }) => isRoad).length).toBeGreaterThanOrEqual(5);
			const watts = town!.watts.filter((_, light) => town!.isOld[light] === 1);
			expect([...new Set(watts)].sort((a, b) => a - b)).toEqual([83, 118, 173]); // with ballast
			expect(town!.watts.every((power) => power > 0)).toBe(true);
		},
	);

	test("is the same file for a seed, and another one for another", () => {
		expect(madeFile(1)).toBe(madeFile(1));
		expect(madeFile(1)).not.toBe(madeFile(2));
	});
});

describe("the example town", () => {
	const bytes = readFileSync("town/example/montpellier.town");
	const town = townOfCompact(bytes);

	test("is small, has its source and licence, and no watts", () => {
		expect(bytes.length).toBeLessThan(600_000);
		expect([town.source, town.licence]).toEqual([
			"Ville de Montpellier, données ouvertes, 2013-2014",
			"Licence Ouverte / Open Licence (Etalab)",
		]);
		const notice = readFileSync("NOTICE", "utf8").replace(/\s+/g, " ");
		expect(notice).toContain(town.source);
		expect(notice).toContain(town.licence);
		expect(town.watts.some((watts) => watts > 0)).toBe(false);
	});

	test("has the lights of the register, and says what is left out", () => {
		expect(town.x.length).toBe(26_486);
		expect(accountText(town.read).en).toContain("29,942 lights;");
		expect(accountText(town.read).en).toContain("power unknown: no euro until you enter it");
		const [lon, lat] = placeOfLight(town, 0);
		expect([Math.round(10 * lon), Math.round(10 * lat)]).toEqual([39, 436]);
	});
});
