/** The options on the page are the rows of the table in docs/energy.md. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import {
	belowKnown,
	KNOWN_OPTIONS,
	KNOWN_USERS,
} from "../../../lib/lightingoptions/knownoptions.js";
import { isWord } from "../../../sim/page/client/words.js";

/** Names of the table's rows, by the page's own. */
const ROWS: Readonly<Record<string, string>> = {
	full: "LED at full class all night",
	profile: "LED dimmed by program",
	off: "Off from 0 to 5, each night",
	weeknights: "Off from 0 to 5, weeknights alone",
	hourly: "hourly classes by volume",
	presence: "presence per lamp",
	neighbours: "presence, shared with neighbours",
};

/** The section with the table. */
const WEEK = readFileSync("docs/energy.md", "utf8")
	.split(/^## /m)
	.find((part) => part.startsWith("A recorded week"))!;

test("energy and time below full class are those of the document, to the digit", () => {
	const table = [...WEEK.matchAll(/^\| ([A-Za-z][^|]*) \|(.*)\|$/gm)]
		.map(([, name, cells]) => [name!, cells!.split("|").map((cell) => cell.trim())] as const)
		.filter(([name, cells]) => Object.values(ROWS).includes(name) && cells.length === 7);
	const stated = table.map(([name, [, energy, , below]]) => [name, energy, below]);
	const shown = KNOWN_OPTIONS.map(({ option, energy, below }) => [
		ROWS[option],
		`${energy.toFixed(1)} %`,
		`${below.toFixed(1)} %`,
	]);
	expect(shown).toEqual(stated);
	expect(shown).toHaveLength(7);
});

test("its range contains the shares of half and twice the traffic", () => {
	const cells = [...WEEK.matchAll(/^\| ([A-Za-z][^|]*) \|((?: [\d.]+ % \|){3})$/gm)];
	const stated = cells.map(([, name, shares]) => [name!, ...shares!.match(/[\d.]+/g)!.map(Number)]);
	expect(
		KNOWN_OPTIONS.map(({ option, half, below, twice }) => [ROWS[option], half, below, twice]),
	).toEqual(stated);
	expect(WEEK).toMatch(new RegExp(` of ${KNOWN_USERS} \\|`));
	for (const { option, half, below, twice } of KNOWN_OPTIONS) {
		const { low, mid, high } = belowKnown(option)!;
		expect(mid).toBe(below);
		expect(low).toBeLessThanOrEqual(Math.min(half, below, twice));
		expect(low).toBeGreaterThanOrEqual(0);
		expect(high).toBeGreaterThanOrEqual(Math.max(half, below, twice));
		if (below > 0) expect(high).toBeGreaterThan(low);
	}
});

test("each has a name", () => {
	expect(KNOWN_OPTIONS.filter(({ option }) => !isWord(`option.${option}`))).toEqual([]);
});
