/**
 * Contract page: the broker contract as tables for integrators, from the AsyncAPI document.
 */
import { type ContractDocument, nameOf, type Operation, type Schema } from "./contractdoc.js";

const BEGIN = "<!-- reference: written by `npm run contract`; do not edit -->";
const END = "<!-- end of reference -->";

/** `page` with its reference rewritten. Throws if the page has no place for it. */
export function withReference(page: string, document: ContractDocument): string {
	const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (from < 0 || to < from) throw new Error(`the page has no "${BEGIN}" ... "${END}"`);
	return `${page.slice(0, from)}${BEGIN}\n\n${reference(document)}\n${page.slice(to)}`;
}

function reference(document: ContractDocument): string {
	const { schemas } = document.components;
	const shared = new Set(
		Object.values(schemas).flatMap((schema) => [...objectsIn(schema, schemas)]),
	);
	return [
		...topics(document, "send", "What a lamp says"),
		...topics(document, "receive", "What a lamp hears"),
		"### Payloads",
		"",
		"Fields in **bold** are always there. No object has a field that is not listed.",
		"",
		...Object.entries(document.components.messages).flatMap(([name, { summary, payload }]) => [
			`#### \`${name}\``,
			"",
			summary,
			"",
			...payloadLines(schemas[nameOf(payload)]!, schemas),
		]),
		"### Objects inside",
		"",
		...[...shared]
			.sort()
			.flatMap((name) => [
				`#### ${name}`,
				"",
				`${schemas[name]!.description ?? ""}`,
				"",
				...fieldLines(schemas[name]!, schemas),
			]),
	].join("\n");
}

function topics(document: ContractDocument, action: Operation["action"], title: string): string[] {
	const heads = action === "send" ? "QoS | retained" : "QoS";
	const lines = [`### ${title}`, "", `| topic | ${heads} | payloads | what for |`];
	lines.push(action === "send" ? "|---|---|---|---|---|" : "|---|---|---|---|");
	for (const operation of Object.values(document.operations)) {
		if (operation.action !== action) continue;
		const { address, description, messages } = document.channels[nameOf(operation.channel)]!;
		const { qos, retain } = operation.bindings.mqtt;
		const flags = action === "send" ? `${qos} | ${retain ? "yes" : "no"}` : `${qos}`;
		const names = Object.values(messages).map((message) => `\`${nameOf(message)}\``);
		lines.push(`| \`${address}\` | ${flags} | ${names.join(", ")} | ${description} |`);
	}
	return [...lines, ""];
}

type Schemas = ContractDocument["components"]["schemas"];

function payloadLines(schema: Schema, schemas: Schemas): string[] {
	if (!schema.oneOf) return fieldLines(schema, schemas);
	const variants = schema.oneOf.map((variant) => schemas[nameOf(variant)]!);
	if (variants.every(({ properties }) => properties?.attributes))
		return eventLines(variants, schemas);
	return variants.flatMap((variant) => [
		`${variant.description}`,
		"",
		...fieldLines(variant, schemas),
	]);
}

/** The fields that all events share, then a table of the types. */
function eventLines(variants: readonly Schema[], schemas: Schemas): string[] {
	const widest = variants.find(({ properties }) => properties?.startEndFlag && properties.count)!;
	const { type: _, attributes: __, ...common } = widest.properties!;
	const flag = { description: "Begin or end of what lasts (TALQ).", enum: ["start", "end"] };
	const severity = { ...common.severity!, const: undefined, enum: ["info", "repair", "safety"] };
	const properties = {
		type: { description: "What happened; see below." },
		...common,
		startEndFlag: flag,
		severity,
		attributes: { description: "By the type; see below." },
	};
	const required = widest.required!.filter((name) => name !== "startEndFlag");
	const lines = fieldLines({ required, properties }, schemas);
	lines.push("| type | severity | flag | attributes | meaning |", "|---|---|---|---|---|");
	for (const { properties: of = {}, description } of variants) {
		const { attributes = {}, startEndFlag } = of;
		const said = startEndFlag ? (startEndFlag.const ?? "start, end") : "";
		const names = Object.entries(attributes.properties ?? {}).map(([name, inner]) => {
			const shown = attributes.required?.includes(name) ? `**${name}**` : name;
			return `${shown} (${valuesOf(resolve(inner, schemas))})`;
		});
		const severities = `${of.severity!.const}`;
		lines.push(
			`| \`${of.type!.const}\` | ${severities} | ${said} | ${names.join(", ")} | ${description} |`,
		);
	}
	return [...lines, ""];
}

function fieldLines(schema: Schema, schemas: Schemas): string[] {
	const lines = ["| field | values | meaning |", "|---|---|---|"];
	for (const [name, inner] of Object.entries(schema.properties ?? {})) {
		const shown = schema.required?.includes(name) ? `**${name}**` : name;
		const field = resolve(inner, schemas);
		const values = field.properties ? nameOf({ $ref: inner.$ref! }) : valuesOf(field);
		lines.push(`| ${shown} | ${values} | ${field.description ?? ""} |`);
	}
	return [...lines, ""];
}

function resolve(schema: Schema, schemas: Schemas): Schema {
	return schema.$ref ? schemas[nameOf({ $ref: schema.$ref })]! : schema;
}

/** Names of the objects among the fields of this one. */
function* objectsIn(schema: Schema, schemas: Schemas): Iterable<string> {
	for (const inner of Object.values(schema.properties ?? {})) {
		const to = resolve(inner, schemas);
		if (inner.$ref && to.properties) yield nameOf({ $ref: inner.$ref });
		if (to.items?.$ref) yield nameOf({ $ref: to.items.$ref });
	}
}

/** The allowed values of a field, in words. */
function valuesOf(schema: Schema): string {
	const { type, format, pattern, minimum, maximum, maxLength, maxItems, items } = schema;
	if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
	if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(", ");
	if (format === "date-time") return "date";
	if (type === "number" || type === "integer") {
		const kind = type === "integer" ? "whole number" : "number";
		if (minimum !== undefined && maximum !== undefined) return `${kind} ${minimum} to ${maximum}`;
		return minimum === undefined ? kind : `${kind}, ${minimum} or more`;
	}
	if (type === "array") {
		const what = items?.$ref ? nameOf({ $ref: items.$ref }) : valuesOf(items ?? {});
		return `list of ${what}${maxItems === undefined ? "" : `, at most ${maxItems}`}`;
	}
	if (pattern) return `text \`${pattern.replaceAll("|", "\\|")}\``;
	if (maxLength !== undefined) return `text, at most ${maxLength} characters`;
	return type === "string" ? "text" : (type ?? "");
}
