/**
 * Holes: names in a compressed module that nothing declares.
 *
 * A lamp meets such a name only when it runs the line, as an exception. So the build fails at each
 * identifier that no scope declares and that is no global of XS or of the platform.
 */
import ts from "typescript";
import { scopesOf, variableOf } from "./scopes.js";
import { each, isProperty } from "./syntax.js";

const isLabel = ({ parent }: ts.Identifier): boolean =>
	ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent);

/** Names of variables that nothing declares and that are not among the globals. */
export function freeNames(file: ts.SourceFile, globals: ReadonlySet<string> = new Set()): string[] {
	const scopes = scopesOf(file);
	// a name of the module holds in every scope, where another variable of that name does not
	const ofModule = scopes.getSymbolsInScope(file, ts.SymbolFlags.Value).map(({ name }) => name);
	const known = new Set([...globals, ...ofModule]);
	const found = new Set<string>();
	each(file, (node) => {
		if (!ts.isIdentifier(node) || known.has(node.text)) return;
		if (isProperty(node) || isLabel(node)) return;
		if (variableOf(node, scopes) === undefined) found.add(node.text);
	});
	return [...found];
}
