/**
 * Old database: one of 0.1.0 with data, brought to this version; in `npm test` on SQLite, in the system
 * tests on Debian's PostgreSQL, too.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { DatabaseSync } from "@photostructure/sqlite";
import pg from "pg";
import { databaseOf, isServer } from "../../city/database.js";
import type { Letter } from "../../city/inbox.js";
import { keep } from "../../city/traffic/store.js";

const NOON = Date.UTC(2026, 10, 24, 12);
const STATEMENTS = readFileSync("tests/city/database-0.1.0.sql", "utf8");
/** Serial number of each message of the file. */
const SERIALS = [
	["pole-00001", "event", 1, "L00001"],
	["pole-00001", "event", 2, "L00001"],
	["pole-00001", "event", 3, "L00001"], // its body has \u0000, and a serial number within a text
	["pole-00001", "event", 4, ""], // none
	["pole-00001", "event", 5, ""], // blanks
	["pole-00001", "event", 6, ""], // a number
	["pole-00001", "traffic", 900_000, "L00001"],
	["pole-00002", "event", 1, "L00002"],
];

async function filled(address: string): Promise<void> {
	if (isServer(address)) {
		const client = new pg.Client({ connectionString: address });
		await client.connect();
		await client.query(STATEMENTS);
		await client.end();
	} else {
		const file = new DatabaseSync(address);
		file.exec(STATEMENTS);
		file.close();
	}
}

const event = (seq: number, serial?: string): Letter => ({
	site: "liege",
	node: "pole-00001",
	kind: "event",
	body: { life: 1, seq, ...(serial === undefined ? {} : { serial }) },
	isRetained: false,
});

/** `address`: of an empty database, once the suite has begun. */
export function oldDatabaseCases(address: () => string): void {
	test("a database of 0.1.0: no row is lost, and a replaced controller's events are its own", async () => {
		await filled(address());
		// programs that start together; within one process those at a file would wait for one another
		const starting = isServer(address()) ? [1, 2, 3] : [1];
		const all = await Promise.all(starting.map(() => databaseOf(address())));
		const db = all[0]!;
		for (const database of all.slice(1)) await database.destroy();
		const rows = await db
			.selectFrom("messages")
			.select(["node", "kind", "number", "serial", "at", "received_at", "body"])
			.orderBy("node")
			.orderBy("kind")
			.orderBy("number")
			.execute();
		expect(rows.map(({ node, kind, number, serial }) => [node, kind, number, serial])).toEqual(
			SERIALS,
		);
		for (const { received_at, at, number, body } of rows) {
			const { time, seq, uptime_ms } = JSON.parse(body);
			expect([received_at, at]).toEqual([NOON, time === undefined ? null : NOON]);
			expect([seq, uptime_ms]).toContain(number);
		}
		for (const table of ["requests", "tests", "orders"] as const)
			expect(await db.selectFrom(table).select("id").execute()).toHaveLength(2);
		// what the broker sends again is there
		expect(
			await keep(
				db,
				[1, 2, 3].map((seq) => event(seq, "L00001")),
				NOON,
			),
		).toBe(0);
		expect(await keep(db, [event(4)], NOON)).toBe(0);
		// the next controller begins with the same numbers
		const next = [1, 2, 3].map((seq) => event(seq, "L00099"));
		expect(await keep(db, next, NOON)).toBe(3);
		expect(await keep(db, next, NOON)).toBe(0);
		await db.destroy();
		const again = await databaseOf(address());
		expect(await again.selectFrom("messages").select("number").execute()).toHaveLength(11);
		await again.destroy();
	});
}
