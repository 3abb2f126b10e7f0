/**
 * Names: which identifiers of a module are variables, which are names of properties.
 */
import { createRequire } from "node:module";

/** @type {typeof import("typescript")} */
const ts = createRequire(import.meta.url)("typescript");
const { SyntaxKind } = ts;

/** Visits a node and all within it; not within one for which `visit` returns false. */
export function each(node, visit) {
	if (visit(node) === false) return;
	ts.forEachChild(node, (child) => each(child, visit));
}

/** Whether an identifier names a property, and no variable. */
export function isProperty(node) {
	const { parent } = node;
	if (ts.isBindingElement(parent)) return parent.propertyName === node;
	const isNamed =
		ts.isPropertyAccessExpression(parent) ||
		ts.isPropertyAssignment(parent) ||
		ts.isClassElement(parent);
	return isNamed && parent.name === node;
}

/** Whether it names both: `{ level }`. */
export function isShorthand(node) {
	const { parent } = node;
	if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
	const isPart = ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent);
	return isPart && parent.name === node && !parent.propertyName && !parent.dotDotDotToken;
}

const isDeclared = (node) =>
	node.parent.name === node &&
	!isProperty(node) &&
	(ts.isVariableDeclaration(node.parent) ||
		ts.isParameter(node.parent) ||
		ts.isBindingElement(node.parent) ||
		ts.isFunctionLike(node.parent) ||
		ts.isClassLike(node.parent));

const namesIn = (node, isOne) => {
	const names = new Set();
	each(node, (child) => {
		if (ts.isIdentifier(child) && isOne(child)) names.add(child.text);
	});
	return names;
};

/** Variables that begin within a node. */
export const declaredIn = (node) => namesIn(node, isDeclared);

/** Variables that a node uses. */
export const variablesIn = (node) => namesIn(node, (each) => !isProperty(each));

/** Whether a part of a function can stand in it alone, because its meaning depends on the function. */
export function isFixed(part, mayUseThis) {
	let is = false;
	each(part, (node) => {
		const { kind } = node;
		is ||=
			(kind === SyntaxKind.ThisKeyword && !mayUseThis) ||
			kind === SyntaxKind.SuperKeyword ||
			ts.isMetaProperty(node) ||
			ts.isLabeledStatement(node) ||
			ts.isFunctionDeclaration(node) ||
			ts.isAwaitExpression(node) ||
			ts.isYieldExpression(node) ||
			(ts.isTryStatement(node) && node.finallyBlock !== undefined) ||
			(ts.isIdentifier(node) && node.text === "arguments" && !isProperty(node));
		const isOther = ts.isFunctionLike(node) && !ts.isArrowFunction(node);
		return !isOther && !ts.isClassLike(node);
	});
	return is;
}
