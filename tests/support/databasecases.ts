/**
 * Database cases: the tests of the city's store that run on both databases: in `npm test` on SQLite,
 * in the system tests on Debian's PostgreSQL, too.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { auditOf, ordered, replied } from "../../city/audit.js";
import { claim } from "../../city/claim.js";
import { objectOf, type Reply } from "../../city/contract.js";
import { type Database, databaseOf } from "../../city/database.js";
import { begun } from "../../city/desk/campaigns.js";
import type { Work } from "../../city/desk/tasks.js";
import type { Letter } from "../../city/inbox.js";
import { forget, forgetting, STEPS } from "../../city/retention.js";
import { keep } from "../../city/traffic/store.js";
import { traffic } from "../../city/traffic/traffic.js";
import { acted, campaigned, reported } from "./cityrows.js";
import { GeoReport } from "./georeport.js";
import { TestStation } from "./station.js";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 24, 12);

/** Texts that a lamp or a resident can send, and that a database may refuse. */
const POISON = {
	NUL: "\0",
	"half of a surrogate pair, the first": "\ud800",
	"half of a surrogate pair, the second": "\udc00",
	"signs of SQL": "'; drop table tests; --",
	"the length of a payload": "x".repeat(900),
	"characters beyond the first plane": "💡".repeat(10),
	"the last control character": "\u007f\uffff",
};
const ORDER = {
	program: "bridge",
	operator: "bridge",
	site: "liege",
	node: "pole-00006",
	task: "override",
	content: "{}",
};

/** A quarter of an hour with twelve road users. */
function count(site: string, node: string, at: number): Letter {
	const time = new Date(at).toISOString();
	const body = { life: 1, uptime_ms: at % 1e9, interval_s: 900, roadUserNumber: 12, time };
	return { site, node, kind: "traffic", body, isRetained: false };
}

function born(site: string, node: string, group: string): Letter {
	const body = { life: 1, serial: `L-${node}`, group, swVersion: "1.0.0" };
	return { site, node, kind: "birth", body, isRetained: true };
}

