/** Holes: each name without a declaration is found, and none that has one. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { steps } from "../../support/compression/steps.js";

const FREE: [what: string, code: string, free: readonly string[]][] = [
	["a shorthand", "export const run = () => ({ random });", ["random"]],
	["a call", "export const run = () => random();", ["random"]],
	["an export", "export { random };", ["random"]],
	["an export by another name", "const a = 1;\nexport { random as run, a as other };", ["random"]],
	["what a class extends", "export class A extends B {}", ["B"]],
	["the value of a field", "export class A { a = random; }", ["random"]],
	["a name in brackets", "export const run = (n) => n[random];", ["random"]],
	["the value of a pattern", "export const run = ({ a = random }) => a;", ["random"]],
	["a default", "export const run = (a = random) => a;", ["random"]],
	["in a text", `export const run = () => \`\${random}\`;`, ["random"]],
	["an assignment", "export const run = () => { random = 1; };", ["random"]],
	["an assignment by a pattern", "export const run = (o) => { ({ random } = o); };", ["random"]],
	["typeof", "export const run = () => typeof random;", ["random"]],
	[
		"after its block",
		"export const run = () => { { const random = 1; } return random; };",
		["random"],
	],
	[
		"of another function",
		"const f = (random) => random;\nexport const run = () => f(random);",
		["random"],
	],
	[
		"a name of a function expression",
		"export const run = () => { (function random() {})(); random(); };",
		["random"],
	],
	["two", "export const run = () => [one, two, one];", ["one", "two"]],
	["arguments at the top", "export const run = () => arguments;", ["arguments"]],
];
const WHOLE: [what: string, code: string][] = [
	["properties", "export const run = (o) => [o.random, o?.random, { random: 1 }.random];"],
	[
		"methods",
		"export class A { random() {} get other() { return 1; } static third = 3; #own = 1; }",
	],
	[
		"imports",
		'import a, { b, c as d } from "x";\nimport * as e from "y";\nexport const run = [a, b, d, e];',
	],
	[
		"labels",
		"export const run = () => { random: for (;;) { if (run) continue random; break random; } };",
	],
	[
		"what is declared later",
		"export const run = () => later;\nconst later = 1;\nvar f = g;\nfunction g() {}",
	],
	[
		"what a loop, a catch or a class declares",
		"export const run = (l) => { for (const a of l) a(); for (let i = 0; i < 1; i++); try { l(); } catch (e) { return e; } class B { static c = B; } };",
	],
	["arguments", "export function run() { return arguments.length; }"],
	[
		"the language",
		"export const run = () => [undefined, NaN, Math.PI, new Uint8Array(globalThis.n)];",
	],
	["its own name", "export const run = function own() { return own; };"],
];

describe("holes", () => {
	let free: readonly { made?: readonly string[] }[];
	beforeAll(async () => {
		free = await steps(
			"freeNames",
			[...FREE, ...WHOLE].map(([, code]) => code),
		);
	});

	test.each(FREE.map(([what, , names], index) => [what, names, index] as const))(
		"free: %s",
		(_what, names, index) => expect(free[index]!.made).toEqual(names),
	);
	test.each(WHOLE.map(([what], index) => [what, index] as const))(
		"not free: %s",
		(_what, index) => {
			expect(free[FREE.length + index]!.made).toEqual([]);
		},
	);
});
