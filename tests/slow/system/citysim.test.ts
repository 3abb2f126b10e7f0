/**
 * City: several simulators at one broker over TLS, with a name and a password for each lamp from the
 * vault; and runs whose lamps do not come online.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connectAsync } from "mqtt";
import { Authority } from "../support/certificates.js";
import { City, lampSecrets, type Secured } from "../support/city.js";
import { freePort, pause, simulator } from "../support/programs.js";

const LAMPS = 8; // of each simulator
const SIMULATORS = 3;
const SITE = "luminode/1/liege";

const numbers = Array.from({ length: SIMULATORS * LAMPS }, (_, n) => n + 1);
const city = new City(numbers.map(lampSecrets));
let broker: Secured;
let url: string;
let passwords: string;
beforeAll(async () => {
	broker = await city.mosquitto();
	url = `mqtts://localhost:${broker.ports[0]}`;
	passwords = join(city.folder, "plain");
	const users = [...numbers.map((n) => lampSecrets(n).nodes[0]!), "desk"];
	writeFileSync(passwords, users.map((user) => `${user}:${city.password(user)}\n`).join(""));
});
afterAll(async () => {
	await broker?.stop();
	city.dispose();
});

const words = (...more: string[]) => [
	"--headless",
	"--speed",
	"60",
	"--duration",
	"3m",
	"--ca",
	city.caPath,
	"--password-file",
	passwords,
	"--watch-user",
	"desk",
	...more,
];

test("three simulators are one city: all online, each event once and none missing", async () => {
	const reader = await connectAsync(url, {
		ca: city.authority.ca,
		username: "reader",
		password: city.password("reader"),
		protocolVersion: 4,
	});
	const online = new Set<string>();
	const groups = new Set<string>();
	const events = new Map<string, number[]>();
	let takeovers = 0;
	reader.on("message", (topic, payload) => {
		const [, , , node = "", kind] = topic.split("/");
		const body = JSON.parse(String(payload));
		if (kind === "status" && body.online) {
			online.add(node);
			if (body.connection > 1) takeovers++;
		} else if (kind === "birth") groups.add(body.group);
		else if (kind === "event") {
			const key = `${node} ${body.life}`;
			events.set(key, [...(events.get(key) ?? []), body.seq]);
		}
	});
	await reader.subscribeAsync(
		["status", "birth", "event"].map((kind) => `${SITE}/+/${kind}`),
		{ qos: 1 },
	);
	const runs = Array.from({ length: SIMULATORS }, (_, n) =>
		simulator(
			...words("--broker", url, "--user", "{node}", "--lamps", String(LAMPS)),
			"--first",
			String(1 + n * LAMPS),
			"--group",
			`street-${n + 1}`,
			"--seed",
			String(n + 1),
		),
	);
	const ends = await Promise.all(runs.map((run) => run.ended()));
	const outputs = runs.map(({ output }) => output);
	expect([ends, outputs.map((text) => /\d+ of \d+ lamps online/.exec(text)?.[0])]).toEqual([
		[0, 0, 0],
		Array.from({ length: SIMULATORS }, () => `${LAMPS} of ${LAMPS} lamps online`),
	]);
	expect(online.size).toBe(SIMULATORS * LAMPS);
	expect([...groups].sort()).toEqual(["street-1", "street-2", "street-3"]);
	expect(takeovers).toBe(0);
	for (const [key, numbers] of events)
		expect([key, numbers]).toEqual([key, numbers.map((_, n) => numbers[0]! + n)]);
	await reader.endAsync();
}, 240_000);

test("two parts of a city, two streets each: all online, and none takes another's name", async () => {
	const common = words("--broker", url, "--user", "{node}", "--lamps", "4", "--seed", "9");
	const parts = ["1/2", "2/2"].map((shard) => {
		const summary = join(city.folder, `${shard[0]}.json`);
		return simulator(...common, "--streets", "4", "--shard", shard, "--summary", summary);
	});
	const ends = await Promise.all(parts.map((run) => run.ended()));
	expect([ends, parts.map(({ output }) => output)]).toEqual([[0, 0], expect.anything()]);
	for (const nth of ["1", "2"]) {
		const { totals } = JSON.parse(readFileSync(join(city.folder, `${nth}.json`), "utf8"));
		expect([totals.lamps, totals.online]).toEqual([8, 8]);
	}
}, 240_000);

test("a second simulator with names that are online is refused in one sentence", async () => {
	const some = words("--broker", url, "--user", "{node}", "--lamps", "2");
	const one = simulator(...some.map((word) => (word === "3m" ? "120m" : word)));
	await one.says(/, from \d{4}-/);
	await pause(20_000);
	const other = simulator(
		...words("--broker", url, "--user", "{node}", "--lamps", "2", "--first", "2"),
	);
	expect([await other.ended(), other.output]).toEqual([
		2,
		expect.stringMatching(
			/^--broker localhost:\d+: pole-00002 of liege is online there already; choose /,
		),
	]);
	await one.stop();
}, 120_000);

describe("a run whose lamps do not come online", () => {
	test("names the reason of a refused handshake: an authority that did not sign", async () => {
		const { caPath } = new Authority(city.folder, "stranger");
		const some = words("--broker", url, "--user", "{node}", "--lamps", "2");
		const run = simulator(...some.map((word) => (word === city.caPath ? caPath : word)));
		expect([await run.ended(), run.output]).toEqual([
			1,
			expect.stringMatching(/^ {2}2 not: tlsRefused: .*certificate.*$/m),
		]);
	}, 120_000);
	test("says how many, with the reasons, and ends with 1", async () => {
		const bad = join(city.folder, "bad");
		writeFileSync(bad, `pole-00001:${city.password("pole-00001")}\npole-00002:guessed\n`);
		const some = ["--broker", url, "--user", "{node}", "--lamps", "3"];
		const run = simulator(...words(...some).map((word) => (word === passwords ? bad : word)));
		expect([await run.ended(), run.output]).toEqual([
			1,
			expect.stringContaining("1 of 3 lamps online"),
		]);
		expect(run.output).toContain("  2 not: refused: not authorised");
	}, 120_000);
	test("nothing listens at the broker: an error before the street begins", async () => {
		const port = await freePort();
		const run = simulator("--headless", "--broker", `mqtt://127.0.0.1:${port}`);
		expect([await run.ended(), run.output]).toEqual([
			2,
			`--broker 127.0.0.1:${port}: nothing listens there\n`,
		]);
	});
	test("of several brokers a lamp takes the one that answers", async () => {
		const silent = await freePort();
		const both = `mqtts://localhost:${silent},${url}`;
		const run = simulator(...words("--broker", both, "--user", "{node}", "--lamps", "2"));
		expect([await run.ended(), run.output]).toEqual([
			0,
			expect.stringContaining("2 of 2 lamps online"),
		]);
	}, 120_000);
});
