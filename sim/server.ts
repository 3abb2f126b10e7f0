/**
 * Server: the page of the street, on the loopback interface.
 *
 * GET the page, GET `/events` (Server-Sent Events), POST `/speed`, `/explain`, `/preview`, `/serial` with
 * small JSON bodies; GET `/serial?lamp=N` follows a lamp's serial line. Other hosts' pages must not reach
 * it through the visitor's browser: the Host header must name the loopback interface, and a POST
 * must carry JSON, which a foreign page cannot send without being asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { StreetNetwork } from "./broker.js";
import { listenNear } from "./broker-ports.js";
import { type Asset, loadAssets } from "./server-assets.js";
import { Feed } from "./server-feed.js";
import type { StreetView, ToldReply } from "./server-view.js";

/** An order or a line typed; nothing else is posted. */
const BODY_MAX_BYTES = 4_096;
/** How long the page waits for a lamp's answer, ms of wall clock. */
const REPLY_PATIENCE = 4_000;
/** A question is no use later, seconds. */
const QUESTION_VALID = 600;
/** Speeds the page may ask for, besides 0 and as fast as it goes. */
const SPEED_MAX = 100_000;

const HEADERS = Object.freeze({
	"Content-Security-Policy":
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "no-referrer",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control": "no-store",
});

export interface ServerOptions {
	/** Wanted port; a busy one gives the next free, 0 any. */
	readonly port: number;
	readonly view: StreetView;
	readonly network: StreetNetwork;
}

export interface PageServer {
	readonly url: string;
	readonly port: number;
	close(): Promise<void>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Bundles the page and serves it; rejects when the page does not build or no port is free. */
export async function startServer(options: ServerOptions): Promise<PageServer> {
	const assets = await loadAssets();
	const feed = new Feed(options.view, options.network);
	const routes = new Routes(options, feed, assets);
	const server = createServer((request, response) => {
		for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
		routes.answer(request, response);
	});
	const port = await listenNear(server, options.port);
	return {
		port,
		url: `http://127.0.0.1:${port}/`,
		async close() {
			feed.close();
			server.closeAllConnections();
			await new Promise<void>((done) => server.close(() => done()));
		},
	};
}

class Routes {
	#orders = 0;

	constructor(
		readonly options: ServerOptions,
		readonly feed: Feed,
		readonly assets: ReadonlyMap<string, Asset>,
	) {}

	answer(request: IncomingMessage, response: ServerResponse): void {
		if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
			end(response, 403);
			return;
		}
		const url = new URL(request.url ?? "/", "http://127.0.0.1");
		if (request.method === "GET") this.#get(url, response);
		else if (request.method === "POST") this.#post(url.pathname, request, response);
		else end(response, 405);
	}

	#get(url: URL, response: ServerResponse): void {
		const asset = this.assets.get(url.pathname);
		if (asset) response.writeHead(200, { "Content-Type": asset.type }).end(asset.body);
		else if (url.pathname === "/events") this.feed.add(stream(response));
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
			if (text) response.write(`data: ${JSON.stringify(text)}\n\n`);
		});
		response.on("close", unplug);
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
			const fields = size <= BODY_MAX_BYTES ? parse(Buffer.concat(chunks)) : undefined;
			if (!fields) end(response, size > BODY_MAX_BYTES ? 413 : 400);
			else this.#act(path, fields, response);
		});
	}

	#act(path: string, fields: Fields, response: ServerResponse): void {
		const lamp = this.#lamp(fields.lamp);
		if (path === "/speed") end(response, this.#setSpeed(fields.speed) ? 204 : 400);
		else if (path === "/explain" && lamp !== undefined)
			this.#ask(lamp, { command: "explain" }, response);
		else if (path === "/preview" && lamp !== undefined)
			this.#ask(lamp, { command: "preview", page: fields.page }, response);
		else if (path === "/serial" && lamp !== undefined && typeof fields.text === "string") {
			this.options.network.serial.type(lamp, Buffer.from(fields.text, "utf8"));
			end(response, 204);
		} else end(response, 400);
	}

	/** `null` asks for as fast as it goes. */
	#setSpeed(speed: unknown): boolean {
		const { view } = this.options;
		if (speed === null && view.maxSpeedAllowed) view.setSpeed(Infinity);
		else if (typeof speed === "number" && speed >= 0 && speed <= SPEED_MAX) view.setSpeed(speed);
		else return false;
		return true;
	}

	/** Asks the lamp itself, over the broker, and hands its answer on. */
	#ask(lamp: number, question: Fields, response: ServerResponse): void {
		const { view, network } = this.options;
		const id = `page-${++this.#orders}-${view.seed}`;
		const issued = new Date(view.epochUtc + view.now()).toISOString();
		const answer = (status: number, body: ToldReply | { error: string }) => {
			clearTimeout(late);
			giveUp();
			if (response.writableEnded) return;
			response.writeHead(status, { "Content-Type": "application/json" });
			response.end(JSON.stringify(body));
		};
		const giveUp = this.feed.awaitReply(id, (reply) => answer(200, reply));
		const late = setTimeout(() => answer(504, { error: "noAnswer" }), REPLY_PATIENCE);
		response.on("close", () => {
			clearTimeout(late);
			giveUp();
		});
		const order = { id, ...question, issued, validFor: QUESTION_VALID };
		network.publish(network.topicOf(lamp, "command"), JSON.stringify(order));
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

function parse(body: Buffer): Fields | undefined {
	try {
		const value: unknown = JSON.parse(body.toString("utf8"));
		return typeof value === "object" && value !== null ? (value as Fields) : undefined;
	} catch {
		return undefined;
	}
}

function end(response: ServerResponse, status: number): void {
	response.writeHead(status).end();
}
