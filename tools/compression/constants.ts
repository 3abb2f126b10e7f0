/**
 * Constants: the forms that take less in XS, on the tree of swc's text.
 *
 * - A `function` has a prototype object, of three slots; an arrow function has none. A declaration
 *   that does not use `this` becomes a constant at the head of its block. A function that is called
 *   where it stands is left: an arrow function takes more instructions to create.
 * - esbuild declares the constants of modules as variables, which XS would keep in RAM. Those that
 *   nothing assigns are constants again.
 * - A pattern (`{ a, b } = this`) takes more instructions than the members one by one.
 */
import ts from "typescript";
import { isUse } from "./kept.js";
import { scopesOf, variableOf } from "./scopes.js";
import { each, isProperty } from "./syntax.js";

const { factory, SyntaxKind } = ts;

/** Whether a function uses what an arrow function does not have. */
function usesThis(node: ts.Node): boolean {
	const isOf = (child: ts.Node) =>
		child.kind === SyntaxKind.ThisKeyword ||
		child.kind === SyntaxKind.SuperKeyword ||
		ts.isMetaProperty(child) ||
		(ts.isIdentifier(child) && child.text === "arguments");
	const visit = (child: ts.Node): true | undefined => {
		if (isOf(child)) return true;
		const hasOwn = ts.isFunctionLike(child) && !ts.isArrowFunction(child);
		return hasOwn || ts.isClassLike(child) ? undefined : ts.forEachChild(child, visit);
	};
	return ts.forEachChild(node, visit) === true;
}

const isAsync = ({ kind }: ts.ModifierLike): boolean => kind === SyntaxKind.AsyncKeyword;

const canBeArrow = (node: ts.FunctionDeclaration): boolean =>
	!node.asteriskToken && (node.modifiers ?? []).every(isAsync) && !usesThis(node);

/** With `return value` alone as the value. */
function arrowOf({
	modifiers = factory.createNodeArray(),
	parameters,
	body,
}: ts.FunctionDeclaration): ts.ArrowFunction {
	const [first, ...more] = body!.statements;
	const value = first && more.length === 0 && ts.isReturnStatement(first) && first.expression;
	const short = value ? factory.createParenthesizedExpression(value) : body!;
	const asyncModifiers = modifiers.some(isAsync)
		? [factory.createModifier(SyntaxKind.AsyncKeyword)]
		: [];
	return factory.createArrowFunction(
		asyncModifiers,
		undefined,
		parameters,
		undefined,
		undefined,
		short,
	);
}

const constantOf = (declarations: readonly ts.VariableDeclaration[]): ts.VariableStatement =>
	factory.createVariableStatement(
		undefined,
		factory.createVariableDeclarationList(declarations, ts.NodeFlags.Const),
	);

const isAssignment = ({ kind }: ts.BinaryOperatorToken): boolean =>
	kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
const isStep = (node: ts.Node): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression =>
	(ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
	(node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken);

/** Variables that something assigns after their declaration. */
function assignedIn(file: ts.SourceFile, scopes: ts.TypeChecker): ReadonlySet<ts.Symbol> {
	const found = new Set<ts.Symbol>();
	const add = (target: ts.Node): void => {
		if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) return;
		const variable = ts.isIdentifier(target) && variableOf(target, scopes);
		if (variable) found.add(variable);
		ts.forEachChild(target, add);
	};
	each(file, (node) => {
		if (isStep(node)) add(node.operand);
		else if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken)) add(node.left);
		else if (ts.isForInStatement(node) || ts.isForOfStatement(node)) add(node.initializer);
	});
	return found;
}

/** The statements that declare variables of the module, with `var`, which stay as they are. */
function constantsIn(file: ts.SourceFile): ReadonlySet<ts.Node> {
	const scopes = scopesOf(file);
	const assigned = assignedIn(file, scopes);
	const isConstant = ({ name, initializer }: ts.VariableDeclaration): boolean =>
		initializer !== undefined &&
		ts.isIdentifier(name) &&
		!assigned.has(scopes.getSymbolAtLocation(name)!);
	const isFixed = (node: ts.Statement) =>
		ts.isVariableStatement(node) &&
		(node.declarationList.flags & ts.NodeFlags.BlockScoped) === 0 &&
		node.declarationList.declarations.every(isConstant);
	return new Set(file.statements.filter(isFixed));
}

/** `{ a, b } = object` as `a = object.a, b = object.b`; undefined: it is more than that. */
function withoutPattern({ name, initializer }: ts.VariableDeclaration) {
	if (!ts.isObjectBindingPattern(name) || !initializer) return undefined;
	const isSimple = initializer.kind === SyntaxKind.ThisKeyword || ts.isIdentifier(initializer);
	const arePlain = name.elements.every(
		({ initializer: value, dotDotDotToken, name: variable, propertyName }) =>
			!value &&
			!dotDotDotToken &&
			ts.isIdentifier(variable) &&
			(!propertyName || ts.isIdentifier(propertyName)),
	);
	if (!isSimple || !arePlain) return undefined;
	return name.elements.map(({ name: variable, propertyName }) => {
		const property = (propertyName ?? variable) as ts.Identifier;
		const member = factory.createPropertyAccessExpression(initializer, property.text);
		return factory.createVariableDeclaration(variable, undefined, undefined, member);
	});
}

const withoutPatterns = (node: ts.VariableDeclarationList): ts.VariableDeclarationList =>
	factory.updateVariableDeclarationList(
		node,
		node.declarations.flatMap((each) => withoutPattern(each) ?? [each]),
	);

/** The text for XS; `names`: others for variables. */
export function asConstants(file: ts.SourceFile, names: ReadonlyMap<string, string>): string {
	const constants = constantsIn(file);
	const change: ts.TransformerFactory<ts.SourceFile> = (context) => {
		const visit = (node: ts.Node): ts.Node => {
			if (ts.isBlock(node)) return factory.updateBlock(node, ordered(node.statements));
			if (ts.isIdentifier(node)) {
				const name = isProperty(node) ? undefined : names.get(node.text);
				return name === undefined ? node : factory.createIdentifier(name);
			}
			const inner = ts.visitEachChild(node, visit, context);
			if (constants.has(node))
				return constantOf((inner as ts.VariableStatement).declarationList.declarations);
			return ts.isVariableDeclarationList(inner) ? withoutPatterns(inner) : inner;
		};
		const declared = (node: ts.FunctionDeclaration) =>
			constantOf([
				factory.createVariableDeclaration(node.name!, undefined, undefined, arrowOf(node)),
			]);
		/** Imports, then functions, because a declaration holds before it. */
		const ordered = (statements: readonly ts.Statement[]): ts.Statement[] => {
			const imports: ts.Statement[] = [];
			const functions: ts.Statement[] = [];
			const others: ts.Statement[] = [];
			for (const statement of statements) {
				if (isUse(statement)) continue;
				const visited = visit(statement) as ts.Statement;
				if (ts.isImportDeclaration(statement)) imports.push(visited);
				else if (ts.isFunctionDeclaration(statement) && canBeArrow(statement))
					functions.push(declared(visited as ts.FunctionDeclaration));
				else others.push(visited);
			}
			return [...imports, ...functions, ...others];
		};
		return () => factory.updateSourceFile(file, ordered(file.statements));
	};
	const { transformed } = ts.transform(file, [change]);
	return ts.createPrinter({ removeComments: true }).printFile(transformed[0]!);
}
