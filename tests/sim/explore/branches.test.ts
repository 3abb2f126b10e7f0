/** Branches: a source with a number at each of its branches, and the share that streets took. */
import { expect, test } from "@jest/globals";
import { type Branch, bitsOf, Taken, withBranches } from "../../../sim/explore/branches.js";

const SOURCE = `/** Of a room. */
import type { Millis } from "../units.js";
export function least(a: Millis, b?: Millis): Millis {
	if (b === undefined) return a;
	return a < b ? a : (b as Millis);
}
`;

test("each branch has a number, behind those of the sources before", () => {
	const branches: Branch[] = [{ file: "a.ts", line: 1, type: "if", arm: 0 }];
	const code = withBranches(SOURCE, "room/least.ts", branches);
	expect(branches.slice(1)).toEqual([
		{ file: "room/least.ts", line: 4, type: "if", arm: 0 },
		{ file: "room/least.ts", line: 4, type: "if", arm: 1 },
		{ file: "room/least.ts", line: 5, type: "cond-expr", arm: 0 },
		{ file: "room/least.ts", line: 5, type: "cond-expr", arm: 1 },
	]);
	expect(code.match(/native\.branchTaken\(\d+\)/g)).toEqual(
		[1, 2, 3, 4].map((index) => `native.branchTaken(${index})`),
	);
	expect(code).not.toMatch(/cov_/);
	expect(code).toMatch(/import type/);
});

test("the streets of a run are counted together", () => {
	const branches = withBranchesOf(SOURCE);
	const taken = new Taken();
	const bits = (...nths: number[]) => {
		const bytes = new Uint8Array(16);
		for (const index of nths) bytes[index] = 1;
		return bitsOf(bytes);
	};
	taken.note(7, bits(0, 2));
	taken.note(8, bits(2));
	taken.note(9, bits(3));
	expect([...taken.table(branches)]).toEqual([
		"branches: 3 of 4, 75.0 %",
		"  room: 75.0 % of 4",
		"seeds that took one first: 7 9",
		"NEVER src/room/least.ts:4 if 1",
	]);
});

function withBranchesOf(source: string): Branch[] {
	const branches: Branch[] = [];
	withBranches(source, "room/least.ts", branches);
	return branches;
}
