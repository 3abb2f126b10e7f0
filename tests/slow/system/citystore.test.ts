/**
 * City store: the collector of counts and the desk behind a mosquitto, killed at random instants, with
 * SQLite and with Debian's PostgreSQL, whose server ends without a word, too: nothing is lost, nothing is twice.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connectAsync, type MqttClient } from "mqtt";
import { type Database, databaseOf } from "../../../city/database.js";
import { bundle } from "../../../lib/bundle.mjs";
import { FakeFleet } from "../../support/fakefleet.js";
import { Mosquitto } from "../support/brokers.js";
import { Postgres } from "../support/postgres.js";
import { Program, pause } from "../support/programs.js";

const KILLS = 20;
/** Of which the server of the database ends, too. */
const CRASH_EACH = 7;
const MESSAGES = 300; // before each start
const LAMPS = 8;

interface Store {
	readonly address: string;
	crash(): void;
	stop(): Promise<void>;
}

async function sqlite(): Promise<Store> {
	const folder = mkdtempSync(join(tmpdir(), "luminode-"));
	const address = join(folder, "city.db");
	return { address, crash: () => {}, stop: async () => rmSync(folder, { recursive: true }) };
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

	test("two instances of the same lamps, each killed: none is lost or twice", async () => {
		await db.deleteFrom("messages").execute();
		const from = sent;
		const instance = (name: string) => {
			const own = ["--broker", `mqtt://127.0.0.1:${broker.port}`, "--database", store.address];
			const words = ["collect", ...own, "--client", "shared", "--instance", name];
			return new Program(process.execPath, [program, ...words]);
		};
		const both = ["a", "b"].map(instance);
		for (const one of both) await one.says(/collecting/);
		for (let kill = 0; kill < 6; kill++) {
			const sending = send();
			await pause(Math.random() * 60);
			await both[kill % 2]!.stop("SIGKILL");
			await sending;
			both[kill % 2] = instance("ab"[kill % 2]!);
		}
		for (const one of both) await one.says(/collecting/);
		await send();
		for (let waited = 0; waited < 60_000 && (await count()) < sent - from; waited += 100)
			await pause(100);
		for (const one of both) expect(await one.stop()).toBe(0);
		const rows = await db.selectFrom("messages").select("number").orderBy("number").execute();
		expect(rows.map(({ number }) => number)).toEqual(
			Array.from({ length: sent - from }, (_, n) => from + n + 1),
		);
	}, 200_000);
	test("campaigns killed at random instants: each lamp acts once, and back once", async () => {
		const url = `mqtt://127.0.0.1:${broker.port}`;
		const fleet = await new FakeFleet(url).start(LAMPS, (lamp) => void (lamp.conduct = "slow"));
		const folder = mkdtempSync(join(tmpdir(), "luminode-"));
		const site = join(folder, "site.csv");
		const rows = fleet.lamps.map(({ serial, node }) => `${node},${serial},liege,${node},quay,45`);
		writeFileSync(site, `pole,serial,site,node,group,hold\n${rows.join("\n")}\n`);
		const desk = await bundle("city/bin/desk.ts");
		const ends = ["--broker", url, "--database", store.address, "--settle", "50"];
		const run = (...words: string[]) => new Program(process.execPath, [desk, ...words, ...ends]);
		/** Runs the command until it is done. @returns the campaign */
		const killed = async (...words: string[]) => {
			for (let kill = 1; ; kill++) {
				const program = run(...words);
				const ended = program.ended();
				const isOver = await Promise.race([ended, pause(400 + Math.random() * 1_000)]);
				if (kill === CRASH_EACH) store.crash();
				if (kill > CRASH_EACH || isOver === 0) {
					expect([await ended, program.output]).toEqual([0, expect.any(String)]);
					return /campaign (\S+)/.exec(program.output)![1]!;
				}
				await program.stop("SIGKILL");
			}
		};
		const acts = () => fleet.lamps.map(({ acts, settings }) => [...acts, settings.light!.hold]);
		try {
			const first = await killed("configure", site, "--wave", "2");
			expect(acts()).toEqual(fleet.lamps.map(() => ["revision 1", 45]));
			const back = await killed("rollback", first);
			expect(acts()).toEqual(fleet.lamps.map(() => ["revision 1", "revision 2", 60]));
			const again = run("configure", site, "--wave", "2");
			const [, third] = await again.says(/campaign (\S+)/);
			await pause(500);
			await again.stop("SIGKILL");
			const cancelling = run("cancel", third!);
			await pause(500 + Math.random() * 300);
			await cancelling.stop("SIGKILL");
			expect(await run("cancel", third!).ended()).toBe(0);
			const states = await db.selectFrom("campaigns").select(["id", "state"]).execute();
			const of = (id: string) => states.find((one) => one.id === id)!.state;
			expect([first, back, third!].map(of)).toEqual(["done", "done", "cancelled"]);
			const open = db.selectFrom("orders").select("id").where("step", "in", ["waiting", "sent"]);
			expect(await open.execute()).toEqual([]);
			for (const { acts } of fleet.lamps) expect(new Set(acts).size).toBe(acts.length);
		} finally {
			await fleet.close();
			rmSync(folder, { recursive: true });
		}
	}, 200_000);
});
