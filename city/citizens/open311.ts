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
import { serverOf } from "../server.js";
import { Fault } from "./fault.js";
import {
	ANSWERS,
	type Arguments,
	CLOSE_BODY,
	type Closing,
	LIST_QUERY,
	POST_BODY,
	QUERY,
	type Report,
} from "./georeport.js";
import { byId, close, list, post } from "./reports.js";
import {
	definition,
	discovery,
	type EndpointOptions,
	type Item,
	jurisdiction,
	SERVICE,
	service,
} from "./service.js";
import { xmlOf } from "./xml.js";

/** A description of 4,000 characters in a form has 36,000. */
const BODY_MAX = 65_536;
const FIELDS_MAX = 50;
/** Reports a minute of one address. */
const REPORTS_A_MINUTE = 60;

/** Content types of a posted body. */
const FORMS = ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"];
/** Errors of busboy, which have no status. */
const MULTIPART_FAULT = /^(Unexpected end of|Malformed|Multipart: Boundary)/;

/** In XML the name of the list and of an item; of one that is no list the root alone. */
type Root = readonly [list: keyof typeof ANSWERS, item?: string, inXml?: string];

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
	posts(server, format, options, about);
}

/** `about`: the answers of a route in the OpenAPI document. */
function posts(
	server: FastifyInstance,
	format: string,
	options: EndpointOptions,
	about: (of: keyof typeof ANSWERS, status?: number) => object,
): void {
	type Body<T> = {
		readonly Querystring: Arguments;
		readonly Body: T;
		readonly Params: { readonly name: string };
	};
	const of = (body: object, response: object) => ({
		config: { rateLimit: { max: REPORTS_A_MINUTE } },
		schema: { consumes: FORMS, querystring: QUERY, body, response },
	});
	server.post<Body<Report>>(
		`/requests.${format}`,
		of(POST_BODY, about("created", 201)),
		async ({ url, body, query }, reply) => {
			const made = await post({ ...query, ...body }, options);
			return send(reply, url, 201, ["created", "request", "service_requests"], [made]);
		},
	);
	server.post<Body<Closing>>(
		`/requests/:name/close.${format}`,
		of(CLOSE_BODY, about("service_requests")),
		async ({ url, body, query, params }, reply) => {
			const closed = await close(params.name, { ...query, ...body }, options);
			return send(reply, url, 200, ["service_requests", "request"], [closed]);
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
