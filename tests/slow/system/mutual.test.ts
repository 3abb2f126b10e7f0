/**
 * Mutual: mosquitto from its ready file for certificates: the name in a lamp's certificate is its account,
 * and the topics are those of the vault's ACL.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { pause } from "../../support/until.js";
import { Authority, type Identity } from "../support/certificates.js";
import { City, lampSecrets, type Secured } from "../support/city.js";
import { simulator } from "../support/programs.js";

const SITE = "luminode/1/liege";
const WITHIN = 2_000;

const city = new City([lampSecrets(1), lampSecrets(2)]);
const lamp = city.authority.sign("pole-00001");
const neighbour = city.authority.sign("pole-00002");
const operator = city.authority.sign("desk");
const open: MqttClient[] = [];
let broker: Secured;
beforeAll(async () => {
	broker = await city.mosquittoByCertificate();
});
afterAll(async () => {
	for (const client of open) client.end(true);
	await broker?.stop();
	city.dispose();
});

async function as(identity: Identity | undefined, more: IClientOptions = {}): Promise<MqttClient> {
	const client = await connectAsync(`mqtts://localhost:${broker.ports[0]}`, {
		ca: city.authority.ca,
		protocolVersion: 4,
		reconnectPeriod: 0,
		connectTimeout: WITHIN,
		...(identity ? { cert: identity.cert, key: identity.key } : {}),
		...more,
	});
	client.on("error", () => {});
	open.push(client);
	return client;
}

/** Whether a message of `from` reaches the operator. */
async function reaches(from: MqttClient, topic: string): Promise<boolean> {
	const desk = await as(operator);
	const body = `${topic} ${open.length}`;
	const seen = new Promise<boolean>((resolve) =>
		desk.on("message", (_topic, payload) => String(payload) === body && resolve(true)),
	);
	await desk.subscribeAsync(`${SITE}/#`, { qos: 1 });
	await from.publishAsync(topic, body, { qos: 1 });
	return Promise.race([seen, pause(500).then(() => false)]);
}

test("a lamp of the simulator comes online with its certificate, and without a password", async () => {
	const reader = await as(operator);
	const births = new Map<string, string>();
	reader.on("message", (topic, payload) => births.set(topic, JSON.parse(String(payload)).serial));
	await reader.subscribeAsync(`${SITE}/+/birth`, { qos: 1 });
	const run = simulator(
		"--headless",
		"--speed",
		"60",
		"--duration",
		"2m",
		"--lamps",
		"1",
		"--ca",
		city.caPath,
		"--broker",
		`mqtts://localhost:${broker.ports[0]}`,
		"--cert",
		lamp.certPath,
		"--key",
		lamp.keyPath,
	);
	expect([await run.ended(), run.output]).toEqual([
		0,
		expect.stringContaining("1 of 1 lamps online"),
	]);
	expect([...births]).toEqual([[`${SITE}/pole-00001/birth`, "L00001"]]);
});

test("a lamp writes its own topics and no other's", async () => {
	const client = await as(lamp);
	expect(await reaches(client, `${SITE}/pole-00001/state`)).toBe(true);
	expect(await reaches(client, `${SITE}/pole-00002/state`)).toBe(false);
	expect(await reaches(client, `${SITE}/pole-00001/command`)).toBe(false);
	expect(await reaches(await as(neighbour), `${SITE}/pole-00002/state`)).toBe(true);
});
test("a user name beside the certificate does not change the account", async () => {
	const client = await as(lamp, { username: "pole-00002", password: "guessed" });
	expect(await reaches(client, `${SITE}/pole-00002/state`)).toBe(false);
	expect(await reaches(client, `${SITE}/pole-00001/state`)).toBe(true);
});

describe("is refused", () => {
	const other = new Authority(city.folder, "other");
	const strangers: [who: string, identity: Identity | undefined, more?: IClientOptions][] = [
		["a client without a certificate", undefined],
		["one without, with the lamp's password", undefined, { username: "pole-00001", password: "x" }],
		["a certificate of another authority", other.sign("pole-00001")],
		["a certificate that has expired", city.authority.sign("late", { from: -30, to: -1 })],
		["a certificate that is not valid yet", city.authority.sign("early", { from: 1, to: 30 })],
	];
	/** One argument: the runner waits for a callback where a row is shorter than the parameters. */
	const named = strangers.map((row): [string, (typeof strangers)[number]] => [row[0], row]);
	test.each(named)("%s", async (_who, [, identity, more]) => {
		await expect(as(identity, more)).rejects.toThrow();
	});
});
