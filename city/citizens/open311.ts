/**
 * Open311: the endpoint of GeoReport v2 (wiki.open311.org, read 2026-11-27), JSON and XML.
 *
 * Services, their definition, a request by POST, and requests by identifier or list. A lamp is named by
 * the attribute `lamp` (the number on its pole), by `address_id`, or by the nearest position.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Request, Requests } from "./requests.js";

export interface Pole {
	readonly node: string;
	readonly lamp: string;
	readonly lat?: number | undefined;
	readonly long?: number | undefined;
}

interface EndpointOptions {
	readonly requests: Requests;
	readonly poles: readonly Pole[];
	/** Keys of the platforms that may report. */
	readonly keys: readonly string[];
	readonly language: "en" | "fr";
	readonly agency: string;
}

const SERVICE = "street-lamp";
const BODY_MAX = 16_384;
const DESCRIPTION_MAX = 1_000;
/** Metres to the nearest pole. */
const NEAR = 60;
const METRES_A_DEGREE = 111_320;
/** Requests in a list, as GeoReport limits it. */
const LIST_MAX = 1_000;

type Item = { readonly [field: string]: unknown };

class Fault extends Error {
	constructor(
		readonly code: number,
		message: string,
	) {
		super(message);
	}
}

export function endpoint(options: EndpointOptions): Server {
	return createServer((request, response) => {
		const isXml = new URL(request.url ?? "/", "http://x").pathname.endsWith(".xml");
		answer(request, options)
			.then(({ status, root, items }) => reply(response, isXml, status, root, items))
			.catch((error: unknown) => {
				const code = error instanceof Fault ? error.code : 500;
				const description = error instanceof Fault ? error.message : "internal error";
				reply(response, isXml, code, ["errors", "error"], [{ code, description }]);
			});
	});
}

interface Result {
	readonly status: number;
	/** Names of the list and of an item in XML. */
	readonly root: readonly [list: string, item: string];
	readonly items: readonly Item[];
}

async function answer(request: IncomingMessage, options: EndpointOptions): Promise<Result> {
	const url = new URL(request.url ?? "/", "http://localhost");
	const [, path = "", format] = /^\/(.*)\.(json|xml)$/.exec(url.pathname) ?? [];
	if (format === undefined) throw new Fault(404, "no such resource, e.g. /services.json");
	const { method } = request;
	if (method !== "GET" && !(method === "POST" && path === "requests"))
		throw new Fault(405, `${method} is not possible here`);
	if (path === "services") return ok(["services", "service"], [service(options)]);
	if (path === `services/${SERVICE}`)
		return ok(["service_definition", "attribute"], [definition(options)]);
	if (path === "requests" && method === "POST") {
		const posted = await post(request, options);
		return { status: 201, root: ["service_requests", "request"], items: [posted] };
	}
	const root = ["service_requests", "request"] as const;
	if (path === "requests") return ok(root, list(url.searchParams, options));
	const [, id] = /^requests\/([^/]+)$/.exec(path) ?? [];
	const one = id === undefined ? undefined : options.requests.get(decodeURIComponent(id));
	if (!one) throw new Fault(404, `no such resource: ${path}`);
	return ok(root, [shown(one, options)]);
}

