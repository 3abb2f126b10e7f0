/**
 * Plain texts: the border of the database. Every parameter of a statement passes here, so that no text
 * of a lamp, a resident or a file can be one that a database refuses or changes.
 *
 * PostgreSQL refuses NUL, and half of a surrogate pair is no UTF-8: each becomes U+FFFD. Lengths and
 * numbers are bounded where a message or a request is read (contract.ts, store.ts, georeport.ts).
 */
import {
	type KyselyPlugin,
	OperationNodeTransformer,
	type PrimitiveValueListNode,
	type ValueNode,
} from "kysely";

const REFUSED =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the one that PostgreSQL refuses
	/\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const INSTEAD = "\ufffd";

export function plain<T>(value: T): T | string {
	return typeof value === "string" ? value.replace(REFUSED, INSTEAD) : value;
}

class Plain extends OperationNodeTransformer {
	protected override transformValue(node: ValueNode): ValueNode {
		return { ...node, value: plain(node.value) };
	}

	protected override transformPrimitiveValueList(
		node: PrimitiveValueListNode,
	): PrimitiveValueListNode {
		return { ...node, values: node.values.map(plain) };
	}
}

const transformer = new Plain();

export const PLAIN_TEXTS: KyselyPlugin = {
	transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
	transformResult: async ({ result }) => result,
};
