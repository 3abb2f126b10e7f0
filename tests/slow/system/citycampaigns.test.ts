/**
 * City campaigns: settings and images in waves, rolled back and cancelled, by a desk that is killed at
 * random instants, with SQLite and with a PostgreSQL that ends within: each lamp acts once, and back once.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Database, databaseOf } from "../../../city/database.js";
import { bundle } from "../../../lib/bundle.mjs";
import { random } from "../../../lib/random.js";
import { FakeFleet, type FakeLamp } from "../../support/fakefleet.js";
import { pause } from "../../support/until.js";
import { Mosquitto } from "../support/brokers.js";
import { type CityStore, STORES } from "../support/citystores.js";
import { Program } from "../support/programs.js";

const LAMPS = 8;
const KILLS = 5; // the server of the database ends with the last
const chance = random(7, "kills");

const folder = mkdtempSync(join(tmpdir(), "luminode-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

function offer(id: string, version: string): string {
	const url = `https://images.example/${version}.bin`;
	const text = JSON.stringify({ id, version, url, header: "TFVN", notBefore: new Date() });
	return file(`${id}.json`, text);
}

interface Task {
	/** The words of a campaign, those of the next one, and more of its way back. */
	readonly command: readonly string[];
	readonly next: readonly string[];
	readonly back: readonly string[];
	/** What a lamp acts upon, in the campaign and back from it. */
	acts(campaign: string): readonly [string, string];
	shows(lamp: FakeLamp): unknown;
	/** What that shows before the campaign, and behind it. */
	readonly values: readonly [unknown, unknown];
}

const TASKS: Readonly<Record<string, (site: string) => Task>> = {
	settings: (site) => ({
		command: ["configure", site],
		next: ["configure", site],
		back: [],
		acts: () => ["revision 1", "revision 2"],
		shows: ({ settings }) => settings.light!.hold,
		values: [60, 45],
	}),
	images: (site) => ({
		command: ["update", site, "--offer", offer("u7", "1.2.0")],
		next: ["update", site, "--offer", offer("u8", "1.3.0")],
		back: ["--offer", offer("u6", "0.1.0")],
		acts: (campaign) => ["u7", `${campaign}-back`],
		shows: ({ version }) => version,
		values: ["0.1.0", "1.2.0"],
	}),
};

describe.each(STORES)("%s", (_name, open) => {
	let store: CityStore;
	let db: Database;
	let broker: Mosquitto;
	let fleet: FakeFleet;
	let desk: string;
	beforeAll(async () => {
		store = await open(mkdtempSync(join(folder, "store-")));
		db = await databaseOf(store.address);
		broker = await new Mosquitto().start(["allow_anonymous true"]);
		fleet = await new FakeFleet(url()).start(LAMPS, (lamp) => void (lamp.conduct = "slow"));
		desk = await bundle("city/bin/desk.ts");
	});
	afterAll(async () => {
		await fleet?.close();
		await db?.destroy();
		await broker?.stop();
		await store?.stop();
	});

	const url = () => `mqtt://127.0.0.1:${broker.port}`;
	const run = (...args: string[]) => {
		const ends = ["--broker", url(), "--database", store.address, "--settle", "500"];
		return new Program(process.execPath, [desk, ...args, ...ends]);
	};

	/**
	 * Runs the command until it is done. @returns the campaign that sent something: a desk that was
	 * killed between the end of its campaign and its own is followed by one that finds nothing to send
	 */
	async function killed(...args: string[]): Promise<string> {
		for (let kill = 1; ; kill++) {
			const program = run(...args);
			const ended = program.ended();
			const isOver = await Promise.race([ended, pause(chance.between(400, 1_400))]);
			if (kill === KILLS && isOver === undefined) store.crash();
			if (kill > KILLS || isOver === 0) {
				expect([await ended, program.output]).toEqual([0, program.output]);
				const sent = db.selectFrom("orders").select("campaign").where("sent_at", "is not", null);
				return (await sent.orderBy("sent_at", "desc").executeTakeFirstOrThrow()).campaign!;
			}
			await program.stop("SIGKILL");
		}
	}

	test.each(Object.keys(TASKS))("%s", async (name) => {
		const rows = fleet.lamps.map(({ serial, node }) => `${node},${serial},liege,${node},quay,45`);
		const site = file("site.csv", `pole,serial,site,node,group,hold\n${rows.join("\n")}\n`);
		const { command: args, next, back, acts, shows, values } = TASKS[name]!(site);
		const before = fleet.lamps.map((lamp) => lamp.acts.length);
		const all = () => fleet.lamps.map((lamp, n) => [...lamp.acts.slice(before[n]), shows(lamp)]);
		const each = (...expected: unknown[]) => fleet.lamps.map(() => expected);

		const first = await killed(...args, "--wave", "2");
		const [there, again] = acts(first);
		expect(all()).toEqual(each(there, values[1]));
		const second = await killed("rollback", first, ...back);
		expect(all()).toEqual(each(there, again, values[0]));

		const other = run(...next, "--wave", "2");
		const [, third] = await other.says(/campaign (\S+)/);
		await pause(500);
		await other.stop("SIGKILL");
		const cancelling = run("cancel", third!);
		await pause(chance.between(500, 800));
		await cancelling.stop("SIGKILL");
		expect(await run("cancel", third!).ended()).toBe(0);
		const states = await db.selectFrom("campaigns").select(["id", "state"]).execute();
		const of = (id: string) => states.find((campaign) => campaign.id === id)!.state;
		expect([first, second, third!].map(of)).toEqual(["done", "done", "cancelled"]);
		const left = db.selectFrom("orders").select("id").where("step", "in", ["waiting", "sent"]);
		expect(await left.execute()).toEqual([]);
		for (const { acts } of fleet.lamps) expect(new Set(acts).size).toBe(acts.length);
	});
});
