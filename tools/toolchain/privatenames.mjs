/**
 * Private names: short names for the members that only their class uses.
 *
 * The name of a property takes 26 bytes of flash and its text. A private member is in no message,
 * record or interface, so classes that do not extend one another share names. A name keeps its form
 * unless the sources show all of this: it is declared as a private member and as nothing else, it is
 * used in the bodies of such classes alone, no text consists of it, and none of its classes extends
 * one from outside.
 */
import { createRequire } from "node:module";

/** @type {typeof import("typescript")} */
const ts = createRequire(import.meta.url)("typescript");
const { SyntaxKind } = ts;

const LETTERS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];

const isPrivate = ({ modifiers }) =>
	modifiers?.some(({ kind }) => kind === SyntaxKind.PrivateKeyword) === true;

/** A class's member, a parameter of its constructor with a modifier among them. */
const isMember = (node) =>
	ts.isClassElement(node) || ts.isParameterPropertyDeclaration(node, node.parent);

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

/** Whether a name is used there, and declared nowhere but in a private member. */
const isUse = ({ parent }) =>
	ts.isPropertyAccessExpression(parent) ||
	ts.isBindingElement(parent) ||
	(isMember(parent) && isPrivate(parent));

function classAround(node) {
	let at = node.parent;
	while (at && !ts.isClassLike(at)) at = at.parent;
	return at;
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

/** All properties that sources name, the classes of each private one, and the names to be kept. */
function survey(trees) {
	const [names, kept, owners, classes] = [[], new Set(), new Map(), []];
	for (const tree of trees)
		each(tree, (node) => {
			if (ts.isStringLiteralLike(node)) kept.add(node.text);
			if (ts.isClassLike(node)) classes.push(node);
			if (!ts.isIdentifier(node) || !namesProperty(node)) return;
			names.push(node);
			if (!isMember(node.parent) || !isPrivate(node.parent)) return;
			owners.set(node.text, (owners.get(node.text) ?? new Set()).add(classAround(node.parent)));
		});
	const isInside = (node, of) => {
		const around = classAround(node);
		return around !== undefined && (of.has(around) || isInside(around, of));
	};
	for (const node of names) {
		const of = owners.get(node.text);
		if (of && !(isUse(node) && isInside(node, of))) kept.add(node.text);
	}
	return { names, kept, owners, classes };
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

/** @type {import("./privatenames.mjs").privateNames} */
export function privateNames(modules) {
	const trees = Object.values(modules).map(({ file, source }) =>
		ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true),
	);
	const { names, kept, owners, classes } = survey(trees);
	const lines = linesOf(classes);
	const known = new Set(names.map(({ text }) => text));
	const letters = LETTERS.filter((letter) => !known.has(letter) && !kept.has(letter));
	const taken = new Map(letters.map((letter) => [letter, new Set()]));
	const short = {};
	for (const [name, of] of owners) {
		const its = [...of].map((owner) => lines.get(owner));
		if (kept.has(name) || its.includes(undefined)) continue;
		const letter = letters.find((each) => !its.some((line) => taken.get(each).has(line)));
		if (letter === undefined) continue;
		for (const line of its) taken.get(letter).add(line);
		short[name] = letter;
	}
	return short;
}
