/** Contract page: docs/messages.md, the broker contract as tables, from the AsyncAPI document. */
import {
	type ContractDocument,
	nameOf,
	type Operation,
	type Schema,
} from "../../lib/firmware/contractdoc.js";

const HEAD = `# Messages and fields

For developers of software at the broker: look up a topic, a message or a field. [For integrators](integrators.md)
is ordered by task, [broker](broker.md) has the occasions and rules. Written by \`npm run renew -- contract\` from
[broker.asyncapi.yaml](broker.asyncapi.yaml); do not edit.

Dates are RFC 3339, in reports UTC with milliseconds.
`;

/** The whole page. */
export function contractPage(document: ContractDocument): string {
	const { schemas } = document.components;
	const shared = new Set(
		Object.values(schemas).flatMap((schema) => [...objectsIn(schema, schemas)]),
	);
	const common = commonRows(document);
	const lines = [
		HEAD,
		...topics(document, "send", "Reports of a lamp"),
		...topics(document, "receive", "Messages to a lamp"),
		"## Payloads",
		"",
		"Fields in **bold** are always there. No object has a field that is not listed.",
		"",
		...commonTable(common),
		...alwaysTable(document),
		...Object.entries(document.components.messages).flatMap(([name, { summary, payload }]) => {
			const section = sectionOf(name);
			if (section !== undefined && section !== SECTION_SHOWN) return [];
			return [
				`### \`${withoutSection(name)}\``,
				"",
				section === undefined ? summary : SECTION_SUMMARIES[withoutSection(name)]!,
				"",
				...payloadLines(schemas[nameOf(payload)]!, schemas, common),
			];
		}),
		"## Objects inside",
		"",
		...[...shared]
			.filter((name) => !SECTION_VALUES.test(name))
			.sort()
			.flatMap((name) => {
				const schema = schemas[name]!;
				const message = messageWith(schema, document);
				const fields = message
					? [`Fields as in [\`${message}\`](#${message.toLowerCase()}).`, ""]
					: fieldLines(schema, schemas, NONE);
				return [`### ${name}`, "", `${schema.description ?? ""}`, "", ...fields];
			}),
	];
	return `${lines.join("\n").trimEnd()}\n`;
}

function topics(document: ContractDocument, action: Operation["action"], title: string): string[] {
	const heads = action === "send" ? "QoS | retained" : "QoS";
	const lines = [`## ${title}`, "", `| topic | ${heads} | payloads | meaning |`];
	lines.push(action === "send" ? "|---|---|---|---|---|" : "|---|---|---|---|");
	for (const operation of Object.values(document.operations)) {
		if (operation.action !== action) continue;
		const { address, description, messages } = document.channels[nameOf(operation.channel)]!;
		const { qos, retain } = operation.bindings.mqtt;
		const flags = action === "send" ? `${qos} | ${retain ? "yes" : "no"}` : `${qos}`;
		const names = Object.values(messages).map(
			(message) => `\`${withoutSection(nameOf(message))}\``,
		);
		lines.push(
			`| \`${address}\` | ${flags} | ${[...new Set(names)].join(", ")} | ${description} |`,
		);
	}
	return [...lines, ""];
}

/** The seven messages of the settings differ in their values alone, so one is shown. */
const SECTION_MESSAGE = /^(settings(?:Reported|Desired))([A-Z]\w*)$/;
const SECTION_VALUES = /^(?:Settings|Reported)[A-Z]/;
const SECTION_SHOWN = "Identity";
const SECTION_LINK = "values of the section ([settings](settings.md))";
const SECTION_SUMMARIES: Readonly<Record<string, string>> = {
	settingsReported:
		"When the section changed, and when the lamp has no mark of an earlier report. The document has a message for each section, e.g. `settingsReportedLight`.",
	settingsDesired:
		"One of the sections of a revision; all of them or none are put in force. The document has a message for each section, e.g. `settingsDesiredLight`.",
};

function sectionOf(message: string): string | undefined {
	return SECTION_MESSAGE.exec(message)?.[2];
}

function withoutSection(message: string): string {
	return message.replace(SECTION_MESSAGE, "$1");
}

/** Fields of reports by message: always, sometimes, or never there. */
function alwaysTable(document: ContractDocument): string[] {
	const { schemas, messages } = document.components;
	const reports = Object.entries(document.operations)
		.filter(([, { action }]) => action === "send")
		.flatMap(([, { channel }]) => Object.values(document.channels[nameOf(channel)]!.messages))
		.map(nameOf);
	const columns = new Map<string, readonly [always: Set<string>, ever: Set<string>]>();
	for (const message of new Set(reports)) {
		const { payload, "x-always": more = [] } = messages[message]!;
		const schema = schemas[nameOf(payload)]!;
		const variants = schema.oneOf?.map((variant) => schemas[nameOf(variant)]!) ?? [schema];
		const ever = new Set(variants.flatMap(({ properties = {} }) => Object.keys(properties)));
		const always = [...ever].filter(
			(field) =>
				more.includes(field) || variants.every(({ required }) => required?.includes(field)),
		);
		columns.set(withoutSection(message), [new Set(always), ever]);
	}
	const all = [...columns.values()];
	const rank = (field: string) => all.filter(([, ever]) => ever.has(field)).length;
	const fields = [...new Set(all.flatMap(([, ever]) => [...ever]))].filter(
		(field) => rank(field) > 1,
	);
	fields.sort((a, b) => rank(b) - rank(a));
	return [
		"Fields of several reports: `+` is always there, `o` under the condition stated below.",
		"",
		`| field | ${[...columns.keys()].join(" | ")} |`,
		`|---|${"---|".repeat(columns.size)}`,
		...fields.map((field) => {
			const cells = all.map(([always, ever]) =>
				always.has(field) ? "+" : ever.has(field) ? "o" : "",
			);
			return `| \`${field}\` | ${cells.join(" | ")} |`;
		}),
		"",
	];
}

