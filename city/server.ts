/**
 * Server: the HTTP endpoint of a city's program, on the address and port of its command line, with
 * limits of time and rate.
 */
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { Trouble } from "../lib/text/trouble.js";

/** ms for a whole request, and for a connection without one. */
const REQUEST_WITHIN = 10_000;
const IDLE = 30_000;
/** Requests a minute of one address; a platform is one. */
const REQUESTS_A_MINUTE = 600;

/** An endpoint without routes. */
export async function serverOf(options: FastifyServerOptions = {}): Promise<FastifyInstance> {
	const server = fastify({
		requestTimeout: REQUEST_WITHIN,
		connectionTimeout: IDLE,
		keepAliveTimeout: IDLE,
		forceCloseConnections: true,
		...options,
	});
	await server.register(rateLimit, { max: REQUESTS_A_MINUTE, timeWindow: 60_000 });
	return server;
}

/** Listens at `--host` and `--port`; a port that is taken is a `Trouble`. @returns its address */
export async function serve(
	server: FastifyInstance,
	{ port, host }: { readonly port: number; readonly host: string },
): Promise<string> {
	try {
		return await server.listen({ port, host });
	} catch (error) {
		throw new Trouble(`--port ${port}: ${(error as Error).message}`);
	}
}
