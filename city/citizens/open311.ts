/**
 * Open311: the endpoint of GeoReport v2 (wiki.open311.org, read 2026-11-27), JSON and XML.
 *
 * Services, their definition, a request by POST, and requests by identifier or list. A lamp is named by
 * the attribute `lamp` (the number on its pole), by `address_id`, or by the nearest position. A key is
 * given as `api_key`, in the body or in the query.
 */
import formBody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply } from "fastify";
import { DAY } from "../../lib/spans.js";
import type { Database } from "../database.js";
import { serverOf } from "../server.js";
import { withoutPersons } from "./description.js";
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

type Item = { readonly [field: string]: unknown };
type Fields = { readonly [field: string]: unknown };

class Fault extends Error {
	constructor(
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}

export async function endpoint(options: EndpointOptions): Promise<FastifyInstance> {
	const refuse = (reply: FastifyReply, url: string, error: Error) => {
		const { statusCode: code = 500 } = error as { statusCode?: number };
		const description = code < 500 ? error.message : "internal error";
		return send(reply, url, code, ["errors", "error"], [{ code, description }]);
	};
	const server = await serverOf({
		bodyLimit: BODY_MAX,
		frameworkErrors: (error, { url }, reply) => void refuse(reply, url, error),
	});
	server.setErrorHandler<Error>((error, { url }, reply) => refuse(reply, url, error));
	server.setNotFoundHandler(({ url }, reply) =>
		refuse(reply, url, new Fault(404, "no such resource, e.g. /services.json")),
	);
	await server.register(formBody);
	await server.register(multipart, {
		attachFieldsToBody: "keyValues",
		limits: { fields: FIELDS_MAX, files: 0, fieldSize: BODY_MAX },
	});
	for (const format of ["json", "xml"]) routes(server, format, options);
	server.get("/healthz", async (_request, reply) => {
		const isHealthy = await options.isHealthy().catch(() => false);
		return reply.code(isHealthy ? 200 : 503).send({ healthy: isHealthy });
	});
	return server;
}

function routes(server: FastifyInstance, format: string, options: EndpointOptions): void {
	const requests: Root = ["service_requests", "request"];
	type Query = { readonly Querystring: Fields; readonly Params: Fields };
	const get = (path: string, root: Root, of: (query: Fields, name: string) => Answered) =>
		server.get<Query>(`${path}.${format}`, async ({ url, query, params }, reply) => {
			jurisdiction(query, options);
			return send(reply, url, 200, root, await of(query, text(params.name)));
		});
	get("/services", ["services", "service"], () => [service(options)]);
	get("/services/:name", ["service_definition", "attribute"], (_query, name) => {
		if (name !== SERVICE) throw new Fault(404, `no service has this code, e.g. ${SERVICE}`);
		return [definition(options)];
	});
	get("/requests", requests, (query) => list(query, options));
	get("/requests/:name", requests, (query, name) => byId(name, query, options));
	get("/tokens/:name", requests, async (query, token) => {
		const [{ service_request_id } = {}] = await byId(token, query, options);
		return [{ service_request_id, token }];
	});
	const config = { rateLimit: { max: REPORTS_A_MINUTE } };
	server.post<{ readonly Querystring: Fields }>(
		`/requests.${format}`,
		{ config },
		async ({ url, body, query }, reply) => {
			const fields = { ...query, ...(Object(body) as Fields) };
			return send(reply, url, 201, requests, [await post(fields, options)]);
		},
	);
	server.post<Query>(
		`/requests/:name/close.${format}`,
		async ({ url, body, query, params }, reply) => {
			const fields = { ...query, ...(Object(body) as Fields) };
			return send(reply, url, 200, requests, [await close(text(params.name), fields, options)]);
		},
	);
}

type Answered = readonly Item[] | Promise<readonly Item[]>;
/** Names of the list and of an item in XML. */
type Root = readonly [list: string, item: string];

function send(
	reply: FastifyReply,
	url: string,
	status: number,
	root: Root,
	items: readonly Item[],
): FastifyReply {
	const isXml = /\.xml(\?|$)/.test(url);
	const type = isXml ? "text/xml" : "application/json";
	const only = root[0] === "service_definition" ? items[0] : items;
	reply.code(status).type(`${type}; charset=utf-8`);
	return reply.send(isXml ? xmlOf(root, items) : JSON.stringify(only));
}

/** The text of a field; of several the first. */
function text(value: unknown): string {
	const one = Array.isArray(value) ? value[0] : value;
	return typeof one === "string" || typeof one === "number" ? String(one) : "";
}

function jurisdiction({ jurisdiction_id }: Fields, { site }: EndpointOptions): void {
	const name = text(jurisdiction_id);
	if (name !== "" && name !== site) throw new Fault(404, `jurisdiction_id is not ${site}`);
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
			},
		],
	};
}

