/**
 * Member names: short names for the members that classes alone have.
 *
 * The name of a property takes 26 bytes of flash and its text. Where an object has a member by its
 * class and never by a literal, a message or a record, the name may be any, and classes that do
 * not extend one another may share it. A name keeps its form unless the sources show all of this:
 * - each object that has it is of a class of theirs: it is declared in classes, and in interfaces that
 *   demand it, never in a literal; none of its classes is static in it or extends one from outside;
 * - no text contains it as a word, unless it is private, read of `this` alone, and no text is it;
 * - neither the language nor what the platform declares (`outside`) has a property of that name.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { transform } from "esbuild";
import ts from "typescript";
import type { Job } from "../../lib/joinjob.js";
import { each } from "./syntax.js";

const { factory, SyntaxKind } = ts;

const LETTERS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const WORD = /[A-Za-z_$][\w$]*/g;
/** A property as TypeScript declares those of the language. */
const DECLARED = /^\s+(?:readonly )?([A-Za-z_]\w*)[?]?[(<:]/gm;

const has = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
	ts.canHaveModifiers(node) && node.modifiers?.some((word) => word.kind === kind) === true;

/** A class's member, a parameter of its constructor with a modifier among them. */
const isMember = (node: ts.Node): node is ts.ClassElement | ts.ParameterDeclaration =>
	(ts.isClassElement(node) && ts.isClassLike(node.parent)) ||
	ts.isParameterPropertyDeclaration(node, node.parent);

/** Whether an identifier names a property where it stands; of a shorthand, it names a variable, too. */
function namesProperty(node: ts.Identifier): boolean {
	const { parent } = node;
	if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent))
		return (parent.propertyName ?? parent.name) === node;
	const isNamed =
		ts.isPropertyAccessExpression(parent) ||
		ts.isObjectLiteralElement(parent) ||
		ts.isTypeElement(parent) ||
		isMember(parent);
	return isNamed && parent.name === node;
}

/** Whether all objects that the place is about have the property: it is declared, demanded or read. */
function isSure({ parent }: ts.Identifier): boolean {
	if (isMember(parent)) {
		if (has(parent, SyntaxKind.StaticKeyword)) return false;
		return has(parent, SyntaxKind.PrivateKeyword) || !isOptional(parent);
	}
	if (ts.isTypeElement(parent)) return !parent.questionToken;
	if (ts.isBindingElement(parent)) return !parent.initializer && !parent.dotDotDotToken;
	return ts.isPropertyAccessExpression(parent);
}
const isOptional = (node: ts.Node): boolean =>
	(ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node) || ts.isParameter(node)) &&
	node.questionToken !== undefined;

function classAround(node: ts.Node): ts.ClassLikeDeclaration | undefined {
	let at = node.parent;
	while (at && !ts.isClassLike(at)) at = at.parent;
	return at;
}

type Classes = ReadonlySet<ts.ClassLikeDeclaration>;

function isInside(node: ts.Node, classes: Classes): boolean {
	const around = classAround(node);
	return around !== undefined && (classes.has(around) || isInside(around, classes));
}

/** Whether it is declared, or read of `this`: of another object the name may be the platform's. */
function isOfThis({ parent }: ts.Identifier): boolean {
	if (ts.isPropertyAccessExpression(parent))
		return parent.expression.kind === SyntaxKind.ThisKeyword;
	if (!ts.isBindingElement(parent)) return isMember(parent);
	const declaration = parent.parent.parent;
	return (
		ts.isVariableDeclaration(declaration) &&
		declaration.initializer?.kind === SyntaxKind.ThisKeyword
	);
}

function baseOf({ heritageClauses = factory.createNodeArray() }: ts.ClassLikeDeclaration) {
	const bases = heritageClauses.find(({ token }) => token === SyntaxKind.ExtendsKeyword);
	return bases?.types[0]?.expression.getText();
}

interface Read {
	/** Identifiers that name properties. */
	readonly names: readonly ts.Identifier[];
	readonly classes: readonly ts.ClassLikeDeclaration[];
	readonly texts: ReadonlySet<string>;
}

function read(trees: readonly ts.SourceFile[]): Read {
	const names: ts.Identifier[] = [];
	const classes: ts.ClassLikeDeclaration[] = [];
	const texts = new Set<string>();
	for (const tree of trees)
		each(tree, (node) => {
			const isText =
				ts.isStringLiteralLike(node) ||
				ts.isTemplateMiddleOrTemplateTail(node) ||
				ts.isTemplateHead(node);
			if (isText) texts.add(node.text);
			if (ts.isClassLike(node)) classes.push(node);
			if (ts.isIdentifier(node) && namesProperty(node)) names.push(node);
		});
	return { names, classes, texts };
}

