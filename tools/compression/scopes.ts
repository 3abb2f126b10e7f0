/**
 * Scopes: which variable an identifier means, by TypeScript's own resolution of names.
 *
 * The program consists of one file: no library is read and no type is computed, so a module of half a
 * megabyte takes about a second.
 */
import ts from "typescript";

/** Resolves the names of a tree that was made by `treeOf`. */
export function scopesOf(file: ts.SourceFile): ts.TypeChecker {
	const host: ts.CompilerHost = {
		getSourceFile: (name) => (name === file.fileName ? file : undefined),
		getDefaultLibFileName: () => "",
		writeFile: () => undefined,
		getCurrentDirectory: () => "",
		getCanonicalFileName: (name) => name,
		useCaseSensitiveFileNames: () => true,
		getNewLine: () => "\n",
		fileExists: (name) => name === file.fileName,
		readFile: () => undefined,
	};
	const options = { allowJs: true, noLib: true, noResolve: true, types: [] };
	const target = ts.ScriptTarget.ESNext;
	return ts.createProgram([file.fileName], { ...options, target }, host).getTypeChecker();
}

/** The variable; undefined: nothing declares it. */
export function variableOf(node: ts.Identifier, scopes: ts.TypeChecker): ts.Symbol | undefined {
	const { parent } = node;
	if (ts.isShorthandPropertyAssignment(parent) && parent.name === node)
		return scopes.getShorthandAssignmentValueSymbol(parent);
	if (ts.isExportSpecifier(parent)) return scopes.getExportSpecifierLocalTargetSymbol(parent);
	return scopes.getSymbolAtLocation(node);
}
