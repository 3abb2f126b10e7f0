/**
 * Kept: functions that swc must not write in place of their one call.
 *
 * In an expression it writes a function of several statements there as a closure, which a lamp would
 * create at every call: a turn that changes nothing would take slots, and bring the next collection
 * nearer. So a last statement uses each of them once more; it goes after swc. A function that returns
 * one expression is left to swc, which writes the expression.
 */
import ts from "typescript";
import { treeOf } from "./syntax.js";

/** No source has such a name. */
const USE = "keep$functions";

const hasStatements = (body: ts.ConciseBody | undefined): boolean => {
	if (!body || !ts.isBlock(body)) return false;
	const [first, ...more] = body.statements;
	return first !== undefined && !(more.length === 0 && ts.isReturnStatement(first));
};

/** The function that a statement of the module declares, by its name. */
function nameOf(statement: ts.Statement): string[] {
	if (ts.isFunctionDeclaration(statement))
		return hasStatements(statement.body) ? [statement.name!.text] : [];
	if (!ts.isVariableStatement(statement)) return [];
	return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
		ts.isIdentifier(name) &&
		initializer &&
		ts.isArrowFunction(initializer) &&
		hasStatements(initializer.body)
			? [name.text]
			: [],
	);
}

/** The text with a statement that uses the functions. */
export function withUses(code: string): string {
	const names = treeOf(code).statements.flatMap(nameOf);
	return `${code}\n${USE}(${names.join()});\n`;
}

/** Whether a statement is the one that `withUses` added. */
export const isUse = (statement: ts.Statement): boolean =>
	ts.isExpressionStatement(statement) &&
	ts.isCallExpression(statement.expression) &&
	ts.isIdentifier(statement.expression.expression) &&
	statement.expression.expression.text === USE;