/** The first class of a line of descent; undefined: it extends one that is no class of the sources. */
type Line = ts.ClassLikeDeclaration | undefined;

function linesOf(classes: Read["classes"]): ReadonlyMap<ts.ClassLikeDeclaration, Line> {
	const lineOf = (node: ts.ClassLikeDeclaration): Line => {
		const base = baseOf(node);
		if (base === undefined) return node;
		const [named, ...more] = classes.filter(({ name }) => name?.text === base);
		return named && more.length === 0 ? lineOf(named) : undefined;
	};
	return new Map(classes.map((node) => [node, lineOf(node)]));
}

/** Names of properties of the language, by the types of the compiler. */
function languageNames(): ReadonlySet<string> {
	const folder = dirname(createRequire(import.meta.url).resolve("typescript"));
	const files = readdirSync(folder).filter((name) => /^lib\.es.*\.d\.ts$/.test(name));
	const namesOf = (name: string) =>
		[...readFileSync(join(folder, name), "utf8").matchAll(DECLARED)].map(([, found]) => found!);
	return new Set(files.flatMap(namesOf));
}

type Owners = ReadonlyMap<string, Classes>;

/** The classes of each name, and whether it keeps its form. */
function sorted(
	{ names, texts }: Read,
	outside: string,
	fixed: ReadonlySet<string | undefined>,
): { owners: Owners; isKept(name: string): boolean } {
	const owners = new Map<string, Set<ts.ClassLikeDeclaration>>();
	const kept = new Set<string>();
	const shared = new Set<string>();
	for (const node of names) {
		const { parent, text } = node;
		if (!isSure(node)) kept.add(text);
		if (!isMember(parent)) continue;
		owners.set(text, (owners.get(text) ?? new Set()).add(classAround(parent)!));
		if (has(parent, SyntaxKind.PrivateKeyword)) continue;
		shared.add(text);
		if (fixed.has(node.getSourceFile().fileName)) kept.add(text);
	}
	for (const node of names) {
		const of = owners.get(node.text);
		if (of && !(isInside(node, of) && isOfThis(node))) shared.add(node.text);
	}
	const words = new Set([...texts, outside].flatMap((text) => text.match(WORD) ?? []));
	const language = languageNames();
	const isKept = (name: string) =>
		kept.has(name) ||
		texts.has(name) ||
		(shared.has(name) && (words.has(name) || language.has(name)));
	return { owners, isKept };
}

/** Short names by the names in the sources. */
export type ShortNames = Readonly<Record<string, string>>;

export function memberNames({ modules, outside = "", fixed = [] }: Omit<Job, "entry">): ShortNames {
	const trees = Object.values(modules).map(({ file, source }) =>
		ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true),
	);
	const all = read(trees);
	const ofFixed = new Set(fixed.map((name) => modules[name]?.file));
	const { owners, isKept } = sorted(all, outside, ofFixed);
	const lines = linesOf(all.classes);
	const known = new Set(all.names.map(({ text }) => text));
	const letters = LETTERS.filter((letter) => !known.has(letter) && !all.texts.has(letter));
	const taken = new Map(letters.map((letter) => [letter, new Set<Line>()]));
	const short: Record<string, string> = {};
	for (const [name, of] of owners) {
		const its = [...of].map((owner) => lines.get(owner));
		if (isKept(name) || its.includes(undefined)) continue;
		const letter = letters.find((one) => !its.some((line) => taken.get(one)!.has(line)));
		if (letter === undefined) continue;
		for (const line of its) taken.get(letter)!.add(line);
		short[name] = letter;
	}
	return short;
}

/** A pattern that fits these names and nothing else. */
const oneOf = (names: readonly string[]): RegExp =>
	new RegExp(`^(?:${names.map((name) => name.replaceAll("$", "\\$")).join("|")})$`);

/**
 * The module with the short names, by esbuild. Not in the pass that joins: from TypeScript, esbuild
 * 0.28 declares a parameter property by its long name and assigns it by the short one.
 */
export async function withShortNames(code: string, short: ShortNames): Promise<string> {
	const names = Object.keys(short);
	if (names.length === 0) return code;
	const renaming = { mangleProps: oneOf(names), mangleCache: { ...short } };
	return (await transform(code, { ...renaming, target: "es2022", charset: "utf8" })).code;
}
