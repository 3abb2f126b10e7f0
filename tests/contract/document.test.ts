/** The contract document: AsyncAPI by its own schema, JSON Schemas that compile, nothing left over. */
import { createRequire } from "node:module";
import { describe, expect, test } from "@jest/globals";
import { nameOf, readContract, type Schema, schemasOf } from "../../lib/firmware/contractdoc.js";
import { COMMON_FIELDS, NAMES, ORDERS } from "../../src/command/table.js";
import { EVENT_TYPES, SEVERITY } from "../../src/journal/events.js";
import { SUFFIX } from "../../src/link/topics.js";
import { LINK_ENDS } from "../support/tables.js";
import { channelOf, validators } from "./judge.js";

const require = createRequire(import.meta.url);
const document = readContract();
const { schemas } = document.components;
const validator = validators(document);

/** What AsyncAPI's own schema says against a document; empty: nothing. */
function faults(of: unknown): readonly string[] {
	const { default: Ajv } = require("ajv");
	const addFormats = require("ajv-formats");
	const specs = require("@asyncapi/specs");
	const ajv = new Ajv({ strict: false, allErrors: false, validateSchema: false });
	addFormats(ajv);
	const draft07 = specs.schemasWithoutId["3.1.0"] as Record<string, unknown>;
	const validate = ajv.compile(draft07);
	validate(of);
	return (validate.errors ?? []).map(
		(e: { instancePath: string; message: string }) => `${e.instancePath} ${e.message}`,
	);
}

/** Every reference in a value. */
function* references(value: unknown): Iterable<string> {
	if (typeof value !== "object" || value === null) return;
	for (const [name, inner] of Object.entries(value)) {
		if (name === "$ref") yield inner as string;
		else yield* references(inner);
	}
}

describe("docs/broker.asyncapi.yaml", () => {
	test("is AsyncAPI 3.1.0", () => {
		expect(faults(document)).toEqual([]);
	});
	test.each([
		["a channel that is no object", { channels: { status: 7 } }],
		["an operation that neither sends nor receives", { operations: { a: { action: "shout" } } }],
		["no title", { info: { version: "1" } }],
		["a word that AsyncAPI does not have", { topics: {} }],
	])("the check of it sees %s", (_why, change) => {
		expect(faults({ ...document, ...change })).not.toEqual([]);
	});
	test("each reference leads somewhere", () => {
		for (const reference of references(document)) {
			let at: unknown = document;
			for (const step of reference.slice(2).split("/"))
				at = (at as Record<string, unknown> | undefined)?.[step];
			expect([reference, typeof at]).toEqual([reference, "object"]);
		}
	});
	test("each schema and message is used", () => {
		const used = new Set(references(document));
		for (const kind of ["schemas", "messages"] as const)
			for (const name of Object.keys(document.components[kind]))
				expect(used).toContain(`#/components/${kind}/${name}`);
	});
	test.each(Object.keys(schemas))("%s compiles in ajv's strict mode", (name) => {
		expect(validator(name)).toBeInstanceOf(Function);
	});
	test("each object of a payload is closed, and each of its fields is described", () => {
		const open: string[] = [];
		const look = (schema: Schema & { additionalProperties?: boolean }, path: string): void => {
			const to = schema.$ref ? schemas[nameOf({ $ref: schema.$ref })]! : schema;
			if (
				to.properties &&
				(to as { additionalProperties?: boolean }).additionalProperties !== false
			)
				open.push(`${path} is open`);
			if (!to.properties && !to.description && to.const === undefined && !schema.oneOf)
				open.push(`${path} is not described`);
			if (schema.$ref) return; // looked at under its own name
			for (const [name, inner] of Object.entries(schema.properties ?? {})) {
				if (name === "attributes") look({ description: "attributes", ...inner }, `${path}.${name}`);
				else look(inner, `${path}.${name}`);
			}
		};
		for (const [name, schema] of Object.entries(schemas)) look(schema, name);
		expect(open).toEqual([]);
	});
});

describe("names agree with the firmware's", () => {
	test("topics: one channel a suffix, with and without a site", () => {
		for (const [name, suffix] of Object.entries(SUFFIX)) {
			const topic = `luminode/1/liege/pole-1/${suffix}${suffix.endsWith("/") ? "light" : ""}`;
			expect(channelOf(document, topic)).toBe(name);
		}
		expect(channelOf(document, "luminode/1/liege/pole-1/settings/desired/light")).toBe(
			"settingsDesired",
		);
		expect(channelOf(document, "luminode/1/liege/pole-1/update")).toBe("update");
		expect(channelOf(document, "luminode/1/liege/all/command")).toBe("allCommand");
		expect(channelOf(document, "luminode/1/liege/group/q/emergency")).toBe("groupEmergency");
		expect(channelOf(document, "luminode/1/unassigned/x/command")).toBe("unassignedCommand");
		expect(channelOf(document, "luminode/1/liege/pole-1/preview")).toBeUndefined();
		expect(channelOf(document, "other/liege/pole-1/state")).toBeUndefined();
	});
	test("orders: those that this version obeys, with the fields that they may have", () => {
		for (const [command, rule] of Object.entries(ORDERS)) {
			if (rule.via.join() === "console") continue;
			const shape = schemas[command[0]!.toUpperCase() + command.slice(1)];
			const isSpan = command === "identify"; // of others a span is taken at the pole only
			const fields = rule.fields.filter((name) => isSpan || name !== "duration");
			const all = ["id", "command", ...fields, ...COMMON_FIELDS];
			expect([command, Object.keys(shape!.properties!).sort()]).toEqual([command, all.sort()]);
			for (const name of all) expect(NAMES).toContain(name);
		}
	});
	test("events: every type of the journal, with its severity", () => {
		const found = new Map<unknown, Set<unknown>>();
		for (const reference of schemas.Event!.oneOf!) {
			const { type, severity } = schemas[nameOf(reference)]!.properties!;
			found.set(type!.const, (found.get(type!.const) ?? new Set()).add(severity!.const));
		}
		expect([...found.keys()].sort()).toEqual([...EVENT_TYPES].sort());
		for (const [type, severities] of found)
			expect([...severities]).toEqual([SEVERITY[type as keyof typeof SEVERITY]]);
	});
	test("events: each may name the feeder of its lamp", () => {
		const without = schemas.Event!.oneOf!.filter(
			(reference) => !schemas[nameOf(reference)]!.properties!.feeder,
		);
		expect(without).toEqual([]);
	});
	test("ends of a connection", () => {
		expect(schemas.linkEnd!.enum).toEqual(LINK_ENDS);
	});
	test("each channel's schemas exist", () => {
		for (const channel of Object.keys(document.channels))
			for (const name of schemasOf(document, channel)) expect(schemas).toHaveProperty(name);
	});
});
