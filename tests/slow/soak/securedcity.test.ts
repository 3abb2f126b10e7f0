/**
 * Secured city: a thousand lamps at 60 times the speed of the clock, at a mosquitto over TLS with the
 * passwords and the ACL of the vault: all come online, and no event is missing.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connectAsync } from "mqtt";
import { City, lampSecrets, type Secured } from "../support/city.js";
import { simulator } from "../support/programs.js";

const LAMPS = 1_000;
const SITE = "luminode/1/liege";
/** The spread of connections is five minutes of the street. */
const DURATION = "7m";

const numbers = Array.from({ length: LAMPS }, (_, n) => n + 1);
const city = new City(numbers.map(lampSecrets));
let broker: Secured;
beforeAll(async () => {
	broker = await city.mosquitto();
}, 300_000);
afterAll(async () => {
	await broker?.stop();
	city.dispose();
});

test("all lamps come online, and each event of each life arrives", async () => {
	const passwords = join(city.folder, "plain");
	const { lamps, roles } = city.content;
	const lines = lamps.map(({ nodes, settings }) => `${nodes.at(-1)}:${settings?.brokerPassword}\n`);
	writeFileSync(passwords, [...lines, `desk:${roles?.desk}\n`].join(""));
	const url = `mqtts://localhost:${broker.ports[0]}`;
	const reader = await connectAsync(url, {
		ca: city.authority.ca,
		username: "reader",
		password: roles?.reader ?? "",
		protocolVersion: 4,
	});
	const online = new Set<string>();
	const events = new Map<string, number[]>();
	const misnamed: string[] = [];
	let messages = 0;
	reader.on("message", (topic, payload) => {
		const [, , , node = "", kind] = topic.split("/");
		const body = JSON.parse(String(payload));
		messages += 1;
		if (body.node !== node) misnamed.push(topic);
		if (kind === "status" && body.online) online.add(node);
		if (kind !== "event") return;
		const key = `${node} ${body.life}`;
		events.set(key, [...(events.get(key) ?? []), body.seq]);
	});
	await reader.subscribeAsync(`${SITE}/#`, { qos: 1 });
	const run = simulator(
		"--headless",
		"--lamps",
		`${LAMPS}`,
		"--seed",
		"7",
		"--speed",
		"60",
		"--duration",
		DURATION,
		"--broker",
		url,
		"--ca",
		city.caPath,
		"--user",
		"{node}",
		"--password-file",
		passwords,
		"--watch-user",
		"desk",
	);
	const end = await run.ended();
	if (process.env.SHOW) process.stdout.write(`${messages} messages\n${run.output.slice(-500)}\n`);
	expect([end, run.output]).toEqual([
		0,
		expect.stringContaining(`${LAMPS} of ${LAMPS} lamps online`),
	]);
	expect([online.size, misnamed]).toEqual([LAMPS, []]);
	const gaps = [...events].filter(([, list]) => list.some((seq, n) => seq !== list[0]! + n));
	expect(gaps).toEqual([]);
	expect(events.size).toBeGreaterThanOrEqual(LAMPS);
	await reader.endAsync();
});
