/** Responses: how a request of the page ends. */
import type { ServerResponse } from "node:http";

/** Opens a stream of events. */
export function stream(response: ServerResponse): ServerResponse {
	response.writeHead(200, { "Content-Type": "text/event-stream", Connection: "keep-alive" });
	response.write("retry: 400\n\n");
	return response;
}

/** Runs the handler of a request; an exception ends the request, not the run. */
export function bounded(response: ServerResponse, act: () => void): void {
	try {
		act();
	} catch {
		if (response.headersSent) response.destroy();
		else end(response, 500);
	}
}

export function end(response: ServerResponse, status: number): void {
	response.writeHead(status).end();
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
	response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
