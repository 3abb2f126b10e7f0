/** Fuzz of HTTP: no request ends a program of the city, or holds it for a second of CPU: 10^6 of each in the soak. */
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { FastifyInstance } from "fastify";
import { Fleet } from "../../city/bridge/fleet.js";
import { exporter } from "../../city/bridge/metrics.js";
import { FuzzTally } from "../support/fuzztally.js";
import { GeoReport, remoteAddress } from "../support/georeport.js";
import { scaled } from "../support/scale.js";

const RUNS = scaled(200, 1_000_000);
const RAW_RUNS = scaled(50, 100_000);

const text = fc.oneof(
	fc.string({ unit: "binary", maxLength: 40 }),
	fc.string({ maxLength: 40 }),
	fc.constantFrom(
		"%",
		"%zz",
		"%00",
		"..",
		"__proto__",
		"constructor",
		"6",
		"a@".repeat(2_000),
		"0".repeat(4_000),
	),
);
const name = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.constantFrom(
			"api_key",
			"jurisdiction_id",
			"service_code",
			"service_request_id",
			"start_date",
			"end_date",
			"status",
			"lat",
			"long",
			"address_string",
			"attribute[lamp]",
			"attribute",
			"description",
			"reason",
			"status[]",
			"__proto__",
		),
	},
	{ weight: 1, arbitrary: text },
);
const value = fc.oneof(
	{ weight: 3, arbitrary: text },
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			"reporter1",
			"observer1",
			"the-clerk",
			"liege",
			"street-lamp",
			"open",
			"2026-11-24T00:00:00Z",
			"50.64",
			"5.57",
			"1e309",
			"",
		),
	},
);
const fields = fc.array(fc.tuple(name, value), { maxLength: 6 });
const path = fc.oneof(
	{ weight: 2, arbitrary: fc.constant("/requests") },
	fc.constantFrom(
		"/services",
		"/services/street-lamp",
		"/requests",
		"/tokens/1",
		"/requests/1",
		"/requests/1/close",
		"/discovery",
		"/metrics",
		"/healthz",
		"/openapi.json",
	),
	fc.array(text, { maxLength: 3 }).map((parts) => `/${parts.map(encodeURIComponent).join("/")}`),
);
/** A report as it should be, then anything; a later field joins an earlier one of its name. */
const report = fc.constant([
	["api_key", "reporter1"],
	["service_code", "street-lamp"],
	["attribute[lamp]", "6"],
] as const);
const form = fc.oneof(
	{ weight: 3, arbitrary: fields },
	{
		weight: 1,
		arbitrary: fc.tuple(report, fields).map(([good, more]) => [...good, ...more]),
	},
);
const encoded = (pairs: readonly (readonly [string, string])[]) =>
	new URLSearchParams(pairs.map(([a, b]) => [a, b])).toString();
const request = fc.record({
	method: fc.constantFrom("GET", "GET", "POST", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"),
	path,
	format: fc.constantFrom(".json", ".xml", ".json", ".xml", ".json", "", ".html"),
	query: fc.oneof(fields.map(encoded), fc.constant(""), text.map(encodeURIComponent)),
	type: fc.constantFrom(
		"application/x-www-form-urlencoded",
		"application/json",
		"multipart/form-data; boundary=x",
		"text/plain",
		"",
	),
	payload: fc.oneof(
		form.map(encoded),
		form.map((pairs) => JSON.stringify(Object.fromEntries(pairs))),
		fc.json({ maxDepth: 3 }),
		form.map(
			(pairs) =>
				`${pairs
					.map(([a, b]) => `--x\r\nContent-Disposition: form-data; name="${a}"\r\n\r\n${b}\r\n`)
					.join("")}--x--\r\n`,
		),
		text,
	),
});

let api: GeoReport;
beforeAll(async () => {
	api = await GeoReport.start();
});
afterAll(() => api.stop());

/** The programs with an endpoint, and a request that each serves. */
const ENDPOINTS = {
	citizens: {
		made: async () => api.server,
		isServed: async () => (await api.get("/requests.json")).statusCode === 200,
	},
	metrics: {
		made: () => exporter(new Fleet("luminode/1", Date.now), () => true),
		isServed: async (server: FastifyInstance) =>
			(await server.inject("/metrics")).statusCode === 200,
	},
};

describe.each(Object.entries(ENDPOINTS))("HTTP of %s", (name, { made, isServed }) => {
	test("any request is answered, and none by an error of the program", async () => {
		const server = await made();
		const tally = new FuzzTally(`HTTP of ${name}`);
		await fc.assert(
			fc.asyncProperty(request, async ({ method, path, format, query, type, payload }) => {
				const headers = type === "" ? {} : { "content-type": type };
				const answer = await tally.brief(1, () =>
					server.inject({
						remoteAddress: remoteAddress(),
						method: method as "GET",
						url: `${path}${format}?${query}`,
						headers,
						...(method === "POST" || method === "PUT" ? { payload } : {}),
					}),
				);
				tally.count(answer.statusCode);
				expect(answer.statusCode).toBeLessThan(500);
			}),
			{ numRuns: RUNS },
		);
		tally.say();
		expect(await isServed(server)).toBe(true);
		if (server !== api.server) await server.close();
	});
});

describe("the socket of citizens", () => {
	test("any bytes are answered or cut, and the next request is served", async () => {
		await api.server.listen({ port: 0, host: "127.0.0.1" });
		const { port } = api.server.server.address() as { port: number };
		const line = fc.record({
			method: fc.oneof(fc.constantFrom("GET", "POST"), text),
			url: fc.oneof(
				text,
				text.map((resource) => `/${resource}.json`),
				fc.constantFrom("//", "/\\", "*", "http://", "/requests.json?%"),
			),
			rest: fc.oneof(fc.constant(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), text),
		});
		const tally = new FuzzTally("socket of citizens");
		await fc.assert(
			fc.asyncProperty(line, async ({ method, url, rest }) => {
				// the limit of requests a minute is one of the address
				const localAddress = remoteAddress().replace(/^10/, "127");
				const socket = connect({ port, host: "127.0.0.1", localAddress });
				let answer = "";
				socket.on("data", (bytes) => void (answer += bytes)).on("error", () => {});
				socket.end(`${method} ${url}${rest}`);
				await tally.brief(1, () => once(socket, "close"));
				const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? "cut";
				tally.count(status);
				expect(status).not.toMatch(/^5/);
			}),
			{ numRuns: RAW_RUNS },
		);
		tally.say();
		expect((await api.get("/services.json")).statusCode).toBe(200);
	});
});
