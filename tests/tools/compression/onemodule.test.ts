/** The modules of an image as one: the same results with fewer objects, and never with a hole. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Job } from "../../../lib/joinjob.js";
import { type Result, results, sourcesOf, steps } from "../../support/compression/steps.js";

type Modules = Readonly<Record<string, string>>;
const jobOf = (modules: Modules): Job => ({
	entry: 'export * from "a";',
	modules: sourcesOf(modules),
	outside: "declare function native(name: string): never;",
});

/** The case, its modules, a pattern that the text must not contain, and the result of `run(3)`. */
const CASES: [what: string, modules: Modules, never: RegExp, result: unknown][] = [
	[
		"a constant of another module is written where it is used, with what is calculated of it",
		{
			a: 'import { HOUR } from "./b.js";\nconst OFFSET = -1;\nexport const run = (n: number) => n * HOUR + OFFSET;',
			b: "export const MINUTE = 60_000;\nexport const HOUR = 60 * MINUTE;",
		},
		/HOUR|OFFSET|MINUTE/,
		10_799_999,
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
		"a pattern is written out",
		{
			a: "export class Pair { length = 2; own() { const { length } = this; return [length, length]; } }\nexport const run = (n: number) => [...new Pair().own(), n];",
		},
		/\{ length \}/,
		[2, 2, 3],
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
	[
		"a word that nothing declares, as a shorthand",
		{
			a: 'import { b } from "./b.js";\nexport const run = () => b();',
			b: "export const b = () => ({ random });",
		},
		/^\/tree\/b\.ts: "random" is used, and nothing declares it$/,
	],
	[
		"a word of another scope",
		{
			a: "export const run = (n: number) => { if (n > 1) { const inner = n; n += inner; } return inner; };",
		},
		/^\/tree\/a\.ts: "inner" is used/,
	],
	[
		"an assignment to what nothing declares",
		{ a: "export const run = () => { at = 1; };" },
		/"at"/,
	],
	["what its type alone is asked of", { a: "export const run = () => typeof window;" }, /"window"/],
	["a global that XS lacks", { a: "export const run = () => Intl;" }, /"Intl" is used/],
	[
		"an export that the module does not have",
		{ a: 'import { none } from "./b.js";\nexport const run = none;', b: "export const b = 1;" },
		/^\/tree\/a\.ts:1: No matching export .* "none"$/,
	],
	[
		"one of a module that passes it on",
		{
			a: 'import { none } from "./b.js";\nexport const run = none;',
			b: 'export { none } from "./c.js";',
			c: "export const c = 1;",
		},
		/^\/tree\/b\.ts: "none\d*" is used/,
	],
	[
		"one by the name of all exports",
		{
			a: 'import * as b from "./b.js";\nexport const run = () => b.none;',
			b: "export const b = 1;",
		},
		/^\/tree\/a\.ts:2: Import "none" will always be undefined/,
	],
];
const TIMER: Modules = {
	a: 'import Timer from "timer";\nimport { b } from "./b.js";\nexport const run = () => Timer.set(b, 1);',
	b: 'import Timer from "timer";\nexport const b = () => Timer.set(b, 2);',
};
const PLATFORM: Modules = { a: 'export const run = () => native("xs_run").call(undefined);' };

let made: readonly Result<"oneModule">[];
const all = [...CASES, ...REFUSED].map(([, modules]) => modules).concat(TIMER, PLATFORM);
const of = (modules: Modules) => made[all.indexOf(modules)]!;
beforeAll(async () => {
	made = await steps("oneModule", all.map(jobOf));
});

describe("the modules of an image as one", () => {
	test.each(CASES)("%s", async (_what, modules, never, result) => {
		const { made: code, message } = of(modules);
		expect(message).toBeUndefined();
		expect(code).not.toMatch(never);
		expect(await results(code!, [3])).toEqual([result]);
	});

	test.each(REFUSED)("%s is refused with its place", (_what, modules, says) => {
		expect(of(modules).message).toMatch(says);
	});

	test("modules of the SDK are imported as before, once", () => {
		expect(of(TIMER).made!.match(/from "timer"/g)).toHaveLength(1);
	});

	test("a global of the platform is none that is missing", () => {
		expect(of(PLATFORM).made).toMatch(/native\("xs_run"\)/);
	});
});
