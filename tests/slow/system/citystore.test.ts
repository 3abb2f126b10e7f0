/**
 * City store: the collector of counts behind a mosquitto, killed at random instants, with SQLite and
 * with Debian's PostgreSQL, whose server ends without a word, too: nothing is lost, nothing is twice.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { connectAsync, type MqttClient } from "mqtt";
import { awayOf, type Database, databaseOf } from "../../../city/database.js";
import type { Letter } from "../../../city/inbox.js";
import { forget, STEPS } from "../../../city/retention.js";
import { keep } from "../../../city/traffic/store.js";
import { bundle } from "../../../lib/bundle.mjs";
import { random } from "../../../lib/random.js";
import { inEachTable } from "../../support/cityrows.js";
import { databaseCases } from "../../support/databasecases.js";
import { oldDatabaseCases } from "../../support/olddatabase.js";
import { pause, until } from "../../support/until.js";
import { Mosquitto } from "../support/brokers.js";
import { type CityStore, STORES } from "../support/citystores.js";
import { Program, ROOT } from "../support/programs.js";

const KILLS = 20;
/** Of which the server of the database ends, too. */
const CRASH_EACH = 7;
const MESSAGES = 300; // before each start
const chance = random(7, "kills");

/** What a commune's user may not do to the programs of all. */
const ATTACKS = [
	"insert into kysely_migration values ('000-none', '')",
	"update kysely_migration set name = 'x'",
	"delete from kysely_migration",
	"truncate kysely_migration",
	"drop table kysely_migration",
	"alter table kysely_migration rename to x",
	"insert into kysely_migration_lock values ('x', 1)",
	"update kysely_migration_lock set is_locked = 1",
	"delete from kysely_migration_lock",
	"drop table kysely_migration_lock",
	"truncate messages",
	"drop table messages",
	"alter table lamps disable row level security",
	"drop policy commune on lamps",
	"create trigger x before insert on messages for each row execute function suppress_redundant_updates_trigger()",
	"create table public.x (a text)",
];

