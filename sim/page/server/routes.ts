/**
 * Routes: the answers of the page's server.
 *
 * GET the page, `/events` (Server-Sent Events), `/serial?lamp=N` (a serial line), `/history`,
 * `/field?lamp=N`, `/settings?lamp=N`, `/recorded`, `/ways`, `/report?lang=`, `/decision?lang=`,
 * those of a town (townroutes.ts); POST with small JSON bodies what changes the run or asks a
 * lamp. Other sites' pages do not reach it through the visitor's browser (origin.ts), and a POST
 * must carry JSON, which a page cannot send across sites unasked. An exception in a request ends
 * that request with status 500 and nothing else.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ComparedOption } from "../../../lib/lightingoptions/options.js";
import { OURS, TODAY } from "../../../lib/lightingoptions/options.js";
import { Zone } from "../../../lib/zone.js";
import { payloadOf } from "../../images/offers.js";
import { type Fields, fieldsIn, isFields } from "../../util/fields.js";
import type { UserKind } from "../../world/timetable.js";
import type { OrderForm } from "../messages.js";
import { Asks } from "./asks.js";
import type { Asset } from "./assets.js";
import { Decisions } from "./decisions.js";
import type { Feed } from "./feed.js";
import { fieldPageOf } from "./fieldpage.js";
import { historyOf } from "./historypage.js";
import { instantOf } from "./instants.js";
import { isAddressed, isForeign } from "./origin.js";
import { bounded, end, json, stream } from "./responses.js";
import type { ServerOptions } from "./serveroptions.js";
import type { SettingsDesk } from "./settingsdesk.js";
import { FILE_MOST, getTown, POSTS } from "./townroutes.js";

/** An order, a program or a line typed; nothing larger is posted. */
const BODY_MAX_BYTES = 4_096;
/** Largest speed that the page may set, besides unlimited. */
const SPEED_MAX = 100_000;
/** Longest jump, ms: two nights. */
const JUMP_MOST = 48 * 3_600_000;
/** Longest time over which a jump is spread, s. */
const LAPSE_MOST = 600;
/** A street that is fuller would only be slow. */
const CROWD_MOST = 60;
/**
 * A page whose browser reads too slowly is disconnected beyond this, bytes; it reconnects by
 * itself.
 */
const BACKLOG_MAX = 1 << 20;
const KINDS: readonly UserKind[] = ["pedestrian", "bicycle", "car"];
const COMPARED_OPTIONS: readonly ComparedOption[] = ["street", ...TODAY, ...OURS];
/** Beyond the first and the last lamp, m, a street still is. */
const MARGIN_M = 20;

/** Largest price of a kWh that a report takes, €. */
const PRICE_MOST = 100;

/** A price of a kWh, €; undefined: none, or none that could be. */
function priceIn(text: string | null): number | undefined {
	const price = Number(text ?? NaN);
	return text !== "" && price >= 0 && price <= PRICE_MOST ? price : undefined;
}

/** Base of the request paths. */
const BASE = "http://127.0.0.1";

const HEADERS = {
	"Content-Security-Policy":
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "no-referrer",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control": "no-store",
} as const;

interface RouteParts {
	readonly options: ServerOptions;
	readonly feed: Feed;
	readonly assets: ReadonlyMap<string, Asset>;
	readonly forms: readonly OrderForm[];
	readonly settings: SettingsDesk;
}

type Act = (fields: Fields, lamp: number | undefined, response: ServerResponse) => void;

export class Routes {
	readonly #parts: RouteParts;
	readonly #asks: Asks;
	readonly #acts: Readonly<Record<string, Act>>;
	#offers = 0;
	#isComparing = false;
	readonly #decisions: Decisions;
	/** Pages that follow a serial line. */
	readonly #followers = new Set<ServerResponse>();