/** `address`: of an empty database, once the suite has begun. */
export function databaseCases(address: () => string): void {
	let db: Database;
	beforeAll(async () => {
		// programs that start together bring the tables to their version together
		const all = await Promise.all([1, 2, 3].map(() => databaseOf(address())));
		db = all[0]!;
		await Promise.all(all.slice(1).map((database) => database.destroy()));
	});
	afterAll(() => db?.destroy());

	async function rows(): Promise<Record<string, number>> {
		const counts: Record<string, number> = {};
		for (const table of Object.keys(STEPS) as "lamps"[]) {
			const all = db.selectFrom(table).select(({ fn }) => fn.countAll().as("n"));
			counts[table] = Number((await all.executeTakeFirstOrThrow()).n);
		}
		return counts;
	}

	const sumOf = (counts: Record<string, number>) =>
		Object.values(counts).reduce((sum, rowCount) => sum + rowCount, 0);

	test("every table has a retention, and names the site", async () => {
		const tables = await db.introspection.getTables();
		expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys(STEPS).sort());
		for (const { name, columns } of tables)
			expect([name, columns.some((column) => column.name === "site")]).toEqual([name, true]);
	});

	test("rows beyond their time are removed, of their site alone", async () => {
		for (const site of ["liege", "seraing"]) {
			for (const day of [0, 399, 401]) {
				await keep(db, [count(site, `pole-${day}`, NOON - day * DAY)], NOON - day * DAY);
				await keep(db, [born(site, `pole-${day}`, "quay")], NOON - day * DAY);
				for (const status of ["open", "closed"] as const)
					await reported(db, site, NOON - day * DAY, status);
				for (const state of ["running", "done"] as const)
					await campaigned(db, site, NOON - day * DAY, state);
				await acted(db, site, NOON - day * DAY);
			}
		}
		await campaigned(db, "liege", NOON - 401 * DAY, "done", ""); // one of several sites
		const work = { campaigns: 13, orders: 19, acts: 6 };
		expect(await rows()).toEqual({ requests: 12, tests: 12, lamps: 6, messages: 6, ...work });
		// a message, a lamp, the closed report with its test, a decision, an order without a campaign,
		// and two campaigns that have ended, with an order each
		expect(await forget(db, { site: "liege", keep: 400, text: 90 }, NOON)).toBe(10);
		const rest = { campaigns: 11, orders: 16, acts: 5 };
		expect(await rows()).toEqual({ requests: 11, tests: 11, lamps: 5, messages: 5, ...rest });
		const texts = await db
			.selectFrom("requests")
			.select(["site", "requested_at"])
			.where("description", "!=", "")
			.execute();
		expect(
			texts.filter(({ site }) => site === "liege").map((report) => report.requested_at),
		).toEqual([NOON, NOON]);
		expect(texts.filter(({ site }) => site === "seraing")).toHaveLength(6);
		// a program does so when it starts
		const before = sumOf(await rows());
		const retention = { keep: 400, "keep-text": 90 };
		(
			await forgetting(
				db,
				retention,
				() => NOON,
				() => {},
			)
		)();
		expect(before - sumOf(await rows())).toBe(8);
		expect(await forget(db, { site: undefined, keep: 400, text: 90 }, NOON)).toBe(0);
		const open = db.selectFrom("requests").select("id").where("status", "=", "open");
		expect(await open.execute()).toHaveLength(6); // work that is not done is not forgotten
		const running = db.selectFrom("orders").innerJoin("campaigns", "campaigns.id", "campaign");
		const lasting = running.select("orders.id").where("state", "=", "running");
		expect(await lasting.execute()).toHaveLength(6);
	});

	test("a message that comes again is one", async () => {
		const letters = [count("liege", "pole-again", NOON), count("liege", "pole-again", NOON)];
		expect(await keep(db, letters, NOON)).toBe(1);
		expect(await keep(db, letters, NOON)).toBe(0);
	});

	test("by HTTP a key of one commune sees and changes nothing of the other", async () => {
		const keys = "key-of-seraing\nclerk-of-seraing close\n";
		const liege = await GeoReport.start("liege", "key-of-liege\n", address());
		const seraing = await GeoReport.start("seraing", keys, address());
		const fields = { service_code: "street-lamp", "attribute[lamp]": "6", description: "dark" };
		const made = await liege.post({ ...fields, api_key: "key-of-liege" });
		const id = made.json()[0].service_request_id;
		expect(made.statusCode).toBe(201);
		for (const key of ["key-of-liege", "key-of-seraing"]) {
			const query = `?api_key=${key}`;
			for (const url of [`/requests/${id}.json`, `/tokens/${id}.json`])
				expect([url, (await seraing.get(url + query)).statusCode]).toEqual([url, 404]);
			const listed = await seraing.get(`/requests.json${query}&service_request_id=${id}`);
			expect(listed.json()).toEqual([]);
			const all = (await seraing.get(`/requests.json${query}`)).json() as object[];
			expect(JSON.stringify(all)).not.toContain(id);
			const asked = await seraing.get(`/requests.json${query}&jurisdiction_id=liege`);
			expect(asked.statusCode).toBe(404);
		}
		const clerk = { api_key: "clerk-of-seraing", reason: "seen alight" };
		expect((await seraing.post(clerk, "json", `/requests/${id}/close`)).statusCode).toBe(404);
		const status = (await liege.get(`/requests/${id}.json`)).json()[0].status;
		expect(status).toBe("open");
		const wrong = await seraing.post({ ...fields, api_key: "key-of-liege" });
		expect([wrong.statusCode, seraing.orders]).toEqual([403, 0]);
		const read = async (key: string) =>
			(await liege.get(`/requests/${id}.json?api_key=${key}`)).json()[0].description;
		expect([await read("key-of-liege"), await read("key-of-seraing")]).toEqual(["dark", null]);
		await liege.stop();
		await seraing.stop();
	});

	test.each(Object.entries(POISON))("no text with %s ends a program", async (_what, poison) => {
		const rig = await GeoReport.start("liege", "platform1\nthe-clerk close\n", address());
		await poisoned(rig, poison).finally(() => rig.stop());
	});

	async function poisoned(rig: GeoReport, poison: string): Promise<void> {
		for (const table of ["requests", "tests", "orders", "messages", "lamps", "acts"] as const)
			await db.deleteFrom(table).where("site", "=", "liege").execute();
		const fields = { api_key: "platform1", service_code: "street-lamp", "attribute[lamp]": "6" };
		const sender = { site: "liege", node: "pole-00006", isRetained: false };
		const [id] = (
			(await rig.post({ ...fields, description: `x${poison}` })).json() as object[]
		).map((request) => (request as { service_request_id: string }).service_request_id);
		const tests = rig.db.selectFrom("tests").select("id").orderBy("ordered_at", "desc");
		const { id: newest } = await tests.executeTakeFirstOrThrow();
		const bodies: [kind: string, body: object][] = [
			["reply", { id: `c${newest}-e`, status: "done", reason: poison, chain: [{ by: poison }] }],
			["reply", { id: poison, status: "rejected", reason: poison }],
			[
				"event",
				{ life: 1, seq: 1, serial: poison, type: poison, attributes: { [poison]: poison } },
			],
			["birth", { serial: poison, group: poison, swVersion: poison }],
			[
				"event",
				{
					type: "selfTest",
					startEndFlag: "end",
					attributes: { id: `c${newest}-t`, failed: `lamp${poison}x`, notJudged: poison },
				},
			],
		];
		for (const [kind, body] of bodies) {
			const payload = Buffer.from(JSON.stringify(body));
			const letter = { ...sender, kind, body: objectOf<Letter["body"]>(payload) ?? {} };
			await rig.requests.take([letter]);
			await keep(db, [letter], NOON);
			await replied(db, letter.body as Reply, NOON);
		}
		await ordered(db, { ...ORDER, id: `ha-${newest}` }, NOON);
		await replied(db, { id: `ha-${newest}`, status: "rejected", reason: poison }, NOON);
		const why = db.selectFrom("orders").select("why").where("id", "=", `ha-${newest}`);
		expect((await why.executeTakeFirstOrThrow()).why).toHaveLength(poison.length);
		const shown = (await rig.get(`/requests/${id}.json`)).json()[0].status_notes;
		expect(shown).toMatch(/did not pass/);
		const name = encodeURIComponent(Buffer.from(poison.slice(0, 60)).toString());
		expect((await rig.get(`/requests/${name}.json`)).statusCode).toBe(404);
		expect((await rig.get(`/tokens/${name}.xml`)).statusCode).toBe(404);
		expect((await rig.get(`/requests.json?service_request_id=${name},x`)).json()).toEqual([]);
		const clerk = { api_key: "the-clerk", reason: `seen${poison}` };
		expect((await rig.post(clerk, "json", `/requests/${name}/close`)).statusCode).toBe(404);
		expect((await rig.post(clerk, "json", `/requests/${id}/close`)).statusCode).toBe(200);
	}

	test("a work is one process's, of each site, until that gives it up", async () => {
		const claimed = (program: string, site: string) =>
			claim(address(), undefined, { program, site });
		const first = await claimed("citizens", "liege");
		await expect(claimed("citizens", "liege")).rejects.toThrow(
			/^citizens of liege runs already at .*, and may run once: end the other one/,
		);
		const others = [await claimed("citizens", "seraing"), await claimed("other", "liege")];
		for (const held of [first, ...others]) await held.release();
		await (await claimed("citizens", "liege")).release();
	});

	test("the audit log has orders, decisions and self-tests of the site", async () => {
		for (const site of ["liege", "seraing"]) {
			await reported(db, site, NOON + 1, "open");
			await campaigned(db, site, NOON + 1, "done");
			await acted(db, site, NOON + 1);
		}
		let csv = "";
		for await (const part of auditOf(db, [NOON + 1, NOON + 2], "liege")) csv += part;
		const [, ...rows] = csv.trimEnd().split("\n");
		const time = new Date(NOON + 1).toISOString();
		expect(rows.sort()).toEqual([
			`${time},bridge,bridge,begin,,liege,,,done,,${time}`,
			`${time},bridge,bridge,override,,liege,pole-00006,{},sent,,`,
			`${time},citizens,citizens,selfTest,,liege,pole-00006,,sent,,`,
			`${time},desk-anna,desk,configure,liege-liege-${NOON + 1}-done,liege,pole-00006,{},done,,${time}`,
		]);
	});

	test("of operators who begin at the same time each gets a campaign, and of one plan one", async () => {
		const begin = async (node: string, content: string) => {
			const site = "liege";
			const topicPrefix = `luminode/1/${site}/${node}`;
			const lamp = { site, node, topicPrefix, group: "", serial: undefined, sections: new Map() };
			const plan = { task: "configure", size: 1, stopAt: 0 };
			const work = { now: () => NOON } as Work;
			const desk = { db, operator: "desk-anna", work };
			return (await begun(desk, { ...plan, lamps: [[lamp, content]] })).id;
		};
		const all = await Promise.all(["p1", "p2", "p3", "p4"].map((node) => begin(node, "{}")));
		expect(new Set(all).size).toBe(4);
		const same = await Promise.all([1, 2, 3].map(() => begin("p5", "{}")));
		expect(new Set(same).size).toBe(1);
		const other = await Promise.allSettled([1, 2, 3].map((n) => begin("p6", `{"n":${n}}`)));
		const refused = other.filter((outcome) => outcome.status === "rejected");
		expect(refused.map(({ reason }) => reason.message)).toEqual([
			expect.stringMatching(/^p6 is in campaign .*, which has not ended: /),
			expect.stringMatching(/^p6 is in campaign /),
		]);
	});

	test("published counts are those of the site", async () => {
		const folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
		for (const table of ["messages", "lamps"] as const) await db.deleteFrom(table).execute();
		for (const site of ["liege", "seraing"])
			for (let quarter = 1; quarter <= 8; quarter++) {
				const at = NOON - quarter * 900_000;
				await keep(db, [born(site, `pole-${site}`, "quay"), count(site, `pole-${site}`, at)], NOON);
			}
		await keep(db, [born("seraing", "pole-park", "park-of-seraing")], NOON);
		const args = ["--licence", "CC0-1.0", "--publisher", "x", "--database", address()];
		const station = new TestStation(process.env);
		expect(await traffic(["publish", folder, ...args], station)).toBe(2);
		expect(station.err).toMatch(/lamps of several sites, liege, seraing: give --site/);
		expect(await traffic(["publish", folder, ...args, "--site", "liege"], station)).toBe(0);
		const csv = readFileSync(join(folder, "counts.csv"), "utf8");
		expect(csv).toMatch(/,quay,48,/);
		expect(csv).not.toContain("park");
		// a site file does not lend a street's poles of another site
		const sites = join(folder, "site.csv");
		writeFileSync(sites, "pole,site,node,group\n1,seraing,pole-seraing,quay\n");
		expect(
			await traffic(["publish", folder, ...args, "--site", "liege", "--sites", sites], station),
		).toBe(2);
		expect(station.err).toMatch(/no count of a street of liege yet/);
		rmSync(folder, { recursive: true });
	});
}
