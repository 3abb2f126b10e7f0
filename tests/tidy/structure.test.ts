/**
 * Structure: no ring of imports, no interface that asks for everything, no hand in another's fields.
 *
 * The rules are functions of file names and texts, so that planted breaches can be put to them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { importsOf, sourcesOf, targetOf } from "../../tools/toolchain/modules.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

type Texts = ReadonlyMap<string, string>;
/** The sources of a tree, as paths from it. */
const textsOf = (tree: string): Texts => {
	const folder = join(root, tree);
	return new Map(sourcesOf(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
};

/** Rings of imports, types counted; each as its files in order of name (Tarjan 1972). */
function circlesOf(texts: Texts): string[][] {
	const found: string[][] = [];
	const order = new Map<string, number>();
	const lowest = new Map<string, number>();
	const open: string[] = [];
	const visit = (file: string): void => {
		order.set(file, order.size);
		lowest.set(file, order.size - 1);
		open.push(file);
		for (const { specifier } of importsOf(texts.get(file)!)) {
			const named = targetOf(file, specifier);
			const target = texts.has(named) ? named : `${named}x`;
			if (!texts.has(target)) continue;
			if (!order.has(target)) visit(target);
			const reached = open.includes(target) ? lowest.get(target)! : Infinity;
			lowest.set(file, Math.min(lowest.get(file)!, reached));
		}
		if (lowest.get(file) !== order.get(file)) return;
		const ring = open.splice(open.indexOf(file));
		if (ring.length > 1) found.push(ring.sort());
	};
	for (const file of texts.keys()) if (!order.has(file)) visit(file);
	return found;
}

/** What a file may need of its owner: more, and it needs everything. */
const MOST_MEMBERS = 12;
/** Owners outside of src/node that are asked for more; no further one. */
const WIDE_OWNERS: Readonly<Record<string, number>> = {
	ConsoleOwner: 27, // every function of a technician at the pole
	RolloutOwner: 13, // one for each effect of an update, and what it asks of the lamp
};
/** Records that a class changes in place, because a new one each turn would be garbage. */
const OWN_RECORDS: readonly string[] = ["requests"];

const parsed = (name: string, text: string): ts.SourceFile =>
	ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);

const nameOf = (node: ts.Node | undefined): string => node?.getText() ?? "";

/** The names of a type's members as far as `src` declares them, inherited ones with them. */
function membersOf(type: ts.Node, file: string, texts: Texts): Set<string> {
	const members = new Set<string>();
	const addAll = (more: Iterable<string>) => {
		for (const name of more) members.add(name);
	};
	if (ts.isInterfaceDeclaration(type) || ts.isTypeLiteralNode(type)) {
		for (const member of type.members) members.add(nameOf(member.name));
		if (ts.isInterfaceDeclaration(type))
			for (const clause of type.heritageClauses ?? [])
				for (const base of clause.types) addAll(membersOf(base, file, texts));
	} else if (ts.isIntersectionTypeNode(type))
		for (const part of type.types) addAll(membersOf(part, file, texts));
	else if (ts.isTypeReferenceNode(type) || ts.isExpressionWithTypeArguments(type)) {
		const name = nameOf(ts.isTypeReferenceNode(type) ? type.typeName : type.expression);
		const [, keys] = type.typeArguments ?? [];
		if (name === "Pick" && keys) addAll(keys.getText().split("|"));
		else {
			const found = declarationOf(name, file, texts);
			if (found) addAll(membersOf(found.type, found.file, texts));
		}
	}
	return members;
}

function declarationOf(
	name: string,
	file: string,
	texts: Texts,
): { type: ts.Node; file: string } | undefined {
	for (const statement of parsed(file, texts.get(file) ?? "").statements) {
		if (ts.isInterfaceDeclaration(statement) && statement.name.text === name)
			return { type: statement, file };
		if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name)
			return { type: statement.type, file };
		if (!ts.isImportDeclaration(statement)) continue;
		const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
		const bindings = statement.importClause?.namedBindings;
		if (!specifier.startsWith(".") || !bindings || !ts.isNamedImports(bindings)) continue;
		const isHere = bindings.elements.some((element) => element.name.text === name);
		if (isHere) return declarationOf(name, targetOf(file, specifier), texts);
	}
	return undefined;
}

