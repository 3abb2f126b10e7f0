/** Mutual TLS on the desktop: the lamp shows an RSA 2048 certificate of a city whose own key is P-256. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Mosquitto } from "../support/brokers.js";
import { Authority, type Identity } from "../support/certificates.js";
import { pause } from "../support/programs.js";
import { LiveLamp } from "./livelamp.js";

let folder: string;
let city: Authority;
let broker: Mosquitto;
let own: Identity;

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
	own = city.sign("pole-1", { rsa: 2048 });
	broker = new Mosquitto();
	await broker.start([
		...["persistence false", "require_certificate true", "use_identity_as_username true"],
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
	test("knows the lamp by the one it shows", async () => {
		const lamp = lampWith({ "tls.cert": own.cert, "tls.key": own.key });
		await lamp.next("link", /^online$/);
		for (let look = 0; look < 50 && !broker.output.includes("u'pole-1'"); look += 1)
			await pause(100);
		expect(broker.output).toMatch(/New client connected .* as desktop-00001 \(.*u'pole-1'/);
		expect(await lamp.end()).toBe(0);
	});

	test("does not let in a lamp that has none, and the lamp lives", async () => {
		const before = broker.output.length;
		const lamp = lampWith({});
		for (
			let look = 0;
			look < 100 && !broker.output.includes("peer did not return", before);
			look += 1
		)
			await pause(100);
		expect(broker.output.slice(before)).toContain("peer did not return a certificate");
		expect(lamp.said.filter(({ rest }) => rest === "online")).toEqual([]);
		expect(await lamp.end()).toBe(0);
	});
});
