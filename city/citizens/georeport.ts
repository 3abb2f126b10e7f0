/**
 * GeoReport v2 and its Service Discovery as JSON Schemas (wiki.open311.org, read 2026-11-29): requests
 * and answers of the endpoint. Fastify judges requests by them, and its OpenAPI document has
 * them.
 */

/** Characters of a description, as GeoReport limits it; it is cut there. */
export const DESCRIPTION_MAX = 4_000;

const text = { type: "string" } as const;
const maybe = { type: ["string", "null"] } as const;
const truth = { type: "boolean" } as const;
const date = { type: "string", format: "date-time" } as const;
const maybeNumber = { type: ["number", "null"] } as const;

/** An object that has all of these and nothing else. */
const objectOf = (properties: Readonly<Record<string, object>>) =>
	({
		type: "object",
		required: Object.keys(properties),
		additionalProperties: false,
		properties,
	}) as const;
const listOf = (items: object) => ({ type: "array", items }) as const;

const SERVICE = objectOf({
	service_code: text,
	service_name: text,
	description: text,
	metadata: truth,
	type: { type: "string", enum: ["realtime", "batch", "blackbox"] },
	keywords: text,
	group: text,
});
const ATTRIBUTE = objectOf({
	variable: truth,
	code: text,
	datatype: {
		type: "string",
		enum: ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"],
	},
	required: truth,
	datatype_description: maybe,
	order: { type: "integer", minimum: 1 },
	description: text,
	values: listOf(objectOf({ key: text, name: text })),
});
const REQUEST = objectOf({
	service_request_id: text,
	status: { type: "string", enum: ["open", "closed"] },
	status_notes: maybe,
	service_name: text,
	service_code: text,
	description: { type: ["string", "null"], maxLength: DESCRIPTION_MAX },
	agency_responsible: maybe,
	service_notice: maybe,
	requested_datetime: date,
	updated_datetime: date,
	expected_datetime: { type: "null" },
	address: maybe,
	address_id: text,
	zipcode: maybe,
	lat: maybeNumber,
	long: maybeNumber,
	media_url: maybe,
});
const ENDPOINT = objectOf({
	specification: text,
	url: text,
	changeset: date,
	type: { type: "string", enum: ["production", "test"] },
	formats: listOf({ type: "string", enum: ["text/xml", "application/json"] }),
});

/** Answers, by their root in XML. */
export const ANSWERS = {
	discovery: objectOf({
		changeset: date,
		contact: text,
		key_service: text,
		endpoints: listOf(ENDPOINT),
	}),
	services: listOf(SERVICE),
	service_definition: objectOf({ service_code: text, attributes: listOf(ATTRIBUTE) }),
	service_requests: listOf(REQUEST),
	created: listOf(objectOf({ service_request_id: text, service_notice: maybe, account_id: maybe })),
	tokens: listOf(objectOf({ service_request_id: text, token: text })),
	errors: listOf(objectOf({ code: { type: "integer" }, description: text })),
} as const;

/** Of an argument that is given twice the first holds, one that is null is none: both are a text. */
const argument = { type: "string", maxLength: 2_000 } as const;
const argumentsOf = <const N extends string>(...names: readonly N[]) =>
	({
		type: "object",
		properties: Object.fromEntries(names.map((name) => [name, argument])),
	}) as { readonly type: "object"; readonly properties: { readonly [name in N]: typeof argument } };

export const QUERY = argumentsOf("jurisdiction_id", "api_key");
export const LIST_QUERY = argumentsOf(
	"jurisdiction_id",
	"api_key",
	"service_request_id",
	"service_code",
	"start_date",
	"end_date",
	"status",
);
const FORM = argumentsOf(
	"jurisdiction_id",
	"api_key",
	"service_code",
	"lat",
	"long",
	"address_string",
	"address_id",
	"attribute[lamp]",
);
/** Other fields of a report, of which those of a person are never read. */
export const POST_BODY = {
	...FORM,
	properties: {
		...FORM.properties,
		description: { type: "string" },
		attribute: { type: "object", properties: { lamp: argument } },
	},
} as const;

/** Beside GeoReport: of a clerk. */
export const CLOSE_BODY = argumentsOf("jurisdiction_id", "api_key", "reason");

export type Arguments = { readonly [name in keyof typeof LIST_QUERY.properties]?: string };
export type Report = { readonly [name in keyof typeof FORM.properties]?: string } & {
	readonly description?: string;
	readonly attribute?: { readonly lamp?: string };
};
export type Closing = { readonly [name in keyof typeof CLOSE_BODY.properties]?: string };
