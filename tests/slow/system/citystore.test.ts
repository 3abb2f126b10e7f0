/**
 * City store: the collector of counts behind a mosquitto, killed twenty times at random instants, with
 * SQLite and with Debian's PostgreSQL, whose server ends without a word, too: nothing is lost, nothing is twice.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connectAsync, type MqttClient } from "mqtt";
import { type Database, databaseOf } from "../../../city/database.js";
import { bundle } from "../../../lib/bundle.mjs";
import { databaseCases } from "../../support/databasecases.js";
import { Mosquitto } from "../support/brokers.js";
import { Postgres } from "../support/postgres.js";
import { Program, pause } from "../support/programs.js";

const KILLS = 20;
/** Of which the server of the database ends, too. */
const CRASH_EACH = 7;
const MESSAGES = 300; // before each start

interface Store {
	readonly address: string;
	/** Another database, for the cases. */
	readonly cases: string;
	crash(): void;
	stop(): Promise<void>;
}

async function sqlite(): Promise<Store> {
	const folder = mkdtempSync(join(tmpdir(), "luminode-"));
	const address = join(folder, "city.db");
	const cases = join(folder, "cases.db");
	return { address, cases, crash: () => {}, stop: async () => rmSync(folder, { recursive: true }) };
}

async function postgres(): Promise<Store> {
	const server = await new Postgres().start();
	Object.assign(process.env, server.environment); // of the programs and of this test
	return server;
}

describe.each([
	["SQLite", sqlite],
	["PostgreSQL", postgres],
])("%s", (_name, open) => {
	let store: Store;
	let db: Database;
	let broker: Mosquitto;
	let lamps: MqttClient;
	let program: string;
	beforeAll(async () => {
		store = await open();
		db = await databaseOf(store.address);
		broker = await new Mosquitto().start(["allow_anonymous true", "max_queued_messages 100000"]);
		lamps = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 4 });
		program = await bundle("city/bin/traffic.ts");
	}, 180_000);
	afterAll(async () => {
		await lamps?.endAsync();
		await db?.destroy();
		await broker?.stop();
		await store?.stop();
	});

	const collector = () => {
		const own = ["--broker", `mqtt://127.0.0.1:${broker.port}`, "--database", store.address];
		return new Program(process.execPath, [program, "collect", ...own]);
	};
	let sent = 0;
	const send = async () => {
		const time = new Date().toISOString();
		const all = Array.from({ length: MESSAGES }, () => {
			const body = { life: 1, uptime_ms: ++sent, interval_s: 900, roadUserNumber: 5, time };
			const topic = `luminode/1/liege/pole-${sent % 50}/traffic`;
			return lamps.publishAsync(topic, JSON.stringify(body), { qos: 1 });
		});
		await Promise.all(all);
	};
	const count = async () => {
		const rows = db.selectFrom("messages").select(({ fn }) => fn.countAll<number>().as("n"));
		return Number((await rows.executeTakeFirstOrThrow().catch(() => ({ n: 0 }))).n);
	};

	databaseCases(() => store.cases);

	test("twenty kills at random instants", async () => {
		const first = collector();
		await first.says(/collecting/);
		await first.stop("SIGKILL"); // its session is at the broker
		for (let kill = 1; kill <= KILLS; kill++) {
			await send();
			const running = collector();
			const before = await count();
			for (let waited = 0; waited < 20_000 && (await count()) === before; waited += 5)
				await pause(5);
			await pause(Math.random() * 60);
			if (kill % CRASH_EACH === 0) store.crash();
			await running.stop("SIGKILL");
		}
		const last = collector();
		for (let waited = 0; waited < 60_000 && (await count()) < sent; waited += 100) await pause(100);
		expect(await last.stop()).toBe(0);
		const rows = await db.selectFrom("messages").select("number").orderBy("number").execute();
		expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: sent }, (_, n) => n + 1));
	}, 280_000);
});
