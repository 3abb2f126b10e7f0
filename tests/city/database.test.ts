/**
 * Database: the store on SQLite, and its rows in the page of personal data;
 * tests/slow/system/citystore.test.ts has the same on PostgreSQL.
 */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { DatabaseSync } from "@photostructure/sqlite";
import { sql } from "kysely";
import { OWN_ORDERS, REPORTS } from "../../city/contract.js";
import { awayOf, databaseOf } from "../../city/database.js";
import { RETENTION_WORDS, STEPS } from "../../city/retention.js";
import { keep } from "../../city/traffic/store.js";
import { databaseCases } from "../support/databasecases.js";
import { oldDatabaseCases } from "../support/olddatabase.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
describe("SQLite", () => {
	databaseCases(() => join(folder, "city.db"));
	oldDatabaseCases(() => join(folder, "old.db"));
});

test.each([
	["a full disk", "pragma max_page_count = 1", /^the database cannot be used: .* is full$/],
	[
		"a lock of another program",
		"pragma busy_timeout = 0",
		/^the database cannot be used: .* locked$/,
	],
])("%s is a sentence, and the store goes on after it", async (what, pragma, sentence) => {
	const path = join(folder, `${what}.db`);
	const db = await databaseOf(path);
	const other = new DatabaseSync(path);
	if (/lock/.test(what)) other.exec("begin immediate");
	await sql.raw(pragma).execute(db); // of a full one the least is what it has
	const now = Date.UTC(2026, 10, 24);
	const letters = (from: number) =>
		Array.from({ length: 200 }, (_, index) => ({
			site: "liege",
			node: "pole-1",
			kind: "traffic",
			body: { life: 1, uptime_ms: from + index, serial: "L1".repeat(200) },
			isRetained: false,
		}));
	const store = async () => {
		for (let from = 0; from < 2_000; from += 200) await keep(db, letters(from), now);
	};
	expect(await store().catch(awayOf)).toMatch(sentence);
	if (other.isTransaction) other.exec("rollback");
	await sql.raw("pragma max_page_count = 1000000").execute(db);
	await store();
	const rows = await db.selectFrom("messages").select("number").execute();
	expect(rows).toHaveLength(2_000);
	other.close();
	await db.destroy();
});

describe("a PostgreSQL that does not answer yet", () => {
	/** A server that refuses each connection by its error, and then by the last one. */
	const refusing = async (...errors: [code: string, message: string][]) => {
		let count = 0;
		const server = createServer((socket) => {
			const [code, message] = errors[Math.min(count++, errors.length - 1)]!;
			const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
			const head = Buffer.alloc(5, "E");
			head.writeInt32BE(fields.length + 4, 1);
			socket.once("data", () => socket.end(Buffer.concat([head, fields]))).on("error", () => {});
		}).listen(0, "127.0.0.1");
		await once(server, "listening");
		const { port } = server.address() as AddressInfo;
		const said: string[] = [];
		const opening = databaseOf(`postgres://x@127.0.0.1:${port}/x`, undefined, (line) =>
			said.push(line),
		);
		const error = await opening.catch(({ message }: Error) => message);
		server.close();
		return { count, said, error };
	};
	const starting: [string, string] = ["57P03", "the database system is starting up"];
	const password: [string, string] = ["28P01", "password authentication failed"];

	test("is waited for, with one sentence", async () => {
		expect(await refusing(starting, starting, password)).toEqual({
			count: 3,
			said: [`the database is away: ${starting[1]}; it is waited for, 30 s at most`],
			error: expect.stringMatching(/^--database postgres:.*: password authentication failed$/),
		});
	});
	test("a wrong password ends at once", async () => {
		expect(await refusing(password)).toEqual({ count: 1, said: [], error: expect.any(String) });
	});
});

test.each(["personaldata", "donneespersonnelles"])(
	"docs/%s.md has every topic and table",
	(name) => {
		const page = readFileSync(`docs/${name}.md`, "utf8");
		const kinds = [...REPORTS.map(([kind]) => kind), ...OWN_ORDERS];
		const names = [...kinds.map((kind) => kind.replace("/+", "")), ...Object.keys(STEPS)];
		for (const term of names) expect([term, page.includes(`\`${term}\``)]).toEqual([term, true]);
		for (const [word, { default: days }] of Object.entries(RETENTION_WORDS))
			expect(page).toMatch(new RegExp(`\`${word}\` \\(${days} (days|jours)\\)`));
	},
);
