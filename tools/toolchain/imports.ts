/** Imports: the modules that a compiled text imports, name by name, and the names that it exports. */
import ts from "typescript";
import { treeOf } from "../compression/syntax.js";

/** A name that a module imports of another; `*`: all exports as one object, or none. */
interface Imported {
	readonly specifier: string;
	readonly name: string;
}

const textOf = ({ moduleSpecifier }: ts.ImportDeclaration | ts.ExportDeclaration): string =>
	(moduleSpecifier as ts.StringLiteral).text;

const elementsOf = (bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined) =>
	bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
		? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
		: [];

export function importsOf(code: string): Imported[] {
	return treeOf(code).statements.flatMap((statement) => {
		if (ts.isImportDeclaration(statement)) {
			const { name, namedBindings } = statement.importClause ?? {};
			const names = [...(name ? ["default"] : []), ...elementsOf(namedBindings)];
			const specifier = textOf(statement);
			return (names.length > 0 ? names : ["*"]).map((each) => ({ specifier, name: each }));
		}
		if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return [];
		const names = elementsOf(statement.exportClause);
		const specifier = textOf(statement);
		return (names.length > 0 ? names : ["*"]).map((each) => ({ specifier, name: each }));
	});
}

/** Names; of another module whose exports are all passed on, its specifier behind a `*`. */
export function exportsOf(code: string): string[] {
	return treeOf(code).statements.flatMap((statement) => {
		if (ts.isExportAssignment(statement)) return ["default"];
		if (!ts.isExportDeclaration(statement)) return [];
		const { exportClause } = statement;
		if (exportClause === undefined) return [`*${textOf(statement)}`];
		return ts.isNamedExports(exportClause)
			? exportClause.elements.map(({ name }) => name.text)
			: [exportClause.name.text];
	});
}
