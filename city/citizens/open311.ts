/**
 * Open311: the endpoint of GeoReport v2, JSON and XML, by the schemas of georeport.ts.
 *
 * A lamp is named by the attribute `lamp` (the number on its pole), by `address_id` or
 * `address_string`, or by the nearest position. A key is given as `api_key`, in the body or in the
 * query.
 */
import formBody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply } from "fastify";
import { DAY } from "../../lib/spans.js";
import type { Database } from "../database.js";
import { serverOf } from "../server.js";
import { withoutPersons } from "./description.js";
import { ANSWERS, type Arguments, LIST_QUERY, POST_BODY, QUERY, type Report } from "./georeport.js";
import type { Keys } from "./keys.js";
import type { Request, Requests } from "./requests.js";
import { xmlOf } from "./xml.js";

export interface Pole {
	readonly node: string;
	readonly lamp: string;
	readonly lat?: number | undefined;
	readonly long?: number | undefined;
}

interface EndpointOptions {
	readonly db: Database;
	/** The one jurisdiction. */
	readonly site: string;
	readonly requests: Requests;
	readonly poles: readonly Pole[];
	readonly keys: Keys;
	readonly language: "en" | "fr";
	readonly agency: string;
	/** Public address, for the discovery; absent: that of the request. */
	readonly url?: string | undefined;
	/** Whether broker and database answer. */
	isHealthy(): Promise<boolean>;
}

const SERVICE = "street-lamp";
/** A description of 4,000 characters in a form has 36,000. */
const BODY_MAX = 65_536;
const FIELDS_MAX = 50;
/** Reports a minute of one address. */
const REPORTS_A_MINUTE = 60;
/** Metres to the nearest pole. */
const NEAR = 60;
const METRES_A_DEGREE = 111_320;
/** Requests in a list, and days that it spans, as GeoReport limits them. */
const LIST_MAX = 1_000;
const SPAN_MAX = 90 * DAY;
/** W3C's subset of ISO 8601, with its zone. */
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Errors of busboy, which have no status. */
const MULTIPART_FAULT = /^(Unexpected end of|Malformed|Multipart: Boundary)/;

type Item = { readonly [field: string]: unknown };
/** In XML the name of the list and of an item; of one that is no list the root alone. */
type Root = readonly [list: keyof typeof ANSWERS, item?: string, inXml?: string];

