/**
 * Sentences: every text that a person reads in two languages, found in the sources by its form: a
 * pair in a table, `en` beside `fr`, an English table beside a French one, the lines of the console.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { parse } from "yaml";

export interface Sentence {
	readonly name: string;
	readonly en: string;
	readonly fr: string;
}

const TREES = ["src", "lib", "tools", "sim", "town", "city"];
/** Functions whose arguments are English and French, from that one on. */
const PAIRED: Readonly<Record<string, number>> = { command: 1, fault: 1, open: 0, obstructed: 0 };
const CONSOLE = "src/console/";
/** In a text that is no sentence: an option, an assignment, a call. */
const CODE = /--|=|@|\{\w+\(|lx, /;

/** By file, in the order of the sources. */
export function sentences(root: string): ReadonlyMap<string, readonly Sentence[]> {
	const found = new Map<string, readonly Sentence[]>();
	for (const path of TREES.flatMap((tree) => filesBelow(root, tree))) {
		const text = readFileSync(join(root, path), "utf8");
		const fileSentences = path.endsWith(".yaml")
			? ofScenario(parse(text), "")
			: ofSource(path, text);
		const all = path === `${CONSOLE}french.ts` ? ofConsole(root) : fileSentences;
		if (all.length > 0) found.set(path, all);
	}
	return found;
}

function filesBelow(root: string, tree: string): string[] {
	return (readdirSync(join(root, tree), { recursive: true }) as string[])
		.filter((name) => /\.(tsx?|yaml)$/.test(name) && !name.includes("node_modules"))
		.map((name) => `${tree}/${name.replaceAll("\\", "/")}`)
		.sort();
}

function ofScenario(value: unknown, name: string): Sentence[] {
	if (typeof value !== "object" || value === null) return [];
	const { en, fr } = value as { en?: unknown; fr?: unknown };
	if (typeof en === "string" && typeof fr === "string") return [{ name, en, fr }];
	return Object.entries(value).flatMap(([key, each]) => ofScenario(each, key));
}

/** The lines of the console, and the words of its reports. */
function ofConsole(root: string): Sentence[] {
	const tables = (file: string) =>
		[...readFileSync(join(root, CONSOLE, file), "utf8").matchAll(/const (\w+) = `\n([^`]*)`/g)].map(
			([, , text]) => text!.split("\n").filter((line) => line !== ""),
		);
	const split = (line: string, at: string): readonly [string, string] => {
		const place = line.indexOf(at);
		return [line.slice(0, place), line.slice(place + 1)];
	};
	const [english = []] = tables("english.ts");
	const [french = [], args = [], phrases = []] = tables("french.ts");
	const inFrench = new Map(french.map((line) => split(line, " ")));
	return [
		...english.map((line) => {
			const [name, en] = split(line, " ");
			return { name, en, fr: inFrench.get(name) ?? "" };
		}),
		...args.map((line) => ({ name: "", en: split(line, " ")[0], fr: split(line, " ")[1] })),
		...phrases.map((line) => ({ name: "", en: split(line, "|")[0], fr: split(line, "|")[1] })),
	];
}

function ofSource(path: string, text: string): Sentence[] {
	if (!/[à-ÿÀ-Ý]|\bfr\b|_FR\b/.test(text)) return [];
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const found: Sentence[] = [];
	const tables = new Map<string, ts.Expression>();
	const add = (name: string, a: ts.Node, b: ts.Node): boolean => {
		const [en, fr] = [bare(a), bare(b)];
		if (ts.isObjectLiteralExpression(en) && ts.isObjectLiteralExpression(fr)) {
			const other = membersOf(fr);
			for (const [key, value] of membersOf(en))
				if (other.has(key)) add(key, value, other.get(key)!);
			return true;
		}
		const [english, french] = [textOf(en), textOf(fr)];
		if (!english || !french) return false;
		found.push({ name, en: english, fr: french });
		return true;
	};
	const visit = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && node.initializer)
			tables.set(node.name.getText(), node.initializer);
		if (!pairIn(node, add)) ts.forEachChild(node, visit);
	};
	visit(source);
	for (const [name, table] of tables) {
		const other = tables.get(name.replace(/EN$/, "FR"));
		if (/(^|_)EN$/.test(name) && other) add(name, table, other);
	}
	return found;
}

type Add = (name: string, en: ts.Node, fr: ts.Node) => boolean;

/** Adds the pair that a node is; false: look inside. */
function pairIn(node: ts.Node, add: Add): boolean {
	const name = nameOf(node);
	if (ts.isObjectLiteralExpression(node)) {
		const members = membersOf(node);
		const [en, fr] = [
			members.get("en") ?? members.get("why"),
			members.get("fr") ?? members.get("french"),
		];
		return en !== undefined && fr !== undefined && add(name, en, fr);
	}
	if (ts.isArrayLiteralExpression(node)) {
		const [en, fr] = node.elements;
		if (node.elements.length !== 2 || !isWorded(node, en!, fr!)) return false;
		return add(name, en!, fr!);
	}
	if (!ts.isCallExpression(node)) return false;
	const from = PAIRED[node.expression.getText()];
	const [en, fr] = node.arguments.slice(from ?? node.arguments.length);
	if (!en || !fr) return false;
	const first = textOf(bare(node.arguments[0]!));
	return add(from === 0 ? name : (first ?? name), en, fr);
}

/** A pair of a table, or one with blanks in it; not a list of two names, nor two lines of one screen. */
function isWorded(node: ts.Node, en: ts.Node, fr: ts.Node): boolean {
	const [english, french] = [textOf(bare(en)) ?? "", textOf(bare(fr)) ?? ""];
	const isTable = isInTable(node);
	if (english === french && !isTable) return false;
	return isTable || (/ \S/.test(english) && / \S/.test(french) && !CODE.test(english + french));
}

function isInTable(node: ts.Node): boolean {
	for (let at: ts.Node = node; at; at = at.parent)
		if (ts.isSatisfiesExpression(at)) return true;
		else if (ts.isVariableDeclaration(at)) return /\bWords\b/.test(at.type?.getText() ?? "");
	return false;
}

function nameOf({ parent }: ts.Node): string {
	for (let at: ts.Node | undefined = parent; at && !ts.isStatement(at); at = at.parent)
		if (ts.isPropertyAssignment(at) || ts.isVariableDeclaration(at))
			return at.name.getText().replaceAll('"', "");
	return "";
}

function membersOf(node: ts.ObjectLiteralExpression): ReadonlyMap<string, ts.Expression> {
	const members = new Map<string, ts.Expression>();
	for (const each of node.properties)
		if (ts.isPropertyAssignment(each))
			members.set(each.name.getText().replaceAll('"', ""), each.initializer);
	return members;
}

/** Without what wraps it: `as const`, `satisfies`, `Object.freeze()`, a function around its result. */
function bare(node: ts.Node): ts.Node {
	if (
		ts.isAsExpression(node) ||
		ts.isSatisfiesExpression(node) ||
		ts.isParenthesizedExpression(node)
	)
		return bare(node.expression);
	if (ts.isCallExpression(node) && node.arguments.length === 1) return bare(node.arguments[0]!);
	if (ts.isArrowFunction(node)) return bare(node.body);
	return node;
}

/** A text, its inserted parts as `{...}`; undefined: not a text. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (ts.isTemplateExpression(node))
		return node.templateSpans.reduce(
			(text, { expression, literal }) => `${text}{${expression.getText()}}${literal.text}`,
			node.head.text,
		);
	if (!ts.isBinaryExpression(node)) return undefined;
	const [left, right] = [textOf(bare(node.left)), textOf(bare(node.right))];
	return left === undefined || right === undefined ? undefined : left + right;
}
