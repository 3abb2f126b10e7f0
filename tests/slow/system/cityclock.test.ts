/**
 * The city's clock beside Debian's mosquitto and RabbitMQ from the ready files, over TLS: a lamp
 * without a time server gets the time, no other account may give it, and hostile questions end nothing.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connectAsync, type IPublishPacket, type MqttClient } from "mqtt";
import { pause } from "../../support/until.js";
import { City, lampSecrets, type Secured } from "../support/city.js";
import { passwordsOf } from "../support/cityreader.js";
import { Program, simulator } from "../support/programs.js";

const SITE = "luminode/1/liege";
const ONE = `${SITE}/pole-00001/clock`;
const TWO = `${SITE}/pole-00002/clock`;
/** Attempts, each of a moment, until an answer is there. */
const ATTEMPTS = 600;
const nonceOf = (index: number) => index.toString(16).padStart(32, "0");
const question = (index: number) => JSON.stringify({ nonce: nonceOf(index) });

interface Heard {
	readonly client: MqttClient;
	readonly messages: IPublishPacket[];
}

describe.each([
	["mosquitto", (city: City) => city.mosquitto()],
	["rabbitmq", (city: City) => city.rabbitmq()],
] as const)("%s", (_form, start) => {
	const city = new City([1, 2, 3].map(lampSecrets));
	const open: MqttClient[] = [];
	const started: Program[] = [];
	let broker: Secured;
	let url: string;
	let program: Program;

	beforeAll(async () => {
		broker = await start(city);
		url = `mqtts://localhost:${broker.ports[0]}`;
		const secret = join(city.folder, "clock.password");
		writeFileSync(secret, `${city.password("clock")}\n`);
		const account = ["--ca", city.caPath, "--user", "clock", "--password-file", secret];
		const args = ["--broker", url, "--site", "liege", ...account, "--synchronised", "true"];
		program = new Program(process.execPath, ["tools/luminode.mjs", "clock", ...args]);
		started.push(program);
		await program.says(/clock for luminode\/1\/liege/);
	});
	afterAll(async () => {
		for (const client of open) client.end(true);
		for (const program of started) await program.stop();
		await broker?.stop();
		city.dispose();
	});

	async function as(user: string, clientId: string, ...filters: string[]): Promise<Heard> {
		const client = await connectAsync(url, {
			ca: city.authority.ca,
			protocolVersion: 4,
			reconnectPeriod: 0,
			clientId,
			username: user,
			password: city.password(user),
		});
		client.on("error", () => {});
		open.push(client);
		const messages: IPublishPacket[] = [];
		client.on("message", (_topic, _payload, packet) => void messages.push(packet));
		if (filters.length > 0) await client.subscribeAsync(filters, { qos: 1 });
		return { client, messages };
	}
	const noncesOf = ({ messages }: Heard) =>
		messages.map(({ payload }) => (JSON.parse(String(payload)) as { nonce: string }).nonce);

	/** Asks until an answer is there: the broker may still be making the subscription known. */
	async function answered(lamp: Heard, topic: string, first: number): Promise<IPublishPacket> {
		for (let index = 0; index < ATTEMPTS; index += 1) {
			lamp.client.publish(topic, question(first + index), { qos: 0 });
			for (let waited = 0; waited < 1_200; waited += 50) {
				if (lamp.messages.length > 0) return lamp.messages[0]!;
				await pause(50);
			}
		}
		throw new Error(`no answer:\n${program.output}`);
	}

	test("a lamp without a time server has the city's time", async () => {
		const passwords = join(city.folder, "plain");
		writeFileSync(passwords, passwordsOf(city));
		const desk = await as("desk", "desk-1", `${SITE}/pole-00003/event`);
		const commandLine =
			"--headless --lamps 3 --seed 9 --speed 1 --fault clockLost@0s+2h --duration 1h";
		const now = new Date().toISOString();
		const account = ["--user", "{node}", "--password-file", passwords, "--watch-user", "desk"];
		const outside = ["--start", now, "--broker", url, "--ca", city.caPath];
		const street = simulator(...commandLine.split(" "), ...outside, ...account);
		started.push(street);
		type Set = { type: string; attributes: { source?: string }; time: string; uptime_ms: number };
		let set: Set | undefined;
		for (let index = 0; index < ATTEMPTS && set === undefined; index += 1) {
			await pause(200);
			set = desk.messages
				.map(({ payload }) => JSON.parse(String(payload)) as Set)
				.find(({ type }) => type === "clockSet");
		}
		await street.stop();
		expect(set?.attributes).toEqual({ source: "city" });
		// the street's clock is held for a busy broker, and no other clock knows by how much
		expect(Math.abs(Date.parse(set!.time) - Date.now())).toBeLessThan(600_000);
	});

	test("an answer has QoS 0, is not retained, and goes to the lamp that asked", async () => {
		const [heard, two] = [
			await as("pole-00001", "L00001", `${ONE}/answer`),
			await as("pole-00002", "L00002", `${TWO}/answer`),
		];
		const from = Date.now();
		const { topic, qos, retain, payload } = await answered(heard, `${ONE}/question`, 0);
		expect([topic, qos, retain]).toEqual([`${ONE}/answer`, 0, false]);
		const { utc_ms } = JSON.parse(String(payload)) as { utc_ms: number };
		expect(utc_ms).toBeGreaterThanOrEqual(from);
		expect(utc_ms).toBeLessThanOrEqual(Date.now());
		await answered(two, `${TWO}/question`, 10_000);
		expect(noncesOf(two).every((nonce) => nonce >= nonceOf(10_000))).toBe(true);
		const later = await as("pole-00001", "L00001", `${ONE}/answer`); // takes the session over
		await answered(later, `${ONE}/question`, 20_000);
		expect(later.messages.some(({ retain: isRetained }) => isRetained)).toBe(false);
	});

	const strangers: [user: string, clientId: string, topic: string][] = [
		["pole-00002", "L00002", `${ONE}/answer`],
		["pole-00001", "L00001", `${ONE}/answer`],
		["pole-00002", "L00002", `${ONE}/question`],
		["desk", "desk-2", `${ONE}/answer`],
		["citizens", "citizens", `${ONE}/answer`],
		["clock", "clock-2", `${ONE}/question`],
		["clock", "clock-2", `${SITE}/pole-00001/command`],
	];
	test.each(strangers)("%s (%s) may not publish to %s", async (user, clientId, topic) => {
		const ear = await as("reader", "reader-1", `${SITE}/#`);
		const { client } = await as(user, clientId);
		const body = JSON.stringify({ nonce: nonceOf(77), utc_ms: 0 });
		const isClosed = new Promise<void>((resolve) => client.once("close", () => resolve())); // RabbitMQ's refusal
		await Promise.race([client.publishAsync(topic, body, { qos: 1 }).catch(() => {}), isClosed]);
		// a message behind it, of an account that may: when it is there, the other would be, too
		const desk = await as("desk", "desk-3");
		await desk.client.publishAsync(`${SITE}/pole-00002/command`, "{}", { qos: 1 });
		for (let index = 0; index < ATTEMPTS && ear.messages.length === 0; index += 1) await pause(50);
		expect(ear.messages.map(({ payload }) => String(payload))).not.toContain(body);
		ear.client.end(true);
	});

	test("hostile questions and a flood end nothing, and another lamp has its answer", async () => {
		const [heard, two] = [
			await as("pole-00001", "L00001", `${ONE}/answer`),
			await as("pole-00002", "L00002", `${TWO}/answer`),
		];
		for (const payload of ["", "{", "\u0000", `{"nonce":"${"0".repeat(3_000)}"}`, "[]", "null"])
			heard.client.publish(`${ONE}/question`, payload, { qos: 0 });
		heard.client.publish(`${ONE}/question`, question(1), { qos: 0, retain: true });
		for (let index = 0; index < 3_000; index += 1)
			heard.client.publish(`${ONE}/question`, question(index), { qos: 0 });
		await answered(two, `${TWO}/question`, 50_000);
		expect(program.code).toBeUndefined();
		expect(heard.messages.length).toBeLessThan(500); // one a second
		heard.client.publish(`${ONE}/question`, "", { qos: 1, retain: true });
	});
});
