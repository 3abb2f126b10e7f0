/** Once: a function that is called in one place stands there, and the program does what it did. */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";

const WORDS = [0, 1, 2, 3, 7];
/** In a process of its own, as a host does it: for each text the results before and after. */
const RUN = `
import { once } from "./tools/toolchain/once.mjs";
let text = "";
for await (const part of process.stdin) text += part;
const results = async (code) => {
	const { run } = await import("data:text/javascript," + encodeURIComponent(code));
	return ${JSON.stringify(WORDS)}.map((n) => { try { return [run(n)]; } catch (error) { return error.message; } });
};
const tried = await Promise.all(JSON.parse(text).map(async (code) => {
	const made = once(code, ["own", "other"]);
	return { made, before: await results(code), after: await results(made) };
}));
process.stdout.write(JSON.stringify(tried));`;

const CLASS = (members: string) =>
	`class C { at = 3; ${members} }\nexport const run = (n) => { const c = new C(); return [c.run(n), c.at]; };`;

/** Each moves `f`, `g` or the private methods `own` and `other`. */
const MOVED: [what: string, code: string][] = [
	[
		"its value is returned",
		"function f(n) { if (n > 2) return n; return -n; }\nexport function run(n) { return f(n + 1); }",
	],
	[
		"it returns nothing at its end",
		"function f(n) { if (n > 2) return n; n += 1; }\nexport function run(n) { return f(n); }",
	],
	[
		"its value is declared",
		"function f(n) { for (const i of [1, 2, 3]) if (i === n) return { i }; return {}; }\nexport function run(n) { const made = f(n); return made.i ?? made; }",
	],
	[
		"its value is taken apart",
		"function f(n) { const twice = n * 2; return { twice, n }; }\nexport function run(n) { const { twice, n: m } = f(n); return twice + m; }",
	],
	[
		"its value is assigned",
		"function f(n) { if (n === 2) return; return n; }\nexport function run(n) { let made = 9; made = f(n); return made; }",
	],
	[
		"it is called for its effect",
		"function f(list, n) { if (n > 2) return; list.push(n); list.push(n); }\nexport function run(n) { const list = []; f(list, n); return list; }",
	],
	[
		"it decides a condition",
		"function f(n) { if (n > 2) return true; return n === 1; }\nexport function run(n) { if (!f(n) || n === 7) return 'no'; return 'yes'; }",
	],
	[
		"it decides after another condition",
		"function f(n) { if (n > 5) return true; return n === 3; }\nfunction g(n) { const one = n > 1; return one; }\nexport function run(n) { if (g(n) && f(n)) return 'yes'; return 'no'; }",
	],
	[
		"one branch of a condition alone calls it",
		"function f(n) { const all = [n]; for (const i of [1, 2]) all.push(i); return all; }\nexport function run(n) { return n > 2 ? f(n) : n > 1 ? 'one' : 'none'; }",
	],
	[
		"branches declare a value",
		"function f(n) { if (n > 5) return 5; return n; }\nexport function run(n) { const made = n > 2 ? f(n) : -1; return made; }",
	],
	[
		"its list is walked",
		"function f(n) { if (n > 2) return []; return [n, n]; }\nexport function run(n) { let sum = 0; for (const i of f(n)) sum += i; return sum; }",
	],
	[
		"an arrow function consists of it",
		"function f(n) { if (n > 2) return 'many'; return 'few'; }\nexport const run = (n) => [n, n + 1].map((one) => f(one));",
	],
	[
		"in a loop, and without a value after one with it",
		"function f(n) { if (n === 1) return 'one'; }\nexport function run(n) { const all = []; for (let i = 0; i < n; i++) { const made = f(i); all.push(made ?? null); } return all; }",
	],
	[
		"a variable of the caller has the name of its parameter",
		"function f(n, m) { n += m; return n * m; }\nexport function run(m) { const n = 5; const made = f(m, n); return [made, m, n]; }",
	],
	[
		"it is called with fewer words",
		"function f(n, m = n + 1, k) { const all = [n, m]; all.push(k ?? 0); return all; }\nexport function run(n) { return f(n); }",
	],
	[
		"a shorthand and a pattern name its variables",
		"function f({ n, m: k = 4 }) { const sum = n + k; const { length } = String(sum); return { sum, length }; }\nexport function run(n) { return f({ n }); }",
	],
	[
		"its closures keep their variables",
		"function f(n) { const all = []; for (const i of [1, 2]) all.push(() => i * n); return all; }\nexport function run(n) { const all = f(n); return all.map((each) => each()); }",
	],
	[
		"a function within it keeps its returns",
		"function f(n) { const g = (m) => { if (m > 2) return m; return 0; }; if (n === 2) return g(7); return g(n); }\nexport function run(n) { const made = f(n); return made; }",
	],
	[
		"a variable is called as its result might be",
		"function f(n) { if (n > 5) return 5; const result = n + 1; return result; }\nexport function run(n) { if (f(n) > 2) return 'many'; return 'few'; }",
	],
	[
		"a branch of a condition begins with it",
		"function f(n) { const twice = n * 2; return { twice }; }\nexport function run(n) { return n > 2 ? f(n).twice + 1 : 0; }",
	],
	[
		"a return within try and switch",
		"function f(n) { try { switch (n) { case 1: return 'one'; case 2: throw new Error('two'); default: break; } } catch { return 'caught'; } return 'other'; }\nexport function run(n) { const made = f(n); return made; }",
	],
	[
		"in a case, and beside else",
		"function f(n) { if (n > 2) return 1; return 2; }\nfunction g(n) { const k = n; return k; }\nexport function run(n) { switch (n) { case 1: return 0; default: if (n === 2) return g(n); else return f(n); } }",
	],
	[
		"one within the other",
		"function f(n) { const made = g(n + 1); if (made > 3) return made; return 0; }\nfunction g(n) { if (n === 3) return 9; return n; }\nexport function run(n) { const made = f(n); return made; }",
	],
	[
		"one is what the other takes first",
		"function f(n, m) { const all = [n, m]; return all; }\nfunction g(n) { if (n > 2) return 2; return n; }\nexport function run(n) { return f(g(n), n); }",
	],
	[
		"an arrow function of the module",
		"const f = (n) => { if (n > 2) return n; return 0; };\nexport function run(n) { return f(n); }",
	],
	[
		"a private method",
		CLASS(
			"run(n) { return this.own(n); } own(n) { this.at = n; if (n > 2) return 'many'; return this.at; }",
		),
	],
	[
		"a private method in an arrow function of the class",
		CLASS(
			"run(n) { return [n].map((one) => this.own(one)); } own(n) { this.at += n; return this.at; }",
		),
	],
	[
		"a private method that assigns what it is assigned to",
		CLASS(
			"run(n) { this.at = this.own(n); return this.at; } own(n) { this.at += 1; if (n > 2) return this.at + n; }",
		),
	],
	[
		"private methods of each other",
		CLASS(
			"run(n) { if (this.own(n)) return 'yes'; return 'no'; } own(n) { const made = this.other(n); return made > 3; } other(n) { if (n > 2) return n; return this.at; }",
		),
	],
];

