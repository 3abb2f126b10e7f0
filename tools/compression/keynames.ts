/**
 * Key names: names for variables that are in the table of keys anyway.
 *
 * A variable that a closure uses, or that belongs to the module, has its name in XS's table of keys, of
 * 26 bytes and the name. Names of properties are there, too; so such a variable gets the name of a
 * property. A name is exchanged in all places where it names a variable, for one that names no variable
 * of the module and nothing global: so each variable stays apart from all others.
 */
import ts from "typescript";
import { each, isProperty, isShorthand } from "./syntax.js";

/** Whether a variable begins here. */
const isDeclared = (node: ts.Identifier): boolean => {
	const { parent } = node;
	const mayDeclare =
		ts.isVariableDeclaration(parent) ||
		ts.isBindingElement(parent) ||
		ts.isParameter(parent) ||
		ts.isFunctionDeclaration(parent) ||
		ts.isClassLike(parent) ||
		ts.isImportClause(parent) ||
		ts.isImportSpecifier(parent);
	return mayDeclare && parent.name === node;
};

function namesIn(file: ts.SourceFile) {
	const [properties, variables, declared] = [
		new Set<string>(),
		new Set<string>(),
		new Set<string>(),
	];
	each(file, (node) => {
		if (!ts.isIdentifier(node)) return;
		const [isShort, isOfObject] = [isShorthand(node), isProperty(node)];
		if (isShort || isOfObject) properties.add(node.text);
		if (!isOfObject) variables.add(node.text);
		if (!isOfObject && isDeclared(node)) declared.add(node.text);
	});
	return { properties, variables, declared };
}

/** The new names by the old ones. */
export function keyNames(
	file: ts.SourceFile,
	globals: ReadonlySet<string>,
): ReadonlyMap<string, string> {
	const { properties, variables, declared } = namesIn(file);
	const isReserved = (name: string) => globals.has(name) || name === "eval" || name === "arguments";
	const isFree = (name: string) =>
		!variables.has(name) &&
		!isReserved(name) &&
		ts.identifierToKeywordKind(ts.factory.createIdentifier(name)) === undefined;
	const free = [...properties].filter(isFree);
	const names = [...declared].filter((name) => !properties.has(name) && !isReserved(name));
	return new Map(names.slice(0, free.length).map((name, index) => [name, free[index]!]));
}
