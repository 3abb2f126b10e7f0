/**
 * Server: the channel of a page over HTTP, on the loopback interface: GET the page's files, what the desk
 * reads and, as Server-Sent Events, its streams; POST with small JSON bodies what changes the run.
 *
 * Other sites' pages do not reach it through the visitor's browser (origin.ts), and a POST must carry JSON,
 * which a page cannot send across sites unasked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listenNear } from "../../ports/ports.js";
import { type Fields, fieldsIn } from "../../util/fields.js";
import type { Answer, Follower } from "../server/answers.js";
import type { Desk } from "../server/desk.js";
import type { Asset } from "./assets.js";
import { isAddressed, isForeign } from "./origin.js";

/** An order, a program or a line typed; nothing larger is posted, but a town's file. */
const BODY_MAX_BYTES = 4_096;
/** A file is read in this process, which answers nothing else for a second of each 20,000 lights. */
const FILE_MAX_BYTES = 100_000_000;
const FILES: readonly string[] = ["/town/read", "/town/start"];
/** A browser's connection outlives a stretch in which the street keeps the machine busy, ms. */
const KEEP_ALIVE = 60_000;
/** Time for the last messages at the end, ms of wall clock. */
const FAREWELL = 1_000;
/** Base of the request paths. */
const BASE = "http://127.0.0.1";

const POLICY = "Content-Security-Policy";
const HEADERS = {
	[POLICY]:
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "no-referrer",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control": "no-store",
} as const;
/** Of a script that compiles WebAssembly. */
const COMPILING = HEADERS[POLICY].replace(
	"script-src 'self'",
	"script-src 'self' 'wasm-unsafe-eval'",
);

export interface PageServer {
	readonly url: string;
	readonly port: number;
	/** Ends the connections; `next`: another run follows, and nobody waits. */
	close(next?: boolean): Promise<void>;
}

/** Serves a page and its desk on `port`; a busy one gives the next free, 0 any. Rejects if none is free. */
export async function startServer(
	desk: Desk,
	assets: ReadonlyMap<string, Asset>,
	wanted: number,
): Promise<PageServer> {
	const server = createServer((request, response) => {
		for (const message of [request, response]) message.on("error", () => {}); // `close` follows
		new Exchange(desk, request, response).answer(assets);
	});
	server.keepAliveTimeout = KEEP_ALIVE;
	const port = await listenNear(server, wanted);
	return {
		port,
		url: `${BASE}:${port}/`,
		async close(next = false) {
			const closed = new Promise<void>((done) => server.close(() => done()));
			server.closeIdleConnections();
			const late = setTimeout(() => server.closeAllConnections(), next ? 0 : FAREWELL);
			await closed;
			clearTimeout(late);
		},
	};
}

/** A request and its response. */
class Exchange {
	constructor(
		private readonly desk: Desk,
		private readonly request: IncomingMessage,
		private readonly response: ServerResponse,
	) {}

	answer(assets: ReadonlyMap<string, Asset>): void {
		const { response } = this;
		const { method, headers, url = "/" } = this.request;
		for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
		const asked = URL.canParse(url, BASE) ? new URL(url, BASE) : undefined;
		const asset = asked && method === "GET" ? assets.get(asked.pathname) : undefined;
		if (!isAddressed(headers)) this.#end(403);
		else if (!asked) this.#end(400);
		else if (asset) this.#asset(asset).catch(() => this.#end(500));
		else if (isForeign(headers)) this.#end(403);
		else if (method === "GET") this.#get(asked.pathname, fieldsOf(asked.searchParams));
		else if (method === "POST") this.#post(asked.pathname);
		else this.#end(405);
	}

	async #asset({ type, body, compiles }: Asset): Promise<void> {
		const { response } = this;
		const made = typeof body === "function" ? await body() : body;
		if (compiles) response.setHeader(POLICY, COMPILING);
		response.writeHead(200, { "Content-Type": type }).end(made);
	}

	#get(path: string, fields: Fields): void {
		if (!this.#follow(path, fields)) void this.#send(this.desk.read(path, fields, this.#signal()));
	}

	/** @returns whether there is such a stream */
	#follow(path: string, fields: Fields): boolean {
		const { response } = this;
		const open = () => {
			if (response.headersSent) return;
			response.writeHead(200, { "Content-Type": "text/event-stream", Connection: "keep-alive" });
			response.write("retry: 400\n\n");
		};
		const page: Follower = {
			get backlog() {
				return response.writableLength;
			},
			send(name, message) {
				open();
				if (response.writable) response.write(`event: ${name}\ndata: ${message}\n\n`);
			},
			end: () => response.end(),
			drop: () => response.destroy(),
		};
		try {
			const leave = this.desk.follow(path, fields, page);
			if (!leave) return false;
			open();
			response.on("close", leave);
		} catch {
			if (response.headersSent) response.destroy();
			else this.#end(500);
		}
		return true;
	}

	#post(path: string): void {
		const { request } = this;
		if (!request.headers["content-type"]?.startsWith("application/json")) {
			this.#end(415);
			return;
		}
		const most = FILES.includes(path) ? FILE_MAX_BYTES : BODY_MAX_BYTES;
		const chunks: Buffer[] = [];
		let size = 0;
		request.on("data", (chunk: Buffer) => {
			size += chunk.length;
			if (size <= most) chunks.push(chunk);
		});
		request.on("end", () => {
			const fields = size <= most ? fieldsIn(Buffer.concat(chunks)) : undefined;
			if (fields) void this.#send(this.desk.act(path, fields, this.#signal()));
			else this.#end(size > most ? 413 : 400);
		});
	}

	/** Aborted when the browser does not wait any more. */
	#signal(): AbortSignal {
		const gone = new AbortController();
		this.response.on("close", () => gone.abort());
		return gone.signal;
	}

	async #send(answer: Promise<Answer>): Promise<void> {
		const { status, type, body, isPacked, again_s } = await answer;
		if (this.response.destroyed) return;
		this.response
			.writeHead(status, {
				...(type && { "Content-Type": type }),
				...(isPacked && { "Content-Encoding": "gzip" }), // every browser takes it (RFC 9110, 8.4.1.3)
				...(again_s && { "Retry-After": again_s }),
			})
			.end(body);
	}

	#end(status: number): void {
		this.response.writeHead(status).end();
	}
}

/** Fields of a query; what is written as a number is one. */
function fieldsOf(query: URLSearchParams): Fields {
	const isNumber = (text: string) => text.trim() !== "" && Number.isFinite(Number(text));
	const entries = [...query].map(([name, text]) => [name, isNumber(text) ? Number(text) : text]);
	return Object.fromEntries(entries) as Fields;
}