	constructor(parts: RouteParts) {
		this.#parts = parts;
		const { view, network } = parts.options;
		const asks = new Asks(view, network, parts.feed, parts.settings, parts.forms);
		this.#asks = asks;
		this.#decisions = new Decisions(parts.options.decide);
		this.#acts = {
			"/speed": (fields, _lamp, response) => end(response, this.#setSpeed(fields.speed)),
			"/jump": (fields, _lamp, response) => end(response, this.#jump(fields)),
			"/explain": (fields, lamp, response) => this.#explain(fields, lamp, response),
			"/preview": ({ page }, lamp, response) => {
				if (lamp === undefined) end(response, 400);
				else asks.ask(lamp, { command: "preview", page }, response);
			},
			"/order": (fields, lamp, response) => {
				if (lamp === undefined) end(response, 400);
				else asks.order(lamp, fields, response);
			},
			"/offer": (fields, lamp, response) => this.#offer(lamp, fields, response),
			"/serial": ({ text }, lamp, response) => {
				const isLine = lamp !== undefined && typeof text === "string";
				if (isLine) network.serial.type(lamp, Buffer.from(text, "utf8"));
				end(response, isLine ? 204 : 400);
			},
			"/fault": (fields, _lamp, response) => end(response, this.#beginFault(fields)),
			"/fault/end": ({ id }, _lamp, response) =>
				end(response, typeof id === "number" && view.endFault(id) ? 204 : 404),
			"/person": (fields, _lamp, response) => end(response, this.#put(fields)),
			"/crowd": ({ count }, _lamp, response) => end(response, this.#crowd(count)),
			"/scenario": ({ name }, _lamp, response) => this.#scenario(name, response),
			"/settings": ({ values }, lamp, response) => {
				if (lamp === undefined || !isFields(values)) end(response, 400);
				else json(response, parts.settings.send(lamp, values));
			},
			"/forecast": ({ program }, lamp, response) => this.#forecast(lamp, program, response),
			"/compare": ({ option }, _lamp, response) => this.#compare(option, response),
		};
	}

	answer(request: IncomingMessage, response: ServerResponse): void {
		for (const message of [request, response]) message.on("error", () => {}); // `close` follows
		bounded(response, () => {
			for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
			const { method, headers, url = "/" } = request;
			const asked = URL.canParse(url, BASE) ? new URL(url, BASE) : undefined;
			const { assets } = this.#parts;
			const asset = asked && method === "GET" ? assets.get(asked.pathname) : undefined;
			if (!isAddressed(headers)) end(response, 403);
			else if (!asked) end(response, 400);
			else if (asset) response.writeHead(200, { "Content-Type": asset.type }).end(asset.body);
			else if (isForeign(headers)) end(response, 403);
			else if (method === "GET") this.#get(asked, response);
			else if (method === "POST") this.#post(asked.pathname, request, response);
			else end(response, 405);
		});
	}

	/** Ends all followed streams. */
	close(): void {
		for (const page of this.#followers) page.end();
	}

	#get({ pathname, searchParams }: URL, response: ServerResponse): void {
		const { options, feed, settings } = this.#parts;
		const lamp = this.#lamp(Number(searchParams.get("lamp")));
		if (options.town && getTown(options.town, pathname, response)) return;
		if (pathname === "/events") feed.add(stream(response));
		else if (pathname === "/serial") this.#follow(lamp, response);
		else if (pathname === "/history") {
			const slice = historyOf(options.history, options.view.epochUtc, searchParams);
			if (slice) json(response, slice);
			else end(response, 400);
		} else if (pathname === "/field" && lamp !== undefined) {
			const { view, field } = options;
			json(response, fieldPageOf(field, view.epochUtc, view.now(), lamp));
		} else if (pathname === "/settings" && lamp !== undefined) json(response, settings.page(lamp));
		else if (pathname === "/recorded" && options.recorded) json(response, options.recorded());
		else if (pathname === "/ways") this.#answer(options.years(), response);
		else if (pathname === "/decision")
			this.#decisions.answer(searchParams, this.#isComparing, response);
		else if (pathname === "/report") {
			const language = searchParams.get("lang") === "fr" ? "fr" : "en";
			response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
			response.end(options.report(language, priceIn(searchParams.get("price"))));
		} else if (pathname === "/report.css") {
			response.writeHead(200, { "Content-Type": "text/css; charset=utf-8" });
			response.end(options.reportStyle);
		} else end(response, 404);
	}

	#follow(lamp: number | undefined, response: ServerResponse): void {
		if (lamp === undefined) {
			end(response, 404);
			return;
		}
		stream(response);
		const decoder = new TextDecoder();
		const unplug = this.#parts.options.network.serial.attend(lamp, (bytes) => {
			const text = decoder.decode(bytes, { stream: true });
			if (response.writableLength > BACKLOG_MAX) response.destroy();
			else if (text && response.writable) response.write(`data: ${JSON.stringify(text)}\n\n`);
		});
		this.#followers.add(response);
		response.on("close", () => {
			unplug();
			this.#followers.delete(response);
		});
	}

	#post(path: string, request: IncomingMessage, response: ServerResponse): void {
		if (!request.headers["content-type"]?.startsWith("application/json")) {
			end(response, 415);
			return;
		}
		const { town } = this.#parts.options;
		const ofTown = town && Object.hasOwn(POSTS, path) ? POSTS[path] : undefined;
		const most = ofTown ? FILE_MOST : BODY_MAX_BYTES;
		const chunks: Buffer[] = [];
		let size = 0;
		request.on("data", (chunk: Buffer) => {
			size += chunk.length;
			if (size <= most) chunks.push(chunk);
		});
		request.on("end", () => {
			bounded(response, () => {
				const fields = size <= most ? fieldsIn(Buffer.concat(chunks)) : undefined;
				const act = Object.hasOwn(this.#acts, path) ? this.#acts[path] : undefined;
				if (!fields) end(response, size > most ? 413 : 400);
				else if (town && ofTown) ofTown(town, fields, response);
				else if (act) act(fields, this.#lamp(fields.lamp), response);
				else end(response, 400);
			});
		});
	}

	/** `null`: unlimited. */
	#setSpeed(speed: unknown): number {
		const { view } = this.#parts.options;
		if (speed === null && view.maxSpeedAllowed) view.setSpeed(Infinity);
		else if (typeof speed === "number" && speed >= 0 && speed <= SPEED_MAX) view.setSpeed(speed);
		else return 400;
		return 204;
	}

	/** By so many ms, or to a named instant, at once or within `over_s` seconds. */
	#jump({ ms, where, over_s }: Fields): number {
		const { view } = this.#parts.options;
		if (!view.maxSpeedAllowed) return 400; // an external broker cannot keep up
		const now = view.now();
		if (typeof ms === "number" && ms > 0 && ms <= JUMP_MOST) view.jumpTo(now + ms);
		else {
			const zone = Zone.of(view.zone);
			const utc = zone && instantOf(where, view.epochUtc + now, zone);
			const isSpan = typeof over_s === "number" && over_s > 0 && over_s <= LAPSE_MOST;
			if (utc === undefined || (over_s !== undefined && !isSpan)) return 400;
			const at = utc - view.epochUtc;
			view.jumpTo(at, isSpan ? (at - now) / 1000 / over_s : undefined);
		}
		return 204;
	}

