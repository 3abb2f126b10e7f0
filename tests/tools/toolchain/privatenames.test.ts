/** Private names: short ones, and a name whose uses are not all seen keeps its form. */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";

type Texts = readonly string[];
const RUN = `
import { privateNames } from "./tools/toolchain/privatenames.mjs";
let text = "";
for await (const part of process.stdin) text += part;
process.stdout.write(JSON.stringify(JSON.parse(text).map(privateNames)));`;

/** In a process of its own, as a host does it. */
function shortened(all: readonly Texts[]): Record<string, string>[] {
	const jobs = all.map((texts) =>
		Object.fromEntries(texts.map((source, nth) => [nth, { file: `${nth}.ts`, source }])),
	);
	const words = ["--input-type=module", "--eval", RUN];
	const options = { input: JSON.stringify(jobs), encoding: "utf8" } as const;
	return JSON.parse(spawnSync("node", words, options).stdout);
}

const A =
	"class A { private one = 1; private two() { return this.one; } get all() { return this.two(); } }";
const SHORT: [what: string, texts: Texts, short: Record<string, string>][] = [
	["a private field and method", [A], { one: "a", two: "b" }],
	[
		"a parameter of the constructor",
		["class A { constructor(private readonly own: number) {} all = () => this.own; }"],
		{ own: "a" },
	],
	[
		"a pattern in the class",
		["class A { private own = 1; all() { const { own } = this; return own; } }"],
		{ own: "a" },
	],
	[
		"a class within the class",
		["class A { private own = 1; all = (one: A) => new (class { its = one.own; })(); }"],
		{ own: "a" },
	],
	[
		"classes that are not related share",
		[A, "class B { private three = 3; private four = 4; }"],
		{ one: "a", two: "b", three: "a", four: "b" },
	],
	[
		"a name of two classes is another than those of both",
		[A, "class B { private three = 3; private one = 4; private last = 5; }"],
		{ one: "a", two: "b", three: "b", last: "c" },
	],
	[
		"a class and the one it extends share none",
		[A, "class B extends A { private three = 3; }", "class C extends B { private four = 3; }"],
		{ one: "a", two: "b", three: "c", four: "d" },
	],
	[
		"letters that name a property anywhere are left",
		[A, "interface B { a: number } const c = { b: 1 };"],
		{ one: "c", two: "d" },
	],
];
const KEPT: [what: string, texts: Texts][] = [
	[
		"declared in an interface, too",
		["class A { private own = 1; }", "interface B { own: number }"],
	],
	["a method of an interface", ["class A { private own() {} }", "interface B { own(): void }"]],
	["a public member of another class", ["class A { private own = 1; }", "class B { own = 2; }"]],
	[
		"a public parameter of a constructor",
		["class A { private own = 1; }", "class B { constructor(readonly own: number) {} }"],
	],
	["a member of an object", ["class A { private own = 1; }", "const b = { own: 1 };"]],
	[
		"the same in the class itself",
		["class A { private own = 1; all = () => ({ own: this.own }); }"],
	],
	[
		"a variable as a member of an object",
		["class A { private own = 1; }", "const own = 1; const b = { own };"],
	],
	[
		"read outside the class",
		["class A { private own = 1; }", "declare const some: any; some.own;"],
	],
	[
		"read by a pattern outside",
		["class A { private own = 1; }", "declare const some: any; const { own } = some;"],
	],
	[
		"read by another class",
		["class A { private own = 1; }", "class B { all = (some: any) => some.own; }"],
	],
	["a text, by which it may be read", ["class A { private own = 1; all = () => this['own']; }"]],
	[
		"of a class that extends one from outside",
		["import C from 'x'; class A extends C { private own = 1; }"],
	],
	[
		"of one that extends the result of a call",
		["declare const C: any; class A extends C() { private own = 1; }"],
	],
	[
		"of one below those",
		["import C from 'x'; class A extends C {} class B extends A { private own = 1; }"],
	],
	[
		"where two classes bear the name of the one extended",
		["class C {}", "class C {} class A extends C { private own = 1; }"],
	],
];

describe("names of private members", () => {
	const made = shortened([...SHORT, ...KEPT].map(([, texts]) => texts));
	test.each(SHORT.map(([what, , short], nth) => [what, short, made[nth]] as const))(
		"%s",
		(_what, short, names) => expect(names).toEqual(short),
	);
	test.each(KEPT.map(([what], nth) => [what, made[SHORT.length + nth]] as const))(
		"kept: %s",
		(_what, names) => expect(names).not.toHaveProperty("own"),
	);
});