async function post(fields: Fields, options: EndpointOptions): Promise<Item> {
	if (!options.keys.may(text(fields.api_key), "report"))
		throw new Fault(403, "api_key is missing, or may not report");
	jurisdiction(fields, options);
	const code = text(fields.service_code);
	if (code !== SERVICE)
		throw new Fault(
			code ? 404 : 400,
			`service_code is not ${SERVICE}, e.g. service_code=${SERVICE}`,
		);
	const pole = poleOf(fields, options.poles);
	const description = withoutPersons(text(fields.description));
	const request = await options.requests.add(pole.node, pole.lamp, description);
	const service_notice = noteOf(request, options);
	return { service_request_id: request.id, service_notice, account_id: null };
}

/** Beside GeoReport: a clerk closes a request whose lamp no test can assess. */
async function close(id: string, fields: Fields, options: EndpointOptions): Promise<Item> {
	const { keys, requests } = options;
	const holder = keys.holder(text(fields.api_key), "close");
	if (holder === undefined) throw new Fault(403, "api_key is missing, or may not close");
	jurisdiction(fields, options);
	const reason = withoutPersons(text(fields.reason)).trim();
	if (reason === "") throw new Fault(400, "reason is missing, e.g. reason=seen alight on the spot");
	const request = await requests.conclude(id, holder, reason);
	if (request) return shown(request, fields, options);
	const [before] = await byId(id, fields, options);
	throw new Fault(409, `request ${before!.service_request_id} is closed already`);
}

function poleOf(fields: Fields, poles: readonly Pole[]): Pole {
	const attribute = text(fields["attribute[lamp]"]) || text(Object(fields.attribute).lamp);
	const name = attribute || text(fields.address_id);
	if (name) {
		const found = poles.find(({ node, lamp }) => node === name || lamp === name);
		if (found) return found;
		throw new Fault(404, `no lamp is called ${JSON.stringify(name.slice(0, 40))}`);
	}
	const [lat, long] = [text(fields.lat), text(fields.long)].map((degrees) =>
		degrees === "" ? Number.NaN : Number(degrees),
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

async function byId(id: string, query: Fields, options: EndpointOptions): Promise<readonly Item[]> {
	const { db, site } = options;
	const one = db.selectFrom("requests").selectAll().where("site", "=", site).where("id", "=", id);
	const request = await one.executeTakeFirst();
	if (!request) throw new Fault(404, "no request has this service_request_id");
	return [shown(request, query, options)];
}

/** Identifiers precede all other conditions; without dates it is the last 90 days. */
async function list(query: Fields, options: EndpointOptions): Promise<readonly Item[]> {
	const { db, site } = options;
	const words = (name: string) => text(query[name]).split(",").filter(Boolean);
	const ids = words("service_request_id");
	const newest = db
		.selectFrom("requests")
		.selectAll()
		.where("site", "=", site)
		.orderBy("requested_at", "desc")
		.limit(LIST_MAX);
	let wanted = newest;
	if (ids.length > 0) wanted = newest.where("id", "in", ids.slice(0, LIST_MAX));
	else {
		const codes = words("service_code");
		if (codes.length > 0 && !codes.includes(SERVICE)) return [];
		const [from, to] = spanOf(query);
		wanted = newest.where("requested_at", ">=", from).where("requested_at", "<=", to);
		const statuses = words("status").filter((word) => word === "open" || word === "closed");
		if (text(query.status) !== "") wanted = wanted.where("status", "in", statuses);
	}
	return (await wanted.execute()).map((request) => shown(request, query, options));
}

function spanOf(query: Fields): readonly [from: number, to: number] {
	const [from, to] = ["start_date", "end_date"].map((name) => {
		const date = text(query[name]);
		if (date === "") return undefined;
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

function shown(request: Request, query: Fields, options: EndpointOptions): Item {
	const { id, status, description, requested_at, updated_at, node } = request;
	const pole = options.poles.find((one) => one.node === node);
	const mayRead = options.keys.may(text(query.api_key), "read");
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
