/** Pairs: a page in two languages has the same headings, steps, rows, paragraphs and blocks, line by line. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";

const PAIRS = [
	["technician", "technicien"],
	["personaldata", "donneespersonnelles"],
	["wiring", "cablage"],
	["night", "nuit"],
] as const;
const FORMS: readonly (readonly [kind: string, form: RegExp])[] = [
	["step", /^\s*- \[ \] /],
	["item", /^\s*(?:-|\d+\.) /],
	["row", /^\|/],
	["heading", /^#+ /],
	["paragraph", /\S/],
];

/** The kind of each line outside of blocks; a block is one line. */
function kindsOf(page: string): string[] {
	const lines = page.replace(/^```[\s\S]*?^```$/gm, "```").split("\n");
	return lines.map((line) => {
		if (line === "```") return "block";
		const [kind = "empty"] = FORMS.find(([, form]) => form.test(line)) ?? [];
		return kind === "heading" ? line.replace(/ .*/, "") : kind;
	});
}

describe("pages in two languages", () => {
	test.each(PAIRS)("%s and %s are built alike", (english, french) => {
		const [first, second] = [english, french].map((name) =>
			kindsOf(readFileSync(`docs/${name}.md`, "utf8")),
		);
		expect(second).toEqual(first);
		expect(new Set(first).size).toBeGreaterThanOrEqual(4);
	});
	test("a step, a row and a heading too many are seen", () => {
		const kinds = kindsOf("# A\n\n- [ ] b\n- c\n| d |\n\n```sh\n- e\n```\nf\n## G");
		expect(kinds).toEqual(
			["#", "empty", "step", "item", "row", "empty", "block", "paragraph", "##"], // e is code
		);
	});
});
