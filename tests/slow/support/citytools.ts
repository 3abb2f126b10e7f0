/**
 * City tools: each program of city beside a street of lamps at a broker, over TLS with the accounts of
 * the vault. Each runs as a process of its own, and is killed once. A broker is a test file, for they wait.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connectAsync, type MqttClient } from "mqtt";
import { databaseOf } from "../../../city/database.js";
import { pause, until } from "../../support/until.js";
import { City, lampSecrets, type Secured } from "./city.js";
import { freePort, Program, simulator } from "./programs.js";

/** At the tools' own time, so that their orders are fresh, where it is midnight and nobody passes. */
const LAMPS = [1, 2, 3];
/** An evening at 240 times the speed, for counts of hours. */
const QUICK = [4, 5, 6];
const SITE = "luminode/1/liege";
const STORING = ["desk", "bridge", "citizens", "traffic"];
const nodesOf = (lamps: readonly number[]) => lamps.map((n) => lampSecrets(n).nodes[0]!);
const nodes = nodesOf(LAMPS);
/** Longitude at which the sun is lowest at an instant, to the hour, degrees east. */
const midnightAt = (utc: Date) => ((540 - 15 * utc.getUTCHours()) % 360) - 180;

export function testCityTools(start: (city: City) => Promise<Secured>): void {
	const city = new City([...LAMPS, ...QUICK].map(lampSecrets));
	const started: Program[] = [];
	/** The latest payload of each topic. */
	const seen = new Map<string, string>();
	/** Counts of road users: pole, life and uptime of each. */
	const counted = new Set<string>();
	let broker: Secured;
	let reader: MqttClient;
	let site: string;
	let passwords: string;
	let metricsPort: number;

	beforeAll(async () => {
		broker = await start(city);
		passwords = join(city.folder, "plain");
		const users = [...nodes, ...nodesOf(QUICK), "desk"];
		writeFileSync(passwords, users.map((user) => `${user}:${city.password(user)}\n`).join(""));
		site = join(city.folder, "site.csv");
		const now = new Date();
		const east = midnightAt(now); // in the file, too: a sun that is up contradicts the photocell
		const rows = LAMPS.map((n) => {
			const { serial, nodes } = lampSecrets(n);
			return `${n},${serial},liege,${nodes[0]},quay,50.64,${east},45`;
		});
		writeFileSync(
			site,
			`${["pole,serial,site,node,group,latitude,longitude,hold", ...rows].join("\n")}\n`,
		);
		reader = await connectAsync(url(), {
			ca: city.authority.ca,
			username: "bridge",
			password: city.password("bridge"),
			protocolVersion: 4,
		});
		reader.on("message", (topic, payload) => {
			seen.set(topic, String(payload));
			if (!topic.endsWith("/traffic")) return;
			const { node, life, uptime_ms } = JSON.parse(String(payload));
			counted.add(`${node} ${life} ${uptime_ms}`);
		});
		await reader.subscribeAsync([`${SITE}/#`, "homeassistant/#", "luminode-bridge/#"], { qos: 1 });
		metricsPort = await freePort(); // before the lamps, for a broker without retained messages
		await run("metrics", "reader", "--port", `${metricsPort}`).says(/metrics/);
		const place = `50.64,${east}`;
		const seeing = ["--lamp-response", "--quiet"]; // a self-test judges the light
		street(LAMPS, "--speed", "1", "--start", now.toISOString(), "--place", place, ...seeing);
		await until("all online", async () => nodes.every((node) => field(`${node}/status`, "online")));
	});

	afterAll(async () => {
		for (const program of started) await program.stop("SIGKILL");
		reader?.end(true);
		await broker?.stop();
		city.dispose();
	});

	const url = () => `mqtts://localhost:${broker.ports[0]}`;
	const field = (topic: string, name: string): unknown =>
		JSON.parse(seen.get(`${SITE}/${topic}`) ?? "{}")[name];

	function street(lamps: readonly number[], ...args: string[]): void {
		const of = ["--lamps", `${lamps.length}`, "--first", `${lamps[0]}`, "--seed", "7"];
		const account = ["--user", "{node}", "--password-file", passwords, "--watch-user", "desk"];
		const secured = ["--broker", url(), "--ca", city.caPath, ...account];
		started.push(simulator("--headless", ...of, "--group", "quay", ...secured, ...args));
	}

	/** One of the programs with the account of a role. */
	function run(tool: string, role: string, ...args: string[]): Program {
		const file = join(city.folder, `password-${role}`);
		writeFileSync(file, `${city.password(role)}\n`);
		const account = ["--ca", city.caPath, "--user", role, "--password-file", file];
		const program = new Program(process.execPath, [
			"tools/run.mjs",
			`city/bin/${tool}.ts`,
			...args,
			"--broker",
			url(),
			"--site",
			"liege",
			...account,
			...(STORING.includes(tool) ? ["--database", join(city.folder, "city.db")] : []),
		]);
		started.push(program);
		return program;
	}

	test("desk: settings of the site file reach every lamp, over a kill", async () => {
		const args = ["configure", site, "--wave", "1"];
		const first = run("desk", "desk", ...args);
		await until("one is configured", async () => holds().includes(45));
		await first.stop("SIGKILL");
		const again = run("desk", "desk", ...args);
		expect([await again.ended(), again.output]).toEqual([0, expect.any(String)]);
		expect(holds()).toEqual([45, 45, 45]);
		const status = run("desk", "desk", "status", site);
		expect([await status.ended(), status.output]).toEqual([0, expect.any(String)]);
	});

	function holds(): unknown[] {
		return nodes.map((node) => {
			const settings = field(`${node}/settings/reported/light`, "settings");
			return (settings as { hold?: number } | undefined)?.hold;
		});
	}

	test("citizens: a report becomes a self-test, its answer a paragraph, over a kill", async () => {
		const port = await freePort();
		const keys = join(city.folder, "keys");
		writeFileSync(keys, "platform-key\n");
		const serverArgs = ["--port", `${port}`, "--keys", keys];
		const args = ["serve", site, ...serverArgs];
		const first = run("citizens", "citizens", ...args);
		await first.says(/http:\/\/127\.0\.0\.1/);
		const api = `http://127.0.0.1:${port}`;
		const form = { api_key: "platform-key", service_code: "street-lamp", "attribute[lamp]": "2" };
		const response = await fetch(`${api}/requests.json`, {
			method: "POST",
			body: new URLSearchParams({ ...form, description: "lamp 2 is out" }),
		});
		const [request] = (await response.json()) as { service_request_id: string }[];
		await first.stop("SIGKILL");
		await run("citizens", "citizens", ...args).says(/http:\/\/127\.0\.0\.1/);
		const answer = async () => {
			const got = await fetch(`${api}/requests/${request!.service_request_id}.json`);
			const [entry] = (await got.json()) as { status: string; status_notes: string }[];
			return entry!;
		};
		const isAnswered = async () => {
			await pause(1000); // a client may send so many requests a minute, no more
			return !(await answer()).status_notes.includes("being tested");
		};
		await until("an answer", isAnswered);
		const { status, status_notes: notes } = await answer();
		expect([status, notes]).toEqual(["closed", expect.stringMatching(/^Lamp 2 .* it works\.$/)]);
		expect(notes).not.toContain("operator"); // its own test is never its reason
	});

	test("bridge: a light for each lamp, that an order of Home Assistant changes", async () => {
		const first = run("bridge", "bridge", "--group", "quay", "--sites", site);
		const configs = () =>
			[...seen.keys()].filter((topic) => topic.startsWith("homeassistant/device/"));
		await until("a light each", async () => configs().length === LAMPS.length);
		await first.stop("SIGKILL");
		await until("gone", async () => seen.get("luminode-bridge/liege:quay/available") === "offline");
		await run("bridge", "bridge", "--group", "quay", "--sites", site).says(/bridge for/);
		await until("back", async () => seen.get("luminode-bridge/liege:quay/available") === "online");
		const order = { state: "ON", brightness: 73 };
		await reader.publishAsync(`luminode-bridge/liege:quay/${nodes[0]}/set`, JSON.stringify(order), {
			qos: 1,
		});
		await until(
			"an override",
			async () => field(`${nodes[0]}/state`, "feedbackLightCommand") === 73,
		);
		await until("the state", async () => {
			const state = JSON.parse(seen.get(`luminode-bridge/liege:quay/${nodes[0]}/state`) ?? "{}");
			return state.brightness === 73;
		});
	});

	test("metrics: the fleet by group, without a node's name", async () => {
		const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
		expect(text).toMatch(/^luminode_lamps\{.*group="quay".*\} 3$/m);
		expect(text).not.toMatch(/pole-0/);
	});

	test("traffic: counts of an hour are published, of two instances, over a kill", async () => {
		const folder = join(city.folder, "traffic");
		const collectArgs = (name: string) => ["collect", "--instance", name];
		const [first, other] = ["a", "b"].map((name) =>
			run("traffic", "traffic", ...collectArgs(name)),
		);
		await Promise.all([first!.says(/collecting/), other!.says(/collecting/)]);
		counted.clear();
		street(QUICK, "--speed", "240", "--start", "2026-11-24T15:30:00+01:00", "--duration", "3h");
		const db = await databaseOf(join(city.folder, "city.db"));
		const counts = async () => {
			const rows = db.selectFrom("messages").select(["node", "life", "number"]);
			const all = await rows.where("kind", "=", "traffic").execute();
			return all.map(({ node, life, number }) => `${node} ${life} ${number}`);
		};
		const enough = async (name: string, least: number) =>
			until(name, async () => (await counts()).length >= least);
		await enough("a quarter of an hour", QUICK.length);
		await first!.stop("SIGKILL");
		const again = run("traffic", "traffic", ...collectArgs("a"));
		await enough("two hours", 8 * QUICK.length);
		await until("each once", async () => {
			const all = await counts();
			return [...counted].every((key) => all.includes(key)) && new Set(all).size === all.length;
		});
		await Promise.all([again.stop(), other!.stop()]);
		await db.destroy();
		const published = run(
			"traffic",
			"reader",
			"publish",
			folder,
			"--licence",
			"CC-BY-4.0",
			"--publisher",
			"Ville de Liège",
		);
		expect([await published.ended(), published.output]).toEqual([0, expect.any(String)]);
		const [head, ...rows] = readFileSync(join(folder, "counts.csv"), "utf8").trim().split("\n");
		expect(head).toContain("coverage");
		expect(rows.filter((row) => row.includes("quay") && /,\d+,/.test(row)).length).toBeGreaterThan(
			0,
		);
	});
}
