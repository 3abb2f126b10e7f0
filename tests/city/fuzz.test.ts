/**
 * Fuzz: no input by HTTP or MQTT ends a program of the city, or holds it for a second of CPU: 10^6 of
 * each in the soak.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { discoveryOf, orderOf, stateOf } from "../../city/bridge/discovery.js";
import { Fleet } from "../../city/bridge/fleet.js";
import { exporter, textOf } from "../../city/bridge/metrics.js";
import { type Letter, letterOf } from "../../city/inbox.js";
import { hoursOf, rowsOf } from "../../city/traffic/counts.js";
import { keep } from "../../city/traffic/store.js";
import { payload } from "../support/fuzzmessages.js";
import { GeoReport, remoteAddress } from "../support/georeport.js";
import { scaled } from "../support/scale.js";

const RUNS = scaled(300, 1_000_000);
const RAW_RUNS = scaled(50, 20_000);
/** µs of CPU for one input. */
const HELD_MOST = 1_000_000;

/** Runs `work`, and fails if it takes too much of the CPU. */
async function brief<T>(work: () => T | Promise<T>): Promise<T> {
	const before = process.cpuUsage();
	const result = await work();
	const { user, system } = process.cpuUsage(before);
	expect(user + system).toBeLessThan(HELD_MOST);
	return result;
}

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
const encoded = (pairs: readonly (readonly [string, string])[]) =>
	new URLSearchParams(pairs.map(([a, b]) => [a, b])).toString();
const request = fc.record({
	of: fc.constantFrom("citizens", "citizens", "citizens", "metrics"),
	method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"),
	path,
	format: fc.constantFrom(".json", ".xml", ".json", ".xml", "", ".html"),
	query: fc.oneof(fields.map(encoded), text.map(encodeURIComponent)),
	type: fc.constantFrom(
		"application/x-www-form-urlencoded",
		"application/json",
		"multipart/form-data; boundary=x",
		"text/plain",
		"",
	),
	payload: fc.oneof(
		fields.map(encoded),
		fields.map((pairs) => JSON.stringify(Object.fromEntries(pairs))),
		fc.json({ maxDepth: 3 }),
		fields.map(
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

describe("HTTP", () => {
	test(
		"any request is answered, and none by an error of the program",
		async () => {
			const fleet = new Fleet("luminode/1", Date.now);
			const metrics = await exporter(fleet, () => true);
			await fc.assert(
				fc.asyncProperty(request, async ({ of, method, path, format, query, type, payload }) => {
					const { server } = of === "metrics" ? { server: metrics } : api;
					const headers = type === "" ? {} : { "content-type": type };
					const answer = await brief(() =>
						server.inject({
							remoteAddress: remoteAddress(),
							method: method as "GET",
							url: `${path}${format}?${query}`,
							headers,
							...(method === "POST" || method === "PUT" ? { payload } : {}),
						}),
					);
					expect(answer.statusCode).toBeLessThan(500);
				}),
				{ numRuns: RUNS },
			);
			expect((await metrics.inject("/metrics")).statusCode).toBe(200);
			await metrics.close();
		},
		6 * 3_600_000,
	);
	test("any bytes on its socket are answered or cut, and the next request is served", async () => {
		await api.server.listen({ port: 0, host: "127.0.0.1" });
		const { port } = api.server.server.address() as { port: number };
		const line = fc.record({
			method: fc.oneof(fc.constantFrom("GET", "POST"), text),
			url: fc.oneof(
				text,
				text.map((one) => `/${one}.json`),
				fc.constantFrom("//", "/\\", "*", "http://", "/requests.json?%"),
			),
			rest: fc.oneof(fc.constant(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), text),
		});
		await fc.assert(
			fc.asyncProperty(line, async ({ method, url, rest }) => {
				const socket = connect(port, "127.0.0.1");
				let answer = "";
				socket.on("data", (bytes) => void (answer += bytes)).on("error", () => {});
				socket.end(`${method} ${url}${rest}`);
				await brief(() => once(socket, "close"));
				expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
			}),
			{ numRuns: RAW_RUNS },
		);
		expect((await api.get("/services.json")).statusCode).toBe(200);
	}, 3_600_000);
});

const kind = fc.constantFrom(
	"status",
	"birth",
	"state",
	"telemetry",
	"traffic",
	"event",
	"reply",
	"settings/reported/light",
	"",
);
const topic = fc.oneof(
	{ weight: 5, arbitrary: kind.map((one) => `luminode/1/liege/pole-00006/${one}`) },
	{
		weight: 1,
		arbitrary: fc.tuple(text, text, kind).map(([a, b, c]) => `luminode/1/${a}/${b}/${c}`),
	},
	{ weight: 1, arbitrary: text },
);
const packets = fc.array(fc.record({ topic, payload, retain: fc.boolean() }), {
	minLength: 1,
	maxLength: 20,
});

describe("MQTT", () => {
	test(
		"no message ends what takes it",
		async () => {
			await api.post({ api_key: "reporter1", service_code: "street-lamp", "attribute[lamp]": "6" });
			const fleet = new Fleet("luminode/1", Date.now);
			await fc.assert(
				fc.asyncProperty(packets, async (all) => {
					await brief(async () => {
						for (const { topic, payload, retain } of all) {
							const lamp = fleet.take(topic, payload, retain);
							if (lamp) JSON.stringify([discoveryOf(lamp, "p", "fr", "1"), stateOf(lamp)]);
							for (const word of ["set", "back"] as const)
								orderOf(word, String(payload), Date.now(), 15);
						}
						textOf(fleet, true);
						if (fleet.lamps.size > 50) fleet.lamps.clear();
						const letters = all.flatMap((packet): Letter[] => {
							const letter = letterOf("luminode/1", packet);
							return letter ? [letter] : [];
						});
						await api.requests.take(letters);
						await keep(api.db, letters, Date.now());
						rowsOf("s", [hoursOf(letters)], { k: 5, coverage: 0.5 });
					});
				}),
				{ numRuns: Math.ceil(RUNS / 10) },
			);
			expect((await api.get("/requests.json")).statusCode).toBe(200);
		},
		6 * 3_600_000,
	);
});