/** Whether `name` was made in this file, by a literal or by `new`: then it is the file's to fill. */
function isOwn(name: string, from: ts.Node): boolean {
	let isMade = false;
	const look = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && nameOf(node.name) === name && node.initializer)
			isMade ||=
				ts.isObjectLiteralExpression(node.initializer) ||
				ts.isArrayLiteralExpression(node.initializer) ||
				ts.isNewExpression(node.initializer);
		ts.forEachChild(node, look);
	};
	look(from.getSourceFile());
	return isMade;
}

/** Whether writing to `target` changes a field of another object. */
function isForeign(target: ts.Node): boolean {
	if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return false;
	const owner = target.expression;
	if (owner.kind === ts.SyntaxKind.ThisKeyword) return false;
	if (ts.isIdentifier(owner))
		return !OWN_RECORDS.includes(owner.text) && !isOwn(owner.text, target);
	if (!ts.isPropertyAccessExpression(owner) || owner.expression.kind !== ts.SyntaxKind.ThisKeyword)
		return true;
	// `this.list[0] = x` fills what the class holds; `this.room.field = x` reaches into a room
	return ts.isPropertyAccessExpression(target) && !OWN_RECORDS.includes(owner.name.text);
}

const isAssignment = ({ kind }: ts.Node): boolean =>
	kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
const isStep = (operator: ts.SyntaxKind): boolean =>
	operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;

/** What a file of the node does that it should leave to a room's method, each as a sentence. */
function reaches(file: string, texts: Texts): string[] {
	const found: string[] = [];
	const look = (node: ts.Node): void => {
		if (ts.isInterfaceDeclaration(node) || ts.isIntersectionTypeNode(node)) {
			const { size } = membersOf(node, file, texts);
			const name = ts.isInterfaceDeclaration(node) ? node.name.text : node.getText();
			if (size > MOST_MEMBERS) found.push(`${name} has ${size} members`);
		}
		if (ts.isPropertySignature(node) && nameOf(node.type) === "Host")
			found.push("takes all of Host");
		if (ts.isIndexSignatureDeclaration(node)) found.push("has an index signature");
		if (node.kind === ts.SyntaxKind.AnyKeyword) found.push("says any");
		if (ts.isAsExpression(node) && nameOf(node.type) === "Node") found.push("casts to Node");
		if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken) && isForeign(node.left))
			found.push(`writes to ${node.left.getText()}`);
		if (
			(ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) &&
			isStep(node.operator) &&
			isForeign(node.operand)
		)
			found.push(`writes to ${node.operand.getText()}`);
		if (ts.isCallExpression(node) && nameOf(node.expression) === "Object.assign") {
			const [target] = node.arguments;
			const isMade = target && ts.isIdentifier(target) && isOwn(target.text, node);
			if (!isMade) found.push(`writes to ${nameOf(target)}`);
		}
		ts.forEachChild(node, look);
	};
	look(parsed(file, texts.get(file)!));
	return found;
}

describe("imports", () => {
	test("go one way: no file needs one that needs it, not even its types", () => {
		const trees = ["src", "hosts", "lib", "sim", "tools", "city", "bench", "tests"];
		const files = trees.flatMap((tree) => sourcesOf(tree).map((name) => `${tree}/${name}`));
		const texts = new Map(files.map((name) => [name, readFileSync(name, "utf8")]));
		expect(circlesOf(texts)).toEqual([]);
	});
	test("in a ring are noticed, of values and of types", () => {
		const ring = new Map([
			["a.ts", 'import { b } from "./room/b.js";'],
			["room/b.ts", 'import type { C } from "../c.js";'],
			["c.ts", 'import type { A } from "./a.js";\nimport { d } from "./d.js";'],
			["d.ts", 'import { e } from "./e.js";'],
			["e.ts", ""],
			["page.tsx", 'import type { P } from "./part.js";'],
			["part.tsx", 'import { f } from "./page.js";'],
		]);
		expect(circlesOf(ring)).toEqual([
			["a.ts", "c.ts", "room/b.ts"],
			["page.tsx", "part.tsx"],
		]);
	});
});

