/**
 * Called once: the functions and private methods that have one call, and may stand in its place.
 *
 * The call must be what its statement evaluates first, or the value of a branch of it, so that nothing is
 * evaluated in another order. Any doubt leaves a function as it is.
 */
import { createRequire } from "node:module";
import { declaredIn, each, isFixed, isProperty, isShorthand, variablesIn } from "./names.mjs";

/** @type {typeof import("typescript")} */
const ts = createRequire(import.meta.url)("typescript");
const { SyntaxKind } = ts;

const contains = (outer, inner) => inner.pos >= outer.pos && inner.end <= outer.end;
export const unwrapped = (node) =>
	ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;

/** The function of a candidate: statements, and parameters that are variables. */
const isSimple = ({ asteriskToken, modifiers = [], parameters, body }, mayUseThis) =>
	!asteriskToken &&
	modifiers.length === 0 &&
	body !== undefined &&
	ts.isBlock(body) &&
	![body, ...parameters].some((part) => isFixed(part, mayUseThis)) &&
	!parameters.some(({ dotDotDotToken }) => dotDotDotToken);

/** Functions of the module by their names. */
function functionsIn(file) {
	const found = new Map();
	for (const statement of file.statements)
		if (ts.isFunctionDeclaration(statement)) {
			if (isSimple(statement, false))
				found.set(statement.name.text, { declaration: statement, its: statement, uses: [] });
		} else if (ts.isVariableStatement(statement)) {
			const [{ name, initializer }, ...more] = statement.declarationList.declarations;
			const isOne = more.length === 0 && initializer && ts.isArrowFunction(initializer);
			if (isOne && isSimple(initializer, false))
				found.set(name.text, { declaration: statement, its: initializer, uses: [] });
		}
	return found;
}

/** The member of a class whose `this` holds at a node. */
function memberAround(node) {
	let at = node.parent;
	while (at && !ts.isClassElement(at) && (!ts.isFunctionLike(at) || ts.isArrowFunction(at)))
		at = at.parent;
	return at;
}

/** `this.name` in a member of the class that declares it, and of its objects. */
function isOwn({ parent }, { declaration }) {
	const member = memberAround(parent);
	return (
		ts.isPropertyAccessExpression(parent) &&
		parent.expression.kind === SyntaxKind.ThisKeyword &&
		member?.parent === declaration.parent &&
		!member.modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword)
	);
}

/** All candidates with their uses: functions, and methods of names that are private. */
function candidatesIn(file, privates) {
	const functions = functionsIn(file);
	const methods = new Map();
	const uses = [];
	each(file, (node) => {
		if (!ts.isIdentifier(node)) return;
		const { parent, text } = node;
		if (isShorthand(node) && functions.has(text)) functions.get(text).uses.push(node);
		if (isProperty(node) || isShorthand(node)) {
			if (!privates.has(text)) return;
			if (!ts.isClassElement(parent)) return void uses.push(node);
			const isTaken = methods.has(text) || !ts.isMethodDeclaration(parent);
			const isMethod = !isTaken && isSimple(parent, true);
			methods.set(text, isMethod ? { declaration: parent, its: parent, uses: [] } : undefined);
		} else if (functions.has(text) && (parent.name !== node || ts.isExportSpecifier(parent)))
			functions.get(text).uses.push(node);
	});
	for (const use of uses) {
		const method = methods.get(use.text);
		method?.uses.push(isOwn(use, method) ? use.parent : use);
	}
	return [...functions.values(), ...methods.values()].filter((one) => one?.uses.length === 1);
}

const isTarget = (node) =>
	ts.isIdentifier(node) ||
	(ts.isPropertyAccessExpression(node) && node.expression.kind === SyntaxKind.ThisKeyword);
export const isAssignment = (node) =>
	ts.isBinaryExpression(node) &&
	node.operatorToken.kind === SyntaxKind.EqualsToken &&
	isTarget(node.left);

/** The part that a node evaluates first, one level down. */
export function firstOf(node) {
	if (ts.isBinaryExpression(node)) return isAssignment(node) ? node.right : node.left;
	if (ts.isPrefixUnaryExpression(node)) return node.operand;
	if (ts.isConditionalExpression(node)) return node.condition;
	if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return node.arguments[0];
	if (ts.isVariableStatement(node)) return node.declarationList.declarations[0].initializer;
	const hasFirst =
		ts.isReturnStatement(node) ||
		ts.isExpressionStatement(node) ||
		ts.isIfStatement(node) ||
		ts.isForOfStatement(node) ||
		ts.isCallExpression(node) ||
		ts.isParenthesizedExpression(node) ||
		ts.isPropertyAccessExpression(node) ||
		ts.isElementAccessExpression(node);
	return hasFirst ? node.expression : undefined;
}

