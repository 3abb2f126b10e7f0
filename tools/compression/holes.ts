/**
 * Holes: names in a compressed module that nothing declares.
 *
 * A lamp meets such a name only when it runs the line, as an exception. So each is an error of the
 * build: an identifier that no scope declares and that is no global of XS or of the platform; and a
 * member that has a short name elsewhere and its long one here.
 */
import ts from "typescript";
import type { ShortNames } from "./members.js";
import { scopesOf, variableOf } from "./scopes.js";
import { each, isProperty, isShorthand } from "./syntax.js";

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

/** Whether an identifier names a member of an object, and not an export of a module. */
const isMember = (node: ts.Identifier): boolean =>
	(isProperty(node) || isShorthand(node)) &&
	!ts.isImportSpecifier(node.parent) &&
	!ts.isExportSpecifier(node.parent);

/** Names of members that were shortened and are left in their long form, as properties or as texts. */
export function longNames(file: ts.SourceFile, short: ShortNames): string[] {
	const found = new Set<string>();
	each(file, (node) => {
		const isName = ts.isIdentifier(node) ? isMember(node) : ts.isStringLiteralLike(node);
		const { text } = node as ts.Identifier | ts.StringLiteralLike;
		if (isName && Object.hasOwn(short, text)) found.add(text);
	});
	return [...found];
}
