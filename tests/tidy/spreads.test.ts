/**
 * Spreads: no literal is spread into another (`...{ a, b }`, `...["a"]`); its members stand there plainly.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { sourcesOf } from "../../tools/toolchain/modules.js";

/** Cheaper than a tree of each file. */
const SUSPECT = /\.\.\.\(*[[{]/;

function literalOf(expression: ts.Expression): ts.Expression {
	if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression))
		return literalOf(expression.expression);
	return expression;
}

/** The spread literals of a text, each as it is written. */
function spreadsIn(name: string, text: string): string[] {
	if (!SUSPECT.test(text)) return [];
	const found: string[] = [];
	const look = (node: ts.Node): void => {
		if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node) || ts.isJsxSpreadAttribute(node)) {
			const literal = literalOf(node.expression);
			if (ts.isArrayLiteralExpression(literal) || ts.isObjectLiteralExpression(literal))
				found.push(node.getText());
		}
		ts.forEachChild(node, look);
	};
	look(ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true));
	return found;
}

const TREES = ["src", "hosts", "lib", "sim", "tools", "city", "bench", "tests"];

test.each(TREES)("%s has plain members", (tree) => {
	const found = sourcesOf(tree).flatMap((name) =>
		spreadsIn(name, readFileSync(`${tree}/${name}`, "utf8")).map((one) => `${name}: ${one}`),
	);
	expect(found).toEqual([]);
});

describe("found out", () => {
	const planted: [why: string, name: string, text: string][] = [
		["members of an object", "a.ts", "const a = { ...{ b, c }, d };"],
		["elements of a list", "a.ts", 'const a = [...["b", "c"], d];'],
		["constant ones", "a.ts", 'const a = [...(["b", "c"] as const)];'],
		["arguments", "a.ts", "f(...[b, c]);"],
		["attributes", "a.tsx", "const a = <A {...{ b, c }} />;"],
	];
	test.each(planted)("%s", (_why, name, text) => {
		expect(spreadsIn(name, text)).toHaveLength(1);
	});
	test.each([
		["a copy that goes on", "const a = [...[...b].map(c)];"],
		["a choice", "const a = { ...(b ? { c } : {}) };"],
		["parameters", "const a = (...[b, c]: D) => b;"],
	])("not %s", (_why, text) => {
		expect(spreadsIn("a.ts", text)).toEqual([]);
	});
});