/** The variable of a statement that declares it alone. */
export function variableOf(statement) {
	if (!ts.isVariableStatement(statement)) return undefined;
	const { declarations } = statement.declarationList;
	return declarations.length === 1 && ts.isIdentifier(declarations[0].name)
		? declarations[0].name
		: undefined;
}

/** The expression whose value a statement takes whole: it can be made by other statements. */
export function wholeOf(node) {
	if (ts.isArrowFunction(node)) return node.body;
	if (ts.isReturnStatement(node)) return node.expression;
	if (variableOf(node)) return firstOf(node);
	if (!ts.isExpressionStatement(node)) return undefined;
	return isAssignment(node.expression) ? node.expression.right : node.expression;
}

/** Whether the value of `whole` is that of `part`, by conditions at most. */
function isBranch(whole, part) {
	const inner = whole && unwrapped(whole);
	if (inner === undefined || inner === part) return inner === part;
	if (!ts.isConditionalExpression(inner)) return false;
	return isBranch(inner.whenTrue, part) || isBranch(inner.whenFalse, part);
}

/** `if (one && other)` without an else: the same as one `if` within the other. */
export const isDouble = (node) =>
	ts.isIfStatement(node) &&
	node.elseStatement === undefined &&
	ts.isBinaryExpression(node.expression) &&
	node.expression.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken;

/** The statement, or arrow function, in which a call can be replaced; undefined: there is none. */
function placeOf(call) {
	let at = call;
	for (;;) {
		let { parent } = at;
		if (ts.isVariableDeclaration(parent)) parent = parent.parent.parent;
		if (parent !== undefined && firstOf(parent) === at) {
			if (ts.isStatement(parent)) return isFree(parent) ? parent : undefined;
			at = parent;
			continue;
		}
		if (parent !== undefined && isDouble(parent.parent) && parent.right === at)
			return isFree(parent.parent) ? parent.parent : undefined;
		const place = ts.findAncestor(at, (node) => ts.isStatement(node) || ts.isArrowFunction(node));
		return place && isFree(place) && isBranch(wholeOf(place), at) ? place : undefined;
	}
}
/** At the top a function has no place: it is called at load alone, and takes no flash. */
const isFree = ({ parent, modifiers }) =>
	!ts.isLabeledStatement(parent) && !ts.isSourceFile(parent) && !modifiers?.length;

/** Those that are moved: each with its call and its place. */
export function movedIn(file, privates) {
	const tops = new Set(file.statements.flatMap((statement) => [...topNames(statement)]));
	const inner = new Set(file.statements.flatMap(partsOf).flatMap((part) => [...declaredIn(part)]));
	return candidatesIn(file, privates).flatMap((one) => {
		const { its, declaration, uses } = one;
		const [use] = uses;
		const call = use.parent;
		const isCall = ts.isCallExpression(call) && call.expression === use && !call.questionDotToken;
		if (!isCall || contains(declaration, call)) return [];
		const given = call.arguments;
		const isPlain =
			!given.some(ts.isSpreadElement) &&
			given.length <= its.parameters.length &&
			!its.parameters.some(({ initializer }, nth) => initializer && given[nth]);
		const place = isPlain ? placeOf(call) : undefined;
		const own = new Set([...its.parameters, its.body].flatMap((part) => [...declaredIn(part)]));
		const free = [...variablesIn(its)].filter((name) => !own.has(name));
		const isClear =
			![...own].some((name) => tops.has(name)) && !free.some((name) => inner.has(name));
		return place && isClear ? [{ its, declaration, call, place, own }] : [];
	});
}

/** The parts of a statement of the module, without the names that it gives to the module. */
function partsOf(statement) {
	if (ts.isFunctionDeclaration(statement)) return [...statement.parameters, statement.body];
	if (ts.isClassDeclaration(statement)) return statement.members;
	if (!ts.isVariableStatement(statement)) return [statement];
	return statement.declarationList.declarations.flatMap(({ initializer }) => initializer ?? []);
}

function topNames(statement) {
	if (ts.isVariableStatement(statement))
		return statement.declarationList.declarations.map(({ name }) => name.text);
	const names = statement.name ? [statement.name.text] : [];
	if (!ts.isImportDeclaration(statement) || !statement.importClause) return names;
	const { name, namedBindings: bindings } = statement.importClause;
	const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
	return [...(name ? [name] : []), ...elements.map((element) => element.name)].map(
		({ text }) => text,
	);
}
