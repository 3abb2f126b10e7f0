/**
 * GeoReport: every method of GeoReport v2 against the fields of its public specification
 * (wiki.open311.org/GeoReport_v2, read 2026-11-29), JSON and XML of each alike, and against the
 * endpoint's own OpenAPI document.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { LightMyRequestResponse } from "fastify";
import { Keys } from "../../city/citizens/keys.js";
import { GeoReport } from "../support/georeport.js";

/** Fields that the specification names; those with `?` may not be returned. */
const REQUEST =
	"service_request_id status status_notes? service_name service_code description " +
	"agency_responsible? service_notice? requested_datetime updated_datetime expected_datetime? " +
	"address address_id zipcode lat long media_url";
const FIELDS: Readonly<Record<string, string>> = {
	services: "service_code service_name description metadata type keywords group",
	service_definition: "service_code attributes",
	attributes: "variable code datatype required datatype_description order description values?",
	service_requests: REQUEST,
	created: "service_request_id service_notice? account_id?",
	tokens: "service_request_id token",
	errors: "code description",
	discovery: "changeset contact key_service endpoints",
	endpoints: "specification url changeset type formats",
};

type Item = { readonly [field: string]: unknown };

function hasFields(item: Item, name: keyof typeof FIELDS): void {
	const known = FIELDS[name]!.split(" ");
	const needed = known.filter((field) => !field.endsWith("?"));
	const all = known.map((field) => field.replace("?", ""));
	const names = Object.keys(item);
	expect([name, needed.filter((field) => !names.includes(field))]).toEqual([name, []]);
	expect([name, names.filter((field) => !all.includes(field))]).toEqual([name, []]);
}

/** An element: its name, and its elements or its text. */
type Element = readonly [name: string, content: string | readonly Element[]];

/** XML without attributes, comments and sections: there are none in GeoReport. */
function elementOf(text: string): Element {
	const head = '<?xml version="1.0" encoding="utf-8"?>';
	expect(text.slice(0, head.length)).toBe(head);
	let rest = text.slice(head.length);
	const take = (): Element => {
		const [open, name] = /^<([a-z_]+)>/.exec(rest)!;
		rest = rest.slice(open.length);
		const inner: Element[] = [];
		while (/^<[a-z_]/.test(rest)) inner.push(take());
		const [plain] = /^[^<]*/.exec(rest)!;
		rest = rest.slice(plain.length);
		expect(rest.startsWith(`</${name}>`)).toBe(true);
		rest = rest.slice(name!.length + 3);
		const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
		const decoded = plain.replace(/&(lt|gt|quot|amp);/g, (sign) => signs[sign as "&lt;"]);
		return [name!, inner.length > 0 ? inner : decoded];
	};
	const root = take();
	expect(rest).toBe("");
	return root;
}

/** A value of JSON as the elements that it is by the convention of GeoReport. */
function inXml(name: string, value: unknown): Element {
	if (Array.isArray(value)) {
		const elements = value.map((item) => inXml(name.replace(/s$/, ""), item));
		return [name, elements.length > 0 ? elements : ""];
	}
	if (typeof value === "object" && value !== null)
		return [name, Object.entries(value).map(([field, content]) => inXml(field, content))];
	return [name, value === null ? "" : String(value)];
}

let api: GeoReport;
let id: string;
/** Of the first part of each path of a resource, with its document. */
const judges = new Map<string, (body: unknown) => boolean>();

beforeAll(async () => {
	api = await GeoReport.start();
	const { paths } = (await api.get("/openapi.json")).json() as {
		paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>>;
	};
	const ajv = new Ajv2020({ strict: false });
	formats.default(ajv);
	for (const [path, methods] of Object.entries(paths))
		for (const [method, { responses }] of Object.entries(methods))
			for (const [status, { content = {} }] of Object.entries(responses))
				for (const [type, { schema }] of Object.entries(
					content as Record<string, { schema: object }>,
				))
					judges.set(`${method} ${path} ${status} ${type}`, ajv.compile(schema));
	const made = await api.post({
		api_key: "reporter1",
		service_code: "street-lamp",
		"attribute[lamp]": "6",
		description: "dark <since> Monday & Tuesday, mail me: a@b.be",
	});
	id = made.json()[0].service_request_id;
});
afterAll(() => api.stop());

