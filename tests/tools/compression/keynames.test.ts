/** Key names: variables have the names of properties, and each stays apart from all others. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Result, results, steps } from "../../support/compression/steps.js";

const WORDS = [0, 1, 2, 7];

/** The case, its text, names that must be gone, and names that must be left. */
const CASES: [what: string, code: string, gone: readonly string[], left: readonly string[]][] = [
	[
		"a variable gets the name of a property",
		"const hidden = 3;\nconst run = (n) => ({ level: n + hidden }).level;\nexport { run };",
		["hidden"],
		["level"],
	],
	[
		"a variable of a property's name keeps it",
		"const level = 3;\nconst run = (n) => ({ level: n + level, other: 1 }).level;\nexport { run };",
		[],
		["level", "other"],
	],
	[
		"a name that is a variable is no other's",
		"const level = 3, hidden = 4;\nconst run = (n) => ({ level }).level + hidden + n;\nexport { run };",
		[],
		["hidden"],
	],
	[
		"inner variables of one name keep their scopes",
		"const hidden = 2;\nconst run = (n) => { const all = []; for (let hidden = 0; hidden < n; hidden += 1) all.push(() => hidden); return { level: all.map((each) => each()), other: hidden }; };\nexport { run };",
		["hidden", "all", "each"],
		[],
	],
	[
		"a parameter, a function, a class and what a pattern declares",
		"function outer({ level: inner, ...others }, [first = 1, ...more]) { return [inner, others, first, more]; }\nclass Kept { own = 1; some() { return this.own; } }\nconst run = (n) => ({ one: outer({ level: n, two: 2 }, [n, 3, 4]), three: new Kept().some() });\nexport { run };",
		["outer", "inner", "others", "first", "more", "Kept"],
		["own", "some"],
	],
	[
		"a shorthand keeps the name",
		"const run = (short) => { const { length } = [short]; return { short, length }; };\nexport { run };",
		[],
		["short", "length"],
	],
	[
		"a label is no variable",
		"const run = (n) => { let sum = 0; level: for (const each of [1, 2, 3]) { if (each > n) break level; sum += each; } return { level: sum, some: 0, other: 1, third: 2 }; };\nexport { run };",
		["sum", "each"],
		["level"],
	],
	[
		"a global is neither renamed nor a new name",
		"const hidden = 1, other = 2;\nconst run = (n) => { const o = { Math: hidden, undefined: 3, JSON: other, level: n }; return [Math.max(n, o.Math), o.level, o.undefined, JSON.stringify(o.JSON), typeof Map]; };\nexport { run };",
		[],
		["Math", "JSON", "undefined"],
	],
	[
		"an inner variable of a global's name is not renamed, because the global would be, too",
		"const inner = (Map) => Map + 1;\nconst run = (n) => ({ level: inner(n), other: new Map([[n, 1]]).get(n) });\nexport { run };",
		["inner"],
		["Map"],
	],
	[
		"what no variable may be called is no name",
		"const hidden = 1;\nconst run = (n) => ({ eval: n + hidden, arguments: 2 }).eval;\nexport { run };",
		[],
		["hidden"],
	],
	[
		"a word of the language is no name",
		"const hidden = 1;\nconst run = (n) => ({ default: n + hidden, class: 2, let: 3, await: 4, static: 5, yield: 6 }).default;\nexport { run };",
		[],
		["hidden"],
	],
	[
		"an import keeps the name that the other module has",
		'import { join as hidden } from "node:path";\nconst run = (n) => ({ level: hidden("a", String(n)) });\nexport { run };',
		["hidden"],
		["join"],
	],
	[
		"new.target",
		"const target = 1;\nfunction Own() { this.level = new.target !== undefined; }\nconst run = (n) => [new Own().level, target, n];\nexport { run };",
		["Own"],
		["new.target"],
	],
];

const has = (code: string, name: string): boolean =>
	new RegExp(`(?<![\\w$])${name.replace(".", "\\.")}(?![\\w$])`).test(code);

describe("key names", () => {
	let made: readonly Result<"keyNames">[];
	beforeAll(async () => {
		made = await steps(
			"keyNames",
			CASES.map(([, code]) => code),
		);
	});

	test.each(CASES.map(([what, ...rest], index) => [what, index, ...rest] as const))(
		"%s",
		async (_what, index, code, gone, left) => {
			const after = made[index]!.made!;
			expect(gone.filter((name) => has(after, name))).toEqual([]);
			expect(left.filter((name) => !has(after, name))).toEqual([]);
			expect(await results(after, WORDS)).toEqual(await results(code, WORDS));
		},
	);
});
