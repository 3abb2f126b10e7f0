/** The modules of an image as one: the same results with fewer objects, in V8 and so in XS. */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import type { Job } from "../../../tools/toolchain/onemodule.mjs";

type Modules = Readonly<Record<string, string>>;
/** In a process of its own, as a host does it: all at once, for the compilers take a while to load. */
const JOIN = `
import { oneModule } from "./tools/toolchain/onemodule.mjs";
let text = "";
for await (const part of process.stdin) text += part;
const join = (job) => oneModule(job).then((code) => ({ code }), ({ message }) => ({ message }));
process.stdout.write(JSON.stringify(await Promise.all(JSON.parse(text).map(join))));`;

function join(all: readonly Modules[]): { code: string; message: string }[] {
	const jobs = all.map((modules): Job => {
		const sources = Object.entries(modules).map(([name, source]) => {
			return [name, { file: `/tree/${name}.ts`, source }];
		});
		return { entry: 'export * from "a";', modules: Object.fromEntries(sources) };
	});
	const words = ["--input-type=module", "--eval", JOIN];
	const options = { input: JSON.stringify(jobs), encoding: "utf8" } as const;
	return JSON.parse(spawnSync("node", words, options).stdout);
}

async function results(code: string, ...words: unknown[]): Promise<unknown> {
	const url = `data:text/javascript,${encodeURIComponent(code)}`;
	return (await import(url)).run(...words);
}

/** The case, its modules, a pattern that the text must not contain, and the result of `run(3)`. */
const CASES: [what: string, modules: Modules, never: RegExp, result: unknown][] = [
	[
		"a constant of another module is written where it is used, with what is calculated of it",
		{
			a: 'import { HOUR } from "./b.js";\nexport const run = (n: number) => n * HOUR + OFFSET;\nconst OFFSET = -1;',
			b: "export const MINUTE = 60_000;\nexport const HOUR = 60 * MINUTE;",
		},
		/HOUR|OFFSET|MINUTE/,
		10_799_999,
	],
	[
		"a number of a frozen table likewise, and the table goes",
		{
			a: 'import { KIND } from "./b.js";\nexport const run = (n: number) => KIND.second + n;',
			b: "export const KIND = Object.freeze({\n\tfirst: 1, // (one)\n\tsecond: -2,\n} as const);",
		},
		/freeze\(/,
		1,
	],
	[
		"a table that is looked up stays",
		{
			a: 'const KIND = Object.freeze({ x3: 7, other: 8 });\nexport const run = (n: number) => KIND[["x", n].join("") as "x3"] + KIND.other;',
		},
		/other: 9/,
		15,
	],
	[
		"a function without this has no prototype, and is known before its declaration",
		{
			a: "const start = twice(4);\nfunction twice(n: number): number { return half(n) * 4; }\nfunction half(n: number) { const part = n / 2; return part; }\nexport function run(n: number) { return twice(n) + start; }",
		},
		/function/,
		14,
	],
	[
		"a function with this, with arguments or a generator stays one",
		{
			a: "function own(this: { n: number }) { return this.n; }\nfunction count() { return arguments.length; }\nfunction* both(n: number) { yield n; yield count.call(null, 1, 2); }\nexport const run = (n: number) => [own.call({ n }), ...both(n)];",
		},
		/(own|count|both) = (\(|async)/,
		[3, 3, 2],
	],
	[
		"a function of several statements that is called once is no closure of each call",
		{
			a: "function walk(n: number) { let sum = 0; for (let at = 0; at <= n; at += 1) sum += at; return sum; }\nexport class Walker { constructor(private readonly n: number) {} sum() { return walk(this.n); } }\nexport const run = (n: number) => new Walker(n).sum();",
		},
		/function|\)\(this/,
		6,
	],
	[
		"a pattern is written out, infinity is a literal, an empty loop a while",
		{
			a: "export class Pair { length = 2; own() { const { length } = this; return [length, length]; } }\nexport function run(n: number) { let left = n; while (left > 0) left -= 1; return [...new Pair().own(), left, -Infinity < n, Infinity > n]; }",
		},
		/\{ length \}|Infinity|1 \/ 0|for \(;/,
		[2, 2, 0, true, true],
	],
	[
		"a name of the module becomes a property's, and each keeps its meaning",
		{
			a: 'import { hidden } from "./b.js";\nexport const run = (n: number) => ({ visible: hidden(n), level: n }).visible;',
			b: "const state = { visible: 1 };\nexport const hidden = (n: number) => { let visible = n; visible += state.visible; return visible; };",
		},
		/hidden/,
		4,
	],
	[
		"so do a function of the module and what a closure holds, also where one hides the other",
		{
			a: "export const run = (n: number) => ({ level: outer(n)(2), other: [n].map((each) => each + 1) }).level;\nfunction outer(hidden: number) { let sum = hidden; sum += 1; return (inner: number) => { const hidden = sum + inner; return [hidden].map((each) => each * sum)[0]!; }; }",
		},
		/hidden|outer|inner|sum|each/,
		24,
	],
	[
		"what nothing uses is left out",
		{
			a: 'import { used } from "./b.js";\nexport const run = used;',
			b: "export const used = (n: number) => n;\nexport const unused = () => 'unusedText';",
		},
		/unused/,
		3,
	],
];

const REFUSED: [what: string, modules: Modules, says: RegExp][] = [
	["a source that does not parse", { a: "export const = ;" }, /^\/tree\/a\.ts:1: /],
	["a file that is no module of the image", { a: 'import "./none.js";' }, /a\.ts.*\.\/none\.js/],
];
const TIMER: Modules = {
	a: 'import Timer from "timer";\nimport { b } from "./b.js";\nexport const run = () => Timer.set(b, 1);',
	b: 'import Timer from "timer";\nexport const b = () => Timer.set(b, 2);',
};

describe("the modules of an image as one", () => {
	const all = [...CASES, ...REFUSED].map(([, modules]) => modules);
	const made = join([...all, TIMER]);
	const of = (modules: Modules) => made[all.indexOf(modules)]!;

	test.each(CASES)("%s", async (_what, modules, never, result) => {
		const { code } = of(modules);
		expect(code).not.toMatch(never);
		expect(await results(code, 3)).toEqual(result);
	});

	test.each(REFUSED)("%s is refused with its place", (_what, modules, says) => {
		expect(of(modules).message).toMatch(says);
	});

	test("modules of the SDK are imported as before, once", () => {
		expect(made.at(-1)!.code.match(/from "timer"/g)).toHaveLength(1);
	});
});
