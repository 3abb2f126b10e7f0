/**
 * Plain: the part of the compression that is particular to XS, before and after that of swc.
 *
 * - A function of more than one statement is kept as a function: inlined where it is called once, it
 *   would be a closure, created at every call.
 * - A `function` has a prototype object, of three slots; an arrow function has none. Where one does
 *   not use `this`, it becomes a constant at the head of its block.
 * - A variable that a closure uses has its name in the table of keys, of 26 bytes and the name. Its
 *   name is taken from those of properties, which are in the table anyway.
 */
import { createRequire } from "node:module";

/** @type {typeof import("typescript")} */
const ts = createRequire(import.meta.url)("typescript");
const { factory, SyntaxKind } = ts;

const KEEP = "__keep";

const parse = (code) =>
	ts.createSourceFile("one.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);

/** A function as esbuild prints it; its parameters and the start of its body. */
const FUNCTION = /^(?:async )?function (\w+)\((.*)\) \{\n( {2}[\s\S]*?)^\}/gm;

const NAME = /^(?:async )?function (\w+)/gm;

/** Whether its body may stand in place of a call. */
const isExpression = (parameters, body) =>
	/^[\w, ]*$/.test(parameters) && body.startsWith("  return ") && !/\n {2}[^ })\]]/.test(body);

/** A constant as esbuild prints it: numbers, texts, and expressions of them. */
const CONSTANT = /^var (\w+) = ([\w\s.+\-*/()]+|"[^"\\]*");\n/gm;
const WORD = /\b[A-Za-z_]\w*/g;

/** The constants that need nothing but constants before them, and the rest of the code. */
function constantsFirst(code) {
	const known = new Set(["true", "false"]);
	let head = "";
	const rest = code.replace(CONSTANT, (line, name, value) => {
		const isText = value.startsWith('"');
		if (!isText && !(value.match(WORD) ?? []).every((word) => known.has(word))) return line;
		known.add(name);
		head += line;
		return "";
	});
	return head + rest;
}

/** A frozen table as esbuild prints it; a name in capitals is of one module, and no parameter's. */
const TABLE = /^var ([A-Z][A-Z_0-9]*) = Object\.freeze\(\{([\s\S]*?)\}\);\n/gm;
const COMMENT = /\/\/.*|\/\*[\s\S]*?\*\//g;
const NUMBER = /^\s*(\w+): (-?[\d.e]+)\s*$/;

/** Writes the numbers of tables of nothing else where they are used by name. */
function withNumbers(code) {
	let text = code;
	for (const [, table, lines] of code.matchAll(TABLE)) {
		const parts = lines
			.replace(COMMENT, "")
			.split(",")
			.map((part) => NUMBER.exec(part));
		if (parts.includes(null)) continue;
		const values = new Map(parts.map(([, name, value]) => [name, value]));
		const use = new RegExp(`(?<![\\w.$])${table}\\.(\\w+)\\b`, "g");
		text = text.replace(use, (whole, name) => values.get(name) ?? whole);
	}
	return text;
}

/** Before: constants are constants again and first, `change` is made, functions are used twice. */
export function prepare(code, change = (text) => text) {
	const constants = constantsFirst(withNumbers(code)).replace(/^var (?=\w+ = )/gm, "const ");
	const changed = change(constants);
	const left = new Set([...changed.matchAll(NAME)].map(([, name]) => name));
	const isChanged = (text) => !changed.includes(text);
	const kept = [...constants.matchAll(FUNCTION)].filter(
		([text, name, parameters, body]) =>
			left.has(name) && (!isExpression(parameters, body) || isChanged(text)),
	);
	return `${changed}\n${KEEP}(${kept.map(([, name]) => name).join()});\n`;
}

/** Whether a function uses what an arrow function does not have. */
function usesThis(node) {
	const isOf = (child) =>
		child.kind === SyntaxKind.ThisKeyword ||
		child.kind === SyntaxKind.SuperKeyword ||
		ts.isMetaProperty(child) ||
		(ts.isIdentifier(child) && child.text === "arguments");
	const visit = (child) => {
		const isAnother = ts.isFunctionLike(child) && !ts.isArrowFunction(child);
		if (isOf(child)) return true;
		return isAnother || ts.isClassLike(child) ? undefined : ts.forEachChild(child, visit);
	};
	return ts.forEachChild(node, visit) === true;
}

const isKeep = (node) =>
	ts.isExpressionStatement(node) &&
	ts.isCallExpression(node.expression) &&
	node.expression.expression.getText() === KEEP;

/** The rest of a table whose numbers stand where they were used. */
const isIdle = (node) =>
	ts.isExpressionStatement(node) &&
	ts.isCallExpression(node.expression) &&
	node.expression.expression.getText() === "Object.freeze" &&
	ts.isObjectLiteralExpression(node.expression.arguments[0]);

const canBePlain = (node) =>
	ts.isFunctionDeclaration(node) && !node.asteriskToken && !usesThis(node);

function constantOf(node) {
	const { statements } = node.body;
	const [first] = statements;
	const isOne = statements.length === 1 && ts.isReturnStatement(first) && first.expression;
	const body = isOne ? factory.createParenthesizedExpression(first.expression) : node.body;
	const of = (kind) => (node.modifiers ?? []).filter((modifier) => modifier.kind === kind);
	const isAsync = of(SyntaxKind.AsyncKeyword);
	const arrow = factory.createArrowFunction(
		isAsync,
		undefined,
		node.parameters,
		undefined,
		undefined,
		body,
	);
	const declaration = factory.createVariableDeclaration(node.name, undefined, undefined, arrow);
	const list = factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const);
	return factory.createVariableStatement(of(SyntaxKind.ExportKeyword), list);
}

