/**
 * Server: the page of the street, on the loopback interface.
 *
 * GET the page, GET `/events` (Server-Sent Events), POST `/speed`, `/explain`, `/preview`,
 * `/order`, `/offer`, `/serial` with small JSON bodies; GET `/serial?lamp=N` follows a lamp's
 * serial line. Other sites' pages do not reach it through the visitor's browser (origin.ts), and a
 * POST must carry JSON, which a page cannot send across sites unasked. An exception in a request
 * ends that request with status 500 and nothing else.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { StreetImage } from "../../images/catalogue.js";
import { payloadOf } from "../../images/offers.js";
import type { ImageServer } from "../../images/server.js";
import type { StreetNetwork } from "../../run/streetnetwork.js";
import { type Fields, fieldsIn, isFields } from "../../util/fields.js";
import { listenNear } from "../../util/ports.js";
import type { LampReply, OfferedImage, OrderAnswer, OrderForm, StreetView } from "../messages.js";
import { type Asset, loadAssets } from "./assets.js";
import { Feed } from "./feed.js";
import { readForms } from "./orderforms.js";
import { isAddressed, isForeign } from "./origin.js";

/** An order or a line typed; nothing larger is posted. */
const BODY_MAX_BYTES = 4_096;
/** Longest wait of the page for a lamp's answer, ms of wall clock. */
const REPLY_PATIENCE = 4_000;
/**
 * Likewise for many lamps, whose answers are spread over `replySpread` (10 s) of the street's time.
 */
const SPREAD_PATIENCE = 15_000;
/** A query expires after this, seconds. */
const QUESTION_VALID = 600;
/** Largest speed that the page may set, besides unlimited. */
const SPEED_MAX = 100_000;
/**
 * A page whose browser reads too slowly is disconnected beyond this, bytes; it reconnects by
 * itself.
 */
const BACKLOG_MAX = 1 << 20;
/** Time for the last messages at the end, ms of wall clock. */
const FAREWELL = 1_000;

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

export interface ServerOptions {
	/** Wanted port; a busy one gives the next free, 0 any. */
	readonly port: number;
	readonly view: StreetView;
	readonly network: StreetNetwork;
	/** Images that may be offered, and their server. */
	readonly images?: { readonly list: readonly StreetImage[]; readonly server: ImageServer };
}

export interface PageServer {
	readonly url: string;
	readonly port: number;
	/** Reports the end of the run to the pages, with `why` if it failed, and ends. */
	close(why?: string): Promise<void>;
}

/** A wait for answers, and their use. */
interface Waiting<T> {
	readonly wanted: number;
	/** Milliseconds of wall clock. */
	readonly patience: number;
	read(reply: LampReply, lamp: number, payload: Uint8Array): T;
	/** The response's body, for one answer or more. */
	write(told: T[]): unknown;
}

/** Bundles the page and serves it; rejects if the page does not build or no port is free. */
export async function startServer(options: ServerOptions): Promise<PageServer> {
	const assets = await loadAssets();
	const forms = readForms();
	const { view, network, images } = options;
	const feed = new Feed(view, network, forms, (images?.list ?? []).map(toldOf));
	if (images)
		images.server.onServed = (lamp, path, bytes, of) =>
			feed.onServed(lamp, path.slice(1), bytes, of);
	const routes = new Routes(options, feed, assets, forms);
	const server = createServer((request, response) => routes.answer(request, response));
	const port = await listenNear(server, options.port);
	return {
		port,
		url: `http://127.0.0.1:${port}/`,
		async close(why) {
			const closed = new Promise<void>((done) => server.close(() => done()));
			feed.close(why);
			routes.close();
			server.closeIdleConnections();
			const late = setTimeout(() => server.closeAllConnections(), FAREWELL);
			await closed;
			clearTimeout(late);
		},
	};
}