describe("the node's files", () => {
	const texts = textsOf("src");
	test.each([...texts.keys()].filter((name) => name.startsWith("node/")))("src/%s", (name) => {
		expect(reaches(name, texts)).toEqual([]);
	});

	test("and the owners that other rooms ask have few members, but for those listed", () => {
		const asking = [...texts].filter(([, text]) => /interface \w+Owner\b/.test(text));
		const wide = asking.flatMap(([file, text]) =>
			parsed(file, text)
				.statements.filter((one) => ts.isInterfaceDeclaration(one))
				.filter(({ name }) => name.text.endsWith("Owner"))
				.map((one) => [one.name.text, membersOf(one, file, texts).size] as const)
				.filter(([, size]) => size > MOST_MEMBERS),
		);
		expect(Object.fromEntries(wide)).toEqual(WIDE_OWNERS);
	});

	const few = "a: 1; b: 2; c?: 3; d(): void; e: 5; f: 6; g: 7;";
	const planted: [why: string, text: string, breach: RegExp][] = [
		["a locator", `interface All { ${few} h: 1; i: 1; j: 1; k: 1; l?: 1; m: 1 }`, /All has 13/],
		[
			"one that inherits the rest",
			`interface Few { ${few} }\ninterface All extends Few { h: 1; i: 1; j: 1; k: 1; l: 1; m: 1 }`,
			/All has 13/,
		],
		[
			"one that inherits from another file",
			'import type { Far } from "./far.js";\ninterface All extends Far { h: 1; i: 1; j: 1; k: 1; l: 1; m: 1 }',
			/All has 13/,
		],
		[
			"one that is put together",
			`interface Few { ${few} }\nconst f = (all: Few & { h: 1; i: 1; j: 1; k: 1; l: 1; m: 1 }) => all;`,
			/has 13/,
		],
		["the host, which has more members", "interface All { readonly host: Host }", /all of Host/],
		["an index signature", "interface All { [name: string]: unknown }", /index/],
		["any", "const f = (lamp: any) => lamp;", /any/],
		["a cast", "const f = (lamp: unknown) => lamp as Node;", /casts/],
		["a field of a parameter", "const f = (light: L) => { light.level = 3; };", /light\.level/],
		["a field two away", "class A { f() { this.lamp.light.level = 3; } }", /light\.level/],
		["a field of a part", "class A { f() { this.row.settings ??= s; } }", /row\.settings/],
		[
			"a field of what was taken out",
			"class A { f() { const { desk } = this; desk.kept = 1; } }",
			/desk\.kept/,
		],
		["a count of another", "class A { f() { this.row.count += 1; this.row.count++; } }", /row/],
		["an element of another's", "class A { f() { this.pir.peaks[0] = 1; } }", /peaks/],
		["all at once", "const f = (light: L) => Object.assign(light, { level: 3 });", /light/],
	];
	test.each(planted)("are found out with %s", (_why, text, breach) => {
		const all = new Map([
			["node/a.ts", text],
			["node/far.ts", `export interface Far { ${few} }`],
		]);
		expect(reaches("node/a.ts", all)[0]).toMatch(breach);
	});
	test("may fill what they made, and what they hold", () => {
		const text = `class A { f() { this.level = 3; this.list[0] = 1; this.requests.sensor = s; }
			g() { const made = { a: 1 }; made.a = 2; const bytes = new Uint8Array(2); bytes[0] = 1; } }`;
		expect(reaches("node/a.ts", new Map([["node/a.ts", text]]))).toEqual([]);
	});
});
