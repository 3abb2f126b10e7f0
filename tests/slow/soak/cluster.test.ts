/**
 * Cluster: a street at a RabbitMQ of three nodes over TLS, of which the one that the lamps are at is
 * killed while they publish: all come back at another, and no event is missing.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connectAsync } from "mqtt";
import { until } from "../../support/until.js";
import { City, lampSecrets, type Secured } from "../support/city.js";
import { simulator } from "../support/programs.js";

const LAMPS = 20;
const SITE = "luminode/1/liege";

const numbers = Array.from({ length: LAMPS }, (_, n) => n + 1);
const city = new City(numbers.map(lampSecrets));
let broker: Secured;
beforeAll(async () => {
	broker = await city.rabbitmq(true, 3);
});
afterAll(async () => {
	await broker?.stop();
	city.dispose();
});

test("a node dies: every lamp is back, and each event of each life arrived", async () => {
	const passwords = join(city.folder, "plain");
	const users = [...numbers.map((n) => lampSecrets(n).nodes[0]!), "desk"];
	writeFileSync(passwords, users.map((user) => `${user}:${city.password(user)}\n`).join(""));
	const urls = broker.ports.map((port) => `mqtts://localhost:${port}`);
	const reader = await connectAsync(urls[1]!, {
		ca: city.authority.ca,
		username: "reader",
		password: city.password("reader"),
		protocolVersion: 4,
	});
	const events = new Map<string, Set<number>>();
	const births: { node: string; connection: number }[] = [];
	reader.on("message", (topic, payload) => {
		const [, , , node = "", kind] = topic.split("/");
		const body = JSON.parse(String(payload));
		if (kind === "birth") births.push({ node, connection: body.connection });
		if (kind !== "event") return;
		const key = `${node} ${body.life}`;
		events.set(key, (events.get(key) ?? new Set()).add(body.seq));
	});
	await reader.subscribeAsync(
		["birth", "event"].map((kind) => `${SITE}/+/${kind}`),
		{ qos: 1 },
	);
	const run = simulator(
		"--headless",
		"--lamps",
		`${LAMPS}`,
		"--seed",
		"7",
		"--speed",
		"60",
		"--duration",
		"40m",
		"--broker",
		urls.join(","),
		"--ca",
		city.caPath,
		"--user",
		"{node}",
		"--password-file",
		passwords,
		"--watch-user",
		"desk",
	);
	const backAs = (connection: number) =>
		new Set(births.filter((birth) => birth.connection >= connection).map(({ node }) => node)).size;
	await until("all online", async () => backAs(1) === LAMPS);
	await broker.kill(0);
	await until("those of that node are back", async () => backAs(2) > 0);
	const end = await run.ended();
	expect([end, run.output]).toEqual([
		0,
		expect.stringMatching(new RegExp(`${LAMPS} of ${LAMPS} lamps online`)),
	]);
	const count = [...events.values()].reduce((sum, { size }) => sum + size, 0);
	if (process.env.SHOW) process.stdout.write(`${count} events, ${backAs(2)} lamps back\n`);
	expect(events.size).toBe(LAMPS); // a life each
	for (const [key, seqs] of events) {
		const sorted = [...seqs].sort((seq, other) => seq - other);
		expect([key, sorted]).toEqual([key, sorted.map((_, n) => n + 1)]);
	}
	await reader.endAsync();
});
