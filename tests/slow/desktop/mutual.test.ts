/** Mutual TLS on the desktop: the lamp shows a certificate of RSA 2048 or P-256 of a city of P-256. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { until } from "../../support/until.js";
import { Mosquitto } from "../support/brokers.js";
import { Authority, type Identity } from "../support/certificates.js";
import { LiveLamp } from "./livelamp.js";

let folder: string;
let city: Authority;
let broker: Mosquitto;
let identities: Readonly<Record<"RSA" | "P-256", Identity>>;

const lampWith = (pem: Readonly<Record<string, string>>) =>
	new LiveLamp(
		{
			identity: { site: "liege", node: "pole-1" },
			link: { brokerHost: "127.0.0.1", brokerPort: broker.port, reconnectSpread: 1 },
		},
		{ "tls.ca": city.ca, ...pem },
	);

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-"));
	city = new Authority(folder, "city");
	const shown = city.sign("broker", { san: "IP:127.0.0.1" });
	identities = { RSA: city.sign("pole-1", { rsa: 2048 }), "P-256": city.sign("pole-2") };
	broker = new Mosquitto();
	await broker.start([
		"persistence false",
		"require_certificate true",
		"use_identity_as_username true",
		`cafile ${city.caPath}`,
		`certfile ${broker.write("chain.pem", `${shown.cert}\n${city.ca}`)}`,
		`keyfile ${shown.keyPath}`,
	]);
});

afterAll(async () => {
	await broker?.stop();
	rmSync(folder, { recursive: true });
});

describe("a broker that asks for a certificate", () => {
	test.each([
		["RSA", "pole-1"],
		["P-256", "pole-2"],
	] as const)("identifies the lamp by the one of %s that it shows", async (kind, name) => {
		const { cert, key } = identities[kind];
		const lamp = lampWith({ "tls.cert": cert, "tls.key": key });
		await lamp.next("link", /^online$/);
		await until("its broker names it", () => broker.output.includes(`u'${name}'`));
		expect(broker.output).toMatch(
			new RegExp(`New client connected .* as desktop-00001 \\(.*u'${name}'`),
		);
		expect(await lamp.end()).toBe(0);
	});

	test("does not let in a lamp that has none, and the lamp lives", async () => {
		const before = broker.output.length;
		const lamp = lampWith({});
		await until("a refusal", () => broker.output.includes("peer did not return", before));
		expect(broker.output.slice(before)).toContain("peer did not return a certificate");
		expect(lamp.said.filter(({ rest }) => rest === "online")).toEqual([]);
		expect(await lamp.end()).toBe(0);
	});
});
