/** Golden: a recorded file that differs fails with the command that records it anew. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, test } from "@jest/globals";
import { equalsGolden, isGolden, SESSIONS_COMMAND, shows } from "../support/golden.js";

delete process.env.WRITE_GOLDEN; // here each comparison fails, and none writes

const folder = mkdtempSync(join(tmpdir(), "luminode-golden-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "page.md");
writeFileSync(path, "old\n");

/** Message and stack of the failure: a runner prints either. */
function failureOf(compare: () => void): { message: string; stack: string } {
	try {
		compare();
	} catch (error) {
		const { message, stack = "" } = error as Error;
		return { message, stack };
	}
	throw new Error("nothing failed");
}

describe("a failure begins with file and command, then shows the difference", () => {
	const rows: [what: string, compare: () => void, begins: string, shown: string[]][] = [
		[
			"of values",
			() => equalsGolden({ a: 1 }, { a: 2 }, "tests/x.json", "npm run x"),
			"tests/x.json differs; if the change is meant: npm run x\n",
			['-   "a": 2', '+   "a": 1'],
		],
		[
			"of a whole file",
			() => isGolden("new\n", path, "npm run x -- --record"),
			`${path} differs; if the change is meant: npm run x -- --record\n`,
			["- old", "+ new"],
		],
		[
			"of a session",
			() => shows("console.md", "help", "another"),
			`docs/console.md, help differs; if the change is meant: ${SESSIONS_COMMAND}\n`,
			["+ another"],
		],
	];
	test.each(rows)("%s", (_what, compare, begins, shown) => {
		const { message, stack } = failureOf(compare);
		const plain = stripVTControlCharacters(message);
		expect(plain.startsWith(begins)).toBe(true);
		for (const line of shown) expect(plain).toContain(line);
		expect(stack).toContain(begins);
		expect(stack).toContain("golden.test.ts"); // the comparison, not the helper
	});
});

test("equal ones pass, and a session without its place is no golden failure", () => {
	equalsGolden([1], [1], "none", "none");
	isGolden("old\n", path, "none");
	const { message } = failureOf(() => shows("console.md", "none", "x"));
	expect(message).not.toContain(SESSIONS_COMMAND);
});
