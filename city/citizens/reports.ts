/** Reports: posted, closed by a clerk, and shown as GeoReport has them. */
import { DAY } from "../../lib/spans.js";
import { withoutPersons } from "./description.js";
import { Fault } from "./fault.js";
import type { Arguments, Closing, Report } from "./georeport.js";
import { type Pole, poleOf } from "./places.js";
import type { Request } from "./requests.js";
import { type EndpointOptions, type Item, jurisdiction, SERVICE, service } from "./service.js";

/** Requests in a list, and days that it spans, as GeoReport limits them. */
const LIST_MAX = 1_000;
const SPAN_MAX = 90 * DAY;
/** W3C's subset of ISO 8601, with its zone. */
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

export async function post(fields: Report, options: EndpointOptions): Promise<Item> {
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

/** Beside GeoReport: a clerk closes a request whose lamp no test can assess. */
export async function close(id: string, fields: Closing, options: EndpointOptions): Promise<Item> {
	const { keys, requests } = options;
	const { api_key = "", reason: given = "" } = fields;
	const holder = keys.holder(api_key, "close");
	if (holder === undefined) throw new Fault(403, "api_key is missing, or may not close");
	jurisdiction(fields, options);
	const reason = withoutPersons(given).trim();
	if (reason === "") throw new Fault(400, "reason is missing, e.g. reason=seen alight on the spot");
	const request = await requests.conclude(id, holder, reason);
	if (request) return shows(fields, options)(request);
	const [before] = await byId(id, fields, options);
	throw new Fault(409, `request ${before!.service_request_id} is closed already`);
}

export async function byId(
	id: string,
	query: Arguments,
	options: EndpointOptions,
): Promise<readonly Item[]> {
	const { db, site } = options;
	const matching = db
		.selectFrom("requests")
		.selectAll()
		.where("site", "=", site)
		.where("id", "=", id);
	const request = await matching.executeTakeFirst();
	if (!request) throw new Fault(404, "no request has this service_request_id");
	return [shows(query, options)(request)];
}

/** Identifiers precede all other conditions; without dates it is the last 90 days. */
export async function list(query: Arguments, options: EndpointOptions): Promise<readonly Item[]> {
	const { db, site } = options;
	const partsOf = (list = "") => list.split(",").filter(Boolean);
	const ids = partsOf(query.service_request_id);
	const newest = db
		.selectFrom("requests")
		.selectAll()
		.where("site", "=", site)
		.orderBy("requested_at", "desc")
		.limit(LIST_MAX);
	let wanted = newest;
	if (ids.length > 0) wanted = newest.where("id", "in", ids.slice(0, LIST_MAX));
	else {
		const codes = partsOf(query.service_code);
		if (codes.length > 0 && !codes.includes(SERVICE)) return [];
		const [from, to] = spanOf(query);
		wanted = newest.where("requested_at", ">=", from).where("requested_at", "<=", to);
		const statuses = partsOf(query.status).filter((word) => word === "open" || word === "closed");
		if (query.status) wanted = wanted.where("status", "in", statuses);
	}
	return (await wanted.execute()).map(shows(query, options));
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

/** Shows the requests of a list to that key, which is judged once. */
function shows({ api_key = "" }: Arguments, options: EndpointOptions): (request: Request) => Item {
	const mayRead = options.keys.may(api_key, "read");
	const poles = new Map(options.poles.map((pole) => [pole.node, pole]));
	return (request) => shown(request, poles.get(request.node), mayRead, options);
}

function shown(
	request: Request,
	pole: Pole | undefined,
	mayRead: boolean,
	options: EndpointOptions,
): Item {
	const { id, status, description, requested_at, updated_at, node } = request;
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