	#explain({ at }: Fields, lamp: number | undefined, response: ServerResponse): void {
		const isInstant = at === undefined || typeof at === "string";
		if (lamp === undefined || !isInstant) end(response, 400);
		else this.#asks.ask(lamp, { command: "explain", at }, response);
	}

	#beginFault({ name, lamp }: Fields): number {
		const { view, faults } = this.#parts.options;
		const form = faults.find((fault) => fault.name === name);
		const at = this.#lamp(lamp);
		if (!form || (lamp !== undefined && at === undefined)) return 400;
		if (form.scope === "street" && at !== undefined) return 400;
		view.beginFault(form.name, at);
		return 204;
	}

	#put({ kind, x_m, direction }: Fields): number {
		const { view, happenings } = this.#parts.options;
		const known = KINDS.find((userKind) => userKind === kind);
		const length = (view.lamps - 1) * view.spacing_m;
		const isPlace = typeof x_m === "number" && x_m >= -MARGIN_M && x_m <= length + MARGIN_M;
		if (!known || !isPlace || (direction !== 1 && direction !== -1)) return 400;
		view.putUser(known, x_m, direction);
		happenings.onPut(view.now(), known);
		return 204;
	}

	/** Pedestrians all along the street, half of them either way. */
	#crowd(count: unknown): number {
		const { view, happenings } = this.#parts.options;
		if (typeof count !== "number" || !(count >= 1 && count <= CROWD_MOST)) return 400;
		const length = (view.lamps - 1) * view.spacing_m;
		for (let n = 0; n < count; n++)
			view.putUser("pedestrian", (length * (n + 0.5)) / count, n % 2 === 0 ? 1 : -1);
		happenings.onPut(view.now(), "crowd");
		return 204;
	}

	#scenario(name: unknown, response: ServerResponse): void {
		const { scenarios, startScenario } = this.#parts.options;
		const isKnown = name === "" || scenarios.some((scenario) => scenario.name === name);
		end(response, isKnown ? 204 : 404);
		if (isKnown) startScenario(name as string);
	}

	#forecast(lamp: number | undefined, program: unknown, response: ServerResponse): void {
		const { view } = this.#parts.options;
		if (lamp === undefined || typeof program !== "string") {
			end(response, 400);
			return;
		}
		const night = this.#parts.settings.forecast(lamp, program, view.epochUtc + view.now());
		json(response, typeof night === "string" ? { why: night } : { night });
	}

	/** One at a time: each takes a core for a while. */
	#compare(name: unknown, response: ServerResponse): void {
		const option = COMPARED_OPTIONS.find((comparedOption) => comparedOption === name);
		if (!option || this.#isComparing || this.#decisions.isMaking) {
			end(response, option ? 409 : 400);
			return;
		}
		this.#isComparing = true;
		this.#answer(this.#parts.options.compare(option), response).finally(() => {
			this.#isComparing = false;
		});
	}

	/** A value that is being made, or why it cannot be. */
	#answer(made: Promise<unknown>, response: ServerResponse): Promise<void> {
		return made
			.then((value) => bounded(response, () => json(response, value)))
			.catch((error: Error) =>
				bounded(response, () => json(response, { why: error.message.split("\n")[0] })),
			);
	}

	/**
	 * Offers an image to a lamp or, without one, to all; or stops the offer. Answers with what was
	 * sent.
	 */
	#offer(lamp: number | undefined, fields: Fields, response: ServerResponse): void {
		const { network, view, images } = this.#parts.options;
		const utc = view.epochUtc + view.now();
		const payload = payloadOf(`page-u${++this.#offers}`, fields, images?.list ?? [], utc);
		if (payload === undefined) {
			end(response, 400);
			return;
		}
		const [first, last] = lamp === undefined ? [1, view.lamps] : [lamp, lamp];
		for (let to = first; to <= last; to++)
			network.publish(network.topicOf(to, "update"), payload, { retain: true });
		json(response, { topic: network.topicOf(first, "update"), lamps: last - first + 1, payload });
	}

	#lamp(value: unknown): number | undefined {
		const isLamp =
			typeof value === "number" &&
			Number.isInteger(value) &&
			value >= 1 &&
			value <= this.#parts.options.view.lamps;
		return isLamp ? value : undefined;
	}
}
