/** Member names: short ones, and a name whose objects are not all seen keeps its form. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { interfacesOf } from "../../../lib/interfaces.js";
import { steps } from "../../support/compression/steps.js";

type Texts = readonly string[];
/** Declared by a platform; the module `2` is read by the SDK. */
const NAMES = { outside: "void onReadable(xsMachine* the);", fixed: ["2"] };

async function shortened(
	all: readonly Texts[],
	outside = NAMES.outside,
): Promise<Readonly<Record<string, string>>[]> {
	const jobs = all.map((texts) => {
		const modules = texts.map((source, nth) => [nth, { file: `${nth}.ts`, source }]);
		return { modules: Object.fromEntries(modules), ...NAMES, outside };
	});
	return (await steps("memberNames", jobs)).map(({ made }) => made!);
}

const A =
	"class A { private one = 1; private two() { return this.one; } get() { return this.two(); } }";
const OWN = "class A { own = 1; }";
const PRIVATE = "class A { private own = 1; }";
const SHORT: [what: string, texts: Texts, short: Record<string, string>][] = [
	["a private field and method", [A], { one: "a", two: "b" }],
	[
		"a parameter of the constructor",
		["class A { constructor(private readonly own: number) {} get = () => this.own; }"],
		{ own: "a" },
	],
	[
		"a pattern in the class",
		["class A { private own = 1; get() { const { own } = this; return own; } }"],
		{ own: "a" },
	],
	["a private one that may be undefined", ["class A { private own?: number; }"], { own: "a" }],
	["a private one that is a word of a text", [PRIVATE, 'const text = "its own";'], { own: "a" }],
	["a public member, read elsewhere", [OWN, "const read = (a: A) => a.own;"], { own: "a" }],
	[
		"one that an interface demands",
		["class A { own() {} }", "interface B { own(): void } const call = ({ own }: B) => own();"],
		{ own: "a" },
	],
	[
		"classes that are not related share",
		[A, "class B { private three = 3; four = 4; }"],
		{ one: "a", two: "b", three: "a", four: "b" },
	],
	[
		"a name of two classes is another than those of both",
		[A, "class B { three = 3; private one = 4; last = 5; }"],
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
const KEPT: [what: string, texts: Texts, name?: string][] = [
	["an interface permits that it is absent", [OWN, "interface B { own?: number }"]],
	["the class itself permits it", ["class A { own?: number; }"]],
	["a member of an object", [OWN, "const b = { own: 1 };"]],
	["a private one likewise", ["class A { private own = 1; get = () => ({ own: this.own }); }"]],
	["a variable as a member of an object", [OWN, "const own = 1; const b = { own };"]],
	["a method of an object", [OWN, "const b = { own() {} };"]],
	["a pattern has a value for its absence", [OWN, "const f = ({ own = 2 }: A) => own;"]],
	["a pattern takes the rest by that name", [OWN, "const f = ({ ...own }: A) => own;"]],
	["a static member", ["class A { static own = 1; }"]],
	["a text, by which it may be read", ["class A { private own = 1; get = () => this['own']; }"]],
	["a word of a text", [OWN, "const text = 'its own';"]],
	["a word of a template", [OWN, `const text = (n: number) => \`{"own":\${n}}\`;`]],
	[
		"a private name is read elsewhere, and a word of a text",
		[PRIVATE, "const f = (some: any) => [some.own, 'its own'];"],
	],
	["a property of the language", ["class A { push() {} }"], "push"],
	[
		"a private one of the name of a platform's property that the class reads",
		["import Bus from 'x'; class A { private onReadable = Bus.onReadable; }"],
		"onReadable",
	],
	[
		"a private one that a pattern takes from another object",
		["class A { private push = 1; get(list: any) { const { push } = list; return push; } }"],
		"push",
	],
	["what the platform declares", ["class A { onReadable() {} }"], "onReadable"],
	["a member of a module that the SDK reads", ["", "", OWN]],
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

/** Sources of hosts and firmware, by path. */
function sources(folder: string): Texts {
	return (readdirSync(folder, { recursive: true }) as string[])
		.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
		.map((name) => readFileSync(join(folder, name), "utf8"));
}

/** Properties that a source reads of what it imports from the SDK. */
function readOfSdk(source: string): string[] {
	const imports =
		/^import (?:\* as )?(\w+).* from "(?!\.|luminode\/|host\/|native\/|moddable\/)[^"]+";/gm;
	return [...source.matchAll(imports)].flatMap(([, name]) =>
		[...source.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))].map(([, property]) => property!),
	);
}

test("what the hosts read of the SDK keeps its name", async () => {
	const hosts = ["moddable", "desktop", "esp32"].flatMap((name) => sources(`hosts/${name}`));
	const [short] = await shortened([[...hosts, ...sources("src")]], interfacesOf("."));
	const properties = new Set(hosts.flatMap(readOfSdk));
	expect([...properties]).toEqual(expect.arrayContaining(["ticks", "delta", "set", "repeat"]));
	expect([...properties].filter((name) => short && name in short)).toEqual([]);
});

describe("names of members", () => {
	let made: readonly Readonly<Record<string, string>>[];
	beforeAll(async () => {
		made = await shortened([...SHORT, ...KEPT].map(([, texts]) => texts));
	});

	test.each(SHORT.map(([what, , short], nth) => [what, short, nth] as const))(
		"%s",
		(_what, short, nth) => expect(made[nth]).toEqual(short),
	);
	test.each(KEPT.map(([what, , name = "own"], nth) => [what, name, nth] as const))(
		"kept: %s",
		(_what, name, nth) => expect(made[SHORT.length + nth]).not.toHaveProperty(name),
	);
});