function ok(root: Result["root"], items: readonly Item[]): Result {
	return { status: 200, root, items };
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

async function post(request: IncomingMessage, options: EndpointOptions): Promise<Item> {
	const form = new URLSearchParams(await bodyOf(request));
	const key = form.get("api_key") ?? "";
	if (!options.keys.some((one) => isSame(one, key)))
		throw new Fault(403, "api_key is missing or not one of this endpoint's");
	const code = form.get("service_code");
	if (code !== SERVICE)
		throw new Fault(
			code ? 404 : 400,
			`service_code is not ${SERVICE}, e.g. service_code=${SERVICE}`,
		);
	const pole = poleOf(form, options.poles);
	const description = (form.get("description") ?? "").slice(0, DESCRIPTION_MAX);
	const { id, notes } = await options.requests.add(pole.node, pole.lamp, description);
	return { service_request_id: id, service_notice: notes[options.language], account_id: null };
}

function poleOf(form: URLSearchParams, poles: readonly Pole[]): Pole {
	const name = form.get("attribute[lamp]") || form.get("address_id");
	if (name) {
		const found = poles.find(({ node, lamp }) => node === name || lamp === name);
		if (found) return found;
		throw new Fault(404, `no lamp is called ${JSON.stringify(name.slice(0, 40))}`);
	}
	const [lat, long] = [
		Number(form.get("lat") || Number.NaN),
		Number(form.get("long") || Number.NaN),
	];
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

function list(query: URLSearchParams, options: EndpointOptions): readonly Item[] {
	const ids = query.get("service_request_id")?.split(",");
	const statuses = query.get("status")?.split(",");
	const code = query.get("service_code");
	const [from, to] = ["start_date", "end_date"].map((name) => {
		const text = query.get(name);
		if (text === null) return undefined;
		const at = Date.parse(text);
		if (Number.isNaN(at)) throw new Fault(400, `${name} is no date, e.g. 2026-11-24T00:00:00Z`);
		return at;
	});
	return options.requests.all
		.filter(({ id, status, requested }) => {
			const at = Date.parse(requested);
			return (
				(ids === undefined || ids.includes(id)) &&
				(statuses === undefined || statuses.includes(status)) &&
				(code === null || code === SERVICE) &&
				(from === undefined || at >= from) &&
				(to === undefined || at <= to)
			);
		})
		.slice(-LIST_MAX)
		.reverse()
		.map((request) => shown(request, options));
}

function shown(request: Request, options: EndpointOptions): Item {
	const { id, status, notes, description, requested, updated, node } = request;
	const pole = options.poles.find((one) => one.node === node);
	return {
		service_request_id: id,
		status,
		status_notes: notes[options.language],
		service_name: service(options).service_name,
		service_code: SERVICE,
		description,
		agency_responsible: options.agency,
		requested_datetime: requested,
		updated_datetime: updated,
		address_id: node,
		lat: pole?.lat ?? null,
		long: pole?.long ?? null,
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = "";
	for await (const bytes of request) {
		text += String(bytes);
		if (text.length > BODY_MAX) throw new Fault(413, `the body has over ${BODY_MAX} bytes`);
	}
	return text;
}

/** In constant time. */
function isSame(a: string, b: string): boolean {
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(a), digest(b));
}

function reply(
	response: ServerResponse,
	isXml: boolean,
	status: number,
	root: Result["root"],
	items: readonly Item[],
): void {
	const type = isXml ? "text/xml" : "application/json";
	response.writeHead(status, { "content-type": `${type}; charset=utf-8` });
	const [only] = items;
	const isOne = root[0] === "service_definition";
	response.end(isXml ? xmlOf(root, items) : JSON.stringify(isOne ? only : items));
}

function xmlOf([list, item]: Result["root"], items: readonly Item[]): string {
	const head = '<?xml version="1.0" encoding="utf-8"?>';
	if (list !== "service_definition")
		return `${head}<${list}>${items.map((one) => `<${item}>${fields(one)}</${item}>`).join("")}</${list}>`;
	const { attributes, ...rest } = items[0]! as Item & { attributes: readonly Item[] };
	const inner = attributes.map((one) => `<attribute>${fields(one)}</attribute>`).join("");
	return `${head}<${list}>${fields(rest)}<attributes>${inner}</attributes></${list}>`;
}

function fields(item: Item): string {
	return Object.entries(item)
		.map(([name, value]) => `<${name}>${escaped(value ?? "")}</${name}>`)
		.join("");
}

function escaped(value: unknown): string {
	const signs: Readonly<Record<string, string>> = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		'"': "&quot;",
	};
	return (
		String(value)
			.replace(/[&<>"]/g, (sign) => signs[sign]!)
			// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no such characters
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")
	);
}
