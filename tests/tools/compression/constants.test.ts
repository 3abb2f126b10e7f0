/** Constants: the forms for XS have the results of the forms before, and what would change stays. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Result, results, steps } from "../../support/compression/steps.js";

const WORDS = [0, 1, 2, 7];

/** The case, its text, and a pattern of the text that it becomes. */
const MADE: [what: string, code: string, has: RegExp][] = [
	[
		"a function becomes a constant",
		"function f(n) { const m = n * 2; return m; }\nexport { f as run };",
		/^const f = \(?n\)? => \{/,
	],
	[
		"one that returns a value alone, likewise",
		"function f(n) { return { n }; }\nexport { f as run };",
		/^const f = \(?n\)? => \(\{ n \}\);/,
	],
	[
		"it is known before its declaration",
		"const made = f(2);\nfunction f(n) { return n + 1; }\nconst run = (n) => n + made;\nexport { run };",
		/^const f = [\s\S]*const made/,
	],
	[
		"also in a block",
		"const run = (n) => { if (n > 1) { return f(n); function f(m) { return m - 1; } } return n; };\nexport { run };",
		/\{\s*const f = \(?m\)? => \(m - 1\);\s*return f\(n\);/,
	],
	[
		"an async function",
		"async function f(n) { return await n; }\nconst run = (n) => { f(n); return n; };\nexport { run };",
		/const f = async \(?n\)? => \(await n\);/,
	],
	[
		"a variable of the module that nothing assigns",
		"var list = [1, 2];\nconst run = (n) => { list[0] = n; const at = { list }; return at.list; };\nexport { run };",
		/^const list = /,
	],
	[
		"one whose name an inner variable has, too",
		"var at = 3;\nconst run = (n) => { let at = n; at += 1; return at; };\nconst other = () => at;\nexport { run, other };",
		/^const at = 3/,
	],
	[
		"a pattern of this or of a variable",
		"class C { a = 1; b = 2; get(n) { const { a, b: c } = this; return [a, c, n]; } }\nconst run = (n) => { const s = String(n); const { length } = s; const c = new C(); const { a } = c; return [c.get(n), a, length]; };\nexport { run };",
		/const a = this\.a, c = this\.b;[\s\S]*const a = c\.a;/,
	],
];
const KEPT: [what: string, code: string, has: RegExp][] = [
	[
		"a function with its own this",
		"function f() { return this?.n; }\nconst run = (n) => f.call({ n });\nexport { run };",
		/function f/,
	],
	[
		"this in an arrow function within it",
		"function f() { return [1].map((m) => this.n + m); }\nconst run = (n) => f.call({ n });\nexport { run };",
		/function f/,
	],
	[
		"this as the value of a parameter",
		"function f(n = this.n) { return n; }\nconst run = (n) => f.call({ n });\nexport { run };",
		/function f/,
	],
	[
		"arguments",
		"function f() { return arguments.length; }\nconst run = (n) => f(n, n);\nexport { run };",
		/function f/,
	],
	[
		"a generator",
		"function* f(n) { yield n; yield n; }\nconst run = (n) => [...f(n)];\nexport { run };",
		/function\* ?f/,
	],
	[
		"new.target",
		"function f() { return new.target === undefined; }\nconst run = (n) => [f(), n];\nexport { run };",
		/function f/,
	],
	[
		"a function that is called where it stands",
		"const run = (n) => (function (m) { const k = m; return k * k; })(n + 1);\nexport { run };",
		/\(function/,
	],
	[
		"a variable that is assigned",
		"var at = 0;\nconst run = (n) => { at = n; return at; };\nexport { run };",
		/var at/,
	],
	["one that a step assigns", "var at = 0;\nconst run = () => ++at;\nexport { run };", /var at/],
	[
		"one that a pattern assigns",
		"var at = 0;\nconst run = (n) => { ({ at } = { at: n }); [at] = [at + 1]; return at; };\nexport { run };",
		/var at/,
	],
	[
		"one that a loop assigns",
		"var at = 0;\nconst run = (n) => { for (at of [n, 2]); return at; };\nexport { run };",
		/var at/,
	],
	["one without a value", "var at;\nconst run = () => at;\nexport { run };", /var at/],
	[
		"a pattern with a value for what is missing, with the rest, or of a call",
		"const run = (n) => { const o = { n }; const { m = 2 } = o; const { n: k, ...rest } = o; const { length } = String(n); return [m, k, rest, length]; };\nexport { run };",
		/\{ m = 2 \}[\s\S]*\.\.\.rest[\s\S]*\{ length \}/,
	],
];

describe("constants", () => {
	const all = [...MADE, ...KEPT];
	let made: readonly Result<"constants">[];
	beforeAll(async () => {
		made = await steps(
			"constants",
			all.map(([, code]) => code),
		);
	});

	test.each(all.map(([what, code, has], index) => [what, code, has, index] as const))(
		"%s",
		async (_what, code, has, index) => {
			const after = made[index]!.made!;
			expect(after).toMatch(has);
			expect(await results(after, WORDS)).toEqual(await results(code, WORDS));
		},
	);
});
