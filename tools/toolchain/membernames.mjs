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

const require = createRequire(import.meta.url);
/** @type {typeof import("typescript")} */
const ts = require("typescript");
const { SyntaxKind } = ts;

const LETTERS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const WORD = /[A-Za-z_$][\w$]*/g;
/** A property as TypeScript declares those of the language. */
const DECLARED = /^\s+(?:readonly )?([A-Za-z_]\w*)[?]?[(<:]/gm;

const has = ({ modifiers }, kind) => modifiers?.some((each) => each.kind === kind) === true;

/** A class's member, a parameter of its constructor with a modifier among them. */
const isMember = (node) =>
	(ts.isClassElement(node) && ts.isClassLike(node.parent)) ||
	ts.isParameterPropertyDeclaration(node, node.parent);

/** Whether an identifier names a property where it stands; of a shorthand, it names a variable, too. */
function namesProperty(node) {
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
function isSure({ parent }) {
	if (isMember(parent))
		return has(parent, SyntaxKind.PrivateKeyword)
			? !has(parent, SyntaxKind.StaticKeyword)
			: !parent.questionToken && !has(parent, SyntaxKind.StaticKeyword);
	if (ts.isTypeElement(parent)) return !parent.questionToken;
	if (ts.isBindingElement(parent)) return !parent.initializer && !parent.dotDotDotToken;
	return ts.isPropertyAccessExpression(parent);
}

function classAround(node) {
	let at = node.parent;
	while (at && !ts.isClassLike(at)) at = at.parent;
	return at;
}

function isInside(node, classes) {
	const around = classAround(node);
	return around !== undefined && (classes.has(around) || isInside(around, classes));
}

/** Whether it is declared, or read of `this`: of another object the name may be the platform's. */
function isOfThis({ parent }) {
	if (ts.isPropertyAccessExpression(parent))
		return parent.expression.kind === SyntaxKind.ThisKeyword;
	if (!ts.isBindingElement(parent)) return isMember(parent);
	return parent.parent.parent.initializer?.kind === SyntaxKind.ThisKeyword;
}

const baseOf = (node) =>
	node.heritageClauses
		?.find(({ token }) => token === SyntaxKind.ExtendsKeyword)
		?.types[0].expression.getText();

function each(tree, visit) {
	const walk = (node) => {
		visit(node);
		ts.forEachChild(node, walk);
	};
	walk(tree);
}

/** All that sources say: properties, classes and texts. */
function read(trees) {
	const [names, classes, texts] = [[], [], new Set()];
	for (const tree of trees)
		each(tree, (node) => {
			if (
				ts.isStringLiteralLike(node) ||
				ts.isTemplateMiddleOrTemplateTail(node) ||
				ts.isTemplateHead(node)
			)
				texts.add(node.text);
			if (ts.isClassLike(node)) classes.push(node);
			if (ts.isIdentifier(node) && namesProperty(node)) names.push(node);
		});
	return { names, classes, texts };
}

/** The first class of the line of each; undefined: it extends one that is no class of the sources. */
function linesOf(classes) {
	const lineOf = (node) => {
		const base = baseOf(node);
		if (base === undefined) return node;
		const named = classes.filter(({ name }) => name?.text === base);
		return named.length === 1 ? lineOf(named[0]) : undefined;
	};
	return new Map(classes.map((node) => [node, lineOf(node)]));
}

let ofLanguage;
/** Names of properties of the language, by the types of the compiler. */
function languageNames() {
	if (ofLanguage) return ofLanguage;
	const folder = dirname(require.resolve("typescript"));
	const files = readdirSync(folder).filter((name) => /^lib\.es.*\.d\.ts$/.test(name));
	ofLanguage = new Set(
		files.flatMap((name) =>
			[...readFileSync(join(folder, name), "utf8").matchAll(DECLARED)].map(([, found]) => found),
		),
	);
	return ofLanguage;
}

/** Names that keep their form, and the classes of the others. */
function sorted({ names, texts }, outside, fixed) {
	const [owners, kept, shared] = [new Map(), new Set(), new Set()];
	for (const node of names) {
		const { parent, text } = node;
		if (!isSure(node)) kept.add(text);
		if (!isMember(parent)) continue;
		owners.set(text, (owners.get(text) ?? new Set()).add(classAround(parent)));
		if (has(parent, SyntaxKind.PrivateKeyword)) continue;
		shared.add(text);
		if (fixed.has(node.getSourceFile().fileName)) kept.add(text);
	}
	for (const node of names) {
		const of = owners.get(node.text);
		if (of && !(isInside(node, of) && isOfThis(node))) shared.add(node.text);
	}
	const words = new Set([...texts, outside].flatMap((text) => text.match(WORD) ?? []));
	const isKept = (name) =>
		kept.has(name) ||
		texts.has(name) ||
		(shared.has(name) && (words.has(name) || languageNames().has(name)));
	return { owners, isKept };
}

/** @type {import("./membernames.mjs").memberNames} */
export function memberNames({ modules, outside = "", fixed = [] }) {
	const trees = Object.values(modules).map(({ file, source }) =>
		ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true),
	);
	const all = read(trees);
	const { owners, isKept } = sorted(
		all,
		outside,
		new Set(fixed.map((name) => modules[name]?.file)),
	);
	const lines = linesOf(all.classes);
	const known = new Set(all.names.map(({ text }) => text));
	const letters = LETTERS.filter((letter) => !known.has(letter) && !all.texts.has(letter));
	const taken = new Map(letters.map((letter) => [letter, new Set()]));
	const short = {};
	for (const [name, of] of owners) {
		const its = [...of].map((owner) => lines.get(owner));
		if (isKept(name) || its.includes(undefined)) continue;
		const letter = letters.find((each) => !its.some((line) => taken.get(each).has(line)));
		if (letter === undefined) continue;
		for (const line of its) taken.get(letter).add(line);
		short[name] = letter;
	}
	return short;
}