/** Whether the answer is one of the document of that path. */
function isDocumented(path: string, method: string, answer: LightMyRequestResponse): void {
	const type = String(answer.headers["content-type"]);
	const [, plain, charset] = /^([a-z/]+); charset=(utf-8)$/.exec(type) ?? [];
	const status = answer.statusCode < 400 ? answer.statusCode : "4XX";
	const judge = judges.get(`${method} ${path} ${status} ${plain}`);
	expect([path, status, plain, charset, judge !== undefined]).toEqual([
		path,
		status,
		path.endsWith(".xml") ? "text/xml" : "application/json",
		"utf-8",
		true,
	]);
	const isGood = judge!(plain === "text/xml" ? answer.body : answer.json());
	expect((judge as unknown as { errors: unknown }).errors ?? []).toEqual([]);
	expect(isGood).toBe(true);
}

describe("each method, in JSON and XML alike", () => {
	const cases: [path: string, url: (id: string) => string, root: string, name: string][] = [
		["/discovery", () => "/discovery", "discovery", "discovery"],
		["/services", () => "/services", "services", "services"],
		["/services/{name}", () => "/services/street-lamp", "service_definition", "service_definition"],
		["/requests", () => "/requests", "service_requests", "service_requests"],
		[
			"/requests/{name}",
			(requestId) => `/requests/${requestId}`,
			"service_requests",
			"service_requests",
		],
		["/tokens/{name}", (requestId) => `/tokens/${requestId}`, "service_requests", "tokens"],
		["/services/{name}", () => "/services/pothole", "errors", "errors"],
		["/requests/{name}", () => "/requests/none", "errors", "errors"],
		["/requests", () => "/requests", "errors", "errors"],
	];
	test.each(cases)("GET %s", async (path, url, root, name) => {
		const query =
			name === "errors" ? "?jurisdiction_id=seraing" : "?jurisdiction_id=liege&api_key=observer1";
		const json = await api.get(`${url(id)}.json${query}`);
		const xml = await api.get(`${url(id)}.xml${query}`);
		isDocumented(`${path}.json`, "get", json);
		isDocumented(`${path}.xml`, "get", xml);
		const body = json.json() as Item | Item[];
		const items = Array.isArray(body) ? body : [body];
		expect(items).toHaveLength(1);
		for (const item of items) hasFields(item, name);
		const inner = name === "service_requests" || name === "tokens" ? "requests" : root;
		const [, content] = inXml(inner, body);
		expect(elementOf(xml.body)).toEqual([root, content]);
	});
	test("the inner lists have their fields", async () => {
		const { attributes } = (await api.get("/services/street-lamp.json")).json();
		for (const attribute of attributes) hasFields(attribute, "attributes");
		const { endpoints } = (await api.get("/discovery.json")).json();
		for (const endpoint of endpoints) hasFields(endpoint, "endpoints");
		expect(endpoints[0].specification).toBe("http://wiki.open311.org/GeoReport_v2");
	});
	test("POST answers with identifier and notice; times have their zone", async () => {
		const fields = { api_key: "reporter1", service_code: "street-lamp" };
		for (const place of [
			{ "attribute[lamp]": "6" },
			{ address_id: "pole-00006" },
			{ address_string: "6" },
			{ lat: "50.64", long: "5.57" },
		] as Record<string, string>[]) {
			const json = await api.post({ ...fields, ...place });
			isDocumented("/requests.json", "post", json);
			expect([place, json.statusCode]).toEqual([place, 201]);
			hasFields(json.json()[0], "created");
			const xml = await api.post({ ...fields, ...place }, "xml");
			isDocumented("/requests.xml", "post", xml);
			const [root, [[item]]] = elementOf(xml.body) as unknown as [string, [[string]]];
			expect([root, item]).toEqual(["service_requests", "request"]);
		}
		const [request] = (await api.get(`/requests/${id}.json`)).json();
		for (const name of ["requested_datetime", "updated_datetime"])
			expect(request[name]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
	});
	test("neither an address nor a number of a person is stored", async () => {
		const reportFields = {
			"attribute[lamp]": "6",
			description: "out; call 0470 12 34 56 or a@b.be",
		};
		const made = await api.post({
			api_key: "reporter1",
			service_code: "street-lamp",
			...reportFields,
		});
		const [{ service_request_id: id }] = made.json();
		const row = api.db.selectFrom("requests").select("description").where("id", "=", id);
		expect(await row.execute()).toEqual([{ description: "out; call [...] or [...]" }]);
	});
	test("an empty argument is as one that is not given; lists have commas or are repeated", async () => {
		const count = async (query: string) => (await api.get(`/requests.json?${query}`)).json().length;
		const all = await count("");
		expect(all).toBeGreaterThan(1);
		for (const query of [
			"start_date=&end_date=&status=&service_code=&service_request_id=&jurisdiction_id=",
			"status=open,closed",
			"status=open&status=closed",
			"service_code=street-lamp,pothole",
		])
			expect([query, await count(query)]).toEqual([query, all]);
		expect(await count("status=closed")).toBe(0);
		expect(await count(`service_request_id=${id},none&status=closed`)).toBe(1);
		expect(await count("service_code=pothole")).toBe(0);
		expect(await count("end_date=2020-01-01T00:00:00%2B01:00")).toBe(0);
	});
	test("of a list the key is judged once", async () => {
		const report = {
			api_key: "reporter1",
			service_code: "street-lamp",
			"attribute[lamp]": "6",
		};
		for (let index = 0; index < 3; index++) await api.post(report);
		const judged = jest.spyOn(Keys.prototype, "holder");
		const { length } = JSON.parse((await api.get("/requests.json?api_key=observer1")).body);
		expect([length > 2, judged.mock.calls.length]).toEqual([true, 1]);
		judged.mockRestore();
	});
	test.each(["json", "xml"])("a clerk's close, beside GeoReport: %s", async (format) => {
		const path = `/requests/{name}/close.${format}`;
		const made = await api.post({
			api_key: "reporter1",
			service_code: "street-lamp",
			"attribute[lamp]": "6",
		});
		const requestId = made.json()[0].service_request_id;
		const close = async (fields: Record<string, string>, name = requestId) => {
			const answer = await api.post(fields, format, `/requests/${name}/close`);
			isDocumented(path, "post", answer);
			return answer;
		};
		const good = { api_key: "the-clerk", reason: "seen alight, call 0470 12 34 56" };
		for (const [status, fields, name] of [
			[403, { ...good, api_key: "reporter1" }],
			[403, { reason: "x" }],
			[404, { ...good, jurisdiction_id: "seraing" }],
			[404, good, "none"],
			[400, { ...good, reason: " " }],
			[400, { api_key: "the-clerk" }],
		] as const)
			expect([fields, (await close(fields, name)).statusCode]).toEqual([fields, status]);
		const closed = await close(good);
		expect(closed.statusCode).toBe(200);
		const [request] = (await api.get(`/requests/${requestId}.json`)).json();
		hasFields(request, "service_requests");
		expect([request.status, request.status_notes]).toEqual([
			"closed",
			"Closed by the lighting service: seen alight, call [...]",
		]);
		if (format === "json") expect(closed.json()).toEqual([request]);
		else expect(elementOf(closed.body)[1]).toEqual(inXml("requests", [request])[1]);
		expect((await close(good)).statusCode).toBe(409);
	});
	test("the document names every route, and its own health", async () => {
		const paths = ["discovery", "services", "services/{name}", "requests", "requests/{name}"];
		const more = ["tokens/{name}", "requests/{name}/close"];
		const all = [...paths, ...more].flatMap((path) => [`/${path}.json`, `/${path}.xml`]);
		const { paths: documented, openapi } = (await api.get("/openapi.json")).json();
		expect(openapi).toBe("3.1.0");
		expect(Object.keys(documented).sort()).toEqual([...all, "/healthz"].sort());
		isDocumentedHealth(await api.get("/healthz"));
	});
});

function isDocumentedHealth(answer: LightMyRequestResponse): void {
	expect(judges.get("get /healthz 200 application/json")!(answer.json())).toBe(true);
}