/** The statements of a block, its plain functions first, since a declaration is known before it. */
function ordered(statements, visit) {
	const [imports, functions, others] = [[], [], []];
	for (const statement of statements) {
		if (isKeep(statement) || isIdle(statement)) continue;
		const isPlain = canBePlain(statement);
		const visited = visit(statement);
		if (ts.isImportDeclaration(statement)) imports.push(visited);
		else if (isPlain) functions.push(constantOf(visited));
		else others.push(visited);
	}
	return [...imports, ...functions, ...others];
}

/** One word that names a property, too: `{ level }`. It is not renamed. */
function isShort(parent) {
	if (ts.isShorthandPropertyAssignment(parent)) return true;
	const isPart =
		ts.isBindingElement(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent);
	if (!isPart || parent.propertyName) return false;
	return !ts.isBindingElement(parent) || ts.isObjectBindingPattern(parent.parent);
}

/** Whether an identifier names a property, a method, or something of another module. */
function isProperty(node, parent) {
	if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent))
		return parent.propertyName === node;
	if (ts.isExportSpecifier(parent)) return parent.name === node;
	const isMember =
		ts.isPropertyAccessExpression(parent) ||
		ts.isMethodDeclaration(parent) ||
		ts.isAccessor(parent) ||
		ts.isPropertyDeclaration(parent) ||
		ts.isPropertyAssignment(parent);
	return isMember && parent.name === node;
}

/** Whether a variable begins here: not a global one, which keeps its name. */
const isDeclared = (node, parent) =>
	parent.name === node &&
	(ts.isVariableDeclaration(parent) ||
		ts.isBindingElement(parent) ||
		ts.isParameter(parent) ||
		ts.isFunctionDeclaration(parent) ||
		ts.isClassLike(parent) ||
		ts.isImportClause(parent) ||
		ts.isImportSpecifier(parent));

function namesIn(file) {
	const [properties, variables, declared] = [new Set(), new Set(), new Set()];
	const visit = (node) => {
		if (ts.isIdentifier(node)) {
			const { text, parent } = node;
			const short = isShort(parent);
			if (short || isProperty(node, parent)) properties.add(text);
			if (short || !isProperty(node, parent)) variables.add(text);
			if (isDeclared(node, parent)) declared.add(text);
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return { properties, variables, declared };
}

const isNumber = (node, text) => ts.isNumericLiteral(node) && node.text === text;

/** `{ a, b } = object` as `a = object.a, b = object.b`; undefined: it is more than that. */
function withoutPattern({ name, initializer }) {
	if (!ts.isObjectBindingPattern(name) || !initializer) return undefined;
	const isSimple = initializer.kind === SyntaxKind.ThisKeyword || ts.isIdentifier(initializer);
	const arePlain = name.elements.every(
		(element) =>
			!element.initializer &&
			!element.dotDotDotToken &&
			ts.isIdentifier(element.name) &&
			(!element.propertyName || ts.isIdentifier(element.propertyName)),
	);
	if (!isSimple || !arePlain) return undefined;
	return name.elements.map((element) => {
		const property = element.propertyName ?? element.name;
		const member = factory.createPropertyAccessExpression(initializer, property.text);
		return factory.createVariableDeclaration(element.name, undefined, undefined, member);
	});
}

/** The forms that swc writes shorter, in those that take fewer instructions. */
function direct(node) {
	if (ts.isForStatement(node) && !node.initializer && !node.incrementor && node.condition)
		return factory.createWhileStatement(node.condition, node.statement);
	if (ts.isVariableDeclarationList(node)) {
		const simple = node.declarations.flatMap((each) => withoutPattern(each) ?? [each]);
		return factory.updateVariableDeclarationList(node, simple);
	}
	if (!ts.isBinaryExpression(node) || !isNumber(node.right, "0")) return node;
	const { left } = node; // a literal is no look-up of a global
	if (isNumber(left, "1")) return factory.createNumericLiteral("1e999");
	const isMinus = ts.isPrefixUnaryExpression(left) && isNumber(left.operand, "1");
	return isMinus ? factory.createPrefixMinus(factory.createNumericLiteral("1e999")) : node;
}

/** Other names for variables that are in the table of keys for nothing else. */
function namesFor(file) {
	const { properties, variables, declared } = namesIn(file);
	const isFree = (name) =>
		!variables.has(name) && !(name in globalThis) && ts.stringToToken(name) === undefined;
	const free = [...properties].filter(isFree);
	const names = [...declared].filter((name) => !properties.has(name));
	return new Map(names.slice(0, free.length).map((name, nth) => [name, free[nth]]));
}

/** After: functions without prototypes, and names that are in the table of keys anyway. */
export function plain(code, { isAsWritten = false } = {}) {
	const file = parse(code);
	const names = isAsWritten ? new Map() : namesFor(file);
	const { transformed } = ts.transform(file, [
		(context) => {
			const inside = (node) => direct(ts.visitEachChild(node, visit, context));
			const visit = (node) => {
				if (ts.isBlock(node)) return factory.updateBlock(node, ordered(node.statements, visit));
				if (!ts.isIdentifier(node)) return inside(node);
				const name = isProperty(node, node.parent) ? undefined : names.get(node.text);
				return name === undefined ? node : factory.createIdentifier(name);
			};
			return () => factory.updateSourceFile(file, ordered(file.statements, visit));
		},
	]);
	return ts.createPrinter({ removeComments: true }).printFile(transformed[0]);
}