/** Each keeps what it names. */
const KEPT: [what: string, code: string][] = [
	[
		"it is exported by a list, too",
		"function f(n) { if (n > 2) return n; return -n; }\nfunction run(n) { return f(n + 1); }\nexport { f, run };",
	],
	[
		"called twice",
		"function f(n) { const k = n; return k; }\nexport function run(n) { return f(n) + f(1); }",
	],
	[
		"a value, not only called",
		"function f(n) { const k = n; return k; }\nexport const run = (n) => [n].map(f);",
	],
	[
		"called after something else",
		"let at = 1;\nfunction f(n) { at += n; return at; }\nexport function run(n) { at = 1; return at + f(n); }",
	],
	[
		"called or not",
		"function f(n) { const k = n - 2; return k; }\nexport function run(n) { return n > 1 && f(n); }",
	],
	[
		"called by a loop's condition",
		"let at = 0;\nfunction f(n) { at += 1; return at < n; }\nexport function run(n) { at = 0; while (f(n)) at += 1; return at; }",
	],
	[
		"it calls itself",
		"function f(n) { if (n > 2) return n; return f(n + 1); }\nexport const run = f;",
	],
	[
		"it needs its own this",
		"function f() { const own = this; return typeof own; }\nexport function run() { return f(); }",
	],
	[
		"it uses arguments",
		"function f() { const all = arguments; return all.length; }\nexport function run(n) { return f(n); }",
	],
	[
		"a generator",
		"function* f(n) { yield n; }\nexport function run(n) { for (const i of f(n)) return i; }",
	],
	[
		"it takes the rest",
		"function f(n, ...rest) { const all = rest; return all.length + n; }\nexport function run(n) { return f(n, 1, 2); }",
	],
	[
		"its words are spread",
		"function f(n, m) { const sum = n + m; return sum; }\nexport function run(n) { return f(...[n, 1]); }",
	],
	[
		"a default that would be taken for undefined",
		"function f(n = 4) { const k = n; return k; }\nexport function run(n) { return f(n > 2 ? n : undefined); }",
	],
	[
		"a variable of the caller hides one that it uses",
		"const k = 2;\nfunction f(n) { const sum = n + k; return sum; }\nexport function run(n) { const k = 9; return f(n) + k; }",
	],
	[
		"a finally that reads what is assigned",
		"function f(n) { try { return n; } finally { run.at = n; } }\nexport function run(n) { const made = f(n); return made; }",
	],
	["a public method", CLASS("run(n) { return this.f(n); } f(n) { const k = n; return k; }")],
	[
		"a private method of another object",
		CLASS("run(n) { return new C().own(n); } own(n) { const k = n; return k + this.at++; }"),
	],
	[
		"called at load",
		"function f(n) { const k = n; return k; }\nconst made = f(3);\nexport const run = () => made;",
	],
];

describe("a function that is called once", () => {
	const input = JSON.stringify([...MOVED, ...KEPT].map(([, code]) => code));
	const words = ["--input-type=module", "--eval", RUN];
	const { stdout } = spawnSync("node", words, { input, encoding: "utf8" });
	const tried: { made: string; before: unknown; after: unknown }[] = JSON.parse(stdout);

	test.each(MOVED.map(([what], nth) => [what, tried[nth]!] as const))(
		"moved: %s",
		(_what, { made, before, after }) => {
			expect(made).not.toMatch(/function (f|g)\b|const f =|(own|other)\(n\) \{/);
			expect(after).toEqual(before);
		},
	);
	test.each(KEPT.map(([what], nth) => [what, tried[MOVED.length + nth]!] as const))(
		"kept: %s",
		(_what, { made, before, after }) => {
			expect(made).toMatch(/function\*? (f|own)\b|(f|own)\(n\) \{/);
			expect(after).toEqual(before);
		},
	);
});