const folder = mkdtempSync(join(tmpdir(), "luminode-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(STORES)("%s", (name, open) => {
	let store: CityStore;
	let db: Database;
	let broker: Mosquitto;
	let lamps: MqttClient;
	let program: string;
	beforeAll(async () => {
		store = await open(folder);
		db = await databaseOf(store.address);
		broker = await new Mosquitto().start(["allow_anonymous true", "max_queued_messages 100000"]);
		lamps = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 4 });
		program = await bundle("city/bin/traffic.ts");
	});
	afterAll(async () => {
		await lamps?.endAsync();
		await db?.destroy();
		await broker?.stop();
		await store?.stop();
	});

	const collector = () => {
		const connectionArgs = [
			"--broker",
			`mqtt://127.0.0.1:${broker.port}`,
			"--database",
			store.address,
		];
		return new Program(process.execPath, [program, "collect", ...connectionArgs]);
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
	oldDatabaseCases(() => store.old);

	test("a backup beside a writing program is restored as docs/city.md has it", async () => {
		const db = await databaseOf(store.city);
		const letter = (n: number): Letter => ({
			site: "liege",
			node: "pole-1",
			kind: "traffic",
			isRetained: false,
			body: { life: 1, uptime_ms: n, interval_s: 900, roadUserNumber: 5 },
		});
		let written = 0;
		const write = () => keep(db, [letter(++written)], Date.now());
		for (let n = 0; n < 50; n++) await write();
		let isOver = false;
		const backup = documented(`backup ${name}`).finally(() => {
			isOver = true;
		});
		backup.catch(() => {}); // awaited below
		while (!isOver) await write().then(() => pause(1));
		await backup;
		const copies = readdirSync(store.folder).filter((file) => /^city[-.].*(db|dump)$/.test(file));
		const modes = copies.map((file) => statSync(join(store.folder, file)).mode & 0o777);
		expect([...new Set(modes)]).toEqual([0o600]);
		const atBackup = written;
		for (let n = 0; n < 50; n++) await write();
		await db.deleteFrom("messages").where("number", "<", 20).execute();
		await db.destroy();
		await documented(`restore ${name}`);
		const restored = await databaseOf(store.city);
		const rows = restored.selectFrom("messages").select("number").orderBy("number");
		const numbers = (await rows.execute()).map(({ number }) => number);
		expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => n + 1));
		expect([numbers.length >= 50, numbers.length <= atBackup]).toEqual([true, true]);
		expect(await keep(restored, [letter(numbers.length + 1), letter(1)], Date.now())).toBe(1);
		await restored.destroy();
	});

	/** Runs the commands of that mark. */
	async function documented(mark: string): Promise<void> {
		const page = readFileSync(join(ROOT, "docs/city.md"), "utf8");
		const [, text] = new RegExp(`<!-- run: ${mark} -->\n\`\`\`sh\n([^\`]+)\`\`\``).exec(page)!;
		const [dated = ""] = readdirSync(store.folder).filter((file) => /^city-.*\.db$/.test(file));
		const script = dated === "" ? text! : text!.replace("city-2026-11-24.db", dated);
		const run = promisify(execFile);
		const { stderr } = await run("bash", ["-ec", script], { cwd: store.folder, env: store.shell });
		expect(stderr).toBe("");
	}

	if (name === "PostgreSQL")
		test("a database user of one commune reads and changes nothing of the other", async () => {
			const owner = await databaseOf(store.city);
			const role = "luminode-liege";
			await sql`create role ${sql.id(role)} login password 'of liege'`.execute(owner);
			await owner.deleteFrom("messages").execute(); // of the test before
			await documented("rights PostgreSQL");
			const tables = Object.keys(STEPS) as "lamps"[];
			const sites = async (from: Database, table: keyof typeof STEPS) => {
				const rows = from
					.selectFrom(table as "lamps")
					.select("site")
					.distinct()
					.orderBy("site");
				return (await rows.execute()).map(({ site }) => site);
			};
			for (const site of ["liege", "seraing"]) await inEachTable(owner, site);
			const file = join(folder, "password");
			writeFileSync(file, "of liege\n");
			const address = new URL(store.city);
			address.username = role;
			const liege = await databaseOf(String(address), file);
			for (const table of tables) {
				expect([table, await sites(owner, table)]).toEqual([table, ["liege", "seraing"]]);
				expect([table, await sites(liege, table)]).toEqual([table, ["liege"]]);
				const change = liege.updateTable(table).set({ site: "seraing" });
				await expect(change.execute()).rejects.toThrow(/row-level security/);
			}
			const foreign = {
				site: "seraing",
				node: "x",
				serial: "",
				group_name: "",
				version: "",
				seen_at: 0,
			};
			await expect(liege.insertInto("lamps").values(foreign).execute()).rejects.toThrow(
				/row-level security/,
			);
			for (const attack of ATTACKS)
				await expect(
					sql
						.raw(attack)
						.execute(liege)
						.then(() => attack),
				).rejects.toThrow(/permission denied|must be owner/);
			await forget(liege, { site: undefined, keep: 1, text: 1 }, Date.now());
			expect(await sites(owner, "messages")).toEqual(["seraing"]);
			await liege.destroy();
			// the command of 0.1.0 gave more, and a start as the owner takes it back
			await sql`grant select, insert, update, delete on all tables in schema public
				to ${sql.id(role)}`.execute(owner);
			await (await databaseOf(store.city)).destroy();
			const after = await databaseOf(String(address), file);
			for (const attack of ATTACKS)
				await expect(
					sql
						.raw(attack)
						.execute(after)
						.then(() => attack),
				).rejects.toThrow(/permission denied|must be owner/);
			await after.destroy();
			await owner.destroy();
			await (await databaseOf(store.city)).destroy(); // and every program starts
		});
	if (name === "PostgreSQL")
		test("tables of an earlier version, and a database without UTF-8, are a sentence", async () => {
			const owner = await databaseOf(store.city);
			const address = new URL(store.city);
			address.username = "luminode-liege";
			const file = join(folder, "password");
			const made = await sql<{ name: string; timestamp: string }>`delete from kysely_migration
				where name = '003-serial' returning *`.execute(owner);
			await expect(databaseOf(String(address), file)).rejects.toThrow(
				/its tables are of an earlier version: start a program of this version once as their owner$/,
			);
			const [row] = made.rows;
			await sql`insert into kysely_migration values (${row!.name}, ${row!.timestamp})`.execute(
				owner,
			);
			await sql`create database latin encoding 'LATIN1' template template0
				lc_collate 'C' lc_ctype 'C'`.execute(owner);
			const latin = new URL(store.city);
			latin.pathname = "/latin";
			await expect(databaseOf(String(latin))).rejects.toThrow(
				/its encoding is LATIN1; make one by/,
			);
			await owner.destroy();
		});

	if (name === "PostgreSQL")
		test("a server that ends within a transaction ends that one alone", async () => {
			const lamps = (from: Pick<Database, "selectFrom">) =>
				from.selectFrom("lamps").select("node").execute();
			const cut = db.transaction().execute(async (change) => {
				await lamps(change);
				store.crash();
				await pause(100);
				await lamps(change);
			});
			await expect(cut.catch((error) => Promise.reject(awayOf(error)))).rejects.toMatch(
				/^the database is away: /,
			);
			expect(await lamps(db)).toEqual([]);
		});

	if (name === "PostgreSQL")
		test("a program that starts while its server is away waits for it", async () => {
			store.die();
			const running = collector();
			await running.says(/^the database is away: .*; it is waited for, 30 s at most$/m);
			store.rise();
			await running.says(/^collecting/m);
			expect(await running.stop()).toBe(0);
		});

	test("twenty kills at random instants", async () => {
		const first = collector();
		await first.says(/collecting/);
		await first.stop("SIGKILL"); // its session is at the broker
		for (let kill = 1; kill <= KILLS; kill++) {
			await send();
			const running = collector();
			const before = await count();
			await until("one more is stored", async () => (await count()) > before);
			await pause(chance.between(0, 60));
			if (kill % CRASH_EACH === 0) store.crash();
			await running.stop("SIGKILL");
		}
		const last = collector();
		await until("all are stored", async () => (await count()) >= sent);
		expect(await last.stop()).toBe(0);
		const rows = await db.selectFrom("messages").select("number").orderBy("number").execute();
		expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: sent }, (_, n) => n + 1));
	});

	test("two instances of the same lamps, each killed: none is lost or twice", async () => {
		await db.deleteFrom("messages").execute();
		const from = sent;
		const instance = (name: string) => {
			const connectionArgs = [
				"--broker",
				`mqtt://127.0.0.1:${broker.port}`,
				"--database",
				store.address,
			];
			const args = ["collect", ...connectionArgs, "--client", "shared", "--instance", name];
			return new Program(process.execPath, [program, ...args]);
		};
		const both = ["a", "b"].map(instance);
		for (const child of both) await child.says(/collecting/);
		for (let kill = 0; kill < 6; kill++) {
			const sending = send();
			await pause(chance.between(0, 60));
			await both[kill % 2]!.stop("SIGKILL");
			await sending;
			both[kill % 2] = instance("ab"[kill % 2]!);
		}
		for (const child of both) await child.says(/collecting/);
		await send();
		await until("all are stored", async () => (await count()) >= sent - from);
		for (const child of both) expect(await child.stop()).toBe(0);
		const rows = await db.selectFrom("messages").select("number").orderBy("number").execute();
		expect(rows.map(({ number }) => number)).toEqual(
			Array.from({ length: sent - from }, (_, n) => from + n + 1),
		);
	});
});