type Schemas = ContractDocument["components"]["schemas"];

function payloadLines(schema: Schema, schemas: Schemas, common: Common): string[] {
	if (!schema.oneOf) return fieldLines(schema, schemas, common);
	const variants = schema.oneOf.map((variant) => schemas[nameOf(variant)]!);
	if (variants.every(({ properties }) => properties?.attributes))
		return eventLines(variants, schemas, common);
	return variants.flatMap((variant) => [
		`${variant.description}`,
		"",
		...fieldLines(variant, schemas, common),
	]);
}

/** The fields that all events share, then a table of the types. */
function eventLines(variants: readonly Schema[], schemas: Schemas, shared: Common): string[] {
	const widest = variants.find(({ properties }) => properties?.startEndFlag && properties.count)!;
	const { type: _, attributes: __, ...common } = widest.properties!;
	const flag = { description: "Begin or end of what lasts (TALQ).", enum: ["start", "end"] };
	const severity = { ...common.severity!, const: undefined, enum: ["info", "repair", "safety"] };
	const properties = {
		type: { description: "Type of the event; see below." },
		...common,
		startEndFlag: flag,
		severity,
		attributes: { description: "By the type; see below." },
	};
	const required = widest.required!.filter((name) => name !== "startEndFlag");
	const lines = fieldLines({ required, properties }, schemas, shared);
	lines.push("| type | severity | flag | attributes | meaning |", "|---|---|---|---|---|");
	for (const { properties: of = {}, description } of variants) {
		const { attributes = {}, startEndFlag } = of;
		const flagText = startEndFlag ? (startEndFlag.const ?? "start, end") : "";
		const names = Object.entries(attributes.properties ?? {}).map(([name, inner]) => {
			const shown = attributes.required?.includes(name) ? `**${name}**` : name;
			return `${shown} (${valuesOf(resolve(inner, schemas))})`;
		});
		const severities = `${of.severity!.const}`;
		lines.push(
			`| \`${of.type!.const}\` | ${severities} | ${flagText} | ${names.join(", ")} | ${description} |`,
		);
	}
	return [...lines, ""];
}

/** Rows of fields by name, without bold: those that stand in so many payloads are shown once. */
type Common = ReadonlyMap<string, string>;
const MANY = 4;
const NONE: Common = new Map();

function commonRows({ components: { messages, schemas } }: ContractDocument): Common {
	const payloads = Object.entries(messages)
		.filter(([name]) => [undefined, SECTION_SHOWN].includes(sectionOf(name)))
		.flatMap(([, { payload }]) => {
			const schema = schemas[nameOf(payload)]!;
			const variants = schema.oneOf?.map((variant) => schemas[nameOf(variant)]!) ?? [schema];
			return variants.every(({ properties }) => properties?.attributes) ? [] : variants;
		});
	const seen = new Map<string, readonly [name: string, count: number]>();
	for (const { properties = {} } of payloads)
		for (const [name, inner] of Object.entries(properties)) {
			const row = cellsOf(inner, schemas);
			seen.set(row, [name, (seen.get(row)?.[1] ?? 0) + 1]);
		}
	const many = [...seen].filter(([, [, count]]) => count >= MANY);
	return new Map(many.map(([row, [name]]) => [name, row]));
}

function commonTable(common: Common): string[] {
	const rows = [...common].map(([name, cells]) => `| ${name} | ${cells} |`);
	return ["| field of many payloads | values | meaning |", "|---|---|---|", ...rows, ""];
}

/** A message that has all fields of an object, with the same meanings. */
function messageWith({ properties = {} }: Schema, { components }: ContractDocument) {
	const { messages, schemas } = components;
	const fields = Object.entries(properties);
	if (fields.length === 0) return undefined;
	return Object.keys(messages).find((name) => {
		const of = schemas[nameOf(messages[name]!.payload)]!.properties ?? {};
		return fields.every(
			([field, inner]) => of[field] && cellsOf(of[field], schemas) === cellsOf(inner, schemas),
		);
	});
}

/** A table of the fields, behind a line with those of `common`. */
function fieldLines(schema: Schema, schemas: Schemas, common: Common): string[] {
	const rows: string[] = [];
	const known: string[] = [];
	for (const [name, inner] of Object.entries(schema.properties ?? {})) {
		const shown = schema.required?.includes(name) ? `**${name}**` : name;
		const cells = cellsOf(inner, schemas);
		if (common.get(name) === cells) known.push(shown);
		else rows.push(`| ${shown} | ${cells} |`);
	}
	const head = known.length === 0 ? [] : [`With ${known.join(", ")}.`, ""];
	if (rows.length === 0) return head;
	return [...head, "| field | values | meaning |", "|---|---|---|", ...rows, ""];
}

function cellsOf(inner: Schema, schemas: Schemas): string {
	const field = resolve(inner, schemas);
	const object = field.properties ? nameOf({ $ref: inner.$ref! }) : undefined;
	const isSection = object !== undefined && SECTION_VALUES.test(object);
	const values = isSection ? SECTION_LINK : (object ?? valuesOf(field));
	const meaning = isSection ? "By the section." : field.description;
	return `${values} | ${meaning ?? ""}`;
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
