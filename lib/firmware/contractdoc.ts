/**
 * Contract document: docs/broker.asyncapi.yaml as data.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

export const PATH = "docs/broker.asyncapi.yaml";
const MESSAGE = "#/components/messages/";
const SCHEMA = "#/components/schemas/";

interface Ref {
	readonly $ref: string;
}

/** A schema of JSON Schema draft-07, with the keywords that the document uses. */
export interface Schema {
	readonly $ref?: string;
	readonly type?: string;
	readonly description?: string;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly format?: string;
	readonly pattern?: string;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly default?: unknown;
	readonly writeOnly?: boolean;
	readonly not?: Schema;
	readonly maxItems?: number;
	readonly items?: Schema;
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly oneOf?: readonly Ref[];
}

interface Channel {
	readonly address: string;
	readonly description: string;
	readonly messages: Readonly<Record<string, Ref>>;
}

export interface Operation {
	readonly action: "send" | "receive";
	readonly channel: Ref;
	readonly bindings: { readonly mqtt: { readonly qos: 0 | 1; readonly retain?: boolean } };
}

export interface ContractDocument {
	readonly channels: Readonly<Record<string, Channel>>;
	readonly operations: Readonly<Record<string, Operation>>;
	readonly components: {
		readonly messages: Readonly<
			Record<
				string,
				{
					readonly summary: string;
					readonly payload: Ref;
					/** Fields that are optional in a schema and always in this message. */
					readonly "x-always"?: readonly string[];
				}
			>
		>;
		readonly schemas: Readonly<Record<string, Schema>>;
	};
}

export function readContract(): ContractDocument {
	return contractIn(readFileSync(PATH, "utf8"));
}

export function contractIn(text: string): ContractDocument {
	return parse(text) as ContractDocument;
}

/** The name at the end of a reference. */
export function nameOf({ $ref }: Ref): string {
	return $ref.slice($ref.lastIndexOf("/") + 1);
}

/** Names of the schemas that a message on this channel may have. */
export function schemasOf(document: ContractDocument, channel: string): readonly string[] {
	return Object.values(document.channels[channel]!.messages).map((reference) => {
		if (!reference.$ref.startsWith(MESSAGE)) throw new Error(`not a message: ${reference.$ref}`);
		const { payload } = document.components.messages[nameOf(reference)]!;
		if (!payload.$ref.startsWith(SCHEMA)) throw new Error(`not a schema: ${payload.$ref}`);
		return nameOf(payload);
	});
}