const toldOf = ({ name, version, counter, hardware, bytes }: StreetImage): OfferedImage => ({
	...{ name, version, counter, hardware, bytes: bytes.length },
});

class Routes {
	#orders = 0;
	#offers = 0;
	/** Pages that follow a serial line. */
	readonly #followers = new Set<ServerResponse>();

	constructor(
		readonly options: ServerOptions,
		readonly feed: Feed,
		readonly assets: ReadonlyMap<string, Asset>,
		readonly forms: readonly OrderForm[],
	) {}

	answer(request: IncomingMessage, response: ServerResponse): void {
		for (const stream of [request, response]) stream.on("error", () => {}); // `close` follows
		bounded(response, () => {
			for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
			const { method, headers, url = "/" } = request;
			const asked = URL.canParse(url, BASE) ? new URL(url, BASE) : undefined;
			const asset = asked && method === "GET" ? this.assets.get(asked.pathname) : undefined;
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

	#get(url: URL, response: ServerResponse): void {
		if (url.pathname === "/events") this.feed.add(stream(response));
		else if (url.pathname === "/serial") this.#follow(url.searchParams.get("lamp"), response);
		else end(response, 404);
	}

	#follow(name: string | null, response: ServerResponse): void {
		const lamp = this.#lamp(Number(name));
		if (lamp === undefined) {
			end(response, 404);
			return;
		}
		stream(response);
		const decoder = new TextDecoder();
		const unplug = this.options.network.serial.listen(lamp, (bytes) => {
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
		const chunks: Buffer[] = [];
		let size = 0;
		request.on("data", (chunk: Buffer) => {
			size += chunk.length;
			if (size <= BODY_MAX_BYTES) chunks.push(chunk);
		});
		request.on("end", () => {
			bounded(response, () => {
				const fields = size <= BODY_MAX_BYTES ? fieldsIn(Buffer.concat(chunks)) : undefined;
				if (!fields) end(response, size > BODY_MAX_BYTES ? 413 : 400);
				else this.#act(path, fields, response);
			});
		});
	}

	#act(path: string, fields: Fields, response: ServerResponse): void {
		const lamp = this.#lamp(fields.lamp);
		if (path === "/speed") end(response, this.#setSpeed(fields.speed) ? 204 : 400);
		else if (path === "/explain" && lamp !== undefined)
			this.#ask(lamp, { command: "explain" }, response);
		else if (path === "/preview" && lamp !== undefined)
			this.#ask(lamp, { command: "preview", page: fields.page }, response);
		else if (path === "/order" && lamp !== undefined) this.#order(lamp, fields, response);
		else if (path === "/offer") this.#offer(lamp, fields, response);
		else if (path === "/serial" && lamp !== undefined && typeof fields.text === "string") {
			this.options.network.serial.type(lamp, Buffer.from(fields.text, "utf8"));
			end(response, 204);
		} else end(response, 400);
	}

	/** `null`: unlimited. */
	#setSpeed(speed: unknown): boolean {
		const { view } = this.options;
		if (speed === null && view.maxSpeedAllowed) view.setSpeed(Infinity);
		else if (typeof speed === "number" && speed >= 0 && speed <= SPEED_MAX) view.setSpeed(speed);
		else return false;
		return true;
	}

	/** Asks the lamp itself, over the broker, and returns its answer. */
	#ask(lamp: number, question: Fields, response: ServerResponse): void {
		const topic = this.options.network.topicOf(lamp, "command");
		const waiting: Waiting<LampReply> = {
			wanted: 1,
			patience: REPLY_PATIENCE,
			read: (reply) => reply,
			write: ([reply]) => reply,
		};
		this.#give(topic, question, response, waiting);
	}

	/**
	 * Sends an order of the contract, with the fields that a person filled in; the lamps validate
	 * them.
	 */
	#order(lamp: number, { to, name, group, fields }: Fields, response: ServerResponse): void {
		const { network, view } = this.options;
		const form = this.forms.find((one) => one.to === to && one.name === name);
		const isGroup = typeof group === "string" && /^[\w-]{1,32}$/.test(group);
		if (!form || !isFields(fields) || (to === "group" && !isGroup)) {
			end(response, 400);
			return;
		}
		const topic =
			to === "lamp"
				? network.topicOf(lamp, form.suffix)
				: network.topicOfMany(isGroup ? group : undefined, form.suffix);
		this.#give(topic, { ...fields, ...form.fixed, command: form.command }, response, {
			wanted: to === "lamp" ? 1 : view.lamps,
			patience: to === "lamp" ? REPLY_PATIENCE : SPREAD_PATIENCE,
			read: (_reply, from, payload) => ({
				lamp: from,
				reply: fieldsIn(Buffer.from(payload)) ?? {},
			}),
			write: (answers: OrderAnswer[]) => answers.sort((a, b) => a.lamp - b.lamp),
		});
	}

	/**
	 * Offers an image to a lamp or, without one, to all; or stops the offer. Answers with the
	 * payload sent.
	 */
	#offer(lamp: number | undefined, fields: Fields, response: ServerResponse): void {
		const { network, view, images } = this.options;
		const utc = view.epochUtc + view.now();
		const payload = payloadOf(`page-u${++this.#offers}`, fields, images?.list ?? [], utc);
		if (payload === undefined) {
			end(response, 400);
			return;
		}
		const [first, last] = lamp === undefined ? [1, view.lamps] : [lamp, lamp];
		for (let to = first; to <= last; to++)
			network.publish(network.topicOf(to, "update"), payload, { retain: true });
		const sent = { topic: network.topicOf(first, "update"), lamps: last - first + 1, payload };
		response.writeHead(200, { "Content-Type": "application/json" });
		response.end(JSON.stringify(sent));
	}

	/**
	 * Publishes an order under an id of its own; answers when all awaited replies have come, or at
	 * the time limit.
	 */
	#give<T>(topic: string, fields: Fields, response: ServerResponse, waiting: Waiting<T>): void {
		const { view, network } = this.options;
		const id = `page-${++this.#orders}-${view.seed}`;
		const issued = new Date(view.epochUtc + view.now()).toISOString();
		const told: T[] = [];
		const stop = () => {
			clearTimeout(late);
			giveUp();
		};
		const answer = () => {
			stop();
			if (response.writableEnded) return;
			bounded(response, write);
		};
		const write = () => {
			const body = told.length > 0 ? waiting.write(told) : { error: "noAnswer" };
			response.writeHead(told.length > 0 ? 200 : 504, { "Content-Type": "application/json" });
			response.end(JSON.stringify(body));
		};
		const giveUp = this.feed.awaitReply(id, (reply, lamp, payload) => {
			bounded(response, () => told.push(waiting.read(reply, lamp, payload)));
			if (told.length >= waiting.wanted) answer();
		});
		const late = setTimeout(answer, waiting.patience);
		response.on("close", stop);
		network.publish(topic, JSON.stringify({ ...fields, id, issued, validFor: QUESTION_VALID }));
	}

	#lamp(value: unknown): number | undefined {
		const isLamp =
			typeof value === "number" &&
			Number.isInteger(value) &&
			value >= 1 &&
			value <= this.options.view.lamps;
		return isLamp ? value : undefined;
	}
}

function stream(response: ServerResponse): ServerResponse {
	response.writeHead(200, { "Content-Type": "text/event-stream", Connection: "keep-alive" });
	response.write(": street\n\n");
	return response;
}

/** Runs the handler of a request; an exception ends the request, not the run. */
function bounded(response: ServerResponse, act: () => void): void {
	try {
		act();
	} catch {
		if (response.headersSent) response.destroy();
		else end(response, 500);
	}
}

function end(response: ServerResponse, status: number): void {
	response.writeHead(status).end();
}
