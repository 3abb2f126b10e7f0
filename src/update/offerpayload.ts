/**
 * Offer payload: decodes the topic `update`: an offer of an image, the order to stop one, a list of keys.
 *
 * Unlike an order, an offer may be retained: it must reach lamps that are switched off by day, it
 * darkens no lamp, and a signature and a counter, which no replay can evade, limit its effect.
 */

import { readId } from "../command/decode.js";
import { parseInstant } from "../command/instant.js";
import { isJsonRejection, type JsonObject, type JsonValue, parseObject } from "../json.js";
import type { Millis } from "../units.js";
import type { ImageSource, KeyOffer, Offer, StopOrder } from "./offer.js";

const NAMES: readonly string[] = Object.freeze([
	"id",
	"stop",
	"keys",
	"url",
	"header",
	"notBefore",
	"spread",
	"canary",
	"canaryLead",
	"whileOccupied",
	"again",
]);

/** Ten thousand lamps are updated in a week; a longer rollout needs another offer. */
const SPREAD_MAX_S = 7 * 86_400;
const SPREAD_DEFAULT_S = 3600;
/** Canaries that report nothing for a month are of no use. */
const LEAD_MAX_S = 30 * 86_400;
const LEAD_DEFAULT_S = 86_400;
/** Limit of DNS, and of a request (update/http.ts). */
const HOST_MAX_CHARACTERS = 253;
const PATH_MAX_CHARACTERS = 200;
const GROUP_MAX_CHARACTERS = 32;
const HTTPS_PORT = 443;
const HTTP_PORT = 80;
const PORT_MAX = 65_535;

/** The offer, stop order or list of keys in `text`; undefined if it is none of them. Never throws. */
export function decodeOffer(text: string): Offer | StopOrder | KeyOffer | undefined {
	const parsed = parseObject(text, NAMES);
	if (isJsonRejection(parsed)) return undefined;
	const { json } = parsed;
	const id = readId(json.id);
	if (id === undefined) return undefined;
	if (json.stop !== undefined)
		return json.stop === true && Object.keys(json).length === 2 ? { id, stop: true } : undefined;
	const { keys } = json;
	if (keys !== undefined)
		return typeof keys === "string" && Object.keys(json).length === 2 ? { id, keys } : undefined;
	return offerOf(json, id);
}

function offerOf(json: JsonObject, id: string): Offer | undefined {
	const { header, canary } = json;
	const source = sourceOf(json.url);
	const notBefore = typeof json.notBefore === "string" ? parseInstant(json.notBefore) : undefined;
	const spread = secondsOf(json.spread, SPREAD_DEFAULT_S, SPREAD_MAX_S);
	const canaryLead = secondsOf(json.canaryLead, LEAD_DEFAULT_S, LEAD_MAX_S);
	const whileOccupied = flagOf(json.whileOccupied);
	const again = flagOf(json.again);
	if (!source || typeof header !== "string" || notBefore === undefined) return undefined;
	if (canary !== undefined && !isName(canary)) return undefined;
	if (spread === undefined || canaryLead === undefined) return undefined;
	if (whileOccupied === undefined || again === undefined) return undefined;
	return { id, source, header, notBefore, spread, canary, canaryLead, whileOccupied, again };
}

/** `https://host[:port]/path` by RFC 3986, without user, fragment or escape. */
function sourceOf(url: JsonValue | undefined): ImageSource | undefined {
	if (typeof url !== "string") return undefined;
	const tls = url.startsWith("https://");
	if (!tls && !url.startsWith("http://")) return undefined;
	const start = tls ? 8 : 7;
	const slash = url.indexOf("/", start);
	if (slash < 0) return undefined;
	const authority = url.slice(start, slash);
	const path = url.slice(slash);
	const colon = authority.indexOf(":");
	const host = colon < 0 ? authority : authority.slice(0, colon);
	const port = colon < 0 ? (tls ? HTTPS_PORT : HTTP_PORT) : portOf(authority.slice(colon + 1));
	const isWhole =
		host.length > 0 &&
		host.length <= HOST_MAX_CHARACTERS &&
		path.length <= PATH_MAX_CHARACTERS &&
		consistsOf(host, HOST_CHARACTERS) &&
		consistsOf(path, PATH_CHARACTERS);
	return isWhole && port !== undefined ? { host, port, tls, path } : undefined;
}
const HOST_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
const PATH_CHARACTERS = `${HOST_CHARACTERS}_~/%+=&?,;:@!$'()*`;

function portOf(text: string): number | undefined {
	if (text.length === 0 || text.length > 5 || !consistsOf(text, "0123456789")) return undefined;
	const port = Number(text);
	return port >= 1 && port <= PORT_MAX ? port : undefined;
}

function isName(value: JsonValue): value is string {
	const isText = typeof value === "string" && value.length > 0;
	return isText && value.length <= GROUP_MAX_CHARACTERS && consistsOf(value, NAME_CHARACTERS);
}
const NAME_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

function consistsOf(text: string, characters: string): boolean {
	for (let place = 0; place < text.length; place += 1)
		if (!characters.includes(text.charAt(place))) return false;
	return true;
}

/** Whole seconds in ms; undefined: out of range. */
function secondsOf(
	value: JsonValue | undefined,
	initial: number,
	most: number,
): Millis | undefined {
	if (value === undefined) return initial * 1000;
	const isWhole = typeof value === "number" && Number.isInteger(value);
	return isWhole && value >= 0 && value <= most ? value * 1000 : undefined;
}

function flagOf(value: JsonValue | undefined): boolean | undefined {
	return value === undefined ? false : typeof value === "boolean" ? value : undefined;
}
