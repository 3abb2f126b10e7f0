/**
 * Contract document: docs/broker.asyncapi.yaml as data, and validators of its payloads.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import { parse } from "yaml";

export const PATH = "docs/broker.asyncapi.yaml";
const MESSAGE = "#/components/messages/";
const SCHEMA = "#/components/schemas/";

export interface Ref {
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

export interface Channel {
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

/** The channel of a topic below `root`; undefined for a topic of no channel. */
export function channelOf(
	document: ContractDocument,
	topic: string,
	root = "luminode/1",
): string | undefined {
	const levels = topic.startsWith(`${root}/`) ? topic.slice(root.length + 1).split("/") : [];
	let found: string | undefined;
	let fixed = -1;
	for (const [name, { address }] of Object.entries(document.channels)) {
		const pattern = address.split("/").slice(1); // without {root}
		const fits = pattern.every((level, nth) => level.startsWith("{") || level === levels[nth]);
		if (!fits || pattern.length !== levels.length) continue;
		const words = pattern.filter((level) => !level.startsWith("{")).length;
		if (words > fixed) [found, fixed] = [name, words]; // `unassigned`, `all`: no nodes
	}
	return found;
}

/** A validator by the name of its schema; strict, so that a mistake in a schema throws. */
export function validators(document: ContractDocument): (name: string) => ValidateFunction {
	const require = createRequire(import.meta.url);
	const { Ajv } = require("ajv") as typeof import("ajv");
	const addFormats = require("ajv-formats") as typeof import("ajv-formats").default;
	const ajv = new Ajv({
		strict: true,
		strictTypes: true,
		allErrors: true,
		keywords: ["components"],
	});
	addFormats(ajv);
	const { schemas } = document.components;
	ajv.addSchema({ $id: "contract", components: { schemas } });
	return (name) => {
		const validate = ajv.getSchema(`contract${SCHEMA}${name}`);
		if (!validate) throw new Error(`no schema ${name}`);
		return validate;
	};
}
