/** Syntax: which identifiers of a source name variables, which name properties. */
import ts from "typescript";

/** The tree of a text, of JavaScript if it is not said otherwise. */
export const treeOf = (code: string, kind = ts.ScriptKind.JS): ts.SourceFile =>
	ts.createSourceFile("one.js", code, ts.ScriptTarget.ES2022, true, kind);

/** Calls `visit` for a node and all nodes below it. */
export function each(node: ts.Node, visit: (node: ts.Node) => void): void {
	visit(node);
	ts.forEachChild(node, (child) => each(child, visit));
}

/** One word that names a variable and a property: `{ level }`. */
export function isShorthand(node: ts.Identifier): boolean {
	const { parent } = node;
	if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
	if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return !parent.propertyName;
	return (
		ts.isBindingElement(parent) &&
		ts.isObjectBindingPattern(parent.parent) &&
		parent.name === node &&
		!parent.propertyName &&
		!parent.dotDotDotToken
	);
}

/** Whether an identifier names a property, a method, or something of another module, and no variable. */
export function isProperty(node: ts.Identifier): boolean {
	const { parent } = node;
	if (isShorthand(node)) return false;
	if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent))
		return parent.propertyName === node;
	if (ts.isExportSpecifier(parent)) return parent.name === node;
	if (ts.isMetaProperty(parent)) return true;
	const isNamed =
		ts.isPropertyAccessExpression(parent) ||
		ts.isPropertyAssignment(parent) ||
		ts.isClassElement(parent) ||
		ts.isMethodDeclaration(parent) ||
		ts.isAccessor(parent);
	return isNamed && parent.name === node;
}