class Fault extends Error {
	constructor(
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}

export async function endpoint(options: EndpointOptions): Promise<FastifyInstance> {
	const { isHealthy } = options;
	const refuse = (reply: FastifyReply, url: string, error: Error) => {
		const isBadForm = MULTIPART_FAULT.test(error.message);
		const { statusCode: code = isBadForm ? 400 : 500 } = error as { statusCode?: number };
		const description = code < 500 ? error.message : "internal error";
		return send(reply, url, code, ["errors", "error"], [{ code, description }]);
	};
	const server = await serverOf(
		{ title: "Reports of street lamps: Open311 GeoReport v2", isHealthy },
		{
			bodyLimit: BODY_MAX,
			routerOptions: { querystringParser: fieldsOf },
			frameworkErrors: (error, { url }, reply) => void refuse(reply, url, error),
		},
	);
	server.setErrorHandler<Error>((error, { url }, reply) => refuse(reply, url, error));
	server.setNotFoundHandler(({ url }, reply) =>
		refuse(reply, url, new Fault(404, "no such resource, e.g. /services.json")),
	);
	await server.register(formBody, { parser: fieldsOf });
	await server.register(multipart, {
		attachFieldsToBody: "keyValues",
		limits: { fields: FIELDS_MAX, files: 0, fieldSize: BODY_MAX },
	});
	for (const format of ["json", "xml"]) routes(server, format, options);
	return server;
}

/** Arguments by their names; one that is given several times is a list with commas. */
function fieldsOf(text: string): { [name: string]: string } {
	const fields: { [name: string]: string } = Object.create(null);
	for (const [name, value] of new URLSearchParams(text))
		fields[name] = fields[name] === undefined ? value : `${fields[name]},${value}`;
	return fields;
}

function routes(server: FastifyInstance, format: string, options: EndpointOptions): void {
	type Query = { readonly Querystring: Arguments; readonly Params: { readonly name: string } };
	const content = (of: keyof typeof ANSWERS) => {
		const type = format === "xml" ? "text/xml" : "application/json";
		return { content: { [type]: { schema: format === "xml" ? {} : ANSWERS[of] } } };
	};
	const about = (of: keyof typeof ANSWERS, status = 200) => ({
		[status]: { description: of, ...content(of) },
		"4xx": { description: "refused", ...content("errors") },
	});
	const get = (path: string, root: Root, of: (query: Arguments, name: string) => Answered) => {
		const querystring = path === "/requests" ? LIST_QUERY : QUERY;
		const schema = { querystring, response: about(root[0]) };
		server.get<Query>(`${path}.${format}`, { schema }, async ({ url, query, params }, reply) => {
			jurisdiction(query, options);
			return send(reply, url, 200, root, await of(query, params.name));
		});
	};
	const requests: Root = ["service_requests", "request"];
	server.get(
		`/discovery.${format}`,
		{ schema: { response: about("discovery") } },
		(request, reply) =>
			send(reply, request.url, 200, ["discovery"], [discovery(options, request.host)]),
	);
	get("/services", ["services", "service"], () => [service(options)]);
	get("/services/:name", ["service_definition"], (_query, name) => {
		if (name !== SERVICE) throw new Fault(404, `no service has this code, e.g. ${SERVICE}`);
		return [definition(options)];
	});
	get("/requests", requests, (query) => list(query, options));
	get("/requests/:name", requests, (query, name) => byId(name, query, options));
	get("/tokens/:name", ["tokens", "request", "service_requests"], async (query, token) => {
		const [{ service_request_id } = {}] = await byId(token, query, options);
		return [{ service_request_id, token }];
	});
	const config = { rateLimit: { max: REPORTS_A_MINUTE } };
	const schema = {
		consumes: ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"],
		querystring: QUERY,
		body: POST_BODY,
		response: about("created", 201),
	};
	server.post<{ readonly Querystring: Arguments; readonly Body: Report }>(
		`/requests.${format}`,
		{ config, schema },
		async ({ url, body, query }, reply) => {
			const made = await post({ ...query, ...body }, options);
			return send(reply, url, 201, ["created", "request", "service_requests"], [made]);
		},
	);
}

type Answered = readonly Item[] | Promise<readonly Item[]>;

function send(
	reply: FastifyReply,
	url: string,
	status: number,
	[list, item, inXml = list]: Root,
	items: readonly Item[],
): FastifyReply {
	const isXml = /\.xml(\?|$)/.test(url);
	const type = isXml ? "text/xml" : "application/json";
	const json = item === undefined ? items[0] : items;
	reply.code(status).type(`${type}; charset=utf-8`);
	return reply.send(isXml ? xmlOf([inXml, item], items) : JSON.stringify(json));
}

function jurisdiction({ jurisdiction_id: name }: Arguments, { site }: EndpointOptions): void {
	if (name && name !== site) throw new Fault(404, `jurisdiction_id is not ${site}`);
}

/** Instant at which this endpoint was described last. */
const CHANGESET = "2026-11-29T00:00:00Z";

function discovery({ agency, url }: EndpointOptions, host: string): Item {
	return {
		changeset: CHANGESET,
		contact: agency,
		key_service: `a key is given by ${agency}`,
		endpoints: [
			{
				specification: "http://wiki.open311.org/GeoReport_v2",
				url: url ?? `http://${host}`,
				changeset: CHANGESET,
				type: "production",
				formats: ["text/xml", "application/json"],
			},
		],
	};
}

function service({ language }: EndpointOptions): Item {
	const texts = {
		en: ["Street lamp", "A street lamp that is out, flickers or burns by day"],
		fr: ["Lampadaire", "Un lampadaire éteint, qui clignote ou allumé de jour"],
	};
	const [service_name, description] = texts[language];
	return {
		service_code: SERVICE,
		service_name,
		description,
		metadata: true,
		type: "realtime",
		keywords: "lamp, light, lampadaire, éclairage",
		group: "lighting",
	};
}

function definition({ language }: EndpointOptions): Item {
	const description = { en: "Number on the pole", fr: "Numéro sur le mât" }[language];
	return {
		service_code: SERVICE,
		attributes: [
			{
				variable: true,
				code: "lamp",
				datatype: "string",
				required: false,
				order: 1,
				description,
				datatype_description: "e.g. 6 or pole-00006",
				values: [],
			},
		],
	};
}

async function post(fields: Report, options: EndpointOptions): Promise<Item> {
	const { api_key = "", service_code: code, description = "" } = fields;
	if (!options.keys.may(api_key, "report"))
		throw new Fault(403, "api_key is missing, or may not report");
	jurisdiction(fields, options);
	if (code !== SERVICE)
		throw new Fault(
			code ? 404 : 400,
			`service_code is not ${SERVICE}, e.g. service_code=${SERVICE}`,
		);
	const pole = poleOf(fields, options.poles);
	const request = await options.requests.add(pole.node, pole.lamp, withoutPersons(description));
	const service_notice = noteOf(request, options);
	return { service_request_id: request.id, service_notice, account_id: null };
}

function poleOf(fields: Report, poles: readonly Pole[]): Pole {
	const name =
		fields["attribute[lamp]"] ||
		fields.attribute?.lamp ||
		fields.address_id ||
		fields.address_string;
	if (name) {
		const found = poles.find(({ node, lamp }) => node === name || lamp === name);
		if (found) return found;
		throw new Fault(404, `no lamp is called ${JSON.stringify(name.slice(0, 40))}`);
	}
	const [lat, long] = [fields.lat, fields.long].map((degrees) =>
		degrees ? Number(degrees) : Number.NaN,
	) as [number, number];
	if (!Number.isFinite(lat) || !Number.isFinite(long))
		throw new Fault(400, "no lamp is named: give attribute[lamp]=6, address_id, or lat and long");
	const near = poles
		.map((pole) => ({ pole, metres: metresTo(pole, lat, long) }))
		.sort((a, b) => a.metres - b.metres)[0];
	if (near && near.metres <= NEAR) return near.pole;
	throw new Fault(404, `no lamp within ${NEAR} m of ${lat}, ${long}; give attribute[lamp]`);
}

/** On a plane: good to a centimetre within a street. */
function metresTo(
	{ lat = Number.NaN, long = Number.NaN }: Pole,
	toLat: number,
	toLong: number,
): number {
	const north = (lat - toLat) * METRES_A_DEGREE;
	const east = (long - toLong) * METRES_A_DEGREE * Math.cos((toLat * Math.PI) / 180);
	const metres = Math.hypot(north, east);
	return Number.isNaN(metres) ? Infinity : metres;
}

async function byId(
	id: string,
	query: Arguments,
	options: EndpointOptions,
): Promise<readonly Item[]> {
	const { db, site } = options;
	const one = db.selectFrom("requests").selectAll().where("site", "=", site).where("id", "=", id);
	const request = await one.executeTakeFirst();
	if (!request) throw new Fault(404, "no request has this service_request_id");
	return [shown(request, query, options)];
}

/** Identifiers precede all other conditions; without dates it is the last 90 days. */
async function list(query: Arguments, options: EndpointOptions): Promise<readonly Item[]> {
	const { db, site } = options;
	const words = (list = "") => list.split(",").filter(Boolean);
	const ids = words(query.service_request_id);
	const newest = db
		.selectFrom("requests")
		.selectAll()
		.where("site", "=", site)
		.orderBy("requested_at", "desc")
		.limit(LIST_MAX);
	let wanted = newest;
	if (ids.length > 0) wanted = newest.where("id", "in", ids.slice(0, LIST_MAX));
	else {
		const codes = words(query.service_code);
		if (codes.length > 0 && !codes.includes(SERVICE)) return [];
		const [from, to] = spanOf(query);
		wanted = newest.where("requested_at", ">=", from).where("requested_at", "<=", to);
		const statuses = words(query.status).filter((word) => word === "open" || word === "closed");
		if (query.status) wanted = wanted.where("status", "in", statuses);
	}
	return (await wanted.execute()).map((request) => shown(request, query, options));
}

function spanOf(query: Arguments): readonly [from: number, to: number] {
	const [from, to] = (["start_date", "end_date"] as const).map((name) => {
		const date = query[name];
		if (!date) return undefined;
		const at = DATE.test(date) ? Date.parse(date) : Number.NaN;
		if (Number.isNaN(at)) throw new Fault(400, `${name} is no date, e.g. 2026-11-24T00:00:00Z`);
		return at;
	});
	if (from !== undefined && to !== undefined && to - from > SPAN_MAX)
		throw new Fault(400, "start_date and end_date are more than 90 days apart");
	if (from !== undefined) return [from, to ?? from + SPAN_MAX];
	const end = to ?? Date.now();
	return [end - SPAN_MAX, end];
}

function noteOf(request: Request, { language }: EndpointOptions): string {
	return language === "en" ? request.notes_en : request.notes_fr;
}

function shown(request: Request, { api_key = "" }: Arguments, options: EndpointOptions): Item {
	const { id, status, description, requested_at, updated_at, node } = request;
	const pole = options.poles.find((one) => one.node === node);
	const mayRead = options.keys.may(api_key, "read");
	return {
		service_request_id: id,
		status,
		status_notes: noteOf(request, options),
		service_name: service(options).service_name,
		service_code: SERVICE,
		description: mayRead ? description : null,
		agency_responsible: options.agency,
		service_notice: null,
		requested_datetime: new Date(requested_at).toISOString(),
		updated_datetime: new Date(updated_at).toISOString(),
		expected_datetime: null,
		address: null,
		address_id: node,
		zipcode: null,
		lat: pole?.lat ?? null,
		long: pole?.long ?? null,
		media_url: null,
	};
}
