/**
 * Server: the HTTP endpoint of a city's program, on the address and port of its words, with limits of
 * time and rate, its health and its own OpenAPI document.
 */
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { Trouble } from "../lib/text/trouble.js";

/** ms for a whole request, and for a connection without one. */
const REQUEST_WITHIN = 10_000;
const IDLE = 30_000;
/** Requests a minute of one address; a platform is one. */
const REQUESTS_A_MINUTE = 600;

const HEALTH = {
	type: "object",
	required: ["healthy"],
	additionalProperties: false,
	properties: { healthy: { type: "boolean" } },
};

interface About {
	readonly title: string;
	/** Whether broker and database answer. */
	isHealthy(): Promise<boolean>;
}

/** An endpoint with `/healthz` and `/openapi.json`. */
export async function serverOf(
	{ title, isHealthy }: About,
	options: FastifyServerOptions = {},
): Promise<FastifyInstance> {
	const server = fastify({
		requestTimeout: REQUEST_WITHIN,
		connectionTimeout: IDLE,
		keepAliveTimeout: IDLE,
		forceCloseConnections: true,
		...options,
	});
	await server.register(swagger, { openapi: { openapi: "3.1.0", info: { title, version: "1" } } });
	await server.register(rateLimit, { max: REQUESTS_A_MINUTE, timeWindow: 60_000 });
	const response = { 200: HEALTH, 503: HEALTH };
	server.get("/healthz", { schema: { response } }, async (_request, reply) => {
		const healthy = await isHealthy().catch(() => false);
		return reply.code(healthy ? 200 : 503).send({ healthy });
	});
	server.get("/openapi.json", { schema: { hide: true } }, () => server.swagger());
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
